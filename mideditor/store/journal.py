"""A write-ahead journal: steps are synced to disk here until a snapshot includes them."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from mideditor.domain.changes import Digest
from mideditor.files.replacing import NotDurable, replace_file, sync_folder
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


class _Left(NamedTuple):
    """A journal as it was left: its inode, size in bytes, time in ns, and CRC-32."""

    inode: int
    size: int
    time: int
    crc: int

    @classmethod
    def at(cls, path: Path) -> _Left | None:
        """The file at ``path`` as it is; None if it cannot be read."""
        try:
            found = path.stat()
            crc = zlib.crc32(path.read_bytes())
        except OSError:
            return None
        return cls(found.st_ino, found.st_size, found.st_mtime_ns, crc)

    @classmethod
    def of(cls, found: os.stat_result, before: _Left | None, line: bytes) -> _Left:
        """The file after a line was appended to it."""
        crc = zlib.crc32(line, before.crc if before else 0)
        return cls(found.st_ino, found.st_size, found.st_mtime_ns, crc)

    def is_same(self, found: os.stat_result) -> bool:
        """Whether nothing has written to the file."""
        return self[:3] == (found.st_ino, found.st_size, found.st_mtime_ns)


class Journal:
    """An append-only file of JSON lines, each prefixed with the CRC-32 of its JSON."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._torn_at: int | None = None
        """Where the last complete entry ends, if a torn write after it has not been undone yet."""
        self._left = _Left.at(path)
        """The file as it was left here; None if there should be none."""

    def append(self, entry: Document) -> None:
        """Append one entry durably, or raise FileError and leave no part of it."""
        try:
            self._append(_line(entry))
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

    def is_as_left(self) -> bool:
        """Whether no other program has removed or replaced the file; True if that is unknown.

        What is no file, such as a folder, is left to `append` to complain of.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return self._left is None or not self.path.parent.is_dir()
        except OSError:
            return True
        if not stat.S_ISREG(found.st_mode):
            return True
        if self._left is None:
            return not found.st_size
        if self._torn_at is not None:
            return found.st_ino == self._left.inode
        return self._left.is_same(found) or self._is_only_touched(self._left)

    def write_anew(self, entries: Sequence[Document]) -> Path | None:
        """Write these entries to a new file, if there are any, and keep what has come in its place.

        Returns where that is kept; raises FileError.
        """
        kept = None
        try:
            if self.exists():
                kept = unused_name(self.path, "outside")
                self.path.rename(kept)
        except OSError as error:
            remedy = "It is not the journal of this project. Move it yourself, then try again."
            raise FileError(self.path, error, remedy) from error
        try:
            if entries:
                replace_file(self.path, b"".join(map(_line, entries)))
        except NotDurable:
            self._left = _Left.at(self.path)
            raise
        self._torn_at = None
        self._left = _Left.at(self.path)
        return kept

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
        """Delete the file once a snapshot includes its entries. It is harmless if that fails.

        A file that another program has put in its place is kept under another name.
        """
        with suppress(OSError):
            if self.is_as_left():
                self.path.unlink(missing_ok=True)
            else:
                self.path.rename(unused_name(self.path, "outside"))
        self._torn_at = None
        self._left = _Left.at(self.path)

    def set_aside(self) -> Path:
        """Rename the file so that it is kept; returns its new path."""
        return self.path.rename(unused_name(self.path, "damaged"))

    def _is_only_touched(self, left: _Left) -> bool:
        """Whether the file has other times, but the same bytes."""
        with suppress(OSError):
            now = _Left.at(self.path)
            if now is not None and (now.inode, now.size, now.crc) == left[:2] + left[3:]:
                self._left = now
                return True
        return False

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
            self._left = _Left.of(os.fstat(file), self._left, line)
        finally:
            os.close(file)

    def _roll_back(self, file: int) -> None:
        if self._torn_at is not None:
            os.ftruncate(file, self._torn_at)
            self._torn_at = None


def _line(entry: Document) -> bytes:
    body = orjson.dumps(entry, option=orjson.OPT_NON_STR_KEYS)
    return b"%08x %b\n" % (zlib.crc32(body), body)


def _parse_line(line: bytes) -> Document | None:
    """The entry of a line; None if it is torn, damaged or not of the form of an entry."""
    crc, _, body = line.partition(b" ")
    if not line.endswith(b"\n") or crc != b"%08x" % zlib.crc32(body[:-1]):
        return None
    try:
        entry = orjson.loads(body)
        if not isinstance(entry, dict) or version_of_entry(entry) > VERSION:
            return entry if isinstance(entry, dict) else None
        return _with_numbers(entry)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _with_numbers(entry: Document) -> Document | None:
    """The entry with its records by number; None or an error if that is not its form."""
    is_old = version_of_entry(entry) < VERSION
    link, kept = ("hash", "as_they_went") if is_old else ("link", "originals")
    step = entry["step"]
    number = step["number"]
    is_step = isinstance(number, int) and number > 0 and isinstance(step[link], str)
    if not is_step or not isinstance(entry["sources"], list):
        return None
    for table in ("records", kept):
        documents = entry.setdefault(table, {}).items()
        if any(one is not None and not isinstance(one, dict) for _, one in documents):
            return None
        if table != "originals":
            entry[table] = {int(record): document for record, document in documents}
    return entry


def _write_all(file: int, data: bytes) -> None:
    unwritten = memoryview(data)
    while unwritten:
        unwritten = unwritten[os.write(file, unwritten) :]
