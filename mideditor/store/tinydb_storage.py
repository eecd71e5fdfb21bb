"""The project file as a storage of TinyDB, for programs that write to projects by its tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage
from typing_extensions import override

from mideditor.files.replacing import replace_file
from mideditor.store.documents import contents_of, version_of
from mideditor.store.layout import file_bytes
from mideditor.store.snapshot import bytes_at, tables_in


class SnapshotStorage(Storage):
    """TinyDB storage that replaces the file atomically, in the form of the editor's own.

    The file goes on stating the digest of what the editor saved, so that the editor notices the
    change and offers it.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    @override
    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, None where there is no file yet; raises UserError."""
        data = bytes_at(self._path)
        return None if data is None else tables_in(self._path, data)

    @override
    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace the file; raises UserError and leaves the old one where that fails."""
        _, digest = version_of(self._path, data)
        replace_file(self._path, file_bytes(contents_of(self._path, data), digest))
