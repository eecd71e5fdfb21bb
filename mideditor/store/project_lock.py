"""Who has a project open to change it: one at a time, and the others can learn who."""

from __future__ import annotations

import errno
import getpass
import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import AwareDatetime, BaseModel, ValidationError

from mideditor.files.user_error import FileError, UserError


class Holder(BaseModel):
    """Whoever has the project open: the user's login, the computer, and since when (UTC)."""

    user: str
    host: str
    since: AwareDatetime

    def __str__(self) -> str:
        try:
            since = self.since.astimezone()
        except OverflowError:  # the first or last day that there is: the file was not ours
            return f"{self.user} on {self.host}"
        day = "" if since.date() == datetime.now().astimezone().date() else f" on {since:%d %B %Y}"
        return f"{self.user} on {self.host}, since {since:%H:%M}{day}"


class ProjectInUse(UserError):
    """A project that another editor has open. ``holder`` is who, where that is known."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.holder = holder
        who = f" ({holder})" if holder else ""
        super().__init__(
            f"{path} is open in another mideditor window or command{who}. "
            "Close it there and try again."
        )


class CannotLock(FileError):
    """A folder in which no project can be changed."""


@dataclass
class ProjectLock:
    """The right to change a project, until it is let go.

    It is the system's lock on a file beside the project, which falls with the process that holds
    it; where a file system knows no locks, a file that names a process, which counts for nothing
    once that process of this computer is gone. A second file tells people who holds it.
    """

    lock: FileLock
    holder_file: Path

    @classmethod
    def of(cls, path: Path) -> ProjectLock:
        """Claim the project whose real path is ``path``; raises ProjectInUse or CannotLock."""
        claim = cls(FileLock(f"{path}.lock"), _holder_file(path))
        try:
            if not path.parent.is_dir():  # the lock would make it
                raise FileNotFoundError(errno.ENOENT, "There is no such folder")
            claim.lock.acquire(timeout=0)
        except Timeout:
            raise ProjectInUse(path, holder_of(path)) from None
        except OSError as error:
            remedy = "Choose a folder that exists and that you may write to."
            raise CannotLock(path, error, remedy) from error
        with suppress(OSError):
            claim.holder_file.write_text(_ourselves().model_dump_json(), encoding="utf-8")
        return claim

    def let_go(self) -> None:
        """Let others have the project, and leave no trace."""
        with suppress(OSError):
            self.holder_file.unlink()
        with suppress(OSError):
            Path(self.lock.lock_file).unlink()
        self.lock.release()


def holder_of(path: Path) -> Holder | None:
    """Who has the project open, if that can be known."""
    try:
        return Holder.model_validate_json(_holder_file(path).read_bytes())
    except (OSError, ValidationError):
        return None


def _holder_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.holder")


def _ourselves() -> Holder:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = f"user {os.getuid()}" if hasattr(os, "getuid") else "another user"
    return Holder(user=user, host=platform.node() or "this computer", since=datetime.now(UTC))
