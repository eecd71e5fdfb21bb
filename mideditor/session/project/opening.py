"""Opens a project for editing or, if someone else has locked it, for reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mideditor.files.outputs import check_project_path
from mideditor.files.user_error import UserError
from mideditor.session.session import Session
from mideditor.store.project_lock import CannotLock, ProjectInUse


@dataclass(frozen=True)
class OpenedProject:
    """An open project; ``locked`` says why it is read-only, None if it is not."""

    session: Session
    locked: UserError | None = None


def open_or_read(path: Path, author: str, *, create: bool = False) -> OpenedProject:
    """Open the project at ``path`` for editing, else for reading.

    Raises UserError if neither is possible; for a locked project, the error about the lock.
    """
    check_project_path(path)
    try:
        return OpenedProject(Session.open(path, author, create=create))
    except (ProjectInUse, CannotLock) as locked:
        return OpenedProject(_read_only(path, author, locked), locked)


def _read_only(path: Path, author: str, locked: UserError) -> Session:
    try:
        return Session.open(path, author, read_only=True)
    except UserError:
        raise locked from None
