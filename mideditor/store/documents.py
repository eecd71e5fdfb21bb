"""What a project file holds, table by table, and which files are none of ours."""

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
"""The schema written; older ones are migrated on opening (`migrations.py`)."""


class NotAProject(UserError):
    """A file that is no project of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not a mideditor project. To read a chapter's text into a project, "
            f"use File > Import or “mideditor import PROJECT.mid.json {path.name}”."
        )


class DamagedProject(UserError):
    """A project file whose content cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} is damaged: {why}. It has been left as it is. "
            "Open a copy kept elsewhere, or import the chapter's text into a new project."
        )


class NewerProject(UserError):
    """A project written by a later version of the program."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{path} was written by a newer mideditor (project version {version}; this one reads "
            f"up to {VERSION}). It has not been touched. Update mideditor to open it."
        )


@dataclass
class Contents:
    """The tables of a project. Records and removed records by their id; log and sources from 1."""

    sources: DocumentTable = field(default_factory=DocumentTable)
    records: DocumentTable = field(default_factory=DocumentTable)
    removed: DocumentTable = field(default_factory=DocumentTable)
    log: DocumentTable = field(default_factory=DocumentTable)

    def copy(self) -> Contents:
        """The same documents in tables of their own."""
        return Contents(**{name: rows.copy() for name, rows in self.tables().items()})

    def put(self, record: int, document: Document | None) -> None:
        """Let ``document`` be the record from now on; None takes the record out, and keeps it."""
        if document is None:
            self.removed[record] = self.records.pop(record)
        else:
            self.removed.pop(record, None)
            self.records[record] = document

    def take(
        self,
        step: Document,
        records: Mapping[int, Any],
        sources: Sequence[Document],
        as_they_went: Mapping[int, Document],
    ) -> None:
        """Let a step be the last of the log, with the records as they are after it.

        ``as_they_went`` is how records that are taken out are kept, where that is not as they are.
        """
        self.log[len(self.log) + 1] = step
        for source in sources:
            self.sources[len(self.sources) + 1] = source
        for record, document in records.items():
            self.put(record, document)
        for record, document in as_they_went.items():
            self.removed[record] = document

    def last_step(self) -> Document | None:
        """The newest step of the log."""
        return self.log[len(self.log)] if self.log else None

    def tables(self) -> dict[str, DocumentTable]:
        """Every table but the one that tells of the file itself, in the order of the file."""
        return {
            "sources": self.sources,
            "records": self.records,
            "removed": self.removed,
            "log": self.log,
        }


def contents_of(path: Path, tables: Mapping[str, Any]) -> Contents:
    """The contents of a file's tables; raises DamagedProject, with ``path`` in the message."""
    try:
        return Contents(
            sources=_in_order(tables["sources"]),
            records=DocumentTable.of(_by_id(tables["records"]).items()),
            removed=DocumentTable.of(_by_id(tables["removed"]).items()),
            log=_in_order(tables["log"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedProject(path, f"a table is missing or not readable ({error})") from error


def version_of(path: Path, tables: Any) -> tuple[int, str]:
    """The version of a file's schema and the digest that it states of itself ("" for none).

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


def _in_order(table: Any) -> DocumentTable:
    """Counted anew from 1: whether a step was taken out, its number and the chain tell."""
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
