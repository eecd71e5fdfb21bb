"""What cannot be used as it stands is kept beside the project under another name."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from mideditor.files.replacing import replace_file


def free_name(path: Path, what: str) -> Path:
    """A name beside ``path`` that says what is kept there and that nothing has yet."""
    names = (path.with_name(f"{path.name}.{what}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())


def keep_aside(path: Path, what: str, data: bytes) -> Path:
    """Write ``data`` beside ``path`` under a name of its own; raises FileError."""
    aside = free_name(path, what)
    replace_file(aside, data)
    return aside
