"""The readable log: one line for each field that a step changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mideditor.domain.changes import (
    WHOLE_RECORD,
    ChangeKind,
    CoderNamed,
    FieldChanged,
    NewRecordDismissed,
    RecordAdded,
    RecordChange,
    RecordTakenOut,
    StepsExplained,
    StepsReviewed,
    WordAdded,
)
from mideditor.domain.coders import Coders
from mideditor.domain.counting import plural
from mideditor.domain.fields import FIELDS, printed_stored
from mideditor.domain.record import RecordId
from mideditor.domain.reports.log_line import LogLine
from mideditor.domain.steps import Step
from mideditor.session.session import Session

_PRESENT, _ABSENT = "in the project", "not in the project"


@dataclass(frozen=True)
class LogFilter:
    """Which lines to show; None matches all. ``author`` is any signature of a coder."""

    record: RecordId | None = None
    dispute: int | None = None
    field: str | None = None
    author: str | None = None

    def matches(self, line: LogLine, coders: Coders) -> bool:
        """Whether the filter shows a line."""
        return (
            (self.dispute is None or line.dispute_number == self.dispute)
            and (self.field is None or line.field == self.field)
            and (self.author is None or coders.are_one(self.author, line.author))
        )


def log_lines(session: Session, criteria: LogFilter = LogFilter()) -> Iterator[LogLine]:
    """The lines of the log, oldest first; an import of many records is one line."""
    if criteria.record is not None:
        lines = _lines_of_record(session, criteria.record)
    else:
        lines = (line for step in session.history.steps for line in log_lines_of(session, step))
    coders = session.history.coders
    return (line for line in lines if criteria.matches(line, coders))


def log_lines_of(session: Session, step: Step) -> Iterator[LogLine]:
    """The lines of one step; records added or taken out together are one line."""
    for kind in (RecordAdded, RecordTakenOut):
        whole = [change for change in step.record_changes if isinstance(change, kind)]
        if len(whole) == 1:
            yield _record_line(session, step, whole[0])
        elif whole:
            yield _summary(session, step, whole)
    yield from _notes(session, step)
    for change in _one_of_each_field(step.record_changes):
        yield _field_line(session, step, change)


def _lines_of_record(session: Session, record: RecordId) -> Iterator[LogLine]:
    steps = {step.number: step for step, _ in session.history.changes_of(record)}
    for step in steps.values():
        changes = [change for change in step.record_changes if change.record == record]
        for change in changes:
            if change.field == WHOLE_RECORD:
                yield _record_line(session, step, change)
        for change in _one_of_each_field(changes):
            yield _field_line(session, step, change)


def _one_of_each_field(changes: Iterable[RecordChange]) -> Sequence[RecordChange]:
    """One change for each field of a record, though a list may have changed by several items.

    The place of a record in its source is internal and not shown.
    """
    first: dict[tuple[RecordId, str], RecordChange] = {}
    for change in changes:
        if change.field not in (WHOLE_RECORD, "place"):
            first.setdefault((change.record, change.field), change)
    return list(first.values())


def _summary(session: Session, step: Step, whole: Sequence[RecordChange]) -> LogLine:
    one = _record_line(session, step, whole[0])
    old, new = (f"{len(whole)} records {state}" for state in (one.old, one.new))
    return replace(one, record=None, dispute_number=None, label="Records", old=old, new=new)


def _notes(session: Session, step: Step) -> Iterator[LogLine]:
    """The lines of what a step says about other steps or about the project."""
    unwanted = [one.key for one in step.changes if isinstance(one, NewRecordDismissed)]
    if unwanted:
        yield _note(session, step, ChangeKind.SKIP, "Not added", "\n".join(unwanted))
    for change in step.changes:
        if isinstance(change, CoderNamed):
            yield _note(session, step, change.kind, "Coder", f"{change.alias} is {change.name}")
        elif isinstance(change, WordAdded):
            yield _note(session, step, change.kind, "Word list", change.word)
        elif isinstance(change, StepsExplained | StepsReviewed):
            numbers = session.history.explained_by(step)
            steps = f"of {plural(len(numbers), 'step')} {', '.join(map(str, numbers))}"
            label = "Reason" if isinstance(change, StepsExplained) else "Accepted"
            note = _note(session, step, change.kind, label, steps)
            yield replace(note, reason=step.reason_of(change), citation=step.citation_of(change))


def _note(session: Session, step: Step, kind: ChangeKind, label: str, new: str) -> LogLine:
    return LogLine(
        step=step.number,
        time=step.time,
        author=step.author,
        kind=kind.value,
        kind_label=kind.label,
        record=None,
        dispute_number=None,
        field=kind.value,
        label=label,
        original="",
        old="",
        new=new,
        reason="",
        citation="",
        undoes=None,
        stands=session.history.stands(step),
    )


def _record_line(session: Session, step: Step, change: RecordChange) -> LogLine:
    old, new = _ABSENT, _PRESENT
    if isinstance(change, RecordTakenOut):
        old, new = new, old
    return _line(session, step, change, "Record", "", old, new)


def _field_line(session: Session, step: Step, change: RecordChange) -> LogLine:
    name = change.field
    old, new = _values(session, step, change)
    original = session.original_values(change.record).get(name)
    label = FIELDS[name].label if name in FIELDS else name
    printed = (printed_stored(name, value) for value in (original, old, new))
    return _line(session, step, change, label, *printed)


def _values(session: Session, step: Step, change: RecordChange) -> tuple[Any, Any]:
    """The stored value of a field before and after a step."""
    if isinstance(change, FieldChanged):
        return change.old, change.new
    return session.list_values(change.record)[step.number, change.field]


def _line(
    session: Session,
    step: Step,
    change: RecordChange,
    label: str,
    original: str,
    old: str,
    new: str,
) -> LogLine:
    history = session.history
    kind = step.kind_of(change)
    return LogLine(
        step=step.number,
        time=step.time,
        author=step.author,
        kind=kind.value,
        kind_label=kind.label,
        record=change.record,
        dispute_number=_dispute_number(session, change.record),
        field=change.field,
        label=label,
        original=original,
        old=old,
        new=new,
        reason=history.reason_of(step, change),
        citation=history.citation_of(step, change),
        undoes=history.reversed_by(step),
        stands=history.stands(step),
    )


def _dispute_number(session: Session, record: RecordId) -> int | None:
    document = session.documents().get(record)
    number = document.get("dispute_number") if document else None
    return number if isinstance(number, int) else None
