"""Keeps files that cannot be used beside the project, under other names."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from mideditor.files.replacing import replace_file


def unused_name(path: Path, label: str) -> Path:
    """An unused path beside ``path``, such as ``p.mid.json.damaged-1`` for the label damaged."""
    candidates = (path.with_name(f"{path.name}.{label}-{number}") for number in count(1))
    return next(candidate for candidate in candidates if not candidate.exists())


def save_beside(path: Path, label: str, data: bytes) -> Path:
    """Write ``data`` to an unused path beside ``path`` and return that; raises FileError."""
    beside = unused_name(path, label)
    replace_file(beside, data)
    return beside
