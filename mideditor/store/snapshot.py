"""Reads the project file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from mideditor.files.user_error import FileError
from mideditor.store.document_table import Document
from mideditor.store.documents import (
    BAD_ROWS,
    KNOWN_TABLES,
    VERSION,
    Contents,
    NotAProject,
    contents_of,
    version_of,
    what_is_wrong,
)
from mideditor.store.layout import digest_of, parse_layout, read_layout, stored_digest
from mideditor.store.migrations import EMPTY, Migrated, migrate, old_digest
from mideditor.store.project import DamagedProject


@dataclass(frozen=True)
class Snapshot:
    """A project file as read. ``digest`` is the one stored in it, "" before version 2.

    ``altered``: the rows do not match the digest, so another program or a disk fault has changed
    them. ``version`` is the version of the file; ``tables`` are those of an older one.
    """

    path: Path
    data: bytes
    current: Contents | None = None
    tables: Mapping[str, Any] | None = None
    version: int = VERSION
    digest: str = ""
    altered: bool = False

    @property
    def contents(self) -> Contents:
        """The tables in the current version; raises DamagedProject."""
        return self.with_journal(()).contents

    def with_journal(self, old_entries: Sequence[Document]) -> Migrated:
        """The tables in the current version, with steps of a journal of an older version.

        A file of the current version takes none of them. Raises DamagedProject.
        """
        if self.current is not None:
            return Migrated(self.current, left=old_entries)
        return migrate(self.path, self.tables or EMPTY, old_entries)


def read_snapshot(path: Path) -> Snapshot | None:
    """Read the project file; None if there is none. Raises UserError."""
    data = read_bytes(path)
    return None if data is None else snapshot_of(path, data)


def open_snapshot(path: Path) -> Snapshot | None:
    """`read_snapshot`, but the originals are left in the file, which stays open.

    The data of a file that is as it was saved are not kept.
    """
    try:
        file = path.open("rb")
        contents = read_layout(file)
    except OSError:
        return read_snapshot(path)  # which says what is wrong
    if contents is not None:
        return Snapshot(path, b"", contents)
    file.close()
    return read_snapshot(path)


def snapshot_of(path: Path, data: bytes) -> Snapshot:
    """Parse the bytes of the project file at ``path``.

    Raises DamagedProject, NotAProject or NewerProject.
    """
    contents = parse_layout(data)
    if contents is not None:
        return Snapshot(path, data, contents, digest=stored_digest(data))
    tables = parse_tables(path, data)
    version, digest = version_of(path, tables)
    if version == VERSION:
        contents = contents_of(path, tables)
        try:
            altered = digest != digest_of(contents)
        except BAD_ROWS as error:
            why = f"the place of a record is not readable ({what_is_wrong(error)})"
            raise DamagedProject(path, why) from error
        return Snapshot(path, data, contents, digest=digest, altered=altered)
    altered = version > 1 and digest != old_digest(path, tables)
    return Snapshot(path, data, None, tables, version, digest, altered)


def read_bytes(path: Path) -> bytes | None:
    """Read the file at ``path``; None if there is none. Raises FileError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        remedy = "Check that the file exists and that you may read it."
        raise FileError(path, error, remedy) from error


def parse_tables(path: Path, data: bytes) -> dict[str, Any]:
    """Parse the tables of a file written by any program; raises DamagedProject or NotAProject."""
    if not data.strip():
        raise DamagedProject(path, "it is empty")
    try:
        tables = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if not data.lstrip().startswith(b"{"):
            raise NotAProject(path) from error
        raise DamagedProject(path, f"it is not complete JSON ({error})") from error
    if not isinstance(tables, dict):
        raise NotAProject(path)
    if tables.keys() - {"meta", *KNOWN_TABLES, *EMPTY}:
        return _exactly(path, data)
    return tables


def _exactly(path: Path, data: bytes) -> dict[str, Any]:
    """The tables with the numbers of any size that another program may have in tables of its own.

    Raises DamagedProject.
    """
    try:
        tables: dict[str, Any] = json.loads(data)
    except ValueError as error:
        raise DamagedProject(path, f"it is not complete JSON ({error})") from error
    return tables
