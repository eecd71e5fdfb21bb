"""Checks: one function each, from a record and what is known of it to what a coder should see.

To add a check, write a function from `Case` to findings and add it to `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from mideditor.domain.coding_sentences import old_value
from mideditor.domain.fields import fields_of
from mideditor.domain.partial_date import PartialDate, is_after
from mideditor.domain.printed_changes import (
    Coding,
    is_wording,
    place_of,
    printed_coding_changes,
    sentences_of,
    wanted_sentences,
)
from mideditor.domain.record import (
    CrossReference,
    Entry,
    Fragment,
    Participant,
    Record,
    Unread,
)
from mideditor.domain.states import State, StateList, folded_name


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True)
class Finding:
    """What a check has to say about one field of a record, and the words of it, if only some."""

    rule: str
    field: str
    severity: Severity
    message: str
    quote: str = ""


@dataclass(frozen=True)
class Case:
    """A record with all that the checks may look at.

    ``coding`` is what the log knows of its coding; ``reasonless`` names the fields with a coding
    change that still owes its reason.
    """

    record: Record
    original: Record
    states: StateList
    coding: Coding = field(default_factory=Coding)
    reasonless: frozenset[str] = frozenset()


# What every entry prints.
_REQUIRED = (
    "dispute_number",
    "start_date",
    "end_date",
    "side_a",
    "side_b",
    "outcome",
    "settlement",
    "fatalities",
    "narrative",
)

Rule = Callable[[Case], Iterable[Finding]]


def unread_text(case: Case) -> Iterator[Finding]:
    """A field whose printed text could not be read."""
    for name, row in fields_of(case.record.kind).items():
        value = getattr(case.record, name)
        if isinstance(value, Unread):
            yield Finding(
                "unread text",
                name,
                Severity.ERROR,
                f"{row.label}: “{value.unread}” could not be read. Type what it should be.",
            )


def missing_field(case: Case) -> Iterator[Finding]:
    """A field that every entry prints and this one lacks."""
    if not isinstance(case.record, Entry):
        return
    for name in _REQUIRED:
        if getattr(case.record, name) in (None, ()):
            label = fields_of("entry")[name].label
            yield Finding("missing field", name, Severity.WARNING, f"{label} is empty.")


def dates_in_order(case: Case) -> Iterator[Finding]:
    """A dispute that certainly ends before it starts."""
    start, end = (getattr(case.record, name, None) for name in ("start_date", "end_date"))
    if isinstance(start, PartialDate) and isinstance(end, PartialDate) and is_after(start, end):
        yield Finding(
            "dates in order",
            "end_date",
            Severity.ERROR,
            f"The dispute ends ({end}) before it starts ({start}).",
        )


def number_of_mid_line(case: Case) -> Iterator[Finding]:
    """A MID# line that bears another number than the entry."""
    number = getattr(case.record, "mid_number", None)
    if number is not None:
        yield Finding(
            "number of the MID# line",
            "dispute_number",
            Severity.WARNING,
            f"The line above the entry says MID#{number}, "
            f"the entry itself {_shown(case.record, 'dispute_number')}.",
        )


def known_states(case: Case) -> Iterator[Finding]:
    """A participant whose code or name is not in the state list."""
    for name in ("side_a", "side_b"):
        side = getattr(case.record, name, ())
        for member in () if isinstance(side, Unread) else side:
            state = case.states.get(member.code)
            if state is None:
                yield Finding("known states", name, Severity.ERROR, _unknown(member))
            elif member.name and not _is_called(state, member.name):
                message = f"{member}: the state list calls it {state.name}."
                yield Finding("known states", name, Severity.NOTICE, message)


def both_sides(case: Case) -> Iterator[Finding]:
    """A state that stands on both sides, or twice on one."""
    if not isinstance(case.record, Entry) or isinstance(case.record.side_a, Unread):
        return
    seen: set[int] = set()
    for name, side in (("side_a", case.record.side_a), ("side_b", case.record.side_b)):
        for member in side:
            if member.code is None:
                continue
            if member.code in seen:
                yield Finding(
                    "participants once",
                    name,
                    Severity.ERROR,
                    f"{member} takes part more than once.",
                )
            seen.add(member.code)


def doubtful_reading(case: Case) -> Iterator[Finding]:
    """A guess of the reader that nobody has decided."""
    for doubt in case.record.doubts:
        yield Finding("doubtful reading", doubt.field, Severity.NOTICE, doubt.question, doubt.quote)


def reason_given(case: Case) -> Iterator[Finding]:
    """A coding change without a reason."""
    for name in sorted(case.reasonless):
        label = fields_of(case.record.kind)[name].label
        message = f"{label}: the coding change still owes its reason."
        yield Finding("reason given", name, Severity.NOTICE, message)


def sentence_and_log(case: Case) -> Iterator[Finding]:
    """A coder's wording that names another old value than the log, or that is not printed."""
    wanted = wanted_sentences(case.record, case.coding)
    printed = printed_coding_changes(case.record, case.coding)
    for sentence in sentences_of(case.record):
        place = place_of(sentence)
        if place is None or not is_wording(sentence, case.coding):
            continue
        expected = wanted.get(place)
        if sentence not in printed:
            message = f"“{sentence.text}” is not printed: no coding change in the log calls for it."
            yield Finding("sentence and log", "coding_changes", Severity.NOTICE, message)
        elif expected is not None and (old_value(expected) or "") not in sentence.text:
            message = f"“{sentence.text}” disagrees with the log, which says “{expected.text}”"
            yield Finding("sentence and log", "coding_changes", Severity.WARNING, message)


def incomplete_reference(case: Case) -> Iterator[Finding]:
    """A cross-reference without its number, month or target."""
    if not isinstance(case.record, CrossReference):
        return
    for name in ("dispute_number", "started", "see"):
        if getattr(case.record, name) is None:
            label = fields_of("cross_reference")[name].label
            yield Finding("missing field", name, Severity.WARNING, f"{label} is empty.")


def fragment_placed(case: Case) -> Iterator[Finding]:
    """Text that belongs to no record of its source."""
    if isinstance(case.record, Fragment):
        message = "This text belongs to a record that begins outside the imported text."
        yield Finding("fragment", "narrative", Severity.NOTICE, message)


RULES: tuple[Rule, ...] = (
    unread_text,
    missing_field,
    dates_in_order,
    number_of_mid_line,
    known_states,
    both_sides,
    doubtful_reading,
    reason_given,
    sentence_and_log,
    incomplete_reference,
    fragment_placed,
)


def findings_of(case: Case) -> list[Finding]:
    """All that the checks have to say about a record."""
    return [finding for rule in RULES for finding in rule(case)]


def _shown(record: Record, name: str) -> str:
    value = getattr(record, name)
    return value.unread if isinstance(value, Unread) else str(value)


def _is_called(state: State, name: str) -> bool:
    return folded_name(name) in map(folded_name, state.names)


def _unknown(member: Participant) -> str:
    if member.code is None:
        return f"“{member}” has no state code. Choose the state from the list."
    return f"{member}: the state list has no code {member.code}."
