"""The byte layout of the project file: a fixed JSON layout with a digest of all rows.

The layout is JSON indented by two, which works well with version control. Because it is fixed, the
rows of a file with a valid digest can be found by their indentation and decoded on demand. The
table of originals comes last of the editor's own, one line for each row, and is left in the file.
Tables of other programs follow it as they are; the digest does not cover them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from io import SEEK_END, BytesIO
from typing import BinaryIO, NamedTuple

import orjson

from mideditor.store.document_table import DocumentTable, Encoded, encode
from mideditor.store.documents import FILE_FORMAT, VERSION, Contents
from mideditor.store.originals import OriginalFile, OriginalTable, Span, hash_rest
from mideditor.store.record_table import RecordTable

_FIRST_TABLE = "sources"
_BODY = b',\n  "sources": {'
_END = b"\n}\n"
_ROW_OR_TABLE = re.compile(rb'\n  (?:  "(\d+)": |"(\w+)": \{)')
_DIGEST = re.compile(rb'\n      "digest": "([0-9a-f]{64})"')
_META = re.compile(
    rb'\{\n  "meta": \{\n    "1": \{\n      "format": "mideditor project",\n      "version": %d,'
    rb'\n      "digest": "([0-9a-f]{64})",(?:\n      "others": (\d+),)?'
    rb'\n      "length": (\d+)\n    \}\n  \},\n' % VERSION
)
_MOST_META = 512


class Layout(NamedTuple):
    """The bytes of a project file, its digest, and where its table of originals is."""

    data: bytes
    digest: str
    originals: Span


def file_bytes(contents: Contents, digest: str = "") -> bytes:
    """The whole file; see `laid_out`."""
    return laid_out(contents, digest).data


def laid_out(contents: Contents, digest: str = "") -> Layout:
    """The whole file. Equal contents give equal bytes. Raises OriginalsGone.

    The file stores the digest of its tables, or ``digest`` if one is given, the length of those
    before the originals, and that of what other programs put after them, if anything.
    """
    tables, originals = _tables(contents), contents.originals.body()
    stored = digest or _digest(tables, originals)
    others = {"others": len(contents.others)} if contents.others else {}
    meta = {"format": FILE_FORMAT, "version": VERSION, "digest": stored, **others}
    meta["length"] = len(tables)
    head = b"{\n" + _table("meta", {1: encode(meta)}) + b",\n"
    begin = len(head) + len(tables)
    data = b"".join((head, tables, originals, contents.others, _END))
    return Layout(data, stored, (begin, begin + len(originals)))


def digest_of(contents: Contents) -> str:
    """The SHA-256 of the tables in the fixed layout, in hex; equal for equal contents.

    Raises OriginalsGone.
    """
    return _digest(_tables(contents), contents.originals.body())


def digest_of_tables(tables: Mapping[str, DocumentTable]) -> str:
    """The SHA-256 of tables as version 2 laid them out, in hex, in the order given."""
    return hashlib.sha256(_body(tables)).hexdigest()


def stored_digest(data: bytes) -> str:
    """The digest stored in a file with the fixed layout; "" if there is none."""
    found = _DIGEST.search(data, 0, max(data.find(_BODY), 0))
    return found[1].decode("ascii") if found else ""


def parse_layout(data: bytes) -> Contents | None:
    """The contents of a file that is unchanged since `file_bytes`; None for any other."""
    return read_layout(BytesIO(data))


def read_layout(file: BinaryIO) -> Contents | None:
    """The contents of an open file that is unchanged since `file_bytes`; None for any other.

    The table of originals stays in the file, which the contents need open.
    """
    file.seek(0)
    meta = _META.match(file.read(_MOST_META))
    if meta is None:
        return None
    length = int(meta[3])
    begin = meta.end() + length
    others = _others(file, int(meta[2] or 0))
    if others is None:
        return None
    end = file.tell() - len(others) - len(_END)
    digest = meta[1].decode("ascii")
    file.seek(meta.end())
    tables = file.read(length)
    if hash_rest(hashlib.sha256(tables), file, end) != digest:
        return None
    encoded = _slice_rows(tables)
    return Contents(
        DocumentTable(encoded["sources"]),
        RecordTable(encoded["records"], is_ordered=True),
        DocumentTable(encoded["log"]),
        OriginalTable(OriginalFile(file, (begin, end), digest)),
        others,
    )


def _others(file: BinaryIO, length: int) -> bytes | None:
    """What other programs put at the end of the file; None if it does not end as it should."""
    size = file.seek(0, SEEK_END)
    if size < length + len(_END):
        return None
    file.seek(size - length - len(_END))
    rest = file.read()
    if not rest.endswith(_END):
        return None
    others = rest[: -len(_END)]
    try:
        orjson.loads(b'{"": 0%b}' % others)
    except orjson.JSONDecodeError:
        return None
    return others


def _digest(tables: bytes, originals: bytes) -> str:
    hashed = hashlib.sha256(tables)
    hashed.update(originals)
    return hashed.hexdigest()


def _tables(contents: Contents) -> bytes:
    """The tables before the originals, up to where these begin."""
    contents.record_ids()  # puts them in the order of the book
    return _body(contents.tables()) + b",\n"


def _body(tables: Mapping[str, DocumentTable]) -> bytes:
    return b",\n".join(_table(name, _sorted_rows(rows)) for name, rows in tables.items())


def _sorted_rows(rows: DocumentTable) -> Mapping[int, Encoded]:
    """Records in the order of the book, other rows by their numbers."""
    encoded = rows.encoded()
    if isinstance(rows, RecordTable):
        return encoded
    return {number: encoded[number] for number in sorted(encoded)}


def _table(name: str, rows: Mapping[int, Encoded]) -> bytes:
    if not rows:
        return b'  "%b": {}' % name.encode("ascii")
    lines = b",\n".join([b"".join((b'    "%d": ' % number, row)) for number, row in rows.items()])
    return b'  "%b": {\n%b\n  }' % (name.encode("ascii"), lines)


def _slice_rows(tables: bytes) -> dict[str, Mapping[int, Encoded]]:
    """The rows of each table. A row ends before the comma or brace that follows it."""
    view = memoryview(tables)
    encoded: dict[str, dict[int, Encoded]] = {_FIRST_TABLE: {}}
    of_table = encoded[_FIRST_TABLE]
    number, begin = 0, 0
    for found in _ROW_OR_TABLE.finditer(tables):
        row, table = found.groups()
        if number:
            of_table[number] = view[begin : found.start() - len("," if row else "\n  },")]
        if table:
            of_table = encoded[table.decode("ascii")] = {}
        number, begin = int(row or 0), found.end()
    if number:
        of_table[number] = view[begin : len(tables) - len("\n  },\n")]
    return dict(encoded)
