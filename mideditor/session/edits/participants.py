"""The participants of an entry: added, removed, put in order, moved to the other side.

Each function returns the new members of the sides that change, and nothing where none would.
Places count from 0. A side that could not be read counts as empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.fields import field_of
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Entry, Participant, Side, Unread
from mideditor.domain.states import StateList

SIDES = ("side_a", "side_b")

NewSides = dict[str, Side]
"""The members that a side would have, by the name of its field."""


class AlreadyThere(ValueError):
    """A state that is on the side to which it was to be added."""

    def __init__(self, member: Participant, side: str) -> None:
        super().__init__(f"{member} is on side {side[-1].upper()} already.")


def other_side(side: str) -> str:
    """The side across."""
    return SIDES[1 - SIDES.index(side)]


def members(entry: Entry, side: str) -> Side:
    """The members of a side, none where it could not be read."""
    there = getattr(entry, side)
    return () if isinstance(there, Unread) else there


def add(entry: Entry, side: str, text: str, states: StateList) -> NewSides:
    """Add the states that were typed. A printed list with one “/” replaces both sides.

    Raises ValueError with words for the user, AlreadyThere for a state that the side has.
    """
    if text.count("/") == 1:
        parts = zip(SIDES, text.split("/"), strict=True)
        return {name: _typed(name, part.strip(), states) for name, part in parts}
    there, added = members(entry, side), _typed(side, text, states)
    codes = {member.code for member in there}
    for member in added:
        if member.code in codes:
            raise AlreadyThere(member, side)
    return {side: (*there, *added)}


def remove(entry: Entry, side: str, place: int) -> NewSides:
    """Remove a member; of a side that could not be read, its text."""
    if place < 0:
        return {}
    return {side: _without(members(entry, side), place)}


def shift(entry: Entry, side: str, place: int, by: int) -> NewSides:
    """Move a member up (``by`` below 0) or down its side."""
    there = members(entry, side)
    if not (_is_in(place, there) and _is_in(place + by, there)):
        return {}
    return {side: _with(_without(there, place), place + by, there[place])}


def cross(entry: Entry, side: str, place: int) -> NewSides:
    """Move a member to the end of the other side, unless that could not be read."""
    there, other = members(entry, side), other_side(side)
    if not _is_in(place, there) or isinstance(getattr(entry, other), Unread):
        return {}
    return {side: _without(there, place), other: (*members(entry, other), there[place])}


def move(entry: Entry, origin: str, place: int, side: str, before: int) -> NewSides:
    """Move a member of ``origin`` to before a place of ``side``, which may be the same side."""
    there, target = members(entry, origin), members(entry, side)
    if not _is_in(place, there):
        return {}
    if origin == side:
        return {side: _with(_without(there, place), before - (before > place), there[place])}
    return {side: _with(target, before, there[place]), origin: _without(there, place)}


def outside_the_system(entry: Entry, member: Participant, states: StateList) -> str:
    """What to say of a member outside the state system on the entry's dates; "" of any other."""
    state = states.get(member.code)
    start, end = entry.start_date or entry.end_date, entry.end_date or entry.start_date
    if state is None or not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
        return ""
    if state.is_member(start, end):
        return ""
    spells = "; ".join(map(str, state.memberships))
    return f"No member of the state system at the time. {state.name}: {spells}."


def _typed(side: str, text: str, states: StateList) -> Side:
    typed: Side = field_of(side, "entry").parse(text, states)
    return typed


def _is_in(place: int, side: Sequence[Participant]) -> bool:
    return 0 <= place < len(side)


def _without(side: Side, place: int) -> Side:
    return side[:place] + side[place + 1 :]


def _with(side: Side, place: int, member: Participant) -> Side:
    return (*side[:place], member, *side[place:])
