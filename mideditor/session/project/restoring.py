"""Going back to a backup: one step that can be undone, after a look at what it changes."""

from __future__ import annotations

from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.project.project_diff import FieldDiff, field_diffs
from mideditor.session.session import Session
from mideditor.store.backups import Backup
from mideditor.store.documents import Contents


class OtherHistory(UserError):
    """A backup whose log is not the beginning of the project's."""

    def __init__(self, backup: Backup) -> None:
        super().__init__(
            f"The backup {backup.path.name} is of another history: its last step is not in the "
            "log. Use File > Merge another copy to take over what it has otherwise."
        )


def differences_to(session: Session, backup: Backup) -> tuple[Contents, list[FieldDiff]]:
    """A backup's contents and what they have otherwise; raises BadBackup, FileError."""
    contents = backup.read().contents
    return contents, list(field_diffs(session.documents(), contents.records))


def restore(session: Session, backup: Backup, contents: Contents) -> Step | None:
    """Bring every record back to a backup's state; None where nothing differs.

    Raises OtherHistory or FileError.
    """
    last = contents.last_step()
    ours = session.history.step(len(contents.log))
    if last is None or ours is None or last.get("hash") != ours.hash:
        raise OtherHistory(backup)
    made = f"{backup.time.astimezone():%d %B %Y, %H:%M}"
    return session.restore(ours.number, contents.records, reason=f"Back to the backup of {made}")
