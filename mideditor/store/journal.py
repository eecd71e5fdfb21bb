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


class Journal:
    """An append-only file of JSON lines, each led by the CRC-32 of what follows it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entry: Document) -> None:
        """Write one entry durably, or not at all: raises FileTrouble and takes a part back."""
        body = orjson.dumps(entry, option=orjson.OPT_NON_STR_KEYS)
        line = b"%08x %b\n" % (zlib.crc32(body), body)
        is_new = not self.path.exists()
        try:
            with self.path.open("ab") as file:
                before = file.tell()
                try:
                    file.write(line)
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    os.truncate(self.path, before)
                    raise
            if is_new:
                sync_folder(self.path.parent)
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
        """The entries in order; a last None stands for all that is torn or damaged."""
        if not self.exists():
            return
        for line in self.path.read_bytes().splitlines(keepends=True):
            crc, _, body = line.partition(b" ")
            if not line.endswith(b"\n") or crc != b"%08x" % zlib.crc32(body[:-1]):
                yield None
                return
            yield orjson.loads(body)

    def discard(self) -> None:
        """Remove the file: a snapshot holds all that it held."""
        self.path.unlink(missing_ok=True)

    def set_aside(self) -> Path:
        """Move the file out of the way without losing it; the new name."""
        for number in range(1, 1000):
            aside = self.path.with_name(f"{self.path.name}.damaged-{number}")
            if not aside.exists():
                break
        return self.path.rename(aside)
