"""The ids of records: equal for the same place of the same source, in every copy of a project.

The rule is part of the project format. The id of an imported record is derived from where the
record begins: the id of its source, the page of the document (null for a plain text), the first of
its own lines, counted from 1, and how many records before it in the import begin at the same
place. These four make a JSON array without spaces, in ASCII, such as ``["9f86…",null,17,0]``. The
first eight bytes of its SHA-256, as a big-endian number, modulo 2^53, plus 1, are the id.

What was read in those lines is no part of it, since a better reader may read them otherwise. Two
copies of a project that import the same text give its records the same ids; different texts have
no id in common. A record made by hand has an id by chance.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Container, Iterable, Sequence
from itertools import count

from mideditor.domain.record import Record, RecordId
from mideditor.domain.sources import start_of

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_HANDLE = 8

MAX_ID = 2**53
"""The greatest id: up to here every whole number is exact in any reader of JSON."""


def derived_id(source: str, line: int, count: int = 0, page: int | None = None) -> RecordId:
    """The id of the record that begins at a line of a source, from 1 to `MAX_ID`.

    ``source`` is the id of the source, ``count`` the number of earlier records with the same
    beginning, ``page`` the page of a document with pages (not that of the book).
    """
    place = json.dumps([source, page, line, count], separators=(",", ":"))
    digest = hashlib.sha256(place.encode("ascii")).digest()
    return int.from_bytes(digest[:8], "big") % MAX_ID + 1


def chance_id() -> RecordId:
    """An id for a record made by hand, from 1 to `MAX_ID`."""
    return secrets.randbelow(MAX_ID) + 1


def handle(record: RecordId) -> str:
    """The short name of a record for people, such as ``7k2mq0zd``: the first of its `digits`."""
    return digits(record)[:_HANDLE]


def digits(record: RecordId) -> str:
    """The whole id in Crockford's base 32, eleven characters; any unique start names the record."""
    return "".join(_ALPHABET[record >> shift & 31] for shift in range(50, -1, -5))


def ids_for(records: Sequence[Record], taken: Container[RecordId]) -> list[RecordId]:
    """An id for each record of an import, all different and none of them in ``taken``."""
    given: list[RecordId] = []
    used: set[RecordId] = set()
    for record in records:
        free = (one for one in _candidates(record) if one not in used and one not in taken)
        given.append(next(free))
        used.add(given[-1])
    return given


def _candidates(record: Record) -> Iterable[RecordId]:
    if record.place is None:
        return (chance_id() for _ in count())
    source, line = start_of(record.place)
    return (derived_id(source, line, number) for number in count())
