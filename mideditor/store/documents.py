"""The tables of a project file, and the errors for files that cannot be opened."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mideditor.files.user_error import UserError
from mideditor.store.document_table import Document, DocumentTable

_ROW_KEY = re.compile(r"[1-9][0-9]*")

FILE_FORMAT = "mideditor project"
VERSION = 2
"""The current schema version; older files are migrated on opening (`migrations.py`)."""


class NotAProject(UserError):
    """The file is not a mideditor project."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not a mideditor project. To read a chapter's text into a project, "
            f"use File > Import or “mideditor import PROJECT.mid.json {path.name}”."
        )


class DamagedProject(UserError):
    """The project file cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} is damaged: {why}. It has been left as it is. "
            "Open a copy kept elsewhere, or import the chapter's text into a new project."
        )


class NewerProject(UserError):
    """The project was written by a later version of the program."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{path} was written by a newer mideditor (project version {version}; this one reads "
            f"up to {VERSION}). It has not been touched. Update mideditor to open it."
        )


@dataclass
class Contents:
    """The tables of a project: records and removed by record id, log and sources counted from 1."""

    sources: DocumentTable = field(default_factory=DocumentTable)
    records: DocumentTable = field(default_factory=DocumentTable)
    removed: DocumentTable = field(default_factory=DocumentTable)
    log: DocumentTable = field(default_factory=DocumentTable)

    def copy(self) -> Contents:
        """Independent tables with the same documents."""
        return Contents(**{name: rows.copy() for name, rows in self.tables().items()})

    def put(self, record: int, document: Document | None) -> None:
        """Set or replace a record; None moves the record to `removed`."""
        if document is None:
            self.removed[record] = self.records.pop(record)
        else:
            self.removed.pop(record, None)
            self.records[record] = document

    def apply_step(
        self,
        step: Document,
        records: Mapping[int, Any],
        sources: Sequence[Document],
        removed_as: Mapping[int, Document],
    ) -> None:
        """Append a step to the log and set the records that it changed.

        ``removed_as`` has the versions to keep of removed records, where these are not the current
        ones.
        """
        self.log[len(self.log) + 1] = step
        for source in sources:
            self.sources[len(self.sources) + 1] = source
        for record, document in records.items():
            self.put(record, document)
        for record, document in removed_as.items():
            self.removed[record] = document

    def last_step(self) -> Document | None:
        """The last step of the log, if there is one."""
        return self.log[len(self.log)] if self.log else None

    def tables(self) -> dict[str, DocumentTable]:
        """Every table except `meta`, in the order of the file."""
        return {
            "sources": self.sources,
            "records": self.records,
            "removed": self.removed,
            "log": self.log,
        }


def contents_of(path: Path, tables: Mapping[str, Any]) -> Contents:
    """Read the tables of a file; raises DamagedProject, with ``path`` in the message."""
    try:
        return Contents(
            sources=_renumbered(tables["sources"]),
            records=DocumentTable.of(_by_id(tables["records"]).items()),
            removed=DocumentTable.of(_by_id(tables["removed"]).items()),
            log=_renumbered(tables["log"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedProject(path, f"a table is missing or not readable ({error})") from error


def version_of(path: Path, tables: Any) -> tuple[int, str]:
    """The schema version of a file and its stored digest ("" if there is none).

    Raises NotAProject or NewerProject.
    """
    try:
        meta = tables["meta"]["1"]
        format_name, version, digest = meta["format"], meta["version"], meta.get("digest", "")
    except (KeyError, TypeError, AttributeError):
        raise NotAProject(path) from None
    if format_name != FILE_FORMAT or not isinstance(version, int) or version < 1:
        raise NotAProject(path)
    if version > VERSION:
        raise NewerProject(path, version)
    return version, str(digest)


def _renumbered(table: Any) -> DocumentTable:
    """Renumbered from 1: the step numbers and the hash chain show whether a step is missing."""
    return DocumentTable.of(enumerate(_by_id(table).values(), start=1))


def _by_id(table: Any) -> dict[int, Document]:
    if not isinstance(table, dict):
        raise TypeError("a table is no object")
    documents = {int(key): table[key] for key in sorted(table, key=int)}
    for key in table:
        if not _ROW_KEY.fullmatch(key):
            raise ValueError(f"no row is numbered {key}")
    for key, document in documents.items():
        if not isinstance(document, dict):
            raise ValueError(f"row {key} is no document")
    return documents
