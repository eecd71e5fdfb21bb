"""The sentences that say which participants were added, dropped or moved.

The sides without the coding changes are computed by taking these changes back from the current
sides, so that a correction, whenever it was made, counts on both sides of the comparison.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mideditor.domain.changes import FieldChanged
from mideditor.domain.coding_sentences import change_sentence, old_value
from mideditor.domain.fields import stored_value
from mideditor.domain.record import SIDES, ChangedField, CodingChange, Entry, Participant

Members = dict[int, str]
"""Names by code."""

_LISTED_PARTICIPANT = re.compile(r"(?P<code>[0-9]+) (?P<name>.+?)(?=,? and [0-9]|, [0-9]|$)")


def side_sentences(
    record: Entry,
    coded: Sequence[FieldChanged],
    source: Mapping[ChangedField, CodingChange],
) -> dict[ChangedField, CodingChange | None]:
    """The sentences for the sides; None for a sentence of the source that no longer holds.

    ``coded`` are the coding changes in force, oldest first; ``source`` the source's own sentences.
    """
    current_sides = {side: _by_code(stored_value(side, getattr(record, side))) for side in SIDES}
    uncoded_sides = {side: _take_back_changes(coded, side, current_sides[side]) for side in SIDES}
    current, uncoded = _all_members(current_sides), _all_members(uncoded_sides)
    wanted: dict[ChangedField, CodingChange | None] = {}
    if current.keys() != uncoded.keys():
        added, dropped = _parse_listed(source.get("added")), _parse_listed(source.get("dropped"))
        in_data_set = {code: name for code, name in uncoded.items() if code not in added} | dropped
        wanted |= _list_sentence("added", current, in_data_set, source)
        wanted |= _list_sentence("dropped", in_data_set, current, source)
    if changes := [*_replaced_unread_lists(coded), *_moves(uncoded_sides, current_sides)]:
        source_sentence = source.get("participant_changed")
        changes = [(old_value(source_sentence) or ""), *changes] if source_sentence else changes
        wanted["participant_changed"] = change_sentence("participant_changed", "; ".join(changes))
    return wanted


def _all_members(sides: Mapping[str, Members]) -> Members:
    return {code: name for members in sides.values() for code, name in members.items()}


def _take_back_changes(coded: Sequence[FieldChanged], side: str, members: Members) -> Members:
    uncoded = dict(members)
    for change in reversed(coded):
        if change.field == side and _is_list(change.old) and _is_list(change.new):
            old, new = _by_code(change.old), _by_code(change.new)
            uncoded = {
                code: name for code, name in uncoded.items() if code in old or code not in new
            }
            uncoded |= {code: name for code, name in old.items() if code not in new}
    return uncoded


def _replaced_unread_lists(coded: Sequence[FieldChanged]) -> list[str]:
    """The old text, for each coding change that replaced a list of participants left unread."""
    return [
        f"the list was “{change.old['unread']}”"
        for change in coded
        if change.field in SIDES and not _is_list(change.old)
    ]


def _moves(uncoded: Mapping[str, Members], current: Mapping[str, Members]) -> list[str]:
    return [
        f"{code} {name} moved from side {old[-1].upper()} to side {new[-1].upper()}"
        for old, new in (SIDES, SIDES[::-1])
        for code, name in current[new].items()
        if code in uncoded[old] and code not in uncoded[new]
    ]


def _list_sentence(
    kind: ChangedField,
    members: Members,
    excluded: Members,
    source: Mapping[ChangedField, CodingChange],
) -> dict[ChangedField, CodingChange | None]:
    source_sentence = source.get(kind)
    codes = [code for code in members if code not in excluded]
    if source_sentence is not None and set(_parse_listed(source_sentence)) == set(codes):
        return {}
    if not codes:
        return {kind: None} if source_sentence else {}
    listed = _join_with_and([f"{code} {members[code]}" for code in codes])
    return {kind: change_sentence(kind, listed)}


def _parse_listed(sentence: CodingChange | None) -> Members:
    text = (sentence and old_value(sentence)) or ""
    return {int(match["code"]): match["name"] for match in _LISTED_PARTICIPANT.finditer(text)}


def _by_code(stored_side: Any) -> Members:
    if not _is_list(stored_side):
        return {}
    members = (Participant.model_validate(member) for member in stored_side)
    return {member.code: member.name for member in members if member.code is not None}


def _is_list(stored_side: Any) -> bool:
    return isinstance(stored_side, Sequence)


def _join_with_and(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
