"""What a project can do that is a file: backups, saving, and changes that other programs make."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

from mideditor.files.user_error import UserError
from mideditor.store.backups import Backup
from mideditor.store.opening import Opened
from mideditor.store.project import State


class ProjectFile(ABC):
    """The file of an open project.

    ``opened`` says what was unusual when it was opened, ``backup_error`` why the last save made no
    backup; None if it made one. ``strange_journals`` are files that another program put in the
    place of the journal while the project was open, where they are kept now.
    """

    path: Path
    opened: Opened
    backup_error: UserError | None
    strange_journals: list[Path]

    @abstractmethod
    def all_backups(self) -> Sequence[Backup]:
        """The backups, newest first."""

    @abstractmethod
    def save(self) -> None:
        """Write all steps to the file and back it up; raises UserError with nothing lost."""

    @abstractmethod
    def copy_to(self, path: Path) -> None:
        """Write the current project to another path; raises FileError."""

    @abstractmethod
    def was_changed_outside(self) -> bool:
        """Whether another program has changed the file since it was read or written.

        If the journal was removed or replaced, it is written anew; raises FileError.
        """

    @abstractmethod
    def read_outside(self) -> State:
        """The project as another program left the file; raises UserError."""

    @abstractmethod
    def changes_before_opening(self) -> State | None:
        """The project as another program left the file before it was opened; None if it did not,
        or once that is settled."""

    @abstractmethod
    def forget_changes_before_opening(self) -> None:
        """Note that these changes are settled; the file as it was is kept under another name."""

    @abstractmethod
    def settle_outside(self) -> Path:
        """Keep what another program made of the file under another name, and save over it.

        Returns where it is kept. Raises UserError.
        """
