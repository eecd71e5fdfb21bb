"""Going back to a backup: one step that can be undone, after a look at what it changes."""

from __future__ import annotations

from mideditor.domain.reports.backup_row import BackupRow
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.project.project_diff import FieldDiff, find_diffs
from mideditor.session.session import Session
from mideditor.session.undoing import return_to
from mideditor.session.work import Work
from mideditor.store.backups import read_backup_at
from mideditor.store.documents import Contents


class OtherHistory(UserError):
    """A backup whose log is not the beginning of the project's."""

    def __init__(self, backup: BackupRow) -> None:
        super().__init__(
            f"The backup {backup.path.name} is of another history: its last step is not in the "
            "log. Use File > Merge another copy to take over what it has otherwise."
        )


def list_backups(session: Session) -> list[BackupRow]:
    """The backups of the project, newest first."""
    return [BackupRow(one.path, one.time, one.steps) for one in session.store.backups.all()]


def read_backup(backup: BackupRow) -> Work[Contents]:
    """What a backup holds; one long part, for a thread. Raises BadBackup, FileError."""
    yield 0, 1
    return read_backup_at(backup.path).contents


def find_changes_back(session: Session, contents: Contents) -> Work[list[FieldDiff]]:
    """What going back to a backup's contents would change. Progress counts records."""
    return find_diffs(session.store.contents.records, contents.records)


def restore(session: Session, backup: BackupRow, contents: Contents) -> Work[Step | None]:
    """Bring every record back to a backup's state, as one step; None if nothing differs.

    Progress counts records. Raises OtherHistory, StalePlan or FileError.
    """
    last = contents.last_step()
    ours = session.history.step(len(contents.log))
    if last is None or ours is None or last.get("hash") != ours.hash:
        raise OtherHistory(backup)
    plan = yield from return_to(session, ours.number, contents.records)
    made = f"{backup.time.astimezone():%d %B %Y, %H:%M}"
    return session.apply([plan], reason=f"Back to the backup of {made}")
