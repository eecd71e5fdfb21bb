"""Brings the tables of older project files to the current schema.

To change the schema, increment `VERSION`, write a module that reads the version before, call it
here, and add a project file of the old version to `tests/store/versions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mideditor.files.user_error import UserError
from mideditor.store import version_2
from mideditor.store.document_table import Document, DocumentTable
from mideditor.store.documents import (
    BAD_ROWS,
    Contents,
    other_tables,
    rows_of_tables,
    what_is_wrong,
)
from mideditor.store.layout import digest_of_tables
from mideditor.store.project import DamagedProject
from mideditor.store.version_2 import OldTables


class BrokenLog(UserError):
    """The log of an older project was altered, so that it cannot go on from there."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(
            f"{path} is of an older project version, and its log is not as it was made: {fault}. "
            f"It can be read, but not changed. “mideditor verify {path.name} --repair "
            "NEW.mid.json” writes a new project with all that it has."
        )


@dataclass(frozen=True)
class Migrated:
    """A project brought to the current version.

    ``recovered`` counts the steps that came from the journal; ``left`` are the entries of the
    journal that do not follow the log. ``broken`` says which step of the old log was altered.
    """

    contents: Contents
    recovered: int = 0
    left: Sequence[Document] = ()
    broken: str = ""


def migrate(path: Path, tables: Mapping[str, Any], journal: Sequence[Document] = ()) -> Migrated:
    """Bring a file of version 1 or 2, and the journal that goes on from it, to this version.

    Raises DamagedProject.
    """
    rows = rows_of_tables(path, tables, EMPTY)
    try:
        rows["log"] = dict(enumerate(rows["log"].values(), start=1))
        old = OldTables(**rows)
        steps = len(old.log)
        taken = 0
        for entry in journal:
            if not old.put_back(entry):
                break
            taken += 1
        broken = version_2.broken_step(old.log)
        contents = version_2.migrated(old)
    except BAD_ROWS as error:
        raise DamagedProject(path, f"it cannot be migrated ({what_is_wrong(error)})") from error
    contents.others = other_tables(tables, EMPTY)
    recovered = len(old.log) - steps
    return Migrated(contents, recovered, journal[taken:], broken[1] if broken else "")


def old_digest(path: Path, tables: Mapping[str, Any]) -> str:
    """The digest of the tables of a version 2 file, as that version stored it.

    Raises DamagedProject.
    """
    rows = rows_of_tables(path, tables, EMPTY)
    for name in ("sources", "log"):
        rows[name] = dict(enumerate(rows[name].values(), start=1))
    return digest_of_tables({name: DocumentTable.of(rows[name].items()) for name in rows})


EMPTY: Mapping[str, Any] = {"sources": {}, "records": {}, "removed": {}, "log": {}}
"""The tables of an old project without a file yet."""
