"""The byte layout of the project file: a fixed JSON layout with a digest of all rows.

The layout is JSON indented by two, which works well with version control. Because it is fixed, the
rows of a file with a valid digest can be found by their indentation and decoded on demand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from mideditor.store.document_table import DocumentTable, Encoded, encode
from mideditor.store.documents import FILE_FORMAT, VERSION, Contents

_BODY = b',\n  "sources": {'
_END = b"\n}\n"
_TABLE = re.compile(rb'\n  "(\w+)": \{')
_ROW = re.compile(rb'\n    "(\d+)": ')
_DIGEST = re.compile(rb'\n      "digest": "([0-9a-f]{64})"')


def file_bytes(contents: Contents, digest: str = "") -> bytes:
    """The whole file. Equal contents give equal bytes.

    The file stores the digest of its rows, or ``digest`` if one is given.
    """
    body = _body(contents)
    stored = digest or hashlib.sha256(body).hexdigest()
    meta = {"format": FILE_FORMAT, "version": VERSION, "digest": stored}
    return b"".join((b"{\n", _table("meta", {1: encode(meta)}), b",\n", body, _END))


def digest_of(contents: Contents) -> str:
    """The SHA-256 of the tables in the fixed layout, in hex; equal for equal contents."""
    return hashlib.sha256(_body(contents)).hexdigest()


def stored_digest(data: bytes) -> str:
    """The digest stored in a file with the fixed layout; "" if there is none."""
    found = _DIGEST.search(data, 0, max(data.find(_BODY), 0))
    return found[1].decode("ascii") if found else ""


def parse_layout(data: bytes) -> Contents | None:
    """The contents of a file that is unchanged since `file_bytes`; None for any other."""
    begin = data.find(_BODY)
    digest = stored_digest(data)
    if (
        not digest
        or not data.endswith(_END)
        or f'"version": {VERSION},'.encode() not in data[:begin]
    ):
        return None
    body = memoryview(data)[begin + 2 : -len(_END)]
    if hashlib.sha256(body).hexdigest() != digest:
        return None
    rows = [(found.start(), found.end(), int(found[1])) for found in _ROW.finditer(data, begin)]
    tables = [(found.start(), found[1].decode("ascii")) for found in _TABLE.finditer(data, begin)]
    return Contents(**_slice_rows(data, tables, rows))


def _body(contents: Contents) -> bytes:
    return b",\n".join(_table(name, _sorted_rows(rows)) for name, rows in contents.tables().items())


def _sorted_rows(rows: DocumentTable) -> Mapping[int, Encoded]:
    encoded = rows.encoded()
    return {number: encoded[number] for number in sorted(encoded)}


def _table(name: str, rows: Mapping[int, Encoded]) -> bytes:
    if not rows:
        return b'  "%b": {}' % name.encode("ascii")
    lines = b",\n".join([b"".join((b'    "%d": ' % number, row)) for number, row in rows.items()])
    return b'  "%b": {\n%b\n  }' % (name.encode("ascii"), lines)


def _slice_rows(
    data: bytes, tables: list[tuple[int, str]], rows: list[tuple[int, int, int]]
) -> dict[str, DocumentTable]:
    """The rows of each table. A row ends before the comma or brace that follows it."""
    view = memoryview(data)
    ends = [start for start, _ in tables[1:]] + [len(data) - len(_END)]
    found = {}
    index = 0
    for (_, name), end in zip(tables, ends, strict=True):
        last = end - len(",") if end < len(data) - len(_END) else end
        close = last - len("\n  }")
        encoded: dict[int, Encoded] = {}
        while index < len(rows) and rows[index][0] < end:
            _, begin, number = rows[index]
            index += 1
            following = rows[index][0] if index < len(rows) else len(data)
            encoded[number] = view[begin : following - 1 if following < end else close]
        found[name] = DocumentTable(encoded)
    return found
