"""Rules for participants: codes, names, state system membership, and their order on the sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mideditor.domain.record import Dyad, Participant, Record
from mideditor.domain.rules import Fix, Severity
from mideditor.domain.rules.context import Problem, RuleContext, are_opposed, period_of, sides_of
from mideditor.domain.states import State, StateList


def known_code(context: RuleContext) -> Iterator[Problem]:
    """A state without a code, or with one that the state list does not have."""
    for name, member in _named_states(context.record):
        if context.states.get(member.code) is None:
            named_state = context.states.named(member.name)
            fix = _fix_rewriting(context.record, name, member, named_state) if named_state else None
            yield Problem(
                name, (member,), _unknown_code_message(member, context.states), str(member), fix
            )


def name_of_code(context: RuleContext) -> Iterator[Problem]:
    """A name that is not the code's: another state's, or none in the list."""
    for name, member in _named_states(context.record):
        state = context.states.get(member.code)
        if state is None or not member.name or state.has_name(member.name):
            continue
        other = context.states.named(member.name)
        message = f"{member}: the state list calls it {state.name}."
        if other is not None:
            message = f"{member}: {state.code} is {state.name}, and {other.name} is {other.code}."
            yield Problem(name, (member,), message, str(member), severity=Severity.ERROR)
        else:
            similar = state in context.states.similar(member.name)
            fix = _fix_rewriting(context.record, name, member, state) if similar else None
            yield Problem(name, (member,), message, str(member), fix)


def member_of_the_system(context: RuleContext) -> Iterator[Problem]:
    """A participant that is no member of the state system on any day of the dispute.

    Participants may join a dispute later; in a dispute between two states, both take part from the
    first day to the last.
    """
    period = period_of(context.record)
    if period is None:
        return
    is_bilateral = all(len(side) == 1 for side in sides_of(context.record).values())
    for name, side in sides_of(context.record).items():
        for member in side:
            state = context.states.get(member.code)
            if state is None:
                continue
            if not state.is_member(*period):
                one_day = "in {}" if period[0].day is None else "on {}"
                when = one_day if period[0] == period[1] else "from {} to {}"
                yield _not_a_member(name, member, state, when, *period)
            elif is_bilateral:
                start, end = period
                if not state.is_member(start, start):
                    yield _not_a_member_on(name, member, state, start, "starts")
                elif not state.is_member(end, end):
                    yield _not_a_member_on(name, member, state, end, "ends")


def once(context: RuleContext) -> Iterator[Problem]:
    """A state that stands on both sides, or twice on one."""
    seen: dict[int, str] = {}
    for name, side in sides_of(context.record).items():
        for position, member in enumerate(side):
            if member.code is None:
                continue
            before = seen.setdefault(member.code, name)
            if member in side[:position]:
                remaining = {name: (*side[:position], *side[position + 1 :])}
                fix = Fix(f"Remove the second {member}", remaining)
                yield _repeated(name, member, position, fix)
            elif before != name or any(other.code == member.code for other in side[:position]):
                yield _repeated(name, member, position, None)


def heading_takes_part(context: RuleContext) -> Iterator[Problem]:
    """A dyad heading whose states do not stand on the two sides of the entry under it."""
    heading = context.record.heading
    if heading is None or heading.codes is None:
        return
    if are_opposed(heading.codes, context.record) is False:
        message = f"The heading is {heading}, but {_why_not_opposed(heading, context.record)}."
        yield Problem("heading", (heading, *_sides_as_codes(context.record)), message)


def order_within_a_side(context: RuleContext) -> Iterator[Problem]:
    """Members of a side that are not in the string order of their codes, as the book has them."""
    for name, side in sides_of(context.record).items():
        if len(side) < 2 or any(member.code is None for member in side):
            continue
        ordered = tuple(sorted(side, key=lambda member: str(member.code)))
        if ordered != side:
            codes = ", ".join(str(member.code) for member in ordered)
            message = f"The book orders a side by its codes as text: {codes}."
            fix = Fix("Order the side by its codes", {name: ordered})
            yield Problem(name, (*(member.code for member in side),), message, fix=fix)


def _named_states(record: Record) -> Iterator[tuple[str, Participant]]:
    """Every state named in a side, the heading or the cross-reference, with the field's name."""
    for name, side in sides_of(record).items():
        for member in side:
            yield name, member
    for name in ("heading", "see"):
        dyad = getattr(record, name, None)
        if isinstance(dyad, Dyad):
            yield name, dyad.a
            yield name, dyad.b


def _fix_rewriting(record: Record, name: str, member: Participant, state: State) -> Fix:
    correct = Participant(code=state.code, name=state.name)
    value = getattr(record, name)
    if isinstance(value, Dyad):
        a, b = (correct if state_ == member else state_ for state_ in (value.a, value.b))
        return Fix(f"Write {correct}", {name: Dyad(a=a, b=b)})
    side = tuple(correct if other == member else other for other in value)
    return Fix(f"Write {correct}", {name: side})


def _unknown_code_message(member: Participant, states: StateList) -> str:
    similar = states.similar(member.name) if states.named(member.name) is None else []
    hint = f" Is it {' or '.join(map(str, similar))}?" if similar else ""
    if member.code is None:
        return f"“{member}” has no state code. Choose the state from the list.{hint}"
    return f"{member}: the state list has no code {member.code}.{hint}"


def _not_a_member(
    name: str, member: Participant, state: State, when: str, *dates: object
) -> Problem:
    spells = " and ".join(map(str, state.memberships))
    message = (
        f"{member} is not a member of the state system {when.format(*dates)} (it was one {spells})."
    )
    return Problem(name, (member, *dates), message, str(member))


def _not_a_member_on(
    name: str, member: Participant, state: State, date: object, verb: str
) -> Problem:
    when = f"when the dispute {verb} ({{}})"
    problem = _not_a_member(name, member, state, when, date)
    return replace(problem, severity=Severity.NOTICE)


def _repeated(name: str, member: Participant, position: int, fix: Fix | None) -> Problem:
    return Problem(
        name, (member, position), f"{member} takes part more than once.", str(member), fix
    )


def _why_not_opposed(heading: Dyad, record: Record) -> str:
    codes = {member.code for side in sides_of(record).values() for member in side}
    absent = [str(state) for state in (heading.a, heading.b) if state.code not in codes]
    if not absent:
        return "both states stand on one side"
    return f"{' and '.join(absent)} {'takes' if len(absent) == 1 else 'take'} no part"


def _sides_as_codes(record: Record) -> Iterator[str]:
    for side in sides_of(record).values():
        yield ", ".join(str(member.code) for member in side)
