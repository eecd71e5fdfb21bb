"""Writes an older project whose log was altered to a new file that can be changed."""

from __future__ import annotations

from pathlib import Path

from mideditor.files.outputs import AlreadyThere, check_new_project
from mideditor.files.replacing import create_file
from mideditor.files.user_error import UserError
from mideditor.store.layout import file_bytes
from mideditor.store.project_store import ProjectStore


class NothingToRepair(UserError):
    """The project can be changed as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} needs no repair: it can be opened and changed as it is.")


def write_repaired(path: Path, target: Path) -> int:
    """Write all that the project has to ``target``, which must not exist; returns its steps.

    The records, the sources and every step stay as they are, with new links between the steps.
    Raises NothingToRepair for a project that can be changed, UserError if it cannot be read,
    AlreadyThere if there is such a file or a journal of one, FileError if it cannot be written.
    """
    store = ProjectStore.open(path, read_only=True)
    try:
        if not store.opened.broken:
            raise NothingToRepair(path)
        data, steps = file_bytes(store.contents), len(store.contents.log)
    finally:
        store.abandon()
    check_new_project(target)
    if not create_file(target, data):
        raise AlreadyThere(target, target)
    return steps
