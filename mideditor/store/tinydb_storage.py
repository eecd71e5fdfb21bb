"""A TinyDB storage for the project file, for other programs that edit projects as tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb.storages import Storage
from typing_extensions import override

from mideditor.files.replacing import replace_file
from mideditor.store.documents import contents_of, version_of
from mideditor.store.layout import file_bytes
from mideditor.store.snapshot import parse_tables, read_bytes


class SnapshotStorage(Storage):
    """TinyDB storage that replaces the file atomically, in the editor's own layout.

    It keeps the digest of the editor's last save, so that the editor notices the change and offers
    it for review.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)

    @override
    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables; None if there is no file yet. Raises UserError."""
        data = read_bytes(self._path)
        return None if data is None else parse_tables(self._path, data)

    @override
    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace the file; if that fails, raises UserError and keeps the old file."""
        _, digest = version_of(self._path, data)
        replace_file(self._path, file_bytes(contents_of(self._path, data), digest))
