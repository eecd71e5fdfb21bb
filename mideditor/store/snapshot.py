"""The project file as a TinyDB storage that is replaced whole, never rewritten in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage

from mideditor.files.replacing import replace_file
from mideditor.files.trouble import FileTrouble
from mideditor.store.documents import Contents, DamagedProject, NotAProject, contents_of

_JSON = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


class SnapshotStorage(Storage):
    """TinyDB storage: reads the JSON file, and writes it atomically in a deterministic form."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, None where there is no file yet.

        Raises DamagedProject, NotAProject or FileTrouble.
        """
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            way_out = "Check that the file exists and that you may read it."
            raise FileTrouble(self._path, error, way_out) from error
        return self._tables(data)

    def _tables(self, data: bytes) -> dict[str, dict[str, Any]]:
        if not data.strip():
            raise DamagedProject(self._path, "it is empty")
        try:
            tables = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            if not data.lstrip().startswith(b"{"):
                raise NotAProject(self._path) from error
            raise DamagedProject(self._path, f"it is not complete JSON ({error})") from error
        if not isinstance(tables, dict):
            raise NotAProject(self._path)
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file; raises FileTrouble and leaves the old one where that fails."""
        replace_file(self._path, orjson.dumps(data, option=_JSON))


def read_snapshot(path: Path) -> Contents | None:
    """The contents of a project file, None where there is none; raises Trouble."""
    with TinyDB(str(path), storage=SnapshotStorage) as database:
        tables = database.storage.read()
    return None if tables is None else contents_of(path, tables)


def write_snapshot(path: Path, contents: Contents) -> None:
    """Make the project file hold ``contents``; raises FileTrouble."""
    with TinyDB(str(path), storage=SnapshotStorage) as database:
        database.storage.write(contents.tables())
