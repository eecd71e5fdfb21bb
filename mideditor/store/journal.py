"""A write-ahead journal: steps are synced to disk here until a snapshot includes them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from mideditor.domain.changes import Digest
from mideditor.files.replacing import sync_folder
from mideditor.files.user_error import FileError
from mideditor.store.document_table import Document
from mideditor.store.documents import VERSION
from mideditor.store.set_aside import unused_name

_UNNAMED_VERSION = 2
_APPEND_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True)
class JournalEntries:
    """The entries of a journal before and after its first damaged line, if there is one."""

    entries: Sequence[Document]
    is_intact: bool = True
    after_damage: Sequence[Document] = ()


def journal_entry(
    step: Document,
    records: Mapping[int, Document | None],
    sources: Sequence[Document],
    originals: Mapping[Digest, Document],
) -> Document:
    """The journal entry of a step: the arguments of `Contents.apply_step`, and the version."""
    entry = {"version": VERSION, "step": step, "records": dict(records)}
    return entry | {"sources": list(sources), "originals": dict(originals)}


def version_of_entry(entry: Mapping[str, Any]) -> int:
    """The project version of a journal entry; those up to version 2 do not say theirs."""
    version = entry.get("version", _UNNAMED_VERSION)
    return version if isinstance(version, int) else VERSION + 1


class Journal:
    """An append-only file of JSON lines, each prefixed with the CRC-32 of its JSON."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._torn_at: int | None = None
        """Where the last complete entry ends, if a torn write after it has not been undone yet."""

    def append(self, entry: Document) -> None:
        """Append one entry durably, or raise FileError and leave no part of it."""
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
        """Whether there are entries to include in a snapshot; False if that cannot be known."""
        try:
            return self.path.stat().st_size > 0
        except OSError:
            return False

    def read(self) -> JournalEntries:
        """Read the entries in order; raises FileError."""
        entries = [_parse_line(line) for line in self._read().splitlines(keepends=True)]
        if None not in entries:
            return JournalEntries([entry for entry in entries if entry is not None])
        damaged = entries.index(None)
        before, after = entries[:damaged], entries[damaged:]
        return JournalEntries(
            [entry for entry in before if entry is not None],
            is_intact=False,
            after_damage=[entry for entry in after if entry is not None],
        )

    def discard(self) -> None:
        """Delete the file once a snapshot includes its entries. It is harmless if that fails."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._torn_at = None

    def set_aside(self) -> Path:
        """Rename the file so that it is kept; returns its new path."""
        return self.path.rename(unused_name(self.path, "damaged"))

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            remedy = "It holds the latest changes. Check that you may read it, then try again."
            raise FileError(self.path, error, remedy) from error

    def _append(self, line: bytes) -> None:
        file = os.open(self.path, _APPEND_FLAGS, 0o666)
        try:
            self._roll_back(file)
            self._torn_at = size = os.fstat(file).st_size
            try:
                _write_all(file, line)
                os.fsync(file)
                if not size:
                    sync_folder(self.path.parent)
            except BaseException:
                self._roll_back(file)
                raise
            self._torn_at = None
        finally:
            os.close(file)

    def _roll_back(self, file: int) -> None:
        if self._torn_at is not None:
            os.ftruncate(file, self._torn_at)
            self._torn_at = None


def _parse_line(line: bytes) -> Document | None:
    crc, _, body = line.partition(b" ")
    if not line.endswith(b"\n") or crc != b"%08x" % zlib.crc32(body[:-1]):
        return None
    entry: Document = orjson.loads(body)
    for table in ("records", "as_they_went"):
        documents = entry.get(table, {})
        entry[table] = {int(record): document for record, document in documents.items()}
    return entry


def _write_all(file: int, data: bytes) -> None:
    unwritten = memoryview(data)
    while unwritten:
        unwritten = unwritten[os.write(file, unwritten) :]
