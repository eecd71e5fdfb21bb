"""Reads the project file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from mideditor.files.user_error import FileError
from mideditor.store.documents import (
    VERSION,
    Contents,
    DamagedProject,
    NotAProject,
    contents_of,
    version_of,
)
from mideditor.store.layout import digest_of, parse_layout, stored_digest
from mideditor.store.migrations import migrate


@dataclass(frozen=True)
class Snapshot:
    """A project file as read. ``digest`` is the one stored in it, "" before version 2.

    ``altered``: the rows do not match the digest, so another program or a disk fault has changed
    them. ``version`` is the version of the file; ``contents`` are migrated to the current one.
    """

    contents: Contents
    data: bytes
    version: int = VERSION
    digest: str = ""
    altered: bool = False


def read_snapshot(path: Path) -> Snapshot | None:
    """Read the project file; None if there is none. Raises UserError."""
    data = read_bytes(path)
    return None if data is None else snapshot_of(path, data)


def snapshot_of(path: Path, data: bytes) -> Snapshot:
    """Parse the bytes of the project file at ``path``.

    Raises DamagedProject, NotAProject or NewerProject.
    """
    contents = parse_layout(data)
    if contents is not None:
        return Snapshot(contents, data, digest=stored_digest(data))
    tables = parse_tables(path, data)
    version, digest = version_of(path, tables)
    try:
        contents = contents_of(path, migrate(tables, version))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedProject(path, f"it cannot be migrated ({error})") from error
    altered = version == VERSION and digest != digest_of(contents)
    return Snapshot(contents, data, version, digest, altered)


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
    return tables
