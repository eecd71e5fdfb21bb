"""The fields a step touches: those a listener must read again, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.changes import WHOLE_RECORD, ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Doubt, RecordId
from mideditor.session.edits.questions import ask
from mideditor.session.session import Changed, Session
from mideditor.session.texts.marking_evidence import toggle
from mideditor.session.undoing import return_to
from mideditor.session.work import run_now
from tests.session.chapters import (
    ALASKA,
    REFERENCE,
    TRAINER,
    import_text,
    imported,
    one_entry,
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with imported(tmp_path) as opened:
        yield opened


@pytest.fixture
def heard(session: Session) -> list[Changed]:
    changes: list[Changed] = []
    session.subscribe(changes.append)
    return changes


def correct(session: Session, record: RecordId, **values: Any) -> None:
    assert session.edit(ChangeKind.CORRECTION, {record: values}) is not None


def fields(heard: list[Changed]) -> Mapping[RecordId, set[str]]:
    """The fields that the newest step touched."""
    return {record: set(names) for record, names in heard[-1].fields.items()}


def test_an_edit_touches_the_fields_that_it_changes(session: Session, heard: list[Changed]) -> None:
    same = {"page": 943, "outcome": Outcome.UNCLEAR}
    session.edit(ChangeKind.CORRECTION, {ALASKA: same, TRAINER: {"page": 943}})
    assert fields(heard) == {ALASKA: {"page"}, TRAINER: {"page"}}
    assert heard[-1].records == {ALASKA, TRAINER}
    assert heard[-1].touches(ALASKA, "outcome", "page")
    assert not heard[-1].touches(ALASKA, "outcome")
    assert not heard[-1].touches(REFERENCE, "page")
    assert not heard[-1].touches(None, "page")


def test_a_dependent_field_is_touched_too(session: Session, heard: list[Changed]) -> None:
    correct(session, ALASKA, mid_number=2898)
    correct(session, ALASKA, dispute_number=2898)
    assert fields(heard) == {ALASKA: {"dispute_number", "mid_number"}}
    doubt = Doubt(field="page", quote="942", question="Is it a page?", certainty=0.5)
    correct(session, ALASKA, doubts=(doubt,))
    correct(session, ALASKA, page=943)
    assert fields(heard) == {ALASKA: {"page", "doubts"}}, "the words in doubt are gone"


def test_coding_and_correcting_coded_fields_touch_the_printed_changes(
    session: Session, heard: list[Changed]
) -> None:
    correct(session, ALASKA, start_date=parse_date("1963-03"))
    assert fields(heard) == {ALASKA: {"start_date"}}
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    assert fields(heard) == {ALASKA: {"outcome", "coding_changes"}}
    correct(session, ALASKA, outcome=Outcome.RELEASED)
    assert fields(heard) == {ALASKA: {"outcome", "coding_changes"}}
    correct(session, ALASKA, narrative=("Two planes turned back.",))
    assert fields(heard) == {ALASKA: {"narrative"}}


def test_questions_and_evidence_are_fields_like_others(
    session: Session, heard: list[Changed]
) -> None:
    ask(session, ALASKA, "outcome", "Who gave way?")
    assert fields(heard) == {ALASKA: {"questions"}}
    toggle(session, ALASKA, "outcome", 0, 3)
    assert fields(heard) == {ALASKA: {"evidence"}}


def test_a_reason_touches_its_records_but_no_fields(session: Session, heard: list[Changed]) -> None:
    step = session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    assert step is not None
    for made in (lambda: session.explain([step], "No one gave way"), session.undo, session.redo):
        made()
        assert fields(heard) == {ALASKA: set()}
    session.accept([step])
    assert fields(heard) == {ALASKA: set()}
    session.add_word("Taza")
    assert fields(heard) == {}


def test_undo_and_redo_touch_the_fields_of_the_step(session: Session, heard: list[Changed]) -> None:
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    session.undo()
    assert fields(heard) == {ALASKA: {"outcome", "coding_changes"}}
    session.redo()
    assert fields(heard) == {ALASKA: {"outcome", "coding_changes"}}


def test_added_and_removed_records_are_touched_as_a_whole(
    session: Session, heard: list[Changed], tmp_path: Path
) -> None:
    (new,) = import_text(session, tmp_path / "more.txt", one_entry(3012))
    assert fields(heard) == {new: {WHOLE_RECORD}}
    assert heard[-1].membership
    assert heard[-1].touches(new, "outcome")
    session.undo()
    assert fields(heard) == {new: {WHOLE_RECORD}}


def test_a_restore_touches_fields_whose_history_alone_changes(
    session: Session, heard: list[Changed]
) -> None:
    correct(session, ALASKA, page=950)
    then, documents = len(session.history.steps), session.frozen().documents()
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.UNCLEAR}})
    correct(session, TRAINER, page=951)
    assert session.apply([run_now(return_to(session, then, documents))]) is not None
    restored = {ALASKA: {"outcome", "coding_changes"}, TRAINER: {"page"}}
    assert fields(heard) == restored
    assert len(session.standing_edits(ALASKA)) == 1
    session.undo()
    assert fields(heard) == restored
    assert len(session.standing_edits(ALASKA)) == 3
    session.redo()
    assert fields(heard) == restored
    assert len(session.standing_edits(ALASKA)) == 1


def test_a_record_history_is_cached_until_a_step_touches_it(
    session: Session,
) -> None:
    correct(session, ALASKA, page=950)
    original = session.original(ALASKA)
    correct(session, TRAINER, page=951)
    assert session.original(ALASKA) is original, "it is not read again"
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    assert session.changed_fields(ALASKA) == ["page", "outcome"]
    assert session.original(ALASKA) == original
    assert [sentence.text for sentence in session.printed_changes(ALASKA)] == [
        "Outcome changed from Unclear."
    ]
    session.undo()
    session.undo(2)
    assert session.changed_fields(ALASKA) == []
    assert session.standing_edits(ALASKA) == []
    assert session.printed_changes(ALASKA) == ()
