"""The project file, read whole."""

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
from mideditor.store.layout import contents_in_our_form, digest_of, stated_digest
from mideditor.store.migrations import migrated


@dataclass(frozen=True)
class Snapshot:
    """A project file as read. ``digest`` is what it states of itself, "" before version 2.

    ``altered``: it states one and its rows are others, so another program or a fault of the disk
    has changed them. ``version`` is that of the file; its contents are in the present one.
    """

    contents: Contents
    data: bytes
    version: int = VERSION
    digest: str = ""
    altered: bool = False


def read_snapshot(path: Path) -> Snapshot | None:
    """The project file, None where there is none; raises UserError."""
    data = bytes_at(path)
    return None if data is None else snapshot_of(path, data)


def snapshot_of(path: Path, data: bytes) -> Snapshot:
    """The project in these bytes, which are those of ``path``.

    Raises DamagedProject, NotAProject or NewerProject.
    """
    contents = contents_in_our_form(data)
    if contents is not None:
        return Snapshot(contents, data, digest=stated_digest(data))
    tables = tables_in(path, data)
    version, digest = version_of(path, tables)
    try:
        contents = contents_of(path, migrated(tables, version))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedProject(path, f"it cannot be migrated ({error})") from error
    altered = version == VERSION and digest != digest_of(contents)
    return Snapshot(contents, data, version, digest, altered)


def bytes_at(path: Path) -> bytes | None:
    """What stands at ``path``, None where there is nothing; raises FileError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        remedy = "Check that the file exists and that you may read it."
        raise FileError(path, error, remedy) from error


def tables_in(path: Path, data: bytes) -> dict[str, Any]:
    """The tables of a file, of whatever program; raises DamagedProject or NotAProject."""
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
