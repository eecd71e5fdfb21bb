"""The tables of a project file, and the errors for files that cannot be opened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from mideditor.domain.book_order import ORDER_FIELDS
from mideditor.domain.changes import Digest
from mideditor.domain.record import RecordId
from mideditor.domain.sources import Source, source_of
from mideditor.domain.steps import FIRST_LINK
from mideditor.files.user_error import UserError
from mideditor.store.document_table import Document, DocumentTable, Encoded
from mideditor.store.originals import OriginalTable
from mideditor.store.project import DamagedProject
from mideditor.store.record_table import RecordTable

_LINK = re.compile(rb'"link": "([0-9a-f]{64})"\s*\}$')
_TAIL = 128
_SOURCE = re.compile(rb'\{\s*("id": "\w+",\s*"name": "(?:[^"\\]|\\.)*")')
_SOURCE_HEAD = 2048
_ROW_KEY = re.compile(r"[1-9][0-9]*")

FILE_FORMAT = "mideditor project"
VERSION = 3
"""The current schema version; older files are migrated on opening (`migrations.py`)."""
BAD_ROWS = (KeyError, TypeError, ValueError, AttributeError)
"""What is raised by rows that are not of the form of their table."""
KNOWN_TABLES = ("sources", "records", "log", "originals")
"""The editor's own tables, without `meta`, in the order of the file."""


class NotAProject(UserError):
    """The file is not a mideditor project."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is not a mideditor project. To read a chapter's text into a project, "
            f"use File > Import or “mideditor import PROJECT.mid.json {path.name}”."
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
    """The tables of a project: records by their ids, log and sources counted from 1.

    ``originals`` are the records as they were added or taken out, by digest. ``others`` are the
    tables that another program put into the file, as JSON, for the end of the file.
    """

    sources: DocumentTable = field(default_factory=DocumentTable)
    records: RecordTable = field(default_factory=RecordTable)
    log: DocumentTable = field(default_factory=DocumentTable)
    originals: OriginalTable = field(default_factory=OriginalTable)
    others: bytes = b""

    def __post_init__(self) -> None:
        self.records.source_names = partial(names_of, self.sources)

    def copy(self) -> Contents:
        """Independent tables with the same documents."""
        return Contents(
            self.sources.copy(),
            self.records.copy(),
            self.log.copy(),
            self.originals.copy(),
            self.others,
        )

    def put(self, record: int, document: Document | None) -> None:
        """Set, replace or, for None, remove a record."""
        if document is None:
            del self.records[record]
        else:
            self.records[record] = document

    def apply_step(
        self,
        step: Document,
        records: Mapping[int, Document | None],
        sources: Sequence[Document],
        originals: Mapping[Digest, Document],
    ) -> None:
        """Append a step to the log, set the records that it changed, and keep what it brings."""
        self.log[len(self.log) + 1] = step
        for source in sources:
            self.sources[len(self.sources) + 1] = source
        for digest, document in originals.items():
            self.originals.keep(digest, document)
        for record, changed in records.items():
            self.put(record, changed)
        moved = {one["record"] for one in step["changes"] if _may_move(one)}
        if moved:
            self.records.reorder(moved)

    def record_ids(self) -> list[RecordId]:
        """The ids of the records, in the order of the book."""
        return self.records.ids()

    def last_link(self) -> Digest:
        """The link of the last step; that before the first one if there is none."""
        if not self.log:
            return FIRST_LINK
        found = _LINK.search(bytes(self.log.encoded()[len(self.log)][-_TAIL:]))
        return found[1].decode("ascii") if found else str(self.log[len(self.log)].get("link"))

    def last_step(self) -> Document | None:
        """The last step of the log, if there is one."""
        return self.log[len(self.log)] if self.log else None

    def tables(self) -> dict[str, DocumentTable]:
        """Every table except `meta` and `originals`, in the order of the file."""
        return {
            "sources": self.sources,
            "records": self.records,
            "log": self.log,
        }


def names_of(sources: DocumentTable) -> dict[str, str]:
    """The names of sources, by their ids."""
    return dict(map(_id_and_name, sources.encoded().values()))


def _id_and_name(row: Encoded) -> tuple[str, str]:
    """The id and name of a source, if possible without decoding its text."""
    found = _SOURCE.match(bytes(row[:_SOURCE_HEAD]))
    source = orjson.loads(b"{%b}" % found[1] if found else row)
    return source["id"], source["name"]


def _may_move(change: Document) -> bool:
    """Whether a change may give its record another place in the order of the book."""
    return change["change"] == "record added" or change.get("field") in ORDER_FIELDS


def contents_of(path: Path, tables: Mapping[str, Any]) -> Contents:
    """Read the tables of a file; raises DamagedProject, with ``path`` in the message."""
    rows = rows_of_tables(path, tables, KNOWN_TABLES)
    sources_of(path, rows["sources"].values())
    try:
        return Contents(
            sources=_renumbered(rows["sources"]),
            records=RecordTable.of(rows["records"].items()),
            log=_renumbered(rows["log"]),
            originals=OriginalTable.of_rows(rows["originals"].values()),
            others=other_tables(tables, KNOWN_TABLES),
        )
    except BAD_ROWS as error:
        why = f"the table “originals” is not readable ({what_is_wrong(error)})"
        raise DamagedProject(path, why) from error


def sources_of(path: Path, rows: Iterable[Document]) -> list[Source]:
    """The sources of these rows; raises DamagedProject if one is no source."""
    try:
        return [source_of(row) for row in rows]
    except BAD_ROWS as error:
        why = f"the table “sources” is not readable ({what_is_wrong(error)})"
        raise DamagedProject(path, why) from error


def what_is_wrong(error: Exception) -> str:
    """What one of `BAD_ROWS` says, in words."""
    return f"a row has no “{error.args[0]}”" if isinstance(error, KeyError) else str(error)


def rows_of_tables(
    path: Path, tables: Mapping[str, Any], names: Iterable[str]
) -> dict[str, dict[int, Document]]:
    """The rows of the tables with these names; raises DamagedProject that names the bad one."""
    rows: dict[str, dict[int, Document]] = {}
    for name in names:
        if name not in tables:
            raise DamagedProject(path, f"the table “{name}” is missing")
        try:
            rows[name] = rows_by_number(tables[name])
        except (TypeError, ValueError) as error:
            raise DamagedProject(path, f"the table “{name}” is not readable ({error})") from error
    return rows


def other_tables(tables: Mapping[str, Any], known: Iterable[str]) -> bytes:
    """The tables that are not the editor's own, as they stand at the end of the file."""
    own = {"meta", *KNOWN_TABLES, *known}
    return b"".join(
        b",\n  %b: %b" % (_json(name), _json(table).replace(b"\n", b"\n  "))
        for name, table in tables.items()
        if name not in own
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8")


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


def _renumbered(rows: Mapping[int, Document]) -> DocumentTable:
    """Renumbered from 1: the step numbers and the chain show whether a step is missing."""
    return DocumentTable.of(enumerate(rows.values(), start=1))


def rows_by_number(table: Any) -> dict[int, Document]:
    """The rows of a table as parsed from JSON; raises TypeError or ValueError."""
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
