"""Comparing two versions of a record, and restoring one."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome, ReviewState
from mideditor.session.log.record_versions import (
    FIRST_READ,
    RecordVersion,
    record_at,
    restore_version,
    version_diffs,
    versions_of,
)
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from tests.session.chapters import ALASKA, imported


def edited(folder: Path) -> Session:
    session = imported(folder)
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="so")
    session.edit(ChangeKind.CORRECTION, {ALASKA: {"fatalities": Fatalities.TO_25}})
    session.edit(ChangeKind.REVIEW, {ALASKA: {"review": ReviewState.CODED}})
    session.edit(ChangeKind.CODING, {ALASKA: {"outcome": Outcome.COMPROMISE}}, reason="or so")
    return session


def diffs(session: Session, one: int, other: int) -> list[tuple[str, str, str]]:
    found = version_diffs(session, ALASKA, RecordVersion(one), RecordVersion(other))
    return [(each.label, each.here, each.there) for each in found]


def test_every_step_that_changed_the_record_is_a_version(tmp_path: Path) -> None:
    session = edited(tmp_path)
    assert [moment.step for moment in versions_of(session, ALASKA)] == [FIRST_READ, 2, 3, 4, 5]
    assert str(versions_of(session, ALASKA)[0]) == "as first read"
    assert (
        record_at(session, ALASKA, RecordVersion(2)).model_dump(mode="json")["outcome"]
        == "Stalemate"
    )
    session.close()


def test_two_versions_are_compared(tmp_path: Path) -> None:
    session = edited(tmp_path)
    assert diffs(session, 2, 5) == [
        ("Review", "imported", "coded"),
        ("Outcome", "Stalemate", "Compromise"),
        ("Fatalities", "None", "1–25 deaths"),
    ]
    assert diffs(session, 5, 2)[1] == ("Outcome", "Compromise", "Stalemate")
    assert diffs(session, 3, 3) == []
    session.undo()
    assert diffs(session, 5, 6) == [("Outcome", "Compromise", "Stalemate")]
    session.close()


def test_a_whole_record_is_restored_with_its_coding_changes(tmp_path: Path) -> None:
    session = edited(tmp_path)
    assert session.printed_changes(ALASKA) != ()
    step = restore_version(session, ALASKA, RecordVersion(FIRST_READ), "All wrong")
    assert step is not None
    assert {(change.field, change.kind) for change in step.record_changes} == {
        ("outcome", ChangeKind.CODING),
        ("fatalities", ChangeKind.CORRECTION),
    }
    assert [session.history.reason_of(step, change) for change in step.changes] == [
        "All wrong",
        "All wrong",
    ]
    assert session.printed_changes(ALASKA) == ()
    assert session.changed_fields(ALASKA) == []
    assert str(session.record(ALASKA).review) == "coded", "the review state is kept"
    assert restore_version(session, ALASKA, RecordVersion(FIRST_READ), "again") is None
    session.undo()
    assert diffs(session, FIRST_READ, len(session.history.steps))[1][0] == "Outcome"
    assert list(faults(session)) == []
    session.close()
