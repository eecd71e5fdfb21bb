"""Edits through the session: a step on disk, or nothing at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.fields import UnknownField
from mideditor.domain.partial_date import parse_date
from mideditor.domain.record import Entry, Participant, document_of
from mideditor.domain.record_ids import handle
from mideditor.files.user_error import UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.edit_plan import NotCodable, UnfitValue
from mideditor.session.log.logbook import log_lines
from mideditor.session.project.verifying import faults
from mideditor.session.project_view import NoSuchRecord
from mideditor.session.session import Changed, Session, UnfitNote
from tests.session.chapters import ALASKA, FRAGMENT, REFERENCE, TRAINER, imported, reopened


def entry(session: Session, record: int) -> Entry:
    found = session.record(record)
    assert isinstance(found, Entry)
    return found


def everything(session: Session) -> tuple[Any, ...]:
    """All the state that a failed edit must not change."""
    return (
        dict(session.documents()),
        len(session.history.steps),
        [session.record(record) for record in session.ids()],
    )


def test_an_edit_is_a_step_with_author_time_kind_reason_and_both_values(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        step = session.edit(
            ChangeKind.CODING,
            {ALASKA: {"outcome": Outcome.STALEMATE}},
            reason="No one gave way",
            citation="MIDA 4.01",
        )
        assert step is not None
        assert entry(session, ALASKA).outcome is Outcome.STALEMATE
        assert step.model_dump(mode="json", exclude={"id", "content", "link"}) == {
            "number": 2,
            "time": "2026-03-14T12:01:00Z",
            "author": "Ana",
            "reason": "No one gave way",
            "citation": "MIDA 4.01",
            "changes": [
                {
                    "change": "field changed",
                    "record": ALASKA,
                    "field": "outcome",
                    "kind": "coding",
                    "old": "Unclear",
                    "new": "Stalemate",
                }
            ],
        }
        assert step.kind is ChangeKind.CODING


def test_edits_and_originals_survive_reopening(tmp_path: Path) -> None:
    session = imported(tmp_path)
    before = session.record(ALASKA)
    for page in range(1, 8):
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": page}})
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    session = reopened(session)
    assert entry(session, ALASKA).outcome is Outcome.STALEMATE
    assert session.original(ALASKA) == before
    assert session.original(TRAINER) == session.record(TRAINER)
    session.close()


def test_several_records_change_in_one_step(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        step = session.edit(
            ChangeKind.CORRECTION,
            {
                ALASKA: {"fatalities": Fatalities.TO_25, "page": 942},
                TRAINER: {"settlement": Settlement.NEGOTIATED},
            },
        )
        assert step is not None
        assert [(c.record, c.field) for c in step.record_changes] == [
            (ALASKA, "fatalities"),
            (TRAINER, "settlement"),
        ]
        session.undo()
        assert entry(session, ALASKA).fatalities is Fatalities.NONE
        assert entry(session, TRAINER).settlement is Settlement.NONE


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (ALASKA, {"outcome": Outcome.UNCLEAR}),
        (ALASKA, {"outcome": "Unclear", "start_date": parse_date("March 15, 1963")}),
        (REFERENCE, {"started": parse_date("May 1964")}),
        (ALASKA, {"mid_number": 2899}),
        (ALASKA, {}),
    ],
)
def test_an_unchanged_value_makes_no_step(
    tmp_path: Path, record: int, values: dict[str, Any]
) -> None:
    with imported(tmp_path) as session:
        before = everything(session)
        assert session.edit(ChangeKind.CORRECTION, {record: values}) is None
        assert everything(session) == before


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        (
            {ALASKA: {"outcome": "Stalemate"}, TRAINER: {"outcome": "Draw"}},
            UnfitValue,
            "MID 2220, outcome: ",
        ),
        ({ALASKA: {"page": 0}}, UnfitValue, "MID 2899, page: "),
        ({ALASKA: {"side_a": ["Russia"]}}, UnfitValue, "MID 2899, side_a: "),
        ({ALASKA: {"narrative": ("\udcff",)}}, UnfitValue, "MID 2899, narrative: "),
        ({99: {"page": 1}}, NoSuchRecord, f"There is no record {handle(99)} in the project."),
        ({REFERENCE: {"outcome": None}}, UnknownField, "A cross-reference has no field “outcome”"),
        ({FRAGMENT: {"kind": "entry"}}, UnknownField, "A fragment has no field “kind”"),
    ],
)
def test_an_invalid_value_changes_nothing(
    tmp_path: Path, values: dict[int, dict[str, Any]], error: type[Exception], message: str
) -> None:
    with imported(tmp_path) as session:
        before = everything(session)
        with pytest.raises(error) as caught:
            session.edit(ChangeKind.CORRECTION, values)
        assert str(caught.value).startswith(message)
        assert everything(session) == before
        assert session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 1}}) is not None


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (ALASKA, {"narrative": ("Otherwise.",)}),
        (ALASKA, {"outcome": Outcome.STALEMATE, "page": 3}),
        (REFERENCE, {"started": None}),
    ],
)
def test_only_fields_with_printed_coding_changes_can_have_one(
    tmp_path: Path, record: int, values: dict[str, Any]
) -> None:
    with imported(tmp_path) as session:
        before = everything(session)
        with pytest.raises(NotCodable, match="Record it as a correction"):
            session.edit(ChangeKind.CODING, {record: values})
        assert everything(session) == before


@pytest.mark.parametrize("note", ["reason", "citation", "author"])
def test_a_note_that_cannot_be_encoded_is_rejected(tmp_path: Path, note: str) -> None:
    with imported(tmp_path) as session:
        before = everything(session)
        notes = {"reason": "why", "citation": ""}
        if note == "author":
            session.author = "Ana \udcff"
        else:
            notes[note] = "\udcff"
        with pytest.raises(UnfitNote, match=f"{note}.*half a character"):
            session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 1}}, **notes)
        assert everything(session) == before


def test_a_heading_and_its_dyad_change_and_are_undone_together(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        heading = session.states.get(365), session.states.get(2)
        a, b = (Participant(code=s.code, name=s.name) for s in heading if s)
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"heading": {"a": a, "b": b}}})
        assert session.documents()[ALASKA]["dyad"] == [2, 365]
        session.undo()
        assert session.documents()[ALASKA]["dyad"] is None


def test_listeners_are_called_after_every_step(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        heard: list[Changed] = []
        session.subscribe(heard.append)
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 1}})
        session.undo()
        session.undo()
        assert [(c.step.number, set(c.records), c.membership) for c in heard] == [
            (2, {ALASKA}, False),
            (3, {ALASKA}, False),
            (4, {FRAGMENT, ALASKA, TRAINER, REFERENCE}, True),
        ]


def test_stored_documents_equal_the_records(tmp_path: Path) -> None:
    with imported(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 1}})
        for record in session.ids():
            assert session.documents()[record] == document_of(session.record(record))


@pytest.mark.needs_file
def test_a_project_that_cannot_be_saved_on_exit_is_released(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.path.mkdir()
    with pytest.raises(UserError, match="All changes are safe in"), session:
        session.edit(ChangeKind.CORRECTION, {ALASKA: {"page": 1}})
    session.path.rmdir()
    again = Session.open(session.path, "Ben")
    assert again.record(ALASKA).page == 1
    again.close()


def test_several_steps_get_a_reason_later(tmp_path: Path) -> None:
    session = imported(tmp_path)
    first = session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    second = session.edit(ChangeKind.CODING, {TRAINER: {"outcome": Outcome.UNCLEAR}})
    checks = Checks(session)
    assert first is not None
    assert second is not None
    assert session.history.needing_reason() == [first, second]
    assert "reason given" in {finding.rule for finding in checks.of(ALASKA)}

    session.explain([first, second], "As the published data set has it", "MIDA 4.01")

    assert session.history.needing_reason() == []
    assert "reason given" not in {finding.rule for finding in checks.of(ALASKA)}
    logged = [(line.label, line.new, line.reason, line.citation) for line in log_lines(session)]
    notes = ("As the published data set has it", "MIDA 4.01")
    assert logged[1:] == [
        ("Outcome", "Stalemate", *notes),
        ("Outcome", "Unclear", *notes),
        ("Reason", "of steps 2, 3", *notes),
    ]
    session.undo()
    assert session.history.needing_reason() == [first, second]
    session = reopened(session)
    session.redo()
    assert session.history.needing_reason() == []
    assert list(faults(session)) == []
    session.close()


def test_a_reason_must_not_be_empty(tmp_path: Path) -> None:
    session = imported(tmp_path)
    step = session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}})
    assert step is not None
    with pytest.raises(UnfitNote, match="The reason of the step cannot be kept: it is empty"):
        session.explain([step], "  ")
    session.close()
