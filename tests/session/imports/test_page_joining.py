"""Files with consecutive pages: a record split at the end of a page becomes one record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Entry, Fragment, Record
from mideditor.session.imports.import_plan import add_texts, carry_out, read_texts
from mideditor.session.imports.importing import NothingToImport, read_text
from mideditor.session.imports.source_map import source_map, source_names
from mideditor.session.log.logbook import log_lines
from mideditor.session.project.verifying import faults
from mideditor.session.sample import sample_text
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.text.reader import read_chapter
from tests.session.chapters import id_at, open_session, reopened

SAMPLE = sample_text().read_text(encoding="utf-8")
HEAD = re.compile(r"(?m)^(?=(?:\d+ Chapter \d|Major States \d+)$)")

FIRST = """\
950 Chapter 7
2 United States of America/365 Russia
MID#9101
Dispute Number: 9101
Date(s): March 15, 1963
Participants: 365 Russia/2 United States of America
Outcome (and Settlement): Unclear (None)
Fatalities: None
Narrative: Two bombers crossed the coast and turned back when fighters rose to meet them in the air-
"""
MIDDLE = """\
Major States 951
space over the strait. The governments exchanged notes, and the matter was raised before the coun-
"""
LAST = """\
952 Chapter 7
cil in May.
Coding changes: Start Date changed from March 3, 1958.
MID#9102
Dispute Number: 9102
Date(s): January 28, 1964
Participants: 2 United States of America/365 Russia
Outcome (and Settlement): Released (None)
Fatalities: None
Narrative: A trainer was shot down.
"""
FIRST_ENTRY = id_at(FIRST, "MID#9101")
NARRATIVE = (
    "Two bombers crossed the coast and turned back when fighters rose to meet them in the airspace "
    "over the strait. The governments exchanged notes, and the matter was raised before the "
    "council in May.",
)


def pages_of(text: str) -> list[str]:
    """A chapter cut before each running head."""
    return [page for page in HEAD.split(text) if page.strip()]


def written(folder: Path, texts: Sequence[str]) -> list[Path]:
    paths = [folder / f"page {number}.txt" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def take(session: Session, *paths: Path) -> None:
    """Import files as one step."""
    carry_out(session, run_now(read_texts(session, paths)))


def contents(records: Sequence[Record]) -> list[tuple[Any, ...]]:
    """The contents of records and their first page, in the order of the book."""
    rows = [(record.chapter, record.page, record.content()) for record in records]
    return sorted(rows, key=repr)


def contents_of(session: Session) -> list[tuple[Any, ...]]:
    return contents([session.record(record) for record in session.ids()])


def entry(session: Session, number: int) -> Entry:
    (record,) = session.with_number(number)
    found = session.record(record)
    assert isinstance(found, Entry)
    return found


def kinds(session: Session) -> list[str]:
    return [session.record(record).kind for record in session.ids()]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return open_session(tmp_path / "p.mid.json", create=True)


class TestTheSampleChapterPageByPage:
    @pytest.fixture
    def whole(self, session: Session) -> list[tuple[Any, ...]]:
        return contents(read_chapter(SAMPLE, "", session.states).records)

    @pytest.fixture
    def pages(self, tmp_path: Path) -> list[Path]:
        pages = pages_of(SAMPLE)
        assert len(pages) == 9
        return written(tmp_path, pages)

    def test_together(
        self, session: Session, pages: list[Path], whole: list[tuple[Any, ...]]
    ) -> None:
        take(session, *pages)
        assert contents_of(session) == whole
        assert len(session.history.steps) == 1
        assert [session.record(r).page for r in session.ids()] == sorted(
            session.record(r).page or 0 for r in session.ids()
        )

    def test_together_in_any_order(
        self, session: Session, pages: list[Path], whole: list[tuple[Any, ...]]
    ) -> None:
        take(session, *reversed(pages))
        assert contents_of(session) == whole

    @pytest.mark.parametrize("backwards", [False, True])
    def test_one_after_the_other(
        self,
        session: Session,
        pages: list[Path],
        whole: list[tuple[Any, ...]],
        backwards: bool,
    ) -> None:
        for page in reversed(pages) if backwards else pages:
            take(session, page)
        assert contents_of(session) == whole
        assert list(faults(session)) == []
        assert all(not session.changed_fields(record) for record in session.ids())
        session = reopened(session)
        assert contents_of(session) == whole
        assert list(faults(session)) == []

    def test_every_step_can_be_undone_and_redone(
        self, session: Session, pages: list[Path], whole: list[tuple[Any, ...]]
    ) -> None:
        before = []
        for page in pages:
            before.append(contents_of(session))
            take(session, page)
        for state in reversed(before):
            session.undo()
            assert contents_of(session) == state
        for _ in pages:
            session.redo()
        assert contents_of(session) == whole
        assert list(faults(session)) == []

    @settings(max_examples=12)
    @given(order=st.permutations(range(9)), cuts=st.sets(st.integers(1, 8)))
    def test_in_any_order_and_grouping(
        self, tmp_path_factory: pytest.TempPathFactory, order: list[int], cuts: set[int]
    ) -> None:
        folder = tmp_path_factory.mktemp("pages")
        pages = written(folder, pages_of(SAMPLE))
        session = open_session(folder / "p.mid.json", create=True)
        bounds = [0, *sorted(cuts), 9]
        for first, last in pairwise(bounds):
            take(session, *(pages[n] for n in order[first:last]))
        assert contents_of(session) == contents(read_chapter(SAMPLE, "", session.states).records)
        assert list(faults(session)) == []
        session.close()

    def test_cut_anywhere_between_two_lines(self, session: Session, tmp_path: Path) -> None:
        lines = SAMPLE.splitlines(keepends=True)
        whole = contents(read_chapter(SAMPLE, "", session.states).records)
        for cut in range(60, 130, 3):
            texts = "".join(lines[:cut]), "".join(lines[cut:])
            folder = tmp_path / str(cut)
            folder.mkdir()
            other = open_session(folder / "p.mid.json", create=True)
            for path in written(folder, texts):
                take(other, path)
            assert contents_of(other) == whole, f"cut before line {cut + 1}: {lines[cut]}"
            other.close()


class TestARecordOfThreePages:
    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (0, 2, 1), (2, 0, 1)])
    def test_is_one_record_in_any_order(
        self, session: Session, tmp_path: Path, order: tuple[int, ...]
    ) -> None:
        pages = written(tmp_path, [FIRST, MIDDLE, LAST])
        for number in order:
            take(session, pages[number])
        assert sorted(kinds(session)) == ["entry", "entry"]
        assert entry(session, 9101).narrative == NARRATIVE
        assert str(entry(session, 9102).heading) == "2 United States of America/365 Russia"

    def test_has_the_place_of_each_part(self, session: Session, tmp_path: Path) -> None:
        take(session, *written(tmp_path, [FIRST, MIDDLE, LAST]))
        (record,) = session.with_number(9101)
        names = source_names(session, record)
        assert [name for _, name in names] == ["page 0.txt", "page 1.txt", "page 2.txt"]
        maps = [source_map(session, source) for source, _ in names]
        assert [found.lines_of(record) for found in maps if found] == [(3, 9), (2, 2), (2, 3)]
        assert maps[2] is not None
        assert maps[2].record_at(3) == (record, "coding_changes")

    def test_a_middle_page_without_its_neighbours_is_no_chapter(
        self, session: Session, tmp_path: Path
    ) -> None:
        (middle,) = written(tmp_path, [MIDDLE])
        with pytest.raises(NothingToImport, match="there is no dispute entry in it"):
            take(session, middle)

    def test_a_page_without_a_head_continues_the_page_before(
        self, session: Session, tmp_path: Path
    ) -> None:
        rest = MIDDLE.partition("\n")[2] + LAST
        for page in written(tmp_path, [FIRST, rest]):
            take(session, page)
        assert entry(session, 9101).narrative == NARRATIVE
        assert entry(session, 9102).page == 952

    def test_pages_that_are_not_consecutive_are_not_joined(
        self, session: Session, tmp_path: Path
    ) -> None:
        take(session, *written(tmp_path, [FIRST, LAST]))
        assert kinds(session) == ["entry", "fragment", "entry"]

    def test_nothing_is_joined_if_two_texts_could_follow(
        self, session: Session, tmp_path: Path
    ) -> None:
        rest = MIDDLE + LAST
        take(session, *written(tmp_path, [FIRST, rest, rest.replace("9102", "9103")]))
        assert kinds(session).count("fragment") == 2


class TestEditedRecords:
    REST = MIDDLE + LAST

    def test_an_unedited_field_gets_the_joined_reading_beside_an_edited_one(
        self, session: Session, tmp_path: Path
    ) -> None:
        first, rest = written(tmp_path, [FIRST, self.REST])
        take(session, first)
        session.edit(
            ChangeKind.CODING, {FIRST_ENTRY: {"outcome": "Stalemate"}}, reason="The data set"
        )
        take(session, rest)
        record = entry(session, 9101)
        assert (record.outcome, record.narrative) == ("Stalemate", NARRATIVE)
        assert session.changed_fields(FIRST_ENTRY) == ["outcome"]
        assert getattr(session.original(FIRST_ENTRY), "outcome") == "Unclear"  # noqa: B009
        assert (
            session.original(FIRST_ENTRY).replace(outcome="Stalemate").content() == record.content()
        )

    def test_an_edited_text_is_kept_and_its_continuation_is_a_fragment(
        self, session: Session, tmp_path: Path
    ) -> None:
        first, rest = written(tmp_path, [FIRST, self.REST])
        take(session, first)
        session.edit(ChangeKind.CORRECTION, {FIRST_ENTRY: {"narrative": ("My text.",)}})
        take(session, rest)
        assert kinds(session) == ["entry", "fragment", "entry"]
        assert entry(session, 9101).narrative == ("My text.",)
        fragment = session.record(session.ids()[1])
        assert isinstance(fragment, Fragment)
        assert fragment.narrative[0].startswith("space over the strait.")
        assert str(entry(session, 9102).heading) == "2 United States of America/365 Russia"

    def test_an_edited_fragment_stays_when_the_text_before_it_is_imported(
        self, session: Session, tmp_path: Path
    ) -> None:
        first, rest = written(tmp_path, [FIRST, self.REST])
        take(session, rest)
        session.edit(ChangeKind.CORRECTION, {session.ids()[0]: {"narrative": ("My text.",)}})
        take(session, first)
        assert kinds(session) == ["entry", "fragment", "entry"]
        assert entry(session, 9101).narrative[0].endswith("in the air-")
        assert list(faults(session)) == []

    def test_the_printed_changes_use_the_next_page(self, session: Session, tmp_path: Path) -> None:
        rest = self.REST.replace("March 3, 1958.", "March 3, 1958. Outcome changed from Released.")
        paths = written(tmp_path, [FIRST, rest])
        take(session, paths[0])
        session.edit(
            ChangeKind.CODING, {FIRST_ENTRY: {"outcome": "Stalemate"}}, reason="The data set"
        )
        assert [s.text for s in session.printed_changes(FIRST_ENTRY)] == [
            "Outcome changed from Unclear."
        ]
        take(session, paths[1])
        assert [s.text for s in session.printed_changes(FIRST_ENTRY)] == [
            "Start Date changed from March 3, 1958.",
            "Outcome changed from Released.",
        ]
        session.undo()
        assert [s.text for s in session.printed_changes(FIRST_ENTRY)] == [
            "Outcome changed from Unclear."
        ]

    def test_one_undo_reverses_the_whole_import(self, session: Session, tmp_path: Path) -> None:
        first, rest = written(tmp_path, [FIRST, self.REST])
        take(session, rest)
        before = dict(session.documents())
        take(session, first)
        assert kinds(session) == ["entry", "entry"]
        session.undo()
        assert dict(session.documents()) == before
        take(session, first)
        assert kinds(session) == ["entry", "entry"]
        assert list(faults(session)) == []

    def test_the_original_follows_the_import_in_force(
        self, session: Session, tmp_path: Path
    ) -> None:
        first, rest = written(tmp_path, [FIRST, self.REST])
        take(session, first)
        alone = session.record(FIRST_ENTRY)
        take(session, rest)
        joined = session.record(FIRST_ENTRY)
        session.edit(ChangeKind.CORRECTION, {FIRST_ENTRY: {"narrative": ("My text.",)}})
        assert session.original(FIRST_ENTRY).content() == joined.content()
        session.undo()
        session.undo()
        assert session.original(FIRST_ENTRY) == session.record(FIRST_ENTRY) == alone

    def test_the_log_shows_the_fields_but_not_the_place(
        self, session: Session, tmp_path: Path
    ) -> None:
        first, rest = written(tmp_path, [FIRST, self.REST])
        take(session, first)
        take(session, rest)
        fields = [line.field for line in log_lines(session) if line.step == 2]
        assert fields[0] == "record"
        assert set(fields[1:]) == {"narrative", "coding_changes", "doubts"} or set(fields[1:]) == {
            "narrative",
            "coding_changes",
        }


def test_adding_texts_directly_joins_them_too(session: Session, tmp_path: Path) -> None:
    first, rest = written(tmp_path, [FIRST, MIDDLE + LAST])
    add_texts(session, [run_now(read_text(path, session.states)) for path in (rest, first)])
    assert entry(session, 9101).narrative == NARRATIVE


@settings(max_examples=25)
@given(
    order=st.permutations(range(9)),
    edits=st.lists(
        st.tuples(
            st.integers(0, 8), st.integers(0, 40), st.sampled_from(["narrative", "coding_changes"])
        ),
        max_size=6,
    ),
)
def test_edits_between_imports_stay_and_everything_can_be_undone(
    tmp_path_factory: pytest.TempPathFactory,
    order: list[int],
    edits: list[tuple[int, int, str]],
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    pages = written(folder, pages_of(SAMPLE))
    session = open_session(folder / "p.mid.json", create=True)
    states = [contents_of(session)]
    edited: dict[tuple[int, str], object] = {}
    for turn, number in enumerate(order):
        take(session, pages[number])
        states += [contents_of(session)] * (len(session.history.steps) == len(states))
        for when, which, field in edits:
            record = session.ids()[which % len(session.ids())] if session.ids() else 0
            if when != turn or not hasattr(session.record(record), field):
                continue
            typed = ("My words.",) if field == "narrative" else ()
            if session.edit(ChangeKind.CORRECTION, {record: {field: typed}}):
                states.append(contents_of(session))
                edited[record, field] = typed
    for (record, field), kept in edited.items():
        assert getattr(session.record(record), field) == kept
    assert list(faults(session)) == []
    assert len(states) == len(session.history.steps) + 1
    for state in reversed(states[:-1]):
        session.undo()
        assert contents_of(session) == state
    assert list(faults(session)) == []
    session.close()
