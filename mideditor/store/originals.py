"""The records as they were added or taken out, by their digest.

They are read only when needed: the table keeps the rows that are in the project file there, and
finds one by bisection, since the rows stand on one line each and in the order of their numbers.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO, Self

import orjson
from typing_extensions import override

from mideditor.domain.changes import Digest
from mideditor.store.document_table import Document

_DIGITS = 13
"""Hexadecimal digits of a digest that give the row's number: below 2^52, so exact in any JSON."""

_HEAD = b'{"digest":"'
_ROW = re.compile(rb'    "(\d+)": ')
_OPENING, _CLOSING = b'  "originals": {\n', b"\n  }"
_EMPTY = b'  "originals": {}'
_LENGTH = re.compile(rb'\n      "length": (\d+)\n')
_MOST_META = 512
_CHUNK = 1 << 20
_MANY = 200
"""For more digests than this the rows are read through instead of looked up."""

Span = tuple[int, int]
"""Where the table begins and ends in the file, in bytes."""

Stamp = tuple[int, int]
"""When a file was last written, in ns, and its size: both change when it is written in place."""


class OriginalsGone(Exception):
    """The rows in the file are not the ones that were there: another program has changed it."""


class OriginalFile:
    """The table as an open project file or backup has it. All copies of a table share it.

    ``digest`` is that of the file when it was read or written.
    """

    def __init__(self, file: BinaryIO | None = None, span: Span = (0, 0), digest: str = "") -> None:
        self._lock = Lock()
        self._file: BinaryIO | None = None
        self._use(file, span, digest)

    def move_to(self, path: Path, span: Span, digest: str) -> None:
        """Read from the file at ``path`` from now on, which has the same rows and maybe more."""
        self._use(path.open("rb"), span, digest)

    def step_aside(self) -> None:
        """Close the file where an open one cannot be replaced, until `move_to` or `step_back`."""
        if sys.platform == "win32" and self._file is not None:
            self._file.close()

    def step_back(self, path: Path) -> None:
        """Open the file again that was not replaced."""
        if sys.platform == "win32" and self._file is not None:
            self._use(path.open("rb"), self._span, self.digest)

    def close(self) -> None:
        """Close the file; it has no rows then."""
        self._use(None, (0, 0), "")

    def _use(self, file: BinaryIO | None, span: Span, digest: str) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
            self._file, self._span, self.digest = file, span, digest
            self._stamp = _stamp_of(file)
        if file is not None:
            weakref.finalize(self, file.close)  # no table has it any more

    def table(self) -> bytes:
        """The table as it is in the file; raises OriginalsGone."""
        with self._lock:
            begin, end = self._span
            if self._file is None:
                return _EMPTY
            if _stamp_of(self._file) != self._stamp:
                self._check_again(self._file)
            self._file.seek(begin)
            return self._file.read(end - begin)

    def _check_again(self, file: BinaryIO) -> None:
        """See whether a file that was written or touched is still as it was."""
        stamp = _stamp_of(file)
        if digest_of_file(file, self._span) != self.digest:
            raise OriginalsGone
        self._stamp = stamp

    def row(self, number: int) -> bytes | None:
        """The row of a number; None if there is none, or if the file has been changed."""
        with self._lock, suppress(OSError, ValueError):
            return self._bisect(number)
        return None

    def _bisect(self, wanted: int) -> bytes | None:
        low, high = self._span[0] + len(_OPENING), self._span[1] - len(_CLOSING)
        while self._file is not None and low < high:
            middle = (low + high) // 2
            self._file.seek(middle - 1)
            self._file.readline()  # the rest of the row before, or just its line end
            begin = self._file.tell()
            line = self._file.readline() if begin < high else b""
            found = _ROW.match(line)
            if line and found is None:
                return None
            if found is None or int(found[1]) > wanted:
                high = middle
            elif int(found[1]) < wanted:
                low = begin + len(line)
            else:
                return line[found.end() :].rstrip(b",\n")
        return None


class OriginalTable(Mapping[int, Document]):
    """Rows of ``digest`` and ``record`` that are never changed, by number.

    A row is numbered by the first digits of its digest, so that it is found without an index. The
    rare second digest with the same digits has the next free number.
    """

    def __init__(
        self, file: OriginalFile | None = None, added: Mapping[int, bytes] | None = None
    ) -> None:
        self.file = file or OriginalFile()
        self._added = dict(added or {})
        """The rows that are not in the file yet."""

    @classmethod
    def of_rows(cls, rows: Iterable[Document]) -> Self:
        """A table of these rows; raises KeyError or ValueError for a row of another form."""
        table = cls()
        for row in rows:
            table.keep(row["digest"], row["record"])
        return table

    def copy(self) -> Self:
        """An independent table with the same rows."""
        return type(self)(self.file, self._added)

    def keep(self, digest: Digest, record: Document) -> None:
        """Add a record under its digest; nothing changes if it is there."""
        number, row = self._find(digest)
        if row is None:
            self._added[number] = orjson.dumps({"digest": digest, "record": record})

    def record(self, digest: Digest) -> Document | None:
        """The record with a digest; None if there is none."""
        _, row = self._find(digest)
        return None if row is None else orjson.loads(row)["record"]

    def missing(self, digests: Iterable[Digest]) -> list[Digest]:
        """Those of the digests that have no record."""
        wanted = list(dict.fromkeys(digests))
        if len(wanted) <= _MANY:
            return [digest for digest in wanted if self._find(digest)[1] is None]
        try:
            known = {_digest_of(row) for row in self._rows().values()}
        except OriginalsGone:
            return wanted
        return [digest for digest in wanted if digest.encode("ascii") not in known]

    def forget_saved(self, saved: OriginalTable) -> None:
        """Drop the rows of a table that has been written to the file."""
        for number in saved._added:
            self._added.pop(number, None)

    def includes(self, other: OriginalTable) -> bool:
        """Whether it has the rows of another table."""
        if self.file is other.file:
            return all(self._row(number) is not None for number in other._added)
        return other._rows().keys() <= self._rows().keys()

    def take_from(self, other: OriginalTable) -> None:
        """Have the rows of another table in place of those of the file, which has lost them."""
        self._added = other._rows() | self._added
        self.file = OriginalFile()

    def share(self, other: OriginalTable) -> None:
        """Have the rows of a copy that has been given those of another table."""
        self._added = other._added | self._added
        self.file = other.file

    def body(self) -> bytes:
        """The table in the layout of the project file; raises OriginalsGone."""
        if not self._added:
            return self.file.table()
        rows = sorted(self._rows().items())
        return _OPENING + b",\n".join([b'    "%d": %b' % row for row in rows]) + _CLOSING

    @override
    def __getitem__(self, number: int) -> Document:
        row = self._row(number)
        if row is None:
            raise KeyError(number)
        document: Document = orjson.loads(row)
        return document

    @override
    def __iter__(self) -> Iterator[int]:
        return iter(self._rows())

    @override
    def __len__(self) -> int:
        return len(self._rows())

    def _rows(self) -> dict[int, bytes]:
        rows: dict[int, bytes] = {}
        for line in self.file.table().split(b"\n"):
            if found := _ROW.match(line):
                rows[int(found[1])] = line[found.end() :].rstrip(b",")
        return rows | self._added

    def _row(self, number: int) -> bytes | None:
        added = self._added.get(number)
        return self.file.row(number) if added is None else added

    def _find(self, digest: Digest) -> tuple[int, bytes | None]:
        """The row with a digest, and its number or the number that it may have."""
        number = int(digest[:_DIGITS], 16) + 1
        while (row := self._row(number)) is not None:
            if _digest_of(row) == digest.encode("ascii"):
                return number, row
            number += 1
        return number, None


def digest_of_file(file: BinaryIO, originals: Span) -> str:
    """The SHA-256 of the tables of an open file, in hex, if the originals are there in it."""
    file.seek(0)
    found = _LENGTH.search(file.read(_MOST_META))
    if found is None or int(found[1]) > originals[0]:
        return ""
    file.seek(originals[0] - int(found[1]))
    return hash_rest(hashlib.sha256(), file, originals[1])


def hash_rest(hashed: hashlib._Hash, file: BinaryIO, end: int) -> str:
    """The hash in hex, with the bytes of a file from where it is up to ``end``."""
    while chunk := file.read(min(_CHUNK, max(0, end - file.tell()))):
        hashed.update(chunk)
    return hashed.hexdigest()


def _stamp_of(file: BinaryIO | None) -> Stamp | None:
    """The stamp of an open file; None for data in memory."""
    if file is None:
        return None
    try:
        found = os.fstat(file.fileno())
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _digest_of(row: bytes) -> bytes:
    begin = len(_HEAD)
    return row[begin : row.find(b'"', begin)]
