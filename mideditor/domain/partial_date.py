"""Dates with the precision of their source: a year, a month or a day, never padded."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

MONTHS = tuple(calendar.month_name[1:])

_MONTH_BY_PREFIX = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_YEAR, _MONTH, _DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_NAME = r"(?P<name>[A-Za-z]+)\.?"
_ISO = re.compile(f"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?")
_MONTH_FIRST = re.compile(rf"{_NAME}(?:\s+{_DAY})?(?:\s+|,\s*){_YEAR}")
_DAY_FIRST = re.compile(rf"{_DAY}\.?\s+{_NAME},?\s+{_YEAR}")


class NotADate(ValueError):
    """A text that is not a date."""

    def __init__(self, text: str, why: str = "") -> None:
        super().__init__(
            f"“{text}” is not a date{': ' + why if why else ''}. Write May 2, 1964 or May 1964."
        )


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year of the Gregorian calendar.

    ``month`` and ``day`` are None if the source does not give them. Two dates are equal if they
    agree in value and precision; to order them use `earliest` and `latest`. Raises NotADate for a
    date that does not exist.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise NotADate(f"{self.year:04}-?-{self.day:02}", "a day needs its month")
        try:
            date(self.year, _or_first(self.month), _or_first(self.day))
        except ValueError as impossible:
            raise NotADate(self.iso(), str(impossible)) from None

    @property
    def earliest(self) -> date:
        """The first day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that this date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def sort_key(self) -> tuple[date, date]:
        """Sorts by the earliest day, then by the latest."""
        return self.earliest, self.latest

    def iso(self) -> str:
        """ISO 8601, truncated to the precision: ``1964``, ``1964-05``, ``1964-05-02``."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __str__(self) -> str:
        """As printed in the chapters: ``May 2, 1964``, ``May 1964``, ``1964``."""
        if self.month is None:
            return f"{self.year:04}"
        name = MONTHS[self.month - 1]
        day = "" if self.day is None else f" {self.day},"
        return f"{name}{day} {self.year:04}"


def parse_date(text: str) -> PartialDate:
    """Parse a date as printed (``May 2, 1964``), as typed (``2 may 1964``) or in ISO 8601.

    Numeric dates other than ISO are rejected, since 5/2/1964 is ambiguous. Raises NotADate.
    """
    cleaned = " ".join(text.split())
    if match := _ISO.fullmatch(cleaned):
        year, month, day = match["year"], match["month"], match["day"]
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    match = _MONTH_FIRST.fullmatch(cleaned) or _DAY_FIRST.fullmatch(cleaned)
    if match is None:
        raise NotADate(text)
    day = int(match["day"]) if match["day"] else None
    return PartialDate(int(match["year"]), _month_number(match["name"], text), day)


def _month_number(name: str, text: str) -> int:
    number = _MONTH_BY_PREFIX.get(name[:3].lower())
    if number is None or not MONTHS[number - 1].lower().startswith(name.lower()):
        raise NotADate(text, f"there is no month “{name}”")
    return number


def _or_first(part: int | None) -> int:
    return 1 if part is None else part


def is_after(start: PartialDate, end: PartialDate) -> bool:
    """Whether ``start`` is certainly later than ``end``, whatever the missing months and days."""
    return start.earliest > end.latest
