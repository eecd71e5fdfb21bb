"""Records that restores remove and bring back, each time as they were at that step."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Outcome
from mideditor.domain.record import RecordId
from mideditor.domain.reports.backup_row import BackupRow
from mideditor.session.project.restoring import list_backups, read_backup, restore
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.undoing import CannotUndo
from mideditor.session.work import run_now
from mideditor.store.project_store import ProjectStore
from tests.session.chapters import id_at, import_text, one_entry
from tests.store.steps import backups_of, hourly_clock

pytestmark = pytest.mark.needs_file

LATER = id_at(one_entry(2), "MID#2")
"""The record that is imported later."""


def opened(project: Path) -> Session:
    clock = hourly_clock()
    return Session(ProjectStore.open(project, create=True, now=lambda: next(clock)), "Ana")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A project with a backup from before a record was added, and one from before its edit."""
    with opened(tmp_path / "p.mid.json") as session:
        import_text(session, tmp_path / "first.txt", one_entry(1))
        session.save()
        import_text(session, tmp_path / "later.txt", one_entry(2))
        session.save()
        session.edit(ChangeKind.CODING, {LATER: {"outcome": Outcome.RELEASED}}, reason="Set free")
        yield session


def backup_of(session: Session, steps: int) -> BackupRow:
    return next(backup for backup in list_backups(session) if backup.steps == steps)


def go_back(session: Session, steps: int) -> None:
    backup = backup_of(session, steps)
    run_now(restore(session, backup, run_now(read_backup(backup))))


def outcome(session: Session, record: RecordId) -> Outcome | str:
    if record not in session.ids():
        return "not there"
    return Outcome(session.record(record).model_dump()["outcome"])


def test_a_restore_brings_a_record_back_from_the_backup_and_undo_as_it_was(
    session: Session,
) -> None:
    seen = [outcome(session, LATER)]
    for act in (
        lambda: go_back(session, 1),
        lambda: go_back(session, 2),
        session.undo,
        session.undo,
        session.redo,
        session.redo,
        session.undo,
    ):
        act()
        assert list(faults(session)) == []
        seen.append(outcome(session, LATER))
    edited, absent, as_saved = Outcome.RELEASED, "not there", Outcome.STALEMATE
    assert seen == [edited, absent, as_saved, absent, edited, absent, as_saved, absent]


@pytest.mark.parametrize("how", ["closed", "crashed"])
def test_restored_records_survive_a_restart(session: Session, how: str) -> None:
    go_back(session, 1)
    go_back(session, 2)
    session.undo()
    project = session.path
    session.close() if how == "closed" else session.abandon()
    with opened(project) as again:
        assert list(faults(again)) == []
        again.undo()
        assert outcome(again, LATER) is Outcome.RELEASED
        assert again.original(LATER).model_dump()["outcome"] == Outcome.STALEMATE
        assert [s.text for s in again.printed_changes(LATER)] == ["Outcome changed from Stalemate."]
        assert list(faults(again)) == []


def test_a_record_that_is_lost_everywhere_cannot_be_brought_back(tmp_path: Path) -> None:
    """Another program has deleted it, and there is no backup of it."""
    with opened(tmp_path / "p.mid.json") as session:
        import_text(session, tmp_path / "first.txt", one_entry(1))
        session.undo()
    shutil.rmtree(backups_of(session.path))
    with TinyDB(session.path) as database:
        database.table("originals").truncate()
    with opened(session.path) as again:
        with pytest.raises(CannotUndo, match="The record of step 1 is not in the project any more"):
            again.redo()
        assert again.ids() == []
