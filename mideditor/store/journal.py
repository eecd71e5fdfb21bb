"""Steps are appended here, synced to disk, before they count; a snapshot makes them obsolete."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import orjson

from mideditor.files.replacing import sync_folder
from mideditor.files.trouble import FileTrouble
from mideditor.store.documents import Document

_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


class Journal:
    """An append-only file of JSON lines, each led by the CRC-32 of what follows it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._torn_at: int | None = None
        """Where the whole entries end, while a part after them could not be taken back."""

    def append(self, entry: Document) -> None:
        """Write one entry durably, or not at all: raises FileTrouble and takes a part back."""
        body = orjson.dumps(entry, option=orjson.OPT_NON_STR_KEYS)
        try:
            self._append(b"%08x %b\n" % (zlib.crc32(body), body))
        except OSError as error:
            way_out = (
                "The change was not saved and has not been made. "
                "Free some space or check the folder, then try again."
            )
            raise FileTrouble(self.path, error, way_out) from error

    def exists(self) -> bool:
        """Whether steps wait here for a snapshot."""
        return self.path.exists()

    def entries(self) -> Iterator[Document | None]:
        """The entries in order; a last None stands for all that is torn or damaged.

        Raises FileTrouble.
        """
        for line in self._read().splitlines(keepends=True):
            crc, _, body = line.partition(b" ")
            if not line.endswith(b"\n") or crc != b"%08x" % zlib.crc32(body[:-1]):
                yield None
                return
            yield orjson.loads(body)

    def discard(self) -> None:
        """Remove the file: a snapshot holds all that it held."""
        self.path.unlink(missing_ok=True)
        self._torn_at = None

    def set_aside(self) -> Path:
        """Move the file out of the way without losing it; the new name."""
        for number in range(1, 1000):
            aside = self.path.with_name(f"{self.path.name}.damaged-{number}")
            if not aside.exists():
                break
        return self.path.rename(aside)

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            way_out = "It holds the latest changes. Check that you may read it, then try again."
            raise FileTrouble(self.path, error, way_out) from error

    def _append(self, line: bytes) -> None:
        is_new = not self.path.exists()
        file = os.open(self.path, _APPENDING, 0o666)
        try:
            self._take_back(file)
            self._torn_at = os.fstat(file).st_size
            try:
                _write_all(file, line)
                os.fsync(file)
                if is_new:
                    sync_folder(self.path.parent)
            except BaseException:
                self._take_back(file)
                raise
            self._torn_at = None
        finally:
            os.close(file)

    def _take_back(self, file: int) -> None:
        if self._torn_at is not None:
            os.ftruncate(file, self._torn_at)
            self._torn_at = None


def _write_all(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
