"""Rules for dates: impossible ones, and ones that do not match the dispute number."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.partial_date import PartialDate, is_after
from mideditor.domain.record import CrossReference, Entry
from mideditor.domain.rules.context import Problem, RuleContext, label_of, period_of

_FIRST_YEAR = 1816
_LONGEST_YEARS = 15
_FIRST_OF_THIRD_CODING, _LAST_OF_THIRD_CODING = 4000, 4999
_THIRD_CODING_SINCE = 1993


def in_order(context: RuleContext) -> Iterator[Problem]:
    """A dispute that certainly ends before it starts."""
    start, end = (getattr(context.record, name, None) for name in ("start_date", "end_date"))
    if isinstance(start, PartialDate) and isinstance(end, PartialDate) and is_after(start, end):
        message = f"The dispute ends ({end}) before it starts ({start})."
        yield Problem("end_date", (end, start), message)


def possible(context: RuleContext) -> Iterator[Problem]:
    """A date before the data set begins, or in the future."""
    for name in ("start_date", "end_date", "started"):
        date = getattr(context.record, name, None)
        if not isinstance(date, PartialDate):
            continue
        label = label_of(context.record, name)
        if date.latest.year < _FIRST_YEAR:
            message = f"{label} ({date}) lies before {_FIRST_YEAR}, where the data set begins."
            yield Problem(name, (date,), message)
        elif date.earliest > context.today:
            yield Problem(name, (date,), f"{label} ({date}) lies in the future.")


def very_long(context: RuleContext) -> Iterator[Problem]:
    """A dispute longer than any published one."""
    period = period_of(context.record)
    if period is not None and period[1].earliest.year - period[0].latest.year > _LONGEST_YEARS:
        start, end = period
        message = (
            f"The dispute lasts from {start} to {end}; none that is published lasts "
            f"{_LONGEST_YEARS} years."
        )
        yield Problem("end_date", (start, end), message)


def number_and_period(context: RuleContext) -> Iterator[Problem]:
    """A number of the third coding on a dispute before it, or the reverse."""
    if not isinstance(context.record, Entry | CrossReference):
        return
    number = context.record.dispute_number
    name = "start_date" if isinstance(context.record, Entry) else "started"
    start = getattr(context.record, name)
    if not isinstance(number, int) or not isinstance(start, PartialDate):
        return
    if number > _LAST_OF_THIRD_CODING:
        return
    late = number >= _FIRST_OF_THIRD_CODING
    if late and start.latest.year < _THIRD_CODING_SINCE:
        which = f"from {_FIRST_OF_THIRD_CODING} on belong to disputes since"
    elif not late and start.earliest.year >= _THIRD_CODING_SINCE:
        which = f"under {_FIRST_OF_THIRD_CODING} belong to disputes before"
    else:
        return
    message = f"MID {number} starts in {start}, but numbers {which} {_THIRD_CODING_SINCE}."
    yield Problem("dispute_number", (number, start), message)
