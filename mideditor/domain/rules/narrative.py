"""Rules that compare the narrative with the fields: does it mention their dates and states?

A narrative mentions much else, so these rules report only one that names dates or states but none
of those in the fields, or that names another state many times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Entry
from mideditor.domain.rules.context import Problem, RuleContext, period_of, sides_of
from mideditor.domain.rules.named_dates import NamedDay, days_in, years_in
from mideditor.domain.rules.named_states import states_named_in

_MARGIN = timedelta(days=31)
_MIN_DAYS = 2
_MIN_LENGTH = 300
_MANY_TIMES = 4
_MAX_SIDE_SIZE = 2
_MAX_SHOWN = 4


def dates_mentioned(context: RuleContext) -> Iterator[Problem]:
    """A narrative that names days or years, none of which belongs to the dispute."""
    period = period_of(context.record)
    if period is None or not isinstance(context.record, Entry):
        return
    start, end = period
    years = years_in(context.record.narrative)
    days = days_in(context.record.narrative)
    if any(start.year - 1 <= year <= end.year + 1 for year in years):
        return
    if any(_in_period(day, start, end) for day in days):
        return
    if years or len(days) >= _MIN_DAYS:
        words = [day.words for day in days] or [str(year) for year in years]
        named = ", ".join(dict.fromkeys(words[:_MAX_SHOWN]))
        message = f"No date in the narrative ({named}) is near {_span(start, end)}."
        yield Problem("narrative", (start, end, named), message, words[0])


def ends_mentioned(context: RuleContext) -> Iterator[Problem]:
    """A narrative that names days of the dispute, but neither its first nor its last."""
    period = period_of(context.record)
    if period is None or not isinstance(context.record, Entry):
        return
    start, end = period
    days = days_in(context.record.narrative)
    within = [day for day in days if _in_period(day, start, end, timedelta(0))]
    if start.day is None or end.day is None or len(within) < _MIN_DAYS:
        return
    named = {(day.month, day.day) for day in days}
    if not {(start.month, start.day), (end.month, end.day)} & named:
        words = ", ".join(day.words for day in within[:_MAX_SHOWN])
        message = f"The narrative names {words}, but neither {start} nor {end}."
        yield Problem("narrative", (start, end, words), message, within[0].words)


def states_mentioned(context: RuleContext) -> Iterator[Problem]:
    """A participant of a small dispute that a longer narrative never names."""
    sides, narrative = sides_of(context.record), getattr(context.record, "narrative", ())
    if not sides or sum(map(len, narrative)) < _MIN_LENGTH:
        return
    if any(len(side) > _MAX_SIDE_SIZE for side in sides.values()):
        return
    named = frozenset[int]().union(*states_named_in(narrative, context.states))
    for name, side in sides.items():
        for member in side:
            state = context.states.get(member.code)
            if state is not None and state.mentions and state.code not in named:
                yield Problem(name, (member,), f"The narrative never names {member}.", str(member))


def states_not_taking_part(context: RuleContext) -> Iterator[Problem]:
    """A state that the narrative names again and again and that takes no part."""
    sides, period = sides_of(context.record), period_of(context.record)
    if period is None or not isinstance(context.record, Entry):
        return
    taking_part = {member.code for side in sides.values() for member in side}
    changes_text = " ".join(sentence.text for sentence in context.record.coding_changes)
    for codes, times in states_named_in(context.record.narrative, context.states).items():
        if times < _MANY_TIMES or codes & taking_part:
            continue
        for state in filter(None, map(context.states.get, sorted(codes))):
            if state.is_member(*period) and str(state.code) not in changes_text.split():
                message = f"The narrative names {state.name} {times} times; it takes no part."
                yield Problem("narrative", (state.code,), message)


def _in_period(
    day: NamedDay, start: PartialDate, end: PartialDate, margin: timedelta = _MARGIN
) -> bool:
    first, last = _shifted(start.earliest, -margin), _shifted(end.latest, margin)
    return any(first <= named <= last for named in day.dates(first.year, last.year))


def _shifted(day: date, margin: timedelta) -> date:
    try:
        return day + margin
    except OverflowError:
        return day


def _span(start: PartialDate, end: PartialDate) -> str:
    return str(start) if start == end else f"{start} to {end}"
