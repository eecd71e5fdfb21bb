"""What is marked in a record's text, and what a mark has to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from mideditor.domain.fields import FIELDS
from mideditor.domain.mentions import DayOfYear, DisputeNumber, Mention, mentions_in
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import Entry, Evidence, Record, RecordId
from mideditor.domain.states import State
from mideditor.domain.titles import printed_dates, printed_participants, record_title
from mideditor.session.session import Session
from mideditor.session.texts.doubtful import UncertainReading
from mideditor.session.texts.marking_evidence import places
from mideditor.session.texts.spelling_marks import Misspelling, Spelling

_MOST_YEARS = 3


class MarkKind(StrEnum):
    """What a mark is for; in the order in which one lies over another."""

    EVIDENCE = auto()
    DATE = auto()
    STATE = auto()
    REFERENCE = auto()
    DOUBT = auto()
    SPELLING = auto()


@dataclass(frozen=True)
class Mark:
    """Characters ``start`` to ``end`` (not included) of a text, marked for a reason.

    ``what`` is what was found there: a mention, a misspelling, evidence or a doubt’s question.
    """

    start: int
    end: int
    kind: MarkKind
    what: Mention | Misspelling | Evidence | str


def text_marks(
    session: Session, record: RecordId, field: str, text: str, spelling: Spelling | None
) -> list[Mark]:
    """The marks of a text as it is being edited; without ``spelling`` none for misspelt words."""
    marks = [
        Mark(mention.start, mention.end, _kind_of(mention), mention)
        for mention in mentions_in(text, session.states)
    ]
    now = session.record(record)
    if field == "narrative":
        for evidence, place in places(now, text):
            marks.append(Mark(*place, MarkKind.EVIDENCE, evidence))
    for doubt in now.doubts:
        at = text.find(doubt.quote) if doubt.field == field else -1
        if at >= 0:
            before, words, _, _ = UncertainReading(record, "", doubt, "", "").in_context()
            start = at + len(before)
            marks.append(Mark(start, start + len(words), MarkKind.DOUBT, doubt.question))
    found = spelling.marks(record, text) if spelling is not None else []
    return marks + [Mark(one.start, one.end, MarkKind.SPELLING, one) for one in found]


def marks_at(marks: Sequence[Mark], position: int) -> list[Mark]:
    """The marks over a place in the text, also just after their last character."""
    return [mark for mark in marks if mark.start <= position <= mark.end]


def told(session: Session, record: RecordId, mark: Mark) -> str:
    """What a mark has to tell."""
    what = mark.what
    if isinstance(what, str):
        return f"Doubtful reading: {what}"
    if isinstance(what, Misspelling):
        meant = f" Perhaps “{what.meant}”?" if what.meant else ""
        return f"“{what.word}” may be misspelt.{meant}"
    if isinstance(what, Evidence):
        return f"Evidence for {FIELDS[what.field].label}."
    meaning = what.meaning
    if isinstance(meaning, DisputeNumber):
        return _of_reference(session, meaning.number)
    if isinstance(meaning, State):
        return _of_state(meaning, session.record(record))
    if isinstance(meaning, DayOfYear):
        return _of_day(meaning, session.record(record))
    return _of_date(meaning)


def target_of(session: Session, mark: Mark) -> RecordId | None:
    """The record that a reference leads to, an entry first; None where there is none."""
    what = mark.what
    if not isinstance(what, Mention) or not isinstance(what.meaning, DisputeNumber):
        return None
    found = session.with_number(what.meaning.number)
    entries = [one for one in found if isinstance(session.record(one), Entry)]
    return next(iter(entries or found), None)


def _kind_of(mention: Mention) -> MarkKind:
    if isinstance(mention.meaning, DisputeNumber):
        return MarkKind.REFERENCE
    return MarkKind.STATE if isinstance(mention.meaning, State) else MarkKind.DATE


def _of_reference(session: Session, number: int) -> str:
    found = session.with_number(number)
    if not found:
        return f"MID {number} is not in this project."
    lines = []
    for one in found:
        record = session.record(one)
        kind = "" if isinstance(record, Entry) else " (cross-reference)"
        lines.append(f"{record_title(record)}{kind}: {printed_dates(record)}")
        lines.append(printed_participants(record))
    return "\n".join(lines)


def _of_state(state: State, record: Record) -> str:
    spells = "; ".join(map(str, state.memberships)) or "not known"
    lines = [f"{state} ({state.abbreviation})", f"Member of the system: {spells}."]
    start, end = getattr(record, "start_date", None), getattr(record, "end_date", None)
    if isinstance(start, PartialDate) and isinstance(end, PartialDate):
        verb = "A member" if state.is_member(start, end) else "Not a member"
        lines.append(f"{verb} on the dispute’s dates ({printed_dates(record)}).")
    return "\n".join(lines)


def _of_day(day: DayOfYear, record: Record) -> str:
    start, end = getattr(record, "start_date", None), getattr(record, "end_date", None)
    told = f"{day}: no year is given."
    if not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
        return told
    years = range(start.year, max(start.year, end.year) + 1)
    days = filter(None, map(day.in_year, years))
    meant = [one for one in days if start.earliest <= one.earliest <= end.latest]
    if not meant:
        return f"{told}\nIt is not within the dispute’s dates ({printed_dates(record)})."
    weekdays = "; ".join(f"{one}: {one.earliest:%A}" for one in meant[:_MOST_YEARS])
    return f"{told}\nWithin the dispute’s dates: {weekdays}."


def _of_date(date: PartialDate) -> str:
    if date.day is not None:
        return f"{date}: a {date.earliest:%A}."
    precision = "a year" if date.month is None else "a month"
    return f"{date}: {precision}, no day is given."
