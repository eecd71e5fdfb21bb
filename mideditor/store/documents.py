"""What a project file holds, as plain JSON documents by table, and which versions we read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mideditor.files.trouble import Trouble

Document = dict[str, Any]

FORMAT = "mideditor project"
VERSION = 1


class NotAProject(Trouble):
    """A file that is no project of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not a mideditor project. To read a chapter's text into a project, "
            f"use File > Import or “mideditor import PROJECT.mid.json {path.name}”."
        )


class DamagedProject(Trouble):
    """A project file whose content cannot be read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} is damaged: {why}. It has been left as it is. "
            "Open a copy kept elsewhere, or import the chapter's text into a new project."
        )


class NewerProject(Trouble):
    """A project written by a later version of the program."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{path} was written by a newer mideditor (project version {version}; this one reads "
            f"up to {VERSION}). It has not been touched. Update mideditor to open it."
        )


@dataclass
class Contents:
    """The tables of a project. Records and removed records by their id; the log in its order."""

    meta: Document = field(default_factory=lambda: {"format": FORMAT, "version": VERSION})
    sources: list[Document] = field(default_factory=list)
    records: dict[int, Document] = field(default_factory=dict)
    removed: dict[int, Document] = field(default_factory=dict)
    log: list[Document] = field(default_factory=list)

    def copy(self) -> Contents:
        """The same documents in tables of their own; documents are replaced, never changed."""
        return Contents(
            dict(self.meta),
            list(self.sources),
            dict(self.records),
            dict(self.removed),
            list(self.log),
        )

    def put(self, record: int, document: Document | None) -> None:
        """Let ``document`` be the record from now on; None takes the record out, and keeps it."""
        if document is None:
            self.removed[record] = self.records.pop(record)
        else:
            self.removed.pop(record, None)
            self.records[record] = document

    def tables(self) -> dict[str, dict[str, Document]]:
        """As TinyDB keeps them: tables of documents by their number."""
        return {
            "meta": {"1": self.meta},
            "sources": _numbered(self.sources),
            "records": _keyed(self.records),
            "removed": _keyed(self.removed),
            "log": _numbered(self.log),
        }


def contents_of(path: Path, tables: Any) -> Contents:
    """The contents of a file's tables.

    Raises NotAProject, NewerProject or DamagedProject, with ``path`` in the message.
    """
    try:
        meta = tables["meta"]["1"]
        format_name, version = meta["format"], meta["version"]
    except (KeyError, TypeError):
        raise NotAProject(path) from None
    if format_name != FORMAT or not isinstance(version, int):
        raise NotAProject(path)
    if version > VERSION:
        raise NewerProject(path, version)
    try:
        return Contents(
            meta=meta,
            sources=list(_by_id(tables["sources"]).values()),
            records=_by_id(tables["records"]),
            removed=_by_id(tables["removed"]),
            log=list(_by_id(tables["log"]).values()),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedProject(path, f"a table is missing or not readable ({error})") from error


def _numbered(documents: list[Document]) -> dict[str, Document]:
    return {str(number): document for number, document in enumerate(documents, start=1)}


def _keyed(documents: dict[int, Document]) -> dict[str, Document]:
    return {str(key): documents[key] for key in sorted(documents)}


def _by_id(table: Any) -> dict[int, Document]:
    if not isinstance(table, dict):
        raise TypeError("a table is no object")
    documents = {int(key): table[key] for key in sorted(table, key=int)}
    for key, document in documents.items():
        if not isinstance(document, dict):
            raise ValueError(f"row {key} is no document")
    return documents
