"""The narrative against the fields: whether it tells of these dates and of these states.

A narrative tells of much else too, so these rules speak only where it names dates or states and
none of the fields' own, or another one again and again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Entry
from mideditor.domain.rules.case import Case, Found, sides_of, time_of
from mideditor.domain.rules.named_dates import NamedDay, days_in, years_in
from mideditor.domain.rules.named_states import states_named_in

_MARGIN = timedelta(days=31)
_ENOUGH_DAYS = 2
_ENOUGH_TEXT = 300
_AGAIN_AND_AGAIN = 4
_MOST_ON_A_SIDE = 2
_MOST_SHOWN = 4


def dates_told(case: Case) -> Iterator[Found]:
    """A narrative that names days or years, none of which belongs to the dispute."""
    time = time_of(case.record)
    if time is None or not isinstance(case.record, Entry):
        return
    start, end = time
    years = years_in(case.record.narrative)
    days = days_in(case.record.narrative)
    if any(start.year - 1 <= year <= end.year + 1 for year in years):
        return
    if any(_in_time(day, start, end) for day in days):
        return
    if years or len(days) >= _ENOUGH_DAYS:
        words = [day.words for day in days] or [str(year) for year in years]
        named = ", ".join(dict.fromkeys(words[:_MOST_SHOWN]))
        message = f"No date in the narrative ({named}) is near {_span(start, end)}."
        yield Found("narrative", (start, end, named), message, words[0])


def ends_told(case: Case) -> Iterator[Found]:
    """A narrative that names days of the dispute, but neither its first nor its last."""
    time = time_of(case.record)
    if time is None or not isinstance(case.record, Entry):
        return
    start, end = time
    days = days_in(case.record.narrative)
    within = [day for day in days if _in_time(day, start, end, timedelta(0))]
    if start.day is None or end.day is None or len(within) < _ENOUGH_DAYS:
        return
    named = {(day.month, day.day) for day in days}
    if not {(start.month, start.day), (end.month, end.day)} & named:
        words = ", ".join(day.words for day in within[:_MOST_SHOWN])
        message = f"The narrative names {words}, but neither {start} nor {end}."
        yield Found("narrative", (start, end, words), message, within[0].words)


def states_told(case: Case) -> Iterator[Found]:
    """A participant of a small dispute that a longer narrative never names."""
    sides, narrative = sides_of(case.record), getattr(case.record, "narrative", ())
    if not sides or sum(map(len, narrative)) < _ENOUGH_TEXT:
        return
    if any(len(side) > _MOST_ON_A_SIDE for side in sides.values()):
        return
    named = frozenset[int]().union(*states_named_in(narrative, case.states))
    for name, side in sides.items():
        for member in side:
            state = case.states.get(member.code)
            if state is not None and state.mentions and state.code not in named:
                yield Found(name, (member,), f"The narrative never names {member}.", str(member))


def states_not_taking_part(case: Case) -> Iterator[Found]:
    """A state that the narrative names again and again and that takes no part."""
    sides, time = sides_of(case.record), time_of(case.record)
    if time is None or not isinstance(case.record, Entry):
        return
    taking_part = {member.code for side in sides.values() for member in side}
    told_apart = " ".join(sentence.text for sentence in case.record.coding_changes)
    for codes, times in states_named_in(case.record.narrative, case.states).items():
        if times < _AGAIN_AND_AGAIN or codes & taking_part:
            continue
        for state in filter(None, map(case.states.get, sorted(codes))):
            if state.is_member(*time) and str(state.code) not in told_apart.split():
                message = f"The narrative names {state.name} {times} times; it takes no part."
                yield Found("narrative", (state.code,), message)


def _in_time(
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
