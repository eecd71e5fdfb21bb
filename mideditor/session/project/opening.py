"""Opens a project for editing or, if it may not be changed, for reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mideditor.files.user_error import UserError
from mideditor.session.session import Session
from mideditor.store.migrations import BrokenLog
from mideditor.store.project_lock import CannotLock, ProjectInUse


@dataclass(frozen=True)
class OpenedProject:
    """An open project; ``locked`` says why it is read-only, None if it is not.

    ``is_broken``: it is an older project whose log was altered, which only a repair can change.
    """

    session: Session
    locked: UserError | None = None
    is_broken: bool = False


def open_or_read(path: Path, author: str, *, create: bool = False) -> OpenedProject:
    """Open the project at ``path`` for editing, else for reading.

    Raises UserError if neither is possible; for a project that is locked or has a broken log, the
    error about that.
    """
    try:
        return OpenedProject(Session.open(path, author, create=create))
    except (ProjectInUse, CannotLock) as locked:
        return OpenedProject(_read_only(path, author, locked), locked)
    except BrokenLog as broken:
        return OpenedProject(_read_only(path, author, broken), broken, is_broken=True)


def _read_only(path: Path, author: str, locked: UserError) -> Session:
    try:
        return Session.open(path, author, read_only=True)
    except UserError:
        raise locked from None
