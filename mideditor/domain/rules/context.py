"""The input and the result of a rule, and what rules often ask of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from mideditor.domain.fields import fields_of
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.printed_changes import Coding
from mideditor.domain.record import Entry, Participant, Record, RecordId
from mideditor.domain.rules import Fix, Severity
from mideditor.domain.rules.record_index import RecordIndex
from mideditor.domain.states import StateList


@dataclass(frozen=True)
class RuleContext:
    """A record and everything that the rules may look at.

    ``coding`` are its coding changes according to the log; ``reasonless`` names the fields with a
    coding change that still needs a reason; ``id`` is the record's id in ``index``, which gives
    access to the other records of the project.
    """

    record: Record
    original: Record
    states: StateList
    coding: Coding = field(default_factory=Coding)
    reasonless: frozenset[str] = frozenset()
    id: RecordId = 0
    index: RecordIndex = field(default_factory=RecordIndex)
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Problem:
    """What a rule has found in a field; ``about`` are the values that the message is about.

    ``severity`` None means that of the rule.
    """

    field: str
    about: tuple[object, ...]
    message: str
    quote: str = ""
    fix: Fix | None = None
    severity: Severity | None = None


RuleFunction = Callable[[RuleContext], Iterable[Problem]]


def label_of(record: Record, field_name: str) -> str:
    """The label of a field on screen."""
    return fields_of(record.kind)[field_name].label


def period_of(record: Record) -> tuple[PartialDate, PartialDate] | None:
    """Start and end of an entry; None if one is missing or unread, or if they are out of order."""
    if not isinstance(record, Entry):
        return None
    start, end = record.start_date, record.end_date
    if not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
        return None
    return (start, end) if start.earliest <= end.latest else None


def sides_of(record: Record) -> dict[str, tuple[Participant, ...]]:
    """The participants of an entry by side; empty if they could not be read."""
    if not isinstance(record, Entry) or not isinstance(record.side_a, tuple):
        return {}
    return {"side_a": record.side_a, "side_b": record.side_b}


def codes_by_side(record: Record) -> tuple[frozenset[int], frozenset[int]] | None:
    """The state codes of side A and of side B; None if a side is empty or unread."""
    sides = [
        frozenset(member.code for member in side if member.code is not None)
        for side in sides_of(record).values()
    ]
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


def are_opposed(codes: Iterable[int], record: Record) -> bool | None:
    """Whether two states are on opposite sides of an entry; None if its sides are unknown."""
    sides = codes_by_side(record)
    if sides is None:
        return None
    first, second = codes
    one, other = sides
    return (first in one and second in other) or (first in other and second in one)
