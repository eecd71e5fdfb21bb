"""A backup is restored in one step, and the steps in force then are in force again."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.session.project.restoring import (
    OtherHistory,
    find_changes_back,
    list_backups,
    read_backup,
    restore,
)
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo
from mideditor.session.work import run_now
from tests.session.chapters import ALASKA, REFERENCE, TRAINER, import_text, imported, one_entry

pytestmark = pytest.mark.needs_file


def test_the_preview_names_each_field_and_the_step_brings_it_back(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.edit(
        ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="Nobody gave in"
    )
    session.save()
    (backup,) = list_backups(session)
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    session.undo(2)
    contents = run_now(read_backup(backup))
    found = run_now(find_changes_back(session, contents))
    assert [(one.title, one.label, one.here, one.there) for one in found] == [
        ("MID 2899", "Outcome", "Unclear", "Stalemate"),
        ("MID 2220", "Fatalities", "1–25 deaths", "None"),
    ]
    assert session.printed_changes(ALASKA) == ()

    step = run_now(restore(session, backup, contents))

    assert step is not None
    assert (step.kind, session.history.reversed_by(step)) == (ChangeKind.RESTORE, 2)
    assert step.reason.startswith("Back to the backup of ")
    assert [s.text for s in session.printed_changes(ALASKA)] == ["Outcome changed from Unclear."]
    assert session.changed_fields(TRAINER) == []
    assert list(faults(session)) == []
    assert run_now(restore(session, backup, contents)) is None
    session.close()


def test_a_restore_is_undone_and_redone_also_after_a_restart(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.save()
    (backup,) = list_backups(session)
    session.edit(
        ChangeKind.CODING, {ALASKA: {"outcome": Outcome.STALEMATE}}, reason="Nobody gave in"
    )
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    edited = dict(session.documents())
    run_now(restore(session, backup, run_now(read_backup(backup))))
    restored = dict(session.documents())
    session.close()

    with Session.open(session.path, "Ana") as again:
        again.undo()
        assert dict(again.documents()) == edited
        assert [s.text for s in again.printed_changes(ALASKA)] == ["Outcome changed from Unclear."]
        again.undo()
        again.redo()
        again.undo()
        again.undo()
        last = again.history.next_undo("Ana")
        assert last is not None
        assert last.number == 1
        again.redo()
        again.redo()
        again.redo()
        assert dict(again.documents()) == restored
        assert again.printed_changes(ALASKA) == ()
        assert list(faults(again)) == []


def test_later_records_are_removed_and_brought_back(tmp_path: Path) -> None:
    session = imported(tmp_path)
    session.save()
    (backup,) = list_backups(session)
    (new,) = import_text(session, tmp_path / "later.txt", one_entry(7))
    contents = run_now(read_backup(backup))
    found = run_now(find_changes_back(session, contents))
    assert [(one.title, one.label, one.here, one.there) for one in found] == [
        ("MID 7", "Whole record", "in the project", "not there")
    ]
    run_now(restore(session, backup, contents))
    assert new not in session.ids()
    session.undo()
    assert session.with_number(7) == [new]
    assert list(faults(session)) == []
    session.close()


def restored(folder: Path) -> Session:
    """A project in which step 3 has taken back step 2, fatalities of MID 2220."""
    session = imported(folder)
    session.save()
    (backup,) = list_backups(session)
    session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    step = run_now(restore(session, backup, run_now(read_backup(backup))))
    assert step is not None
    assert step.number == 3
    return session


def test_a_restore_is_undone_after_another_step_of_another_field(tmp_path: Path) -> None:
    with restored(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {REFERENCE: {"dispute_number": 612}})
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"page": 7}})
        session.undo(3)
        assert session.document(TRAINER)["fatalities"] == Fatalities.TO_25
        assert session.document(TRAINER)["page"] == 7
        assert session.document(REFERENCE)["dispute_number"] == 612
        assert [session.history.stands(step) for step in session.history.steps[:5]] == [
            *(True, True, False, True, True)
        ]
        assert list(faults(session)) == []
        session.redo()
        assert session.document(TRAINER)["fatalities"] == Fatalities.NONE
        assert session.document(TRAINER)["page"] == 7
        assert not session.history.can_undo(session.history.steps[1])
        assert list(faults(session)) == []


def test_a_restore_is_not_undone_once_one_of_its_fields_was_changed_again(tmp_path: Path) -> None:
    with restored(tmp_path) as session:
        session.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_100}})
        with pytest.raises(CannotUndo, match="MID 2220, fatalities, was changed again in step 4"):
            session.undo(3)
        session.undo()
        session.undo()
        assert session.document(TRAINER)["fatalities"] == Fatalities.TO_25


def test_a_backup_of_another_project_is_rejected(tmp_path: Path) -> None:
    session = imported(tmp_path)
    (tmp_path / "other").mkdir()
    other = imported(tmp_path / "other")
    other.author = "Somebody else"
    other.edit(ChangeKind.CORRECTION, {TRAINER: {"fatalities": Fatalities.TO_25}})
    other.save()
    (backup,) = list_backups(other)
    with pytest.raises(OtherHistory, match=r"is of another history.*File > Merge another copy"):
        run_now(restore(session, backup, run_now(read_backup(backup))))
    other.close()
    session.close()
