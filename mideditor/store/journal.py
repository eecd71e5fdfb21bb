"""Steps are appended here, synced to disk, before they count; a snapshot makes them obsolete."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from mideditor.files.replacing import sync_folder
from mideditor.files.user_error import FileError
from mideditor.store.document_table import Document
from mideditor.store.kept_files import free_name

_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class JournalRead:
    """The entries of a journal up to the first damaged line, if there is one, and those after."""

    entries: Sequence[Document]
    is_whole: bool = True
    later: Sequence[Document] = ()


def entry_of(
    step: Document,
    records: Mapping[int, Document | None],
    sources: Sequence[Document],
    as_they_went: Mapping[int, Document],
) -> Document:
    """What the journal says of a step: all that `Contents.take` takes."""
    entry = {"step": step, "records": records, "sources": sources}
    return entry | {"as_they_went": as_they_went} if as_they_went else entry


class Journal:
    """An append-only file of JSON lines, each led by the CRC-32 of what follows it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._torn_at: int | None = None
        """Where the whole entries end, while a part after them could not be taken back."""

    def append(self, entry: Document) -> None:
        """Write one entry durably, or not at all: raises FileError and takes a part back."""
        body = orjson.dumps(entry, option=orjson.OPT_NON_STR_KEYS)
        try:
            self._append(b"%08x %b\n" % (zlib.crc32(body), body))
        except OSError as error:
            remedy = (
                "The change was not saved and has not been made. "
                "Free some space or check the folder, then try again."
            )
            raise FileError(self.path, error, remedy) from error

    def exists(self) -> bool:
        """Whether steps wait here for a snapshot, as far as can be seen."""
        try:
            return self.path.stat().st_size > 0
        except OSError:
            return False

    def read(self) -> JournalRead:
        """What the journal holds, in order; raises FileError."""
        entries = [_entry(line) for line in self._read().splitlines(keepends=True)]
        if None not in entries:
            return JournalRead([entry for entry in entries if entry is not None])
        damaged = entries.index(None)
        before, after = entries[:damaged], entries[damaged:]
        return JournalRead(
            [entry for entry in before if entry is not None],
            is_whole=False,
            later=[entry for entry in after if entry is not None],
        )

    def discard(self) -> None:
        """Remove the file: a snapshot holds all that it held. One that stays does no harm."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._torn_at = None

    def set_aside(self) -> Path:
        """Move the file out of the way without losing it; the new name."""
        return self.path.rename(free_name(self.path, "damaged"))

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            remedy = "It holds the latest changes. Check that you may read it, then try again."
            raise FileError(self.path, error, remedy) from error

    def _append(self, line: bytes) -> None:
        file = os.open(self.path, _APPENDING, 0o666)
        try:
            self._take_back(file)
            self._torn_at = size = os.fstat(file).st_size
            try:
                _write_all(file, line)
                os.fsync(file)
                if not size:
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


def _entry(line: bytes) -> Document | None:
    crc, _, body = line.partition(b" ")
    if not line.endswith(b"\n") or crc != b"%08x" % zlib.crc32(body[:-1]):
        return None
    entry: Document = orjson.loads(body)
    for by_record in ("records", "as_they_went"):
        documents = entry.get(by_record, {})
        entry[by_record] = {int(record): document for record, document in documents.items()}
    return entry


def _write_all(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]
