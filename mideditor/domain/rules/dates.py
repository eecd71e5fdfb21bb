"""Dates that cannot be, and dates that do not go with the number or the coding changes."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.partial_date import PartialDate, is_after
from mideditor.domain.record import CrossReference, Entry
from mideditor.domain.rules.case import Case, Found, label_of, time_of

_FIRST_YEAR = 1816
_LONGEST_YEARS = 15
_FIRST_OF_THE_THIRD_CODING, _LAST = 4000, 4999
_THIRD_CODING_SINCE = 1993


def in_order(case: Case) -> Iterator[Found]:
    """A dispute that certainly ends before it starts."""
    start, end = (getattr(case.record, name, None) for name in ("start_date", "end_date"))
    if isinstance(start, PartialDate) and isinstance(end, PartialDate) and is_after(start, end):
        message = f"The dispute ends ({end}) before it starts ({start})."
        yield Found("end_date", (end, start), message)


def possible(case: Case) -> Iterator[Found]:
    """A date before the data set begins, or in the future."""
    for name in ("start_date", "end_date", "started"):
        date = getattr(case.record, name, None)
        if not isinstance(date, PartialDate):
            continue
        label = label_of(case.record, name)
        if date.latest.year < _FIRST_YEAR:
            message = f"{label} ({date}) lies before {_FIRST_YEAR}, where the data set begins."
            yield Found(name, (date,), message)
        elif date.earliest > case.today:
            yield Found(name, (date,), f"{label} ({date}) lies in the future.")


def very_long(case: Case) -> Iterator[Found]:
    """A dispute longer than any published one."""
    time = time_of(case.record)
    if time is not None and time[1].earliest.year - time[0].latest.year > _LONGEST_YEARS:
        start, end = time
        message = (
            f"The dispute lasts from {start} to {end}; none that is published lasts "
            f"{_LONGEST_YEARS} years."
        )
        yield Found("end_date", (start, end), message)


def number_and_period(case: Case) -> Iterator[Found]:
    """A number of the third coding on a dispute before it, or the reverse."""
    if not isinstance(case.record, Entry | CrossReference):
        return
    number = case.record.dispute_number
    name = "start_date" if isinstance(case.record, Entry) else "started"
    start = getattr(case.record, name)
    if not isinstance(number, int) or not isinstance(start, PartialDate):
        return
    if number > _LAST:
        return
    late = number >= _FIRST_OF_THE_THIRD_CODING
    if late and start.latest.year < _THIRD_CODING_SINCE:
        which = f"from {_FIRST_OF_THE_THIRD_CODING} on belong to disputes since"
    elif not late and start.earliest.year >= _THIRD_CODING_SINCE:
        which = f"under {_FIRST_OF_THE_THIRD_CODING} belong to disputes before"
    else:
        return
    message = f"MID {number} starts in {start}, but numbers {which} {_THIRD_CODING_SINCE}."
    yield Found("dispute_number", (number, start), message)
