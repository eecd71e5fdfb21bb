"""Signatures that are joined: one coder wherever coders are listed, counted or compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.changes import (
    Change,
    ChangeKind,
    CoderNamed,
    StepId,
    StepsRedone,
    StepsUndone,
)
from mideditor.domain.coders import Coders
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.steps import FIRST_LINK, StepDraft, new_step_id
from mideditor.session.checks.checks import Checks
from mideditor.session.history import History
from mideditor.session.log.coder_list import CoderRow, coder_rows, with_own
from mideditor.session.log.logbook import LogFilter, log_lines
from mideditor.session.log.progress_charts import work_by_week
from mideditor.session.log.reviewing import ReviewFilter, authors, changes
from mideditor.session.project.verifying import faults
from mideditor.session.session import Changed, Session
from mideditor.session.table.record_rows import RecordRows
from mideditor.session.undo_question import is_of_another, undo_question
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, REFERENCE, TRAINER, correct, imported, reopened

SIGNATURES = ("Ana", "ana", "A. Silva", "Ben", "Cleo")
signatures = st.sampled_from(SIGNATURES)
joins = st.lists(st.tuples(signatures, signatures), min_size=1, max_size=5)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Ana imported (1) and coded (2), “A. Silva” corrected (3, 4), Ben corrected (5)."""
    session = imported(tmp_path)
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="so")
    session.author = "A. Silva"
    correct(session, TRAINER, fatalities=Fatalities.TO_25)
    correct(session, TRAINER, page=944)
    session.author = "Ben"
    correct(session, REFERENCE, dispute_number=612)
    yield session
    session.abandon()


def row(line: CoderRow) -> str:
    """``Ana 3: Ana, A. Silva``."""
    return f"{line.name} {line.steps}: {', '.join(line.signatures)}"


def test_a_coder_is_listed_once_with_all_signatures(session: Session) -> None:
    assert list(map(row, coder_rows(session))) == [
        "A. Silva 2: A. Silva",
        "Ana 2: Ana",
        "Ben 1: Ben",
    ]
    session.join_coders("Ana", "A. Silva")
    first, ben = coder_rows(session)
    assert (row(first), row(ben)) == ("Ana 4: Ana, A. Silva", "Ben 2: Ben")
    times = [step.time for step in session.history.steps]
    assert (first.first, first.last) == (times[0], times[3])
    session.undo()
    assert list(map(row, coder_rows(session))) == [
        "A. Silva 2: A. Silva",
        "Ana 2: Ana",
        "Ben 1: Ben",
    ]
    session.redo()
    assert row(coder_rows(reopened(session))[0]) == "Ana 4: Ana, A. Silva"


def test_who_has_signed_nothing_yet_can_be_listed_too(session: Session) -> None:
    rows = coder_rows(session)
    assert with_own(session, rows) == rows
    session.author = " BEN "
    assert with_own(session, rows) == rows
    session.author = "Cleo"
    assert with_own(session, rows) == [*rows, CoderRow("Cleo", (), 0, None, None)]


def test_the_last_join_of_a_coder_is_found(session: Session) -> None:
    history = session.history
    assert history.last_join_of("Ana") is None
    first = session.join_coders("Ana", "A. Silva")
    second = session.join_coders("Ana", "Cleo")
    session.join_coders("Ben", "Benno")
    found = history.last_join_of("a. silva")
    assert found is not None
    assert (found[0], found[1].alias) == (second, "Cleo")
    assert second is not None
    session.undo(second.number)
    found = history.last_join_of("A. Silva")
    assert found is not None
    assert found[0] == first
    assert history.last_join_of("Cleo") is None


def test_the_log_is_narrowed_to_a_coder_and_keeps_the_signatures(session: Session) -> None:
    session.join_coders("Ana", "A. Silva")
    for asked in ("Ana", "a. silva"):
        lines = list(log_lines(session, LogFilter(author=asked)))
        assert [(line.step, line.author) for line in lines] == [
            (1, "Ana"),
            (2, "Ana"),
            (3, "A. Silva"),
            (4, "A. Silva"),
        ]


def test_the_review_offers_a_coder_once(session: Session) -> None:
    assert authors(session) == ["A. Silva", "Ana", "Ben"]
    session.join_coders("Ana", "A. Silva")
    assert authors(session) == ["Ana", "Ben"]
    for asked in ("Ana", "A. Silva"):
        found = changes(session, ReviewFilter(author=asked))
        assert [(one.step.number, one.line.author) for one in found] == [
            (2, "Ana"),
            (3, "A. Silva"),
            (4, "A. Silva"),
        ]


def test_the_work_of_a_coder_is_counted_under_the_chosen_name(session: Session) -> None:
    session.join_coders("Ana Silva", "A. Silva")
    session.join_coders("Ana Silva", "Ana")
    weeks = work_by_week(session)
    assert weeks.coders == ("Ana Silva", "Ben")
    assert weeks.steps == {
        (date(2026, 3, 9), "Ana Silva"): 3,
        (date(2026, 3, 9), "Ben"): 1,
    }


def test_the_undo_of_an_own_step_under_another_signature_is_not_asked_about(
    session: Session,
) -> None:
    session.author = "Cleo"
    step = session.history.steps[3]
    assert is_of_another(session, step)
    assert undo_question(session) is not None
    session.author = "Ben"
    session.join_coders("Cleo", "A. Silva")
    session.author = "Cleo"
    assert not is_of_another(session, step)
    assert undo_question(session) is None
    assert session.history.reversed_by(session.undo()) == 4


def test_edits_of_one_coder_in_an_import_are_named_once(session: Session) -> None:
    session.author = "A. Silva"
    correct(session, ALASKA, page=7)
    session.undo(2)
    session.join_coders("Cleo", "A. Silva")
    session.join_coders("Cleo", "Dora")
    session.author = "Dora"
    correct(session, ALASKA, chapter=8)
    session.author = "Ana"
    asked = undo_question(session)
    assert asked is not None
    assert asked.text.endswith("5 edits by Ben, Cleo stand in them.")


class TestSearching:
    @pytest.fixture
    def rows(self, session: Session) -> RecordRows:
        return RecordRows(session, Checks(session))

    def test_any_signature_finds_the_records_of_the_coder(
        self, session: Session, rows: RecordRows
    ) -> None:
        assert run_now(rows.find("coder:ana")) == [ALASKA]
        session.join_coders("Ana", "A. Silva")
        for line in ("coder:ana", 'coder:"a. silva"', "coder:Silva"):
            assert run_now(rows.find(line)) == [ALASKA, TRAINER], line
        assert run_now(rows.find("coder:ben")) == [REFERENCE]
        facet = run_now(rows.count_facets(""))["coder"]
        assert {one.value: one.count for one in facet.values} == {"Ana": 2, "Ben": 1}
        session.undo()
        assert run_now(rows.find("coder:ana")) == [ALASKA]
        assert run_now(rows.find("coder:silva")) == [TRAINER]


def test_a_join_touches_the_records_of_both_but_no_fields(session: Session) -> None:
    heard: list[Changed] = []
    session.subscribe(heard.append)
    session.join_coders("Ana", "A. Silva")
    session.undo()
    session.redo()
    session.join_coders("Ben", "Benno")
    both = {ALASKA: frozenset[str](), TRAINER: frozenset[str]()}
    assert [one.fields for one in heard] == [both, both, both, {REFERENCE: frozenset()}]
    assert list(faults(session)) == []


# By chance


class Log:
    """A history that grows."""

    def __init__(self) -> None:
        self.history = History()

    def add(self, change: Change, author: str = "Ana") -> StepId:
        last = self.history.last
        draft = StepDraft(
            id=new_step_id(),
            time=datetime(2026, 3, 14, tzinfo=UTC),
            author=author,
            changes=(change,),
        )
        number, link = (last.number + 1, last.link) if last else (1, FIRST_LINK)
        self.history.add(draft.sealed(number, link))
        return draft.id


def groups(coders: Coders) -> set[frozenset[str]]:
    """Who is one, for all signatures."""
    return {
        frozenset(other for other in SIGNATURES if coders.are_one(one, other)) for one in SIGNATURES
    }


def named(coders: Coders) -> list[str]:
    return list(map(coders.name_of, SIGNATURES))


@given(joins, st.data())
def test_the_undo_of_a_join_splits_again_and_its_redo_joins_again(
    joined: list[tuple[str, str]], data: st.DataObject
) -> None:
    log, history = (made := Log()), made.history
    steps = [log.add(CoderNamed(name=name, alias=alias)) for name, alias in joined]
    undone = data.draw(st.integers(0, len(steps) - 1))
    rest = joined[:undone] + joined[undone + 1 :]
    before = named(history.coders)
    log.add(StepsUndone(steps=(steps[undone],)))
    assert groups(history.coders) == groups(Coders(rest))
    log.add(StepsRedone(steps=(steps[undone],)))
    assert groups(history.coders) == groups(Coders(joined))
    assert named(history.coders) == before
    assert named(History(history.steps).coders) == before, "after a restart"
    for step in steps:
        log.add(StepsUndone(steps=(step,)))
    assert groups(history.coders) == groups(Coders())
