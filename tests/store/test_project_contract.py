"""What every store promises: the contract of `Project`, kept by the project file and by SQLite."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.domain.changes import (
    Change,
    ChangeKind,
    Digest,
    RecordAdded,
    RecordTakenOut,
    StepId,
    WordAdded,
)
from mideditor.domain.record import Entry, Place, Question, Record, document_of
from mideditor.domain.replay import apply, canonical, changes_between, digest_of_document
from mideditor.domain.sources import Source, source_id
from mideditor.domain.steps import StepDraft, first_broken_link, new_step_id
from mideditor.files.user_error import UserError
from mideditor.store.project import Document, Project, Row, StaleStep, State
from mideditor.store.project_store import ProjectStore
from tests.store.sqlite_project import SqliteProject


class Opener(Protocol):
    """Opens the project at a path, in one of the stores; makes it if there is none."""

    def __call__(self, path: Path, *, read_only: bool = False) -> Project: ...


def project_file(path: Path, *, read_only: bool = False) -> Project:
    return ProjectStore.open(path, create=not read_only, read_only=read_only)


def database(path: Path, *, read_only: bool = False) -> Project:
    return SqliteProject(path, read_only=read_only)


@pytest.fixture(params=[project_file, database], ids=["file", "database"])
def opener(request: pytest.FixtureRequest) -> Opener:
    opener: Opener = request.param
    return opener


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chapter 7"


@pytest.fixture
def project(opener: Opener, path: Path) -> Iterator[Project]:
    """An empty project."""
    project = opener(path)
    yield project
    project.abandon()


NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Plan:
    """A step that was planned, and not committed yet."""

    changes: Sequence[Change] = ()
    records: Mapping[int, Document | None] = field(default_factory=dict)
    based_on: Mapping[int, Row | None] = field(default_factory=dict)
    originals: Mapping[Digest, Document] = field(default_factory=dict)
    sources: Sequence[Source] = ()
    id: StepId = field(default_factory=new_step_id)

    def and_(self, other: Plan) -> Plan:
        """Both as one step."""
        return Plan(
            [*self.changes, *other.changes],
            {**self.records, **other.records},
            {**self.based_on, **other.based_on},
            {**self.originals, **other.originals},
            [*self.sources, *other.sources],
            self.id,
        )

    def drafted(self) -> StepDraft:
        return StepDraft(id=self.id, time=NOON, author="Ana", changes=tuple(self.changes))


def adding(record: int, value: Record, *sources: Source) -> Plan:
    document = document_of(value)
    digest = digest_of_document(document)
    change = RecordAdded(record=record, document=digest)
    return Plan([change], {record: document}, {record: None}, {digest: document}, sources)


def editing(state: State, record: int, **values: Any) -> Plan:
    """Sets fields of a record to values in stored form, as the record is now."""
    before = state.records[record]
    after = canonical(before | values)
    changes = changes_between(record, before, after, lambda _: ChangeKind.CORRECTION)
    return Plan(changes, {record: after}, {record: state.records.row(record)})


def taking_out(state: State, record: int) -> Plan:
    before = state.records[record]
    digest = digest_of_document(before)
    change = RecordAdded(record=record, document=digest).inverse()
    return Plan([change], {record: None}, {record: state.records.row(record)}, {digest: before})


def noting(word: str) -> Plan:
    return Plan([WordAdded(word=word)])


def commit(project: Project, *plans: Plan) -> None:
    for plan in plans:
        project.append(
            plan.drafted(),
            plan.records,
            based_on=plan.based_on,
            sources=plan.sources,
            originals=plan.originals,
        )


def source(text: str, name: str = "chapter 7.txt") -> Source:
    data = text.encode()
    return Source(source_id(data), name, "utf-8", data, ((1, 2),))


def entry(number: int, page: int | None = None, place: Place | None = None) -> Entry:
    return Entry(dispute_number=number, page=page, place=place)


def asked(text: str) -> Question:
    return Question(field="outcome", text=text, author="Ana", time=NOON)


def seen(state: State) -> dict[str, Any]:
    """All that a state shows."""
    named = [one for step in state.steps() for one in step.changes]
    digests = [one.document for one in named if isinstance(one, RecordAdded | RecordTakenOut)]
    return {
        "ids": state.records.ids(),
        "records": {record: state.records[record] for record in state.records.ids()},
        "asked": sorted(state.records.with_items("questions")),
        "steps": list(state.steps()),
        "sources": list(state.sources()),
        "originals": [state.original(digest) for digest in digests],
    }


class TestAppending:
    def test_steps_are_numbered_and_linked(self, project: Project) -> None:
        commit(project, adding(1, entry(2899)), noting("trawler"), noting("quay"))
        steps = project.steps()
        assert [step.number for step in steps] == [1, 2, 3]
        assert first_broken_link(steps) is None

    def test_the_step_is_returned_as_it_stands_in_the_log(self, project: Project) -> None:
        commit(project, adding(1, entry(2899)))
        step = project.append(noting("trawler").drafted(), {})
        assert [step] == project.steps()[1:]

    def test_steps_after_some_that_are_known(self, project: Project) -> None:
        commit(project, noting("trawler"), noting("quay"), noting("jetty"))
        numbers = [[step.number for step in project.steps(since)] for since in range(5)]
        assert numbers == [[1, 2, 3], [2, 3], [3], [], []]

    def test_a_new_project_is_empty(self, project: Project) -> None:
        nothing: list[object] = []
        assert list(seen(project).values()) == [nothing, {}, *[nothing] * 4]
        assert len(project.records) == 0
        assert not project.read_only

    def test_a_step_is_durable_when_append_returns(self, opener: Opener, path: Path) -> None:
        with closing(opener(path)) as project:
            commit(project, adding(1, entry(2899), source("MID#2899\n")))
            commit(project, editing(project, 1, page=7))
            expected = seen(project)
            reader = opener(path, read_only=True)
            assert seen(reader) == expected
            reader.abandon()
            project.abandon()
        with closing(opener(path)) as again:
            assert seen(again) == expected
            commit(again, editing(again, 1, page=8))
            assert [step.number for step in again.steps()] == [1, 2, 3]
            assert first_broken_link(again.steps()) is None


class TestRecords:
    def test_records_are_found_by_id(self, project: Project) -> None:
        commit(project, adding(2**53, entry(2899)), adding(5, entry(2220)))
        records = project.records
        assert records[2**53] == document_of(entry(2899))
        assert {*records} == {5, 2**53}
        assert len(records) == 2
        assert 5 in records

    def test_an_unknown_record(self, project: Project) -> None:
        commit(project, adding(5, entry(2220)))
        assert 6 not in project.records
        assert project.records.get(6) is None
        assert project.records.row(6) is None
        with pytest.raises(KeyError):
            project.records[6]

    def test_a_record_that_was_taken_out_is_unknown(self, project: Project) -> None:
        commit(project, adding(5, entry(2220)))
        commit(project, taking_out(project, 5))
        assert project.records.row(5) is None
        assert list(project.records) == project.records.ids() == []

    def test_a_document_is_read_anew_on_each_access(self, project: Project) -> None:
        commit(project, adding(5, entry(2220)))
        project.records[5]["page"] = 99
        assert project.records[5]["page"] is None

    def test_ids_are_in_the_order_of_the_book(self, project: Project) -> None:
        """By page, then by the names of the sources and by line; never by id."""
        ten, two = source("MID#7\nMID#6", "page 10.txt"), source("MID#9\n", "page 2.txt")
        places = [
            Place(source=one.id, lines={"dispute_number": (line, line)})
            for one, line in ((ten, 2), (ten, 1), (two, 1))
        ]
        commit(
            project,
            adding(1, entry(2899, page=3)),
            adding(2, entry(6, 2, places[0]), ten).and_(adding(3, entry(7, 2, places[1]))),
            adding(4, entry(9, 2, places[2]), two),
        )
        assert project.records.ids() == [4, 3, 2, 1]
        commit(project, editing(project, 1, page=1))
        assert project.records.ids() == [1, 4, 3, 2]
        project.records.ids().clear()
        assert project.records.ids() == [1, 4, 3, 2]

    def test_a_row_is_another_object_once_its_record_has_changed(self, project: Project) -> None:
        commit(project, adding(1, entry(2899)), adding(2, entry(2220)))
        one, two = project.records.row(1), project.records.row(2)
        assert project.records.row(1) is one
        commit(project, editing(project, 1, page=7))
        changed = project.records.row(1)
        assert changed is not one
        assert changed != one
        assert project.records.row(2) is two
        commit(project, editing(project, 1, page=None))
        assert project.records.row(1) is not one
        assert project.records.row(1) is not changed

    def test_equal_rows_of_two_projects_are_of_equal_records(
        self, opener: Opener, project: Project, tmp_path: Path
    ) -> None:
        with closing(opener(tmp_path / "a copy")) as copy:
            commit(project, adding(1, entry(2899)))
            commit(copy, adding(1, entry(2899)))
            assert copy.records.row(1) == project.records.row(1)
            commit(project, editing(project, 1, page=7))
            commit(copy, editing(copy, 1, page=8))
            assert copy.records.row(1) != project.records.row(1)

    def test_the_records_with_items_in_a_list(self, project: Project) -> None:
        doubtful = Entry(questions=(asked("Which coast?"),))
        commit(project, adding(1, entry(2899)), adding(2, doubtful), adding(3, doubtful))
        commit(project, editing(project, 3, questions=[]))
        assert project.records.with_items("questions") == [2]
        assert project.records.with_items("doubts") == []


class TestSourcesAndOriginals:
    def test_sources_are_in_the_order_of_their_import(self, project: Project) -> None:
        latin = "Øre".encode("latin-1")
        texts = [
            source("MID#2899\n", "b.txt"),
            Source(source_id(latin), "a.txt", "latin-1", latin),
            source("MID#611\n", "c.txt"),
        ]
        commit(project, adding(1, entry(2899), *texts[:2]), adding(2, entry(611), texts[2]))
        assert list(project.sources()) == texts

    def test_records_are_kept_as_they_were_added_and_taken_out(self, project: Project) -> None:
        added, changed = document_of(entry(2899)), document_of(entry(2899, page=7))
        commit(project, adding(1, entry(2899)))
        commit(project, editing(project, 1, page=7))
        commit(project, taking_out(project, 1))
        one, two = digest_of_document(added), digest_of_document(changed)
        assert [project.original(digest) for digest in (one, two)] == [added, changed]

    def test_what_is_not_kept_is_missing(self, project: Project) -> None:
        commit(project, adding(1, entry(2899)))
        known = digest_of_document(project.records[1])
        assert project.missing(["b" * 64, known, "a" * 64, "b" * 64]) == ["b" * 64, "a" * 64]
        assert project.missing([]) == []
        assert project.original("a" * 64) is None

    def test_an_original_that_is_kept_already_may_be_given_again(self, project: Project) -> None:
        commit(project, adding(1, entry(2899)), adding(2, entry(2899)))
        assert project.original(digest_of_document(project.records[2])) == project.records[1]


class TestStaleSteps:
    """A step was planned, and another one came before it."""

    @pytest.fixture(autouse=True)
    def _two_disputes(self, project: Project) -> None:
        commit(project, adding(1, entry(2899)), adding(2, entry(2220)))

    def test_another_record_was_changed(self, project: Project) -> None:
        plan = editing(project, 1, page=7)
        commit(project, editing(project, 2, page=8), plan)
        assert [project.records[record]["page"] for record in (1, 2)] == [7, 8]

    def test_another_field_of_the_record_was_changed(self, project: Project) -> None:
        plan = editing(project, 1, page=7)
        commit(project, editing(project, 1, chapter=4), plan)
        assert (project.records[1]["chapter"], project.records[1]["page"]) == (4, 7)

    def test_the_value_was_changed(self, project: Project) -> None:
        self.refuse(project, editing(project, 1, page=7), editing(project, 1, page=8))

    def test_the_value_was_changed_to_the_same(self, project: Project) -> None:
        self.refuse(project, editing(project, 1, page=7), editing(project, 1, page=7))

    def test_the_value_was_changed_and_is_what_it_was(self, project: Project) -> None:
        plan = editing(project, 1, page=7)
        commit(project, editing(project, 1, page=8))
        commit(project, editing(project, 1, page=None), plan)
        assert project.records[1]["page"] == 7

    def test_one_of_two_records_is_stale(self, project: Project) -> None:
        plan = editing(project, 2, page=7).and_(editing(project, 1, page=7))
        self.refuse(project, plan, editing(project, 1, page=8))

    def test_the_record_was_taken_out(self, project: Project) -> None:
        self.refuse(project, editing(project, 1, page=7), taking_out(project, 1))

    def test_a_record_that_was_changed_is_not_taken_out(self, project: Project) -> None:
        self.refuse(project, taking_out(project, 1), editing(project, 1, page=7))

    def test_the_id_was_given_to_a_record(self, project: Project) -> None:
        text = source("MID#611\n")
        self.refuse(project, adding(3, entry(611), text), adding(3, entry(258)))

    def test_a_value_that_the_record_cannot_have_any_more(self, project: Project) -> None:
        """A number on the MID# line is not kept where it is the dispute's own number."""
        self.refuse(
            project, editing(project, 1, mid_number=611), editing(project, 1, dispute_number=611)
        )

    def test_two_questions_were_asked_at_once(self, project: Project) -> None:
        plans = [
            editing(project, 1, questions=[asked(text)]) for text in ("Which coast?", "Why March?")
        ]
        commit(project, *plans)
        texts = [question["text"] for question in project.records[1]["questions"]]
        assert sorted(texts) == ["Which coast?", "Why March?"]

    def test_a_record_that_the_step_does_not_change_was_taken_out(self, project: Project) -> None:
        plan = editing(project, 2, page=7).and_(editing(project, 1))
        commit(project, taking_out(project, 1), plan)
        assert project.records.ids() == [2]
        assert project.records[2]["page"] == 7

    def test_without_rows_the_records_follow_from_the_changes(self, project: Project) -> None:
        plan = editing(project, 1, page=7)
        commit(project, editing(project, 1, chapter=4), replace(plan, based_on={}))
        assert (project.records[1]["chapter"], project.records[1]["page"]) == (4, 7)

    def test_a_step_can_be_committed_after_one_that_was_refused(self, project: Project) -> None:
        self.test_the_value_was_changed(project)
        commit(project, editing(project, 1, page=9))
        assert [step.number for step in project.steps()] == [1, 2, 3, 4]
        assert first_broken_link(project.steps()) is None

    def refuse(self, project: Project, plan: Plan, before: Plan) -> None:
        """The plan is stale after the step before it, and leaves everything as it is."""
        commit(project, before)
        expected, rows = seen(project), [project.records.row(record) for record in (1, 2)]
        missing = project.missing(plan.originals)
        with pytest.raises(StaleStep, match="Records were changed meanwhile"):
            commit(project, plan)
        assert seen(project) == expected
        for record, row in zip((1, 2), rows, strict=True):
            assert project.records.row(record) is row
        assert project.missing(plan.originals) == missing


class TestSnapshots:
    def test_later_steps_do_not_change_it(self, project: Project) -> None:
        text = source("MID#2899\nMID#2220\n")
        commit(project, adding(1, entry(2899, 2), text), adding(2, entry(2220, 1)))
        then = project.snapshot()
        expected, row = seen(project), project.records.row(1)
        later = adding(3, entry(611), source("MID#611\n", "chapter 8.txt"))
        commit(project, editing(project, 1, page=None), taking_out(project, 2), later)
        assert seen(then) == expected
        assert then.records.row(1) is row
        assert 3 not in then.records
        assert len(then.records) == 2
        assert then.missing(later.originals) == [*later.originals]
        assert then.name == project.name

    def test_it_is_read_while_steps_are_appended(self, project: Project) -> None:
        commit(project, *(adding(record, entry(record, 9 - record)) for record in range(1, 8)))
        then, expected = project.snapshot(), seen(project)
        found: list[dict[str, Any]] = []
        reader = Thread(target=lambda: found.extend(seen(then) for _ in range(10)))
        reader.start()
        for page in range(10, 30):
            commit(project, editing(project, 1, page=page))
        commit(project, taking_out(project, 2), adding(8, entry(611)))
        reader.join()
        assert found == [expected] * 10

    def test_of_an_empty_project(self, project: Project) -> None:
        then = project.snapshot()
        commit(project, adding(1, entry(2899)))
        assert then.records.ids() == []
        assert then.steps() == []


class TestReadingOnly:
    def test_nothing_can_be_appended(self, opener: Opener, path: Path) -> None:
        with closing(opener(path)) as project:
            commit(project, adding(1, entry(2899)))
            expected = seen(project)
        with closing(opener(path, read_only=True)) as reader:
            assert reader.read_only
            with pytest.raises(UserError, match="open for reading only"):
                commit(reader, editing(reader, 1, page=7))
            assert seen(reader) == expected

    def test_a_closed_project_takes_no_steps(self, opener: Opener, path: Path) -> None:
        for saves in (True, False):
            project = opener(path)
            if saves:
                project.close()
            project.abandon()
            with pytest.raises(UserError, match="open for reading only"):
                commit(project, adding(1, entry(2899)))
        with closing(opener(path)) as again:
            assert again.steps() == []


class TestTwoDesks:
    """Two connections to one database; a project file has only one that may write."""

    @pytest.fixture
    def desks(self, path: Path) -> Iterator[tuple[Project, Project]]:
        with closing(database(path)) as one, closing(database(path)) as two:
            commit(one, adding(1, entry(2899)))
            yield one, two

    def test_they_see_one_log(self, desks: tuple[Project, Project]) -> None:
        one, two = desks
        commit(two, editing(two, 1, page=7))
        commit(one, editing(one, 1, chapter=4))
        assert seen(one) == seen(two)
        assert [step.number for step in two.steps(since=2)] == [3]
        assert first_broken_link(one.steps()) is None

    def test_a_stale_step_is_refused_or_worked_out_anew(
        self, desks: tuple[Project, Project]
    ) -> None:
        one, two = desks
        page, chapter = editing(two, 1, page=7), editing(two, 1, chapter=4)
        commit(one, editing(one, 1, page=8))
        commit(two, chapter)
        with pytest.raises(StaleStep):
            commit(two, page)
        for desk in desks:
            assert (desk.records[1]["chapter"], desk.records[1]["page"]) == (4, 8)

    def test_both_write_at_once(self, desks: tuple[Project, Project]) -> None:
        plans = [[adding(100 * n + m, entry(m)) for m in range(1, 21)] for n in (1, 2)]
        threads = [
            Thread(target=commit, args=(desk, *own)) for desk, own in zip(desks, plans, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(desks[0].records) == 41
        assert len(desks[0].steps()) == 41
        assert first_broken_link(desks[0].steps()) is None


Part = tuple[str, int, Any]

# By chance: both stores answer alike.

RECORDS = st.integers(1, 3)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "page": st.sampled_from([None, 3, 12]),
        "chapter": st.sampled_from([None, 4]),
        "dispute_number": st.sampled_from([258, 611]),
        "mid_number": st.sampled_from([None, 258, 611]),
        "narrative": st.lists(st.text(max_size=5), max_size=2),
        "questions": st.lists(st.sampled_from([asked("Why?"), asked("When?")]), unique=True),
    },
)
PLANNED = st.one_of(
    st.tuples(st.just("add"), RECORDS, st.builds(entry, st.sampled_from([258, 611]), st.none())),
    st.tuples(st.just("edit"), RECORDS, VALUES),
    st.tuples(st.just("take out"), RECORDS, st.none()),
)
PARTS = st.lists(PLANNED, max_size=2, unique_by=lambda part: part[1])
COMMITTED = st.lists(st.tuples(PARTS, st.integers(0, 3)), max_size=12)
"""Steps, and how many others are planned between the planning of each and its commit."""


@settings(max_examples=40)
@given(COMMITTED)
def test_both_stores_answer_alike(steps: list[tuple[list[Part], int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = {project_file: Path(folder, "a file"), database: Path(folder, "a database")}
        with ExitStack() as stack:
            stores = [stack.enter_context(closing(opener(paths[opener]))) for opener in paths]
            waiting: list[tuple[int, list[Plan]]] = []
            for number, (parts, delay) in enumerate(steps):
                waiting.append((number + delay, [planned(one, parts, number) for one in stores]))
                for plans in [plans for due, plans in waiting if due == number]:
                    ends = [end_of(one, plan) for one, plan in zip(stores, plans, strict=True)]
                    assert ends[0] == ends[1]
                assert seen(stores[0]) == seen(stores[1])
            expected = seen(stores[0])
        for opener, path in paths.items():
            with closing(opener(path)) as again:
                assert seen(again) == expected
                assert first_broken_link(again.steps()) is None
                assert replayed(again) == expected["records"]


def planned(state: State, parts: Sequence[Part], number: int) -> Plan:
    """One step; what cannot be planned now is left out."""
    plan = Plan(id=f"{number:032x}")
    for name, record, value in parts:
        if name == "add":
            plan = plan.and_(adding(record, value))
        elif record in state.records:
            taken_out = name == "take out"
            more = taking_out(state, record) if taken_out else editing(state, record, **value)
            plan = plan.and_(more)
    return plan


def end_of(project: Project, plan: Plan) -> str:
    try:
        commit(project, plan)
    except StaleStep as error:
        return str(error)
    return "committed"


def replayed(state: State) -> dict[int, Document]:
    """The records as the log leaves them."""
    found: dict[int, Document] = {}
    for step in state.steps():
        for change in step.record_changes:
            after = apply(change, found.pop(change.record, None), state.original)
            if after is not None:
                found[change.record] = after
    return found
