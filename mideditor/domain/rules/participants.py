"""Participants: their codes, names, membership of the state system, and places on the sides."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.counting import plural
from mideditor.domain.record import Dyad, Participant, Record
from mideditor.domain.rules import Fix, Severity
from mideditor.domain.rules.case import Case, Found, are_opposed, sides_of, time_of
from mideditor.domain.states import State, StateList


def known_code(case: Case) -> Iterator[Found]:
    """A state without a code, or with one that the state list does not have."""
    for name, member in _named_states(case.record):
        if case.states.get(member.code) is None:
            meant = case.states.named(member.name)
            fix = _rewritten(case.record, name, member, meant) if meant else None
            yield Found(name, (member,), _unknown(member, case.states), str(member), fix)


def name_of_code(case: Case) -> Iterator[Found]:
    """A name that is not the code's: another state's, or none in the list."""
    for name, member in _named_states(case.record):
        state = case.states.get(member.code)
        if state is None or not member.name or state.is_called(member.name):
            continue
        other = case.states.named(member.name)
        message = f"{member}: the state list calls it {state.name}."
        if other is not None:
            message = f"{member}: {state.code} is {state.name}, and {other.name} is {other.code}."
            yield Found(name, (member,), message, str(member), severity=Severity.ERROR)
        else:
            near = state in case.states.near(member.name)
            fix = _rewritten(case.record, name, member, state) if near else None
            yield Found(name, (member,), message, str(member), fix)


def member_of_the_system(case: Case) -> Iterator[Found]:
    """A participant that is no member of the state system on any day of the dispute.

    Others may join a dispute later; of a dispute of two, both take part from its first day to its
    last.
    """
    time = time_of(case.record)
    if time is None:
        return
    of_two = all(len(side) == 1 for side in sides_of(case.record).values())
    for name, side in sides_of(case.record).items():
        for member in side:
            state = case.states.get(member.code)
            if state is None:
                continue
            if not state.is_member(*time):
                one_day = "in {}" if time[0].day is None else "on {}"
                when = one_day if time[0] == time[1] else "from {} to {}"
                yield _not_a_member(name, member, state, when, *time)
            elif of_two:
                start, end = time
                if not state.is_member(start, start):
                    yield _not_yet_or_no_more(name, member, state, start, "starts")
                elif not state.is_member(end, end):
                    yield _not_yet_or_no_more(name, member, state, end, "ends")


def once(case: Case) -> Iterator[Found]:
    """A state that stands on both sides, or twice on one."""
    seen: dict[int, str] = {}
    for name, side in sides_of(case.record).items():
        for place, member in enumerate(side):
            if member.code is None:
                continue
            before = seen.setdefault(member.code, name)
            if member in side[:place]:
                left = {name: (*side[:place], *side[place + 1 :])}
                fix = Fix(f"Remove the second {member}", left)
                yield _repeated(name, member, place, fix)
            elif before != name or any(other.code == member.code for other in side[:place]):
                yield _repeated(name, member, place, None)


def heading_takes_part(case: Case) -> Iterator[Found]:
    """A dyad heading whose states do not stand on the two sides of the entry under it."""
    heading = case.record.heading
    if heading is None or heading.codes is None:
        return
    if are_opposed(heading.codes, case.record) is False:
        message = f"The heading is {heading}, but {_where_they_stand(heading, case.record)}."
        yield Found("heading", (heading, *_sides_as_codes(case.record)), message)


def order_within_a_side(case: Case) -> Iterator[Found]:
    """Members of a side that are not in the string order of their codes, as the book has them."""
    for name, side in sides_of(case.record).items():
        if len(side) < 2 or any(member.code is None for member in side):
            continue
        ordered = tuple(sorted(side, key=lambda member: str(member.code)))
        if ordered != side:
            codes = ", ".join(str(member.code) for member in ordered)
            message = f"The book orders a side by its codes as text: {codes}."
            fix = Fix("Order the side by its codes", {name: ordered})
            yield Found(name, (*(member.code for member in side),), message, fix=fix)


def _named_states(record: Record) -> Iterator[tuple[str, Participant]]:
    """Every state that a record names outside its prose, with the field it stands in."""
    for name, side in sides_of(record).items():
        for member in side:
            yield name, member
    for name in ("heading", "see"):
        dyad = getattr(record, name, None)
        if isinstance(dyad, Dyad):
            yield name, dyad.a
            yield name, dyad.b


def _rewritten(record: Record, name: str, member: Participant, state: State) -> Fix:
    right = Participant(code=state.code, name=state.name)
    value = getattr(record, name)
    if isinstance(value, Dyad):
        a, b = (right if state_ == member else state_ for state_ in (value.a, value.b))
        return Fix(f"Write {right}", {name: Dyad(a=a, b=b)})
    side = tuple(right if other == member else other for other in value)
    return Fix(f"Write {right}", {name: side})


def _unknown(member: Participant, states: StateList) -> str:
    near = states.near(member.name) if states.named(member.name) is None else []
    hint = f" Is it {' or '.join(map(str, near))}?" if near else ""
    if member.code is None:
        return f"“{member}” has no state code. Choose the state from the list.{hint}"
    return f"{member}: the state list has no code {member.code}.{hint}"


def _not_a_member(name: str, member: Participant, state: State, when: str, *dates: object) -> Found:
    spells = " and ".join(map(str, state.memberships))
    message = (
        f"{member} is not a member of the state system {when.format(*dates)} (it was one {spells})."
    )
    return Found(name, (member, *dates), message, str(member))


def _not_yet_or_no_more(
    name: str, member: Participant, state: State, date: object, verb: str
) -> Found:
    when = f"when the dispute {verb} ({{}})"
    found = _not_a_member(name, member, state, when, date)
    return Found(found.field, found.about, found.message, found.quote, severity=Severity.NOTICE)


def _repeated(name: str, member: Participant, place: int, fix: Fix | None) -> Found:
    return Found(name, (member, place), f"{member} takes part more than once.", str(member), fix)


def _where_they_stand(heading: Dyad, record: Record) -> str:
    codes = {member.code for side in sides_of(record).values() for member in side}
    absent = [str(state) for state in (heading.a, heading.b) if state.code not in codes]
    if not absent:
        return "both states stand on one side"
    return f"{' and '.join(absent)} {plural(len(absent), 'takes', 'take')} no part"


def _sides_as_codes(record: Record) -> Iterator[str]:
    for side in sides_of(record).values():
        yield ", ".join(str(member.code) for member in side)
