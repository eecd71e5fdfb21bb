"""Dates and years that a narrative names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mideditor.domain.partial_date import MONTHS

# The characters before a match are checked by a lookbehind placed after its digits: a pattern that
# begins with literal characters is searched several times faster than one with a lookbehind first.
_DAY_AFTER = re.compile(
    rf"(?P<month>{'|'.join(MONTHS)}) (?P<day>\d{{1,2}})(?:[–-]\d{{1,2}})?(?:, (?P<year>\d{{4}}))?\b"
)
_DAY_BEFORE = re.compile(
    rf"(?P<day>\d{{1,2}})(?<!\d\d\d) (?P<month>{'|'.join(MONTHS)})(?:,? (?P<year>\d{{4}}))?\b"
)
_YEAR = re.compile(
    r"(?:18|19|20)\d\d(?<![\d,#$£–-]\d{4})(?![\d,]\d|[-–]\w|\d| (?:men|soldiers|troops))"
)
_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}


@dataclass(frozen=True)
class NamedDay:
    """A day named in a narrative; ``year`` is None if the text does not give it."""

    month: int
    day: int
    year: int | None
    words: str

    def dates(self, first_year: int, last_year: int) -> Iterator[date]:
        """The dates that it can mean within these years."""
        for year in (self.year,) if self.year else range(first_year, last_year + 1):
            try:
                yield date(year, self.month, self.day)
            except ValueError:
                continue


@lru_cache(maxsize=16)
def days_in(paragraphs: tuple[str, ...]) -> list[NamedDay]:
    """The days that a narrative names."""
    return [
        NamedDay(
            _NUMBERS[match["month"]],
            int(match["day"]),
            int(match["year"]) if match["year"] else None,
            match[0],
        )
        for paragraph in paragraphs
        for pattern in (_DAY_AFTER, _DAY_BEFORE)
        for match in pattern.finditer(paragraph)
    ]


def years_in(paragraphs: tuple[str, ...]) -> list[int]:
    """The years that a narrative names, with a month or alone."""
    return [int(match[0]) for paragraph in paragraphs for match in _YEAR.finditer(paragraph)]
