"""Exports, reports and pictures: the one check that such a file replaces nothing of value.

Whatever the program writes where the user says goes through `Output`. It is checked when it is
named, before any work is done or step is made, and once more when it is written.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mideditor.files.project_name import (
    files_beside,
    holds_project,
    is_project_name,
    is_same_file,
    projects_beside,
)
from mideditor.files.replacing import followed, replace_file
from mideditor.files.user_error import FileError, UserError

_STREAMS = (stat.S_ISFIFO, stat.S_ISCHR)
"""Special files that are written into as they are: pipes, terminals and ``/dev/null``."""

_ELSEWHERE = "Nothing was written. Choose another place for the output."


class BadOutput(UserError):
    """A file that no export, report or picture may replace."""

    def __init__(self, target: Path, why: str) -> None:
        super().__init__(f"{target} {why}. Nothing was written; choose another name.")


class AlreadyThere(UserError):
    """A new project would take the place of a file, or the backups and journal of another."""

    def __init__(self, path: Path, there: Path) -> None:
        super().__init__(
            f"{there} is there already and is not replaced. Nothing was written to {path}; "
            "choose another name."
        )


@dataclass(frozen=True)
class Output:
    """A file to write, the project that it comes from and the other files that are read for it."""

    path: Path
    project: Path | None = None
    reading: tuple[Path, ...] = ()

    def check(self) -> None:
        """Raise BadOutput or FileError if the file must not or cannot be written there.

        An ordinary file may be replaced, and a pipe or terminal is written into. A project, the
        open one or another, and what is kept beside it may not, nor what is being read, under
        whatever name or link.
        """
        try:
            followed(self.path)
            why = self._kept_because() or _unfit(self.path)
            if not why:
                _check_folder(self.path)
        except OSError as error:
            raise FileError(self.path, error, _ELSEWHERE) from error
        if why:
            raise BadOutput(self.path, why)

    def write(self, data: bytes) -> None:
        """Check again and replace the file atomically; raises BadOutput or FileError."""
        self.check()
        descriptor = _own_descriptor(self.path)
        if descriptor is None:
            replace_file(self.path, data)
        else:
            self._write_to(descriptor, data)

    def _write_to(self, descriptor: int, data: bytes) -> None:
        """Write to an open file of this process, after what was written to it before."""
        sys.stdout.flush()
        try:
            with os.fdopen(os.dup(descriptor), "wb") as file:
                file.write(data)
        except OSError as error:
            raise FileError(self.path, error, "Not all of it was written.") from error

    def _kept_because(self) -> str:
        """What the path is of the command's own project and of what is read; "" if nothing."""
        if self.project is not None:
            if is_same_file(self.path, self.project):
                return "is the project itself"
            if any(is_same_file(self.path, kept) for kept in files_beside(self.project)):
                return "belongs to the project"
        if any(is_same_file(self.path, read) for read in self.reading):
            return "is a file that is to be read"
        for path in (_in_real_folder(self.path), Path(os.path.realpath(self.path))):
            for project in projects_beside(path):
                if self._is_own(project) or _is_project_file(project):
                    return f"belongs to the project {project.name}"
        return ""

    def _is_own(self, project: Path) -> bool:
        return self.project is not None and is_same_file(project, self.project)


def output_to(path: Path, *, project: Path | None = None, reading: Iterable[Path] = ()) -> Output:
    """An output that has been checked: see `Output.check`, also for the errors."""
    output = Output(path, project, tuple(reading))
    output.check()
    return output


def check_project_path(project: Path) -> None:
    """Raise FileError for a path through a folder that is not there to a file that is.

    A new project would be made there, and saved in the place of that file.
    """
    try:
        followed(project)
    except OSError as error:
        remedy = "Nothing was written. Leave out the folders that are not there."
        raise FileError(project, error, remedy) from error


def check_standard_output(project: Path) -> None:
    """Raise BadOutput if standard output is redirected into the project that is to be opened."""
    try:
        is_same = os.path.samestat(os.fstat(1), project.stat())
    except OSError:
        return
    if is_same:
        raise BadOutput(project, "is where the standard output goes")


def check_new_project(path: Path) -> None:
    """Raise AlreadyThere if a project at ``path`` would replace a file or adopt another's."""
    for there in (path, *files_beside(path)):
        if os.path.lexists(there):
            raise AlreadyThere(path, there)


def _unfit(path: Path) -> str:
    """Why a file cannot be an output, whatever command it is for; "" if it can."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return "has the name of a project" if _is_project(path) else ""
    if stat.S_ISDIR(mode):
        return "is a folder"
    if not stat.S_ISREG(mode):
        return "" if any(is_kind(mode) for is_kind in _STREAMS) else "is no ordinary file"
    return "is a mideditor project" if _is_project(path) else ""


def _is_project(path: Path) -> bool:
    """Whether a file is a project, or one that is gone while others are kept for it."""
    journal, _lock, holder, backups = files_beside(path)
    return (
        _is_project_file(path)
        or backups.is_dir()
        or holder.exists()
        or (journal.is_file() and holds_project(journal))
    )


def _is_project_file(path: Path) -> bool:
    """Whether a file, that need not exist, is a project by its name or its contents."""
    real = Path(os.path.realpath(path))
    named = is_project_name(path) or is_project_name(real)
    return named or (real.is_file() and holds_project(real))


def _check_folder(path: Path) -> None:
    """Raise OSError if a new file has no folder to be in."""
    folder = Path(os.path.realpath(path)).parent
    if not path.exists() and not folder.is_dir():
        code = errno.ENOTDIR if folder.exists() else errno.ENOENT
        raise OSError(code, os.strerror(code))


def _in_real_folder(path: Path) -> Path:
    """The path with the links of its folder resolved, but not the file itself."""
    return Path(os.path.realpath(path.parent)) / path.name


_DESCRIPTOR = re.compile(r"/(?:dev|proc/(?P<process>\d+)(?:/task/\d+)?)/fd/(?P<number>\d+)")
_MOST_LINKS = 40


def _own_descriptor(path: Path) -> int | None:
    """The number of the open file of this process that a path such as ``/dev/stdout`` leads to."""
    for _ in range(_MOST_LINKS):
        path = _in_real_folder(path)
        found = _DESCRIPTOR.fullmatch(str(path))
        if found is not None and found["process"] in (None, str(os.getpid())):
            return int(found["number"])
        if not path.is_symlink():
            return None
        path = path.parent / path.readlink()
    return None
