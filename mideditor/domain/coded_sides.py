"""The sentences that tell which participants were added, dropped or moved.

What the sides would be without the coding changes is found by taking these back from the sides as
they are now, so that a correction, whenever it was made, is on both sides of the comparison.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mideditor.domain.coding_sentences import old_value, worded
from mideditor.domain.fields import stored_value
from mideditor.domain.record import ChangedField, CodingChange, Entry, Participant
from mideditor.domain.steps import FieldChange

Members = dict[int, str]
"""Names by code."""

_SIDES = ("side_a", "side_b")
_LISTED_PARTICIPANT = re.compile(r"(?P<code>[0-9]+) (?P<name>.+?)(?=,? and [0-9]|, [0-9]|$)")


def side_sentences(
    record: Entry,
    coded: Sequence[FieldChange],
    source: Mapping[ChangedField, CodingChange],
) -> dict[ChangedField, CodingChange | None]:
    """The sentences for the sides; None for one of the source's that is true no longer.

    ``coded`` are the standing coding changes, oldest first; ``source`` the source's own sentences.
    """
    sides_now = {side: _by_code(stored_value(side, getattr(record, side))) for side in _SIDES}
    sides_then = {side: _without(coded, side, sides_now[side]) for side in _SIDES}
    now = sides_now["side_a"] | sides_now["side_b"]
    then = sides_then["side_a"] | sides_then["side_b"]
    wanted: dict[ChangedField, CodingChange | None] = {}
    if now.keys() != then.keys():
        added, dropped = _listed(source.get("added")), _listed(source.get("dropped"))
        in_data_set = {code: name for code, name in then.items() if code not in added} | dropped
        wanted |= _list_sentence("added", now, in_data_set, source)
        wanted |= _list_sentence("dropped", in_data_set, now, source)
    if changes := [*_unread_lists(coded), *_moves(sides_then, sides_now)]:
        told = source.get("participant_changed")
        changes = [(old_value(told) or ""), *changes] if told else changes
        wanted["participant_changed"] = worded("participant_changed", "; ".join(changes))
    return wanted


def _without(coded: Sequence[FieldChange], side: str, members: Members) -> Members:
    then = dict(members)
    for change in reversed(coded):
        if change.field == side and _is_list(change.old) and _is_list(change.new):
            old, new = _by_code(change.old), _by_code(change.new)
            then = {code: name for code, name in then.items() if code in old or code not in new}
            then |= {code: name for code, name in old.items() if code not in new}
    return then


def _unread_lists(coded: Sequence[FieldChange]) -> list[str]:
    """What stood where a coding change replaced a list that could not be read as one."""
    return [
        f"the list was “{change.old['unread']}”"
        for change in coded
        if change.field in _SIDES and not _is_list(change.old)
    ]


def _moves(then: Mapping[str, Members], now: Mapping[str, Members]) -> list[str]:
    return [
        f"{code} {name} moved from side {old[-1].upper()} to side {new[-1].upper()}"
        for old, new in (_SIDES, _SIDES[::-1])
        for code, name in now[new].items()
        if code in then[old] and code not in then[new]
    ]


def _list_sentence(
    kind: ChangedField,
    those: Members,
    but_not: Members,
    source: Mapping[ChangedField, CodingChange],
) -> dict[ChangedField, CodingChange | None]:
    told = source.get(kind)
    codes = [code for code in those if code not in but_not]
    if told is not None and set(_listed(told)) == set(codes):
        return {}
    if not codes:
        return {kind: None} if told else {}
    return {kind: worded(kind, _in_words([f"{code} {those[code]}" for code in codes]))}


def _listed(sentence: CodingChange | None) -> Members:
    text = (sentence and old_value(sentence)) or ""
    return {int(match["code"]): match["name"] for match in _LISTED_PARTICIPANT.finditer(text)}


def _by_code(stored_side: Any) -> Members:
    if not _is_list(stored_side):
        return {}
    members = (Participant.model_validate(member) for member in stored_side)
    return {member.code: member.name for member in members if member.code is not None}


def _is_list(stored_side: Any) -> bool:
    return isinstance(stored_side, Sequence)


def _in_words(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
