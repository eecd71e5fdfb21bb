"""Checks that a reading is complete: every line is in one place and no letter is lost."""

from __future__ import annotations

import re
from collections import Counter

from mideditor.domain.record import CrossReference, Entry, LineSpan, Record
from mideditor.text.lexer import LABELS
from mideditor.text.reader import Reading
from mideditor.text.writer import print_dates, write_records

_MAY_BE_LOST = re.compile(
    r"\A\s+1\.(?=\s)|\s+Free download pdf\s*\Z|(?<!\d)0+(?=\d)", re.IGNORECASE
)
"""Text that may be lost: false list bullets, the website's own words, leading zeros."""


def assert_every_line_is_placed(text: str, reading: Reading) -> None:
    """Each line that is not blank is in one record, in the furniture or unplaced."""
    furniture = _lines(reading.furniture)
    places: Counter[int] = Counter()
    for record in reading.records:
        assert record.place is not None
        places.update(_lines(tuple(record.place.lines.values())) - furniture)
    unplaced = _lines(reading.unplaced)
    assert not furniture & unplaced
    for number, line in enumerate(text.split("\n"), start=1):
        count = places[number] + (number in furniture) + (number in unplaced)
        assert count <= 1, f"line {number} is in {count} places: {line!r}"
        assert count == 1 or not line.strip(), f"line {number} is lost: {line!r}"


def assert_no_letter_is_lost(text: str, reading: Reading) -> None:
    """All letters and digits of a record's lines are in the printed record."""
    lines = text.split("\n")
    furniture = _lines(reading.furniture)
    for record in reading.records:
        assert record.place is not None
        numbers = _lines(tuple(record.place.lines.values())) - furniture
        source = "\n".join(_MAY_BE_LOST.sub("", lines[number - 1]) for number in sorted(numbers))
        lost = _characters(source) - _characters(_printed(record))
        assert not lost, f"{dict(lost)} of {source!r} are not in {record!r}"


def _printed(record: Record) -> str:
    """The record as printed by the writer, plus what a source may print more than once."""
    assert record.place is not None
    sentences = () if isinstance(record, CrossReference) else record.coding_changes
    first, last = record.place.lines.get("heading", (1, 0))
    printed = [write_records([(record, sentences)]), LABELS["coding_changes"]]
    printed += [str(record.heading)] * (last - first)
    if isinstance(record, Entry) and record.start_date == record.end_date:
        printed.append(print_dates(record.start_date, None))
    return "\n".join(printed)


def _characters(text: str) -> Counter[str]:
    return Counter(character for character in text.casefold() if character.isalnum())


def _lines(spans: tuple[LineSpan, ...]) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}
