"""Rules that compare the *Coding changes* with the log and with the fields they report on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mideditor.domain.codes import NotACode, parse_code
from mideditor.domain.coding_sentences import OPENINGS, old_value
from mideditor.domain.fields import Editor, FieldRow, fields_with_sentences
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
from mideditor.domain.rules.context import Problem, RuleContext, label_of, sides_of

_MISSING = "Missing"
_FIELD_OF = {kind: row for row in fields_with_sentences() for kind in row.sentences}
_FIELD = "coding_changes"
_LISTED_STATE = re.compile(r"([0-9]+) (.+?)(?=,? and [0-9]|, [0-9]|$)")


def reason_given(context: RuleContext) -> Iterator[Problem]:
    """A coding change without a reason."""
    for name in sorted(context.reasonless):
        label = label_of(context.record, name)
        yield Problem(name, (), f"{label}: the coding change still owes its reason.")


def sentence_and_log(context: RuleContext) -> Iterator[Problem]:
    """A coder's wording that names another old value than the log, or that is not printed."""
    own = [
        s
        for s in sentences_of(context.record)
        if sentence_slot(s) and is_reworded(s, context.coding)
    ]
    if not own:
        return
    wanted = wanted_sentences(context.record, context.coding)
    printed = printed_coding_changes(context.record, context.coding)
    for sentence in own:
        place, text = sentence_slot(sentence), sentence.text
        expected = wanted.get(place) if place else None
        if sentence not in printed:
            message = f"“{text}” is not printed: no coding change in the log calls for it."
            fix = _fix_removing(context.record, sentence, "Take the sentence out")
            yield Problem(_FIELD, (text,), message, text, fix, Severity.NOTICE)
        elif expected is not None and (old_value(expected) or "") not in text:
            message = f"“{text}” disagrees with the log, which says “{expected.text}”"
            fix = _fix_removing(context.record, sentence, "Print the log’s sentence")
            yield Problem(_FIELD, (text, expected.text), message, text, fix)


def _fix_removing(record: Record, sentence: CodingChange, label: str) -> Fix:
    """Remove the sentence in favour of the log's; the alternative is to accept the finding."""
    kept = tuple(one for one in sentences_of(record) if one != sentence)
    return Fix(label, {_FIELD: kept})


def sentence_and_fields(context: RuleContext) -> Iterator[Problem]:
    """A printed sentence that the entry's own fields contradict, or that names no value.

    *Outcome changed from X* names the outcome that the entry itself prints, throughout the book;
    that is not reported for each entry.
    """
    if not isinstance(context.record, Entry) or not sentences_of(context.record):
        return
    for sentence in printed_coding_changes(context.record, context.coding):
        contradiction = _contradiction(sentence, context.record)
        if contradiction and not is_reworded(sentence, context.coding):
            message = f"“{sentence.text}”: {contradiction}."
            yield Problem(_FIELD, (sentence.text, contradiction), message, sentence.text)


def sentences_in_order(context: RuleContext) -> Iterator[Problem]:
    """Sentences of one kind that stand twice, or not in the order in which the book has them."""
    order = list(OPENINGS)
    kinds = [sentence.field for sentence in sentences_of(context.record) if sentence.field]
    for kind in dict.fromkeys(kinds):
        if kinds.count(kind) > 1:
            message = f"“{OPENINGS[kind].strip()} …” stands {kinds.count(kind)} times."
            yield Problem(_FIELD, (kind, kinds.count(kind)), message, OPENINGS[kind].strip())
    places = [order.index(kind) for kind in dict.fromkeys(kinds)]
    for before, after in pairwise(places):
        if before > after:
            first, second = OPENINGS[order[after]].strip(), OPENINGS[order[before]].strip()
            message = f"The book has “{first} …” before “{second} …”."
            yield Problem(_FIELD, (order[after], order[before]), message, first)


def _contradiction(sentence: CodingChange, record: Entry) -> str:
    """How a sentence contradicts the entry, or what it lacks; empty if nothing is wrong."""
    old, changed = old_value(sentence), sentence.field
    if old is None or changed is None or changed == "participant_changed":
        return ""
    if not old:
        return "it does not say from what"
    field = _FIELD_OF[changed]
    if field.editor is Editor.PARTICIPANTS:
        return _contradiction_in_list(sentence, record)
    current = getattr(record, field.name)
    if field.editor is not Editor.DATE:
        return _contradiction_in_code(old, field, current)
    is_date = changed == field.sentences[0]
    return (_contradiction_in_date if is_date else _contradiction_in_day)(old, current)


def _contradiction_in_list(sentence: CodingChange, record: Record) -> str:
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


def _contradiction_in_day(old: str, current: object) -> str:
    if old != _MISSING:
        return "only a missing day is told like this"
    if isinstance(current, PartialDate) and current.day is None:
        return f"the date ({current}) has no day now either"
    return ""


def _contradiction_in_date(old: str, current: object) -> str:
    if old == _MISSING:
        return ""
    try:
        before = parse_date(old)
    except NotADate:
        return f"“{old}” is not a date"
    return "the date is still the same" if before == current else ""


def _contradiction_in_code(old: str, field: FieldRow, current: object) -> str:
    try:
        before = parse_code(old, field.codes) if field.codes else None
    except NotACode:
        return f"“{old}” is no {field.label.lower()}"
    same = before == current and field.name != "outcome"
    return f"{field.label} is still {old}" if same else ""
