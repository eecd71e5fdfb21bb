"""Adds, removes, reorders and moves the participants of an entry.

Each function returns the new members of the sides that change, or an empty dict. Positions count
from 0. A side that could not be read counts as empty.
"""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.fields import field_of
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import SIDES, Entry, Participant, Side, Unread
from mideditor.domain.states import StateList

NewSides = dict[str, Side]
"""The new members of the changed sides, by field name."""


class AlreadyThere(ValueError):
    """The state to add is on that side already."""

    def __init__(self, member: Participant, side: str) -> None:
        super().__init__(f"{member} is on side {side[-1].upper()} already.")


def other_side(side: str) -> str:
    """The opposite side."""
    return SIDES[1 - SIDES.index(side)]


def members(entry: Entry, side: str) -> Side:
    """The members of a side; none if it could not be read."""
    value = getattr(entry, side)
    return () if isinstance(value, Unread) else value


def add(entry: Entry, side: str, text: str, states: StateList) -> NewSides:
    """Add the typed states. A list with one “/”, as printed, replaces both sides.

    Raises ValueError with a message for the user; AlreadyThere if the side has the state.
    """
    if text.count("/") == 1:
        parts = zip(SIDES, text.split("/"), strict=True)
        return {name: _typed(name, part.strip(), states) for name, part in parts}
    present, added = members(entry, side), _typed(side, text, states)
    codes = {member.code for member in present}
    for member in added:
        if member.code in codes:
            raise AlreadyThere(member, side)
    return {side: (*present, *added)}


def remove(entry: Entry, side: str, place: int) -> NewSides:
    """Remove a member, or the text of a side that could not be read."""
    if place < 0:
        return {}
    return {side: _removed_at(members(entry, side), place)}


def shift(entry: Entry, side: str, place: int, by: int) -> NewSides:
    """Move a member up (negative ``by``) or down its side."""
    present = members(entry, side)
    if not (_has_position(place, present) and _has_position(place + by, present)):
        return {}
    return {side: _inserted_at(_removed_at(present, place), place + by, present[place])}


def cross(entry: Entry, side: str, place: int) -> NewSides:
    """Move a member to the end of the other side, unless that side could not be read."""
    present, other = members(entry, side), other_side(side)
    if not _has_position(place, present) or isinstance(getattr(entry, other), Unread):
        return {}
    return {side: _removed_at(present, place), other: (*members(entry, other), present[place])}


def move(entry: Entry, origin: str, place: int, side: str, before: int) -> NewSides:
    """Move a member of ``origin`` before a position of ``side``, which may be the same side."""
    present, target = members(entry, origin), members(entry, side)
    if not _has_position(place, present):
        return {}
    if origin == side:
        return {
            side: _inserted_at(
                _removed_at(present, place), before - (before > place), present[place]
            )
        }
    return {side: _inserted_at(target, before, present[place]), origin: _removed_at(present, place)}


def outside_the_system(entry: Entry, member: Participant, states: StateList) -> str:
    """A note if a member was outside the state system on the entry's dates, else ""."""
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


def _has_position(place: int, side: Sequence[Participant]) -> bool:
    return 0 <= place < len(side)


def _removed_at(side: Side, place: int) -> Side:
    return side[:place] + side[place + 1 :]


def _inserted_at(side: Side, place: int, member: Participant) -> Side:
    return (*side[:place], member, *side[place:])
