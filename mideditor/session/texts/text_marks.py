"""The marks in a record's text, and the description of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from mideditor.domain.fields import FIELDS
from mideditor.domain.kinds import KINDS
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
    """The kinds of marks, in drawing order: later ones are drawn over earlier ones."""

    EVIDENCE = auto()
    DATE = auto()
    STATE = auto()
    REFERENCE = auto()
    DOUBT = auto()
    SPELLING = auto()


@dataclass(frozen=True)
class Mark:
    """A marked span of a text: characters ``start`` to ``end`` (not included).

    ``what`` was found there: a mention, a misspelling, evidence or the question of a doubt.
    """

    start: int
    end: int
    kind: MarkKind
    what: Mention | Misspelling | Evidence | str


def text_marks(
    session: Session, record: RecordId, field: str, text: str, spelling: Spelling | None
) -> list[Mark]:
    """The marks of a text as it is being edited; None as ``spelling`` skips misspelt words."""
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
    """The marks at a position in the text, including just after their last character."""
    return [mark for mark in marks if mark.start <= position <= mark.end]


def describe_mark(session: Session, record: RecordId, mark: Mark) -> str:
    """The description of a mark, for a tool tip."""
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
        return _describe_reference(session, meaning.number)
    if isinstance(meaning, State):
        return _describe_state(meaning, session.record(record))
    if isinstance(meaning, DayOfYear):
        return _describe_day(meaning, session.record(record))
    return _describe_date(meaning)


def target_of(session: Session, mark: Mark) -> RecordId | None:
    """The record that a reference points to, preferably an entry; None if there is none."""
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


def _describe_reference(session: Session, number: int) -> str:
    found = session.with_number(number)
    if not found:
        return f"MID {number} is not in this project."
    lines = []
    for one in found:
        record = session.record(one)
        kind = "" if isinstance(record, Entry) else f" ({KINDS[record.kind].label})"
        lines.append(f"{record_title(record)}{kind}: {printed_dates(record)}")
        lines.append(printed_participants(record))
    return "\n".join(lines)


def _describe_state(state: State, record: Record) -> str:
    spells = "; ".join(map(str, state.memberships)) or "not known"
    lines = [f"{state} ({state.abbreviation})", f"Member of the system: {spells}."]
    start, end = getattr(record, "start_date", None), getattr(record, "end_date", None)
    if isinstance(start, PartialDate) and isinstance(end, PartialDate):
        verb = "A member" if state.is_member(start, end) else "Not a member"
        lines.append(f"{verb} on the dispute’s dates ({printed_dates(record)}).")
    return "\n".join(lines)


def _describe_day(day: DayOfYear, record: Record) -> str:
    start, end = getattr(record, "start_date", None), getattr(record, "end_date", None)
    text = f"{day}: no year is given."
    if not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
        return text
    years = range(start.year, max(start.year, end.year) + 1)
    days = filter(None, map(day.in_year, years))
    meant = [one for one in days if start.earliest <= one.earliest <= end.latest]
    if not meant:
        return f"{text}\nIt is not within the dispute’s dates ({printed_dates(record)})."
    weekdays = "; ".join(f"{one}: {one.earliest:%A}" for one in meant[:_MOST_YEARS])
    return f"{text}\nWithin the dispute’s dates: {weekdays}."


def _describe_date(date: PartialDate) -> str:
    if date.day is not None:
        return f"{date}: a {date.earliest:%A}."
    precision = "a year" if date.month is None else "a month"
    return f"{date}: {precision}, no day is given."
