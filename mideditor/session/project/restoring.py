"""Restores a backup: previews the changes, then applies them in one step that can be undone."""

from __future__ import annotations

from mideditor.domain.reports.backup_row import BackupRow
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.project.project_diff import FieldDiff, find_diffs
from mideditor.session.session import Session
from mideditor.session.undoing import return_to
from mideditor.session.work import Work
from mideditor.store.backups import read_backup_at
from mideditor.store.project import State
from mideditor.store.stored_state import StoredState


class OtherHistory(UserError):
    """The log of the backup is not the beginning of the project's log."""

    def __init__(self, backup: BackupRow) -> None:
        super().__init__(
            f"The backup {backup.path.name} is of another history: its last step is not in the "
            "log. Use File > Merge another copy to take over what it has otherwise."
        )


def list_backups(session: Session) -> list[BackupRow]:
    """The backups of the project, newest first."""
    file = session.file
    backups = file.all_backups() if file else ()
    return [BackupRow(one.path, one.time, one.steps) for one in backups]


def read_backup(backup: BackupRow) -> Work[State]:
    """The project as a backup has it; one long part, for a thread. Raises UserError."""
    yield 0, 1
    return StoredState(backup.path, read_backup_at(backup.path).contents)


def find_changes_back(session: Session, then: State) -> Work[list[FieldDiff]]:
    """What restoring a backup would change. Progress counts records."""
    return find_diffs(session.documents(), then.records)


def restore(session: Session, backup: BackupRow, then: State) -> Work[Step | None]:
    """Restore every record to a backup's state in one step; None if nothing differs.

    Progress counts records. Raises OtherHistory, StaleStep or FileError.
    """
    steps = then.steps()
    ours = session.history.step(len(steps))
    if not steps or ours is None or steps[-1].link != ours.link:
        raise OtherHistory(backup)
    plan = yield from return_to(session, ours.number, then.records)
    made = f"{backup.time.astimezone():%d %B %Y, %H:%M}"
    return session.apply([plan], reason=f"Back to the backup of {made}")
