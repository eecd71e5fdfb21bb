"""Opening a project, to change it or, where somebody else holds it, to read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mideditor.files.user_error import UserError
from mideditor.session.session import Session
from mideditor.store.project_lock import CannotLock, ProjectInUse


@dataclass(frozen=True)
class OpenedProject:
    """An open project; ``locked`` says why it is open for reading only, None where it is not."""

    session: Session
    locked: UserError | None = None


def open_or_read(path: Path, author: str, *, create: bool = False) -> OpenedProject:
    """Open the project at ``path`` to change it, else to read it.

    Raises UserError where neither is possible; of a locked project the reason for the lock.
    """
    try:
        return OpenedProject(Session.open(path, author, create=create))
    except (ProjectInUse, CannotLock) as locked:
        return OpenedProject(_read_only(path, author, locked), locked)


def _read_only(path: Path, author: str, locked: UserError) -> Session:
    try:
        return Session.open(path, author, read_only=True)
    except UserError:
        raise locked from None
