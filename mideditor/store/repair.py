"""Writes an older project whose log was altered to a new file that can be changed."""

from __future__ import annotations

import os
from pathlib import Path

from mideditor.files.replacing import sync_folder
from mideditor.files.user_error import FileError, UserError
from mideditor.store.layout import file_bytes
from mideditor.store.project_store import ProjectStore


class NothingToRepair(UserError):
    """The project can be changed as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} needs no repair: it can be opened and changed as it is.")


class FileThere(UserError):
    """The new file would replace or continue something."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already. Name a file that does not exist yet.")


def write_repaired(path: Path, target: Path) -> int:
    """Write all that the project has to ``target``, which must not exist; returns its steps.

    The records, the sources and every step stay as they are, with new links between the steps.
    Raises NothingToRepair for a project that can be changed, UserError if it cannot be read,
    FileThere if there is such a file or a journal of one, FileError if it cannot be written.
    """
    store = ProjectStore.open(path, read_only=True)
    try:
        if not store.opened.broken:
            raise NothingToRepair(path)
        data, steps = file_bytes(store.contents), len(store.contents.log)
    finally:
        store.abandon()
    journal = target.with_name(f"{target.name}.journal")
    if target.exists() or journal.exists():
        raise FileThere(target if target.exists() else journal)
    _write_new(target, data)
    return steps


def _write_new(target: Path, data: bytes) -> None:
    remedy = "Name a file in a folder that exists and that may be written to."
    try:
        file = target.open("xb")
    except FileExistsError:
        raise FileThere(target) from None
    except OSError as error:
        raise FileError(target, error, remedy) from error
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(target.parent)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise FileError(target, error, remedy) from error
