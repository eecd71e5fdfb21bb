"""The order of records in the book: where each one stands, never which id it has.

Records stand by chapter, page, source, line and the position that a coder gave them, in this
order; only records that agree in all of these stand by their ids. So the order is the same in
every copy of a project.

A record of a source that prints no chapter or page takes it from the record before it in that
source, or the first ones from the record after them. Records without a source stand after those
of the sources on their page. What has no chapter or page at all comes last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from mideditor.domain.record import RecordId
from mideditor.domain.sources import start_of

PlaceKey = tuple[int, int, str, int, float]
"""Chapter and page (0 for none), source ("" for none), line (0 for none) and position."""

ORDER_FIELDS = frozenset({"chapter", "page", "place", "position"})
"""The fields that the order follows from."""

_LAST = 10**9
"""Stands for a missing chapter or page; above all others."""

_Row = tuple[int, float, int, int, RecordId]
"""Line, position, chapter, page and id: the order within one source."""

_DIGITS = re.compile("([0-9]+)")


def place_key(document: Mapping[str, Any]) -> PlaceKey:
    """What the order needs to know of a record in its stored form, apart from its id."""
    source, line = start_of(document.get("place"))
    return (
        document.get("chapter") or 0,
        document.get("page") or 0,
        source,
        line,
        document.get("position") or 0,
    )


def in_book_order(keys: Mapping[RecordId, PlaceKey], names: Mapping[str, str]) -> list[RecordId]:
    """The ids of records in the order of the book, from their keys and the names of sources."""
    ranks = _source_ranks({key[2] for key in keys.values()}, names)
    found = _missing_pages(keys)
    rows = [
        (
            *found.get(record, (chapter, page)),
            ranks[source],
            *(line, position, chapter or _LAST, page or _LAST),
            record,
        )
        for record, (chapter, page, source, line, position) in keys.items()
    ]
    rows.sort()
    return [row[-1] for row in rows]


def book_order(
    documents: Mapping[RecordId, Mapping[str, Any]], names: Mapping[str, str]
) -> list[RecordId]:
    """The ids of records in their stored form in the order of the book."""
    return in_book_order({record: place_key(one) for record, one in documents.items()}, names)


def _source_ranks(sources: Iterable[str], names: Mapping[str, str]) -> dict[str, int]:
    """The place of each source among them, by name and digest; records without one come last."""
    by_name = sorted(sources, key=lambda one: (not one, _by_number(names.get(one, "")), one))
    return {source: rank for rank, source in enumerate(by_name)}


def _by_number(name: str) -> tuple[list[tuple[int, str]], str]:
    """A key that puts “page 2” before “page 10”, and small letters beside capitals."""
    parts = _DIGITS.split(name.casefold())
    parts[1::2] = [digits.lstrip("0") for digits in parts[1::2]]
    # Between the digits lies text, so that texts are compared with texts and numbers with numbers.
    return [(len(part) if n % 2 else 0, part) for n, part in enumerate(parts)], name


def _missing_pages(keys: Mapping[RecordId, PlaceKey]) -> dict[RecordId, tuple[int, int]]:
    """Chapter and page of all records of the sources in which one of them is missing."""
    lacking = {source for chapter, page, source, _, _ in keys.values() if not (chapter and page)}
    rows: defaultdict[str, list[_Row]] = defaultdict(list)
    for record, (chapter, page, source, line, position) in keys.items():
        if source in lacking:
            rows[source].append((line, position, chapter or _LAST, page or _LAST, record))
    found: dict[RecordId, tuple[int, int]] = {}
    for source, in_source in rows.items():
        in_source.sort()
        chapters = [row[2] for row in in_source]
        pages = [row[3] for row in in_source]
        if source:
            chapters, pages = _filled(chapters), _filled(pages)
        for row, chapter, page in zip(in_source, chapters, pages, strict=True):
            found[row[-1]] = chapter, page
    return found


def _filled(numbers: list[int]) -> list[int]:
    """The numbers, where one is missing the last before it, or else the first after it."""
    last = next((number for number in numbers if number != _LAST), _LAST)
    return [last := last if number == _LAST else number for number in numbers]
