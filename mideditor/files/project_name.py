"""How the files of a project are named, and how they are recognised by what they hold."""

from __future__ import annotations

import gzip
import os
import re
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path

PROJECT_SUFFIX = ".mid.json"

BESIDE = (".journal", ".lock", ".holder", ".backups")
"""What is added to a project's name for the files that the program keeps beside it."""

_BESIDE_NAME = re.compile(
    rf"(?P<project>.+?)"
    rf"(?:(?:{'|'.join(map(re.escape, BESIDE))})(?:\.[a-z]+-\d+)?|\.(?:damaged|outside)-\d+)",
    re.IGNORECASE | re.DOTALL,
)
_FORMAT = re.compile(rb'"format"\s*:\s*"mideditor project"')
_JOURNAL_LINE = re.compile(rb'[0-9a-f]{8} \{("version":\d+,)?"step":')
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_OVERLAP = 256
"""Longer than what `_FORMAT` matches, unless somebody has put many spaces into it."""


def holds_project(path: Path) -> bool:
    """Whether a regular file is a project, a backup of one or a journal, whatever its name.

    A project that another program has written (with TinyDB, in another order of tables, with
    other spaces or in UTF-16) is recognised too. Raises OSError if the file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(len(_GZIP))
    if start != _GZIP:
        return _holds_project(path)
    try:
        with gzip.open(path) as backup:
            return _FORMAT.search(backup.read(_CHUNK)) is not None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False


def projects_beside(path: Path) -> Iterator[Path]:
    """The projects that a path belongs to by its name, or by that of a folder that it is in.

    Such are the names of journals, locks, holders, backups and files that were set aside.
    """
    for part in (path, *path.parents):
        found = _BESIDE_NAME.fullmatch(part.name)
        if found is not None:
            yield part.with_name(found["project"])


def is_project_name(path: Path) -> bool:
    """Whether the name ends as those of projects do, in any case of letters."""
    return path.name.casefold().endswith(PROJECT_SUFFIX)


def files_beside(project: Path) -> list[Path]:
    """Where the journal, lock, holder and backups of a project are, if there are any."""
    real = Path(os.path.realpath(project))
    return [real.with_name(real.name + suffix) for suffix in BESIDE]


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also through links.

    Of two files that do not exist yet, the paths are compared, without regard to case or to how
    accents are composed, since a file system may take such names for the same. Raises OSError if
    the first path cannot be followed.
    """
    try:
        found = one.stat()
    except FileNotFoundError:
        return not other.exists() and _folded(one) == _folded(other)
    try:
        return os.path.samestat(found, other.stat())
    except OSError:
        return False


def _holds_project(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        if _JOURNAL_LINE.match(head):
            return True
        if not head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"{"):
            return False
        end = b""
        while head:
            window = end + head.replace(b"\x00", b"")
            if _FORMAT.search(window):
                return True
            end = window[-_OVERLAP:]
            head = file.read(_CHUNK)
    return False


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()
