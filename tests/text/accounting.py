"""The sum that must come out: every line of a text is somewhere, and in one place only."""

from __future__ import annotations

from collections import Counter

from mideditor.domain.record import Span
from mideditor.text.reader import Reading


def assert_every_line_is_placed(text: str, reading: Reading) -> None:
    """Each line that is not blank is in one record, in the furniture, or unplaced."""
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


def _lines(spans: tuple[Span, ...]) -> set[int]:
    return {number for first, last in spans for number in range(first, last + 1)}
