"""The Coding changes paragraph as it is printed: the source's own sentences and the log's.

A field whose coding changed gets one sentence naming the *first* old value; changed back, the
sentence goes. Where the source already has a sentence for the field, the value it names is the
first one. A sentence that the coder has worded stands instead of the log's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from mideditor.domain.coding_sentences import old_value, worded
from mideditor.domain.fields import printed_stored, stored_value
from mideditor.domain.partial_date import NotADate, PartialDate, parse_date
from mideditor.domain.record import ChangedField, CodingChange, Entry, Participant, Record
from mideditor.domain.steps import FieldChange

Wanted = dict[ChangedField, CodingChange | None]
"""By kind of sentence what the log asks for: this sentence, or (None) none any more."""

# The kinds of sentence that a field's coding changes are told in.
KINDS_OF: Mapping[str, tuple[ChangedField, ...]] = {
    "side_a": ("added", "dropped", "participant_changed"),
    "side_b": ("added", "dropped", "participant_changed"),
    "start_date": ("start_date", "start_day"),
    "end_date": ("end_date", "end_day"),
    "outcome": ("outcome",),
    "settlement": ("settlement",),
    "fatalities": ("fatalities",),
}

_SIDES = ("side_a", "side_b")
_LISTED_PARTICIPANT = re.compile(r"(?P<code>\d+) (?P<name>.+?)(?=,? and \d|, \d|$)")


def printed_coding_changes(
    record: Record, original: Record, coded: Iterable[FieldChange], ever_coded: Collection[str]
) -> tuple[CodingChange, ...]:
    """The sentences to print for a record.

    ``original`` is the record as first read; ``coded`` are the changes of its coding steps that
    stand, oldest first; ``ever_coded`` names the fields of all its coding steps, also those since
    undone: a wording of the coder's goes with the change it was made for.
    """
    own = sentences_of(record)
    of_source = frozenset(sentences_of(original))
    wanted = wanted_sentences(record, original, coded)
    kinds_ever_coded = {kind for field in ever_coded for kind in KINDS_OF.get(field, ())}
    printed: list[CodingChange | None] = []
    for sentence in own:
        kind = sentence.field
        if sentence in of_source:
            printed.append(wanted.pop(kind, sentence) if kind else sentence)
        elif kind in wanted:
            del wanted[kind]
            printed.append(sentence)
        elif kind not in kinds_ever_coded:
            printed.append(sentence)
    return tuple(sentence for sentence in (*printed, *wanted.values()) if sentence)


def wanted_sentences(record: Record, original: Record, coded: Iterable[FieldChange]) -> Wanted:
    """What the log says should stand in the paragraph, for each field whose coding has changed."""
    if not isinstance(record, Entry):
        return {}
    first_old = _first_old_values(coded)
    source = {sentence.field: sentence for sentence in sentences_of(original) if sentence.field}
    wanted: Wanted = {}
    if "side_a" in first_old or "side_b" in first_old:
        wanted |= _participants_wanted(record, first_old, source)
    for field in ("start_date", "end_date"):
        if field in first_old:
            wanted |= _date_wanted(record, field, first_old[field], source)
    for code in ("outcome", "settlement", "fatalities"):
        if code in first_old:
            wanted |= _code_wanted(record, code, first_old[code], source)
    return wanted


def sentences_of(record: Record) -> tuple[CodingChange, ...]:
    """The record's own sentences; a cross-reference has none."""
    return getattr(record, "coding_changes", ())


def _first_old_values(coded: Iterable[FieldChange]) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for change in coded:
        first.setdefault(change.field, change.old)
    return first


Source = Mapping[ChangedField, CodingChange]


def _code_wanted(record: Entry, field: ChangedField, first_old: Any, source: Source) -> Wanted:
    now = stored_value(field, getattr(record, field))
    if now == first_old:
        return {}
    told = source.get(field)
    if told is None:
        return {field: worded(field, printed_stored(field, first_old) or "Missing")}
    return {field: None if old_value(told) == printed_stored(field, now) else told}


def _date_wanted(record: Entry, field: str, first_old: Any, source: Source) -> Wanted:
    now = getattr(record, field)
    if stored_value(field, now) == first_old:
        return {}
    date_kind, day_kind = KINDS_OF[field]
    told = source.get(date_kind) or source.get(day_kind)
    before = _date_or_text(first_old)
    if told is not None:
        before = _date_told(told, before, day_kind)
        if before == now:
            return {told.field or date_kind: None}
    kind = day_kind if _only_gained_its_day(before, now) else date_kind
    if told is not None and told.field == kind:
        return {kind: told}
    old = "Missing" if kind == day_kind or before is None else str(before)
    return {(told.field if told and told.field else kind): worded(kind, old)}


def _date_or_text(stored: Any) -> PartialDate | str | None:
    return parse_date(stored) if isinstance(stored, str) else stored and str(stored["unread"])


def _date_told(
    told: CodingChange, before: PartialDate | str | None, day_kind: ChangedField
) -> PartialDate | str | None:
    """The original data set's date, as a sentence of the source tells it."""
    if told.field == day_kind:
        return PartialDate(before.year, before.month) if isinstance(before, PartialDate) else before
    text = old_value(told) or ""
    if text == "Missing":
        return None
    try:
        return parse_date(text)
    except NotADate:
        return text


def _only_gained_its_day(before: Any, now: Any) -> bool:
    return (
        isinstance(before, PartialDate)
        and isinstance(now, PartialDate)
        and before.month is not None
        and before.day is None
        and now.day is not None
        and (before.year, before.month) == (now.year, now.month)
    )


def _participants_wanted(record: Entry, first_old: Mapping[str, Any], source: Source) -> Wanted:
    sides_now = {side: _by_code(stored_value(side, getattr(record, side))) for side in _SIDES}
    sides_then = {
        side: _by_code(first_old[side]) if side in first_old else sides_now[side] for side in _SIDES
    }
    now = sides_now["side_a"] | sides_now["side_b"]
    then = sides_then["side_a"] | sides_then["side_b"]
    added, dropped = _listed(source.get("added")), _listed(source.get("dropped"))
    in_data_set = {code: name for code, name in then.items() if code not in added} | dropped
    moves = [
        f"{code} {name} moved from side {old[-1].upper()} to side {new[-1].upper()}"
        for old, new in (_SIDES, _SIDES[::-1])
        for code, name in sides_now[new].items()
        if code in sides_then[old] and code not in sides_then[new]
    ]
    wanted: Wanted = {}
    if now.keys() != then.keys():
        wanted |= _list_wanted("added", now, in_data_set, source)
        wanted |= _list_wanted("dropped", in_data_set, now, source)
    if moves:
        told = old_value(source["participant_changed"]) if "participant_changed" in source else None
        all_moves = "; ".join([told, *moves] if told else moves)
        wanted["participant_changed"] = worded("participant_changed", all_moves)
    return wanted


def _list_wanted(
    kind: ChangedField, those: Mapping[int, str], but_not: Mapping[int, str], source: Source
) -> Wanted:
    told = source.get(kind)
    codes = [code for code in those if code not in but_not]
    if told is not None and set(_listed(told)) == set(codes):
        return {}
    if not codes:
        return {kind: None} if told else {}
    return {kind: worded(kind, _in_words([f"{code} {those[code]}" for code in codes]))}


def _listed(sentence: CodingChange | None) -> dict[int, str]:
    text = (sentence and old_value(sentence)) or ""
    return {int(match["code"]): match["name"] for match in _LISTED_PARTICIPANT.finditer(text)}


def _by_code(stored_side: Any) -> dict[int, str]:
    if not isinstance(stored_side, Sequence):
        return {}
    members = (Participant.model_validate(member) for member in stored_side)
    return {member.code: member.name for member in members if member.code is not None}


def _in_words(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def own_sentences(
    typed: Sequence[CodingChange], own: Sequence[CodingChange], printed: Sequence[CodingChange]
) -> tuple[CodingChange, ...]:
    """The record's own sentences after a coder has edited the printed paragraph to ``typed``.

    Sentences that the log words and the coder left alone stay the log's; the record's own that
    the log had replaced or hidden stay with the record; all that the coder wrote is its own now.
    """
    replaced = {sentence.field: sentence for sentence in own if sentence not in printed}
    kept: list[CodingChange] = []
    for sentence in typed:
        if sentence not in printed or sentence in own:
            kept.append(sentence)
            replaced.pop(sentence.field, None)
        elif sentence.field in replaced:
            kept.append(replaced.pop(sentence.field))
    gone = {sentence.field for sentence in printed} - {sentence.field for sentence in typed}
    hidden = [sentence for kind, sentence in replaced.items() if kind not in gone]
    return (*kept, *hidden)
