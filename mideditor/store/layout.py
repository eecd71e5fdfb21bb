"""The project file as bytes: one row after another in a fixed form, with a digest of them all.

The form is that of JSON indented by two, as version control likes it. Since it is fixed, the rows
of a file whose digest holds are found by their indentation alone, and read when they are wanted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from mideditor.store.document_table import DocumentTable, Encoded, encode
from mideditor.store.documents import FILE_FORMAT, VERSION, Contents

_BODY = b',\n  "sources": {'
_END = b"\n}\n"
_PRESENT = b'"version": %d,' % VERSION
_TABLE = re.compile(rb'\n  "(\w+)": \{')
_ROW = re.compile(rb'\n    "(\d+)": ')
_DIGEST = re.compile(rb'\n      "digest": "([0-9a-f]{64})"')


def file_bytes(contents: Contents, digest: str = "") -> bytes:
    """The whole file. Equal contents give equal bytes.

    It states the digest of its rows, or ``digest``, that of the rows they were made from.
    """
    body = _body(contents)
    stated = digest or hashlib.sha256(body).hexdigest()
    meta = {"format": FILE_FORMAT, "version": VERSION, "digest": stated}
    return b"".join((b"{\n", _table("meta", {1: encode(meta)}), b",\n", body, _END))


def digest_of(contents: Contents) -> str:
    """SHA-256 of the tables in their fixed form, in hex: equal for equal contents."""
    return hashlib.sha256(_body(contents)).hexdigest()


def stated_digest(data: bytes) -> str:
    """The digest that a file in our form states of itself; "" where it has none."""
    found = _DIGEST.search(data, 0, max(data.find(_BODY), 0))
    return found[1].decode("ascii") if found else ""


def contents_in_our_form(data: bytes) -> Contents | None:
    """The contents of a file that is byte for byte as `file_bytes` left it; None for any other."""
    begin = data.find(_BODY)
    digest = stated_digest(data)
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
    return Contents(**_sliced(data, tables, rows))


def _body(contents: Contents) -> bytes:
    return b",\n".join(_table(name, _ordered(rows)) for name, rows in contents.tables().items())


def _ordered(rows: DocumentTable) -> Mapping[int, Encoded]:
    encoded = rows.encoded()
    return {number: encoded[number] for number in sorted(encoded)}


def _table(name: str, rows: Mapping[int, Encoded]) -> bytes:
    if not rows:
        return b'  "%b": {}' % name.encode("ascii")
    lines = b",\n".join([b"".join((b'    "%d": ' % number, row)) for number, row in rows.items()])
    return b'  "%b": {\n%b\n  }' % (name.encode("ascii"), lines)


def _sliced(
    data: bytes, tables: list[tuple[int, str]], rows: list[tuple[int, int, int]]
) -> dict[str, DocumentTable]:
    """The rows of each table. A row ends before the comma or the brace that follows it."""
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
