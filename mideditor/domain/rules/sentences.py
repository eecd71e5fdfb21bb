"""The Coding changes: against the log, and against the fields that they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mideditor.domain.codes import NotACode, parse_code
from mideditor.domain.coding_sentences import OPENINGS, old_value
from mideditor.domain.fields import FIELDS
from mideditor.domain.partial_date import NotADate, PartialDate, parse_date
from mideditor.domain.printed_changes import (
    is_reworded,
    printed_coding_changes,
    sentence_slot,
    sentences_of,
    wanted_sentences,
)
from mideditor.domain.record import CodingChange, Entry, Record
from mideditor.domain.rules import Fix, Severity
from mideditor.domain.rules.case import Case, Found, label_of, sides_of

_MISSING = "Missing"
_DAYS = {"start_day": "start_date", "end_day": "end_date"}
_DATES = ("start_date", "end_date")
_FIELD = "coding_changes"
_LISTED_STATE = re.compile(r"([0-9]+) (.+?)(?=,? and [0-9]|, [0-9]|$)")


def reason_given(case: Case) -> Iterator[Found]:
    """A coding change without a reason."""
    for name in sorted(case.reasonless):
        label = label_of(case.record, name)
        yield Found(name, (), f"{label}: the coding change still owes its reason.")


def sentence_and_log(case: Case) -> Iterator[Found]:
    """A coder's wording that names another old value than the log, or that is not printed."""
    own = [s for s in sentences_of(case.record) if sentence_slot(s) and is_reworded(s, case.coding)]
    if not own:
        return
    wanted = wanted_sentences(case.record, case.coding)
    printed = printed_coding_changes(case.record, case.coding)
    for sentence in own:
        place, text = sentence_slot(sentence), sentence.text
        expected = wanted.get(place) if place else None
        if sentence not in printed:
            message = f"“{text}” is not printed: no coding change in the log calls for it."
            fix = _without(case.record, sentence, "Take the sentence out")
            yield Found(_FIELD, (text,), message, text, fix, Severity.NOTICE)
        elif expected is not None and (old_value(expected) or "") not in text:
            message = f"“{text}” disagrees with the log, which says “{expected.text}”"
            fix = _without(case.record, sentence, "Print the log’s sentence")
            yield Found(_FIELD, (text, expected.text), message, text, fix)


def _without(record: Record, sentence: CodingChange, label: str) -> Fix:
    """One way to settle it: the log has its own sentence. The other is to accept the finding."""
    kept = tuple(one for one in sentences_of(record) if one != sentence)
    return Fix(label, {_FIELD: kept})


def sentence_and_fields(case: Case) -> Iterator[Found]:
    """A printed sentence that the entry's own fields contradict, or that names no value.

    *Outcome changed from X* names the outcome that the entry prints, all through the book; that
    is not told again for each entry.
    """
    if not isinstance(case.record, Entry) or not sentences_of(case.record):
        return
    for sentence in printed_coding_changes(case.record, case.coding):
        complaint = _complaint(sentence, case.record)
        if complaint and not is_reworded(sentence, case.coding):
            message = f"“{sentence.text}”: {complaint}."
            yield Found(_FIELD, (sentence.text, complaint), message, sentence.text)


def sentences_in_order(case: Case) -> Iterator[Found]:
    """Sentences of one kind that stand twice, or not in the order in which the book has them."""
    order = list(OPENINGS)
    kinds = [sentence.field for sentence in sentences_of(case.record) if sentence.field]
    for kind in dict.fromkeys(kinds):
        if kinds.count(kind) > 1:
            message = f"“{OPENINGS[kind].strip()} …” stands {kinds.count(kind)} times."
            yield Found(_FIELD, (kind, kinds.count(kind)), message, OPENINGS[kind].strip())
    places = [order.index(kind) for kind in dict.fromkeys(kinds)]
    for before, after in pairwise(places):
        if before > after:
            first, second = OPENINGS[order[after]].strip(), OPENINGS[order[before]].strip()
            message = f"The book has “{first} …” before “{second} …”."
            yield Found(_FIELD, (order[after], order[before]), message, first)


def _complaint(sentence: CodingChange, record: Entry) -> str:
    """What is wrong with what a sentence says; empty where nothing is."""
    told, changed = old_value(sentence), sentence.field
    if told is None or changed is None or changed == "participant_changed":
        return ""
    if not told:
        return "it does not say from what"
    if changed in ("added", "dropped"):
        return _complaint_of_list(sentence, record)
    if changed in _DAYS:
        return _complaint_of_day(told, getattr(record, _DAYS[changed]))
    if changed in _DATES:
        return _complaint_of_date(told, getattr(record, changed))
    return _complaint_of_code(told, changed, getattr(record, changed))


def _complaint_of_list(sentence: CodingChange, record: Record) -> str:
    listed = _LISTED_STATE.findall(old_value(sentence) or "")
    sides = sides_of(record)
    if not listed or not sides:
        return "" if listed else "it names no state"
    codes = {member.code for side in sides.values() for member in side}
    wrong = [
        f"{code} {name}"
        for code, name in listed
        if (int(code) in codes) == (sentence.field == "dropped")
    ]
    if not wrong:
        return ""
    named = " and ".join(wrong)
    return f"{named} still takes part" if sentence.field == "dropped" else f"{named} takes no part"


def _complaint_of_day(told: str, now: object) -> str:
    if told != _MISSING:
        return "only a missing day is told like this"
    if isinstance(now, PartialDate) and now.day is None:
        return f"the date ({now}) has no day now either"
    return ""


def _complaint_of_date(told: str, now: object) -> str:
    if told == _MISSING:
        return ""
    try:
        before = parse_date(told)
    except NotADate:
        return f"“{told}” is not a date"
    return "the date is still the same" if before == now else ""


def _complaint_of_code(told: str, changed: str, now: object) -> str:
    codes = FIELDS[changed].codes
    try:
        before = parse_code(told, codes) if codes else None
    except NotACode:
        return f"“{told}” is no {FIELDS[changed].label.lower()}"
    same = before == now and changed != "outcome"
    return f"{FIELDS[changed].label} is still {told}" if same else ""
