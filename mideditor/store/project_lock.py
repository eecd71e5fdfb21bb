"""The lock of a project: one editor at a time, and the others can see who it is."""

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
    """Who has the project open: login name, computer, and since when (UTC)."""

    user: str
    host: str
    since: AwareDatetime

    def __str__(self) -> str:
        try:
            since = self.since.astimezone()
        except OverflowError:  # a date at the edge of the calendar: not a file of ours
            return f"{self.user} on {self.host}"
        day = "" if since.date() == datetime.now().astimezone().date() else f" on {since:%d %B %Y}"
        return f"{self.user} on {self.host}, since {since:%H:%M}{day}"


class ProjectInUse(UserError):
    """Another editor has the project open. ``holder`` says who, if known."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        self.holder = holder
        who = f" ({holder})" if holder else ""
        super().__init__(
            f"{path} is open in another mideditor window or command{who}. "
            "Close it there and try again."
        )


class CannotLock(FileError):
    """The project cannot be locked: its folder is missing or not writable."""


@dataclass
class ProjectLock:
    """The exclusive right to change a project, until it is released.

    It is an operating system lock on a file beside the project, which ends with the process that
    holds it. On file systems without locks it is a file with a process id, which is ignored once
    that process on this computer has ended. A second file says who holds the lock.
    """

    lock: FileLock
    holder_file: Path

    @classmethod
    def acquire(cls, path: Path) -> ProjectLock:
        """Lock the project at ``path``, with links resolved; raises ProjectInUse or CannotLock."""
        project_lock = cls(FileLock(f"{path}.lock"), _holder_file(path))
        try:
            if not path.parent.is_dir():  # FileLock would create it
                raise FileNotFoundError(errno.ENOENT, "There is no such folder")
            project_lock.lock.acquire(timeout=0)
        except Timeout:
            raise ProjectInUse(path, holder_of(path)) from None
        except OSError as error:
            remedy = "Choose a folder that exists and that you may write to."
            raise CannotLock(path, error, remedy) from error
        with suppress(OSError):
            project_lock.holder_file.write_text(
                _current_holder().model_dump_json(), encoding="utf-8"
            )
        return project_lock

    def release(self) -> None:
        """Release the lock and remove its files."""
        with suppress(OSError):
            self.holder_file.unlink()
        with suppress(OSError):
            Path(self.lock.lock_file).unlink()
        self.lock.release()


def holder_of(path: Path) -> Holder | None:
    """Who has the project open, if known."""
    try:
        return Holder.model_validate_json(_holder_file(path).read_bytes())
    except (OSError, ValidationError):
        return None


def _holder_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.holder")


def _current_holder() -> Holder:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = f"user {os.getuid()}" if hasattr(os, "getuid") else "another user"
    return Holder(user=user, host=platform.node() or "this computer", since=datetime.now(UTC))
