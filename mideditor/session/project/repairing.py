"""Repairs an older project that can only be read, since its log was altered."""

from __future__ import annotations

from pathlib import Path

from mideditor.store.repair import write_repaired


def repair(path: Path, target: Path) -> int:
    """Write all that the project has to a new file; returns the number of its steps.

    Raises UserError, with nothing written: if the project needs no repair or cannot be read, or if
    ``target`` exists or cannot be written.
    """
    return write_repaired(path, target)
