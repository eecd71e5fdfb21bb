"""The readable log: one line for each field that a step changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mideditor.domain.counting import plural
from mideditor.domain.fields import FIELDS, printed_stored
from mideditor.domain.record import RecordId
from mideditor.domain.reports.log_line import LogLine
from mideditor.domain.steps import WHOLE_RECORD, FieldChange, Step, StepKind
from mideditor.session.session import Session


@dataclass(frozen=True)
class LogFilter:
    """Which lines to show; None matches all."""

    record: RecordId | None = None
    dispute: int | None = None
    field: str | None = None
    author: str | None = None

    def matches(self, line: LogLine) -> bool:
        """Whether the filter shows a line."""
        return (
            (self.dispute is None or line.dispute_number == self.dispute)
            and (self.field is None or line.field == self.field)
            and (self.author is None or line.author == self.author)
        )


def log_lines(session: Session, criteria: LogFilter = LogFilter()) -> Iterator[LogLine]:
    """The lines of the log, oldest first; an import of many records is one line."""
    if criteria.record is not None:
        lines = (
            _line(session, step, change)
            for step, change in session.history.changes_of(criteria.record)
            if _is_shown(change)
        )
    else:
        lines = (line for step in session.history.steps for line in log_lines_of(session, step))
    return filter(criteria.matches, lines)


def log_lines_of(session: Session, step: Step) -> Iterator[LogLine]:
    """The lines of one step; records added or removed together are one line."""
    whole = [change for change in step.changes if change.field == WHOLE_RECORD]
    added = [change for change in whole if change.new is not None]
    removed = [change for change in whole if change.new is None]
    for changes in filter(None, (added, removed)):
        yield (
            _line(session, step, changes[0])
            if len(changes) == 1
            else _summary(session, step, changes)
        )
    if step.explains or step.kind is StepKind.WORD or (step.kind is StepKind.SKIP and step.reason):
        yield _without_changes(session, step)
    for change in step.changes:
        if change.field != WHOLE_RECORD and _is_shown(change):
            yield _line(session, step, change)


def _is_shown(change: FieldChange) -> bool:
    """Whether the log shows a change. The place of a record in its source is internal."""
    return change.field != "place"


def _summary(session: Session, step: Step, whole: list[FieldChange]) -> LogLine:
    one = _line(session, step, whole[0])
    old, new = (f"{len(whole)} records {state}" for state in (one.old, one.new))
    return replace(one, record=None, dispute_number=None, label="Records", old=old, new=new)


def _without_changes(session: Session, step: Step) -> LogLine:
    """The line of a step without field changes: about other steps, a word or skipped records."""
    label, new, reason = _label_new_and_reason(step)
    return LogLine(
        step=step.number,
        time=step.time,
        author=step.author,
        kind=step.kind.value,
        kind_label=step.kind.label,
        record=None,
        dispute_number=None,
        field=step.kind.value,
        label=label,
        original="",
        old="",
        new=new,
        reason=reason,
        citation=step.citation,
        undoes=None,
        stands=session.history.stands(step),
    )


def _label_new_and_reason(step: Step) -> tuple[str, str, str]:
    """The label, the new value and the reason."""
    if step.kind is StepKind.WORD:
        return "Word list", step.reason, ""
    if step.kind is StepKind.SKIP:
        return "Not added", step.reason, ""
    numbers = ", ".join(map(str, step.explains))
    steps = f"of {plural(len(step.explains), 'step')} {numbers}"
    return "Reason" if step.kind is StepKind.REASON else "Accepted", steps, step.reason


def _line(session: Session, step: Step, change: FieldChange) -> LogLine:
    reason_step = session.history.reason_step(step)
    whole = change.field == WHOLE_RECORD
    name = change.field
    original = None if whole else session.original_values(change.record)[name]
    return LogLine(
        step=step.number,
        time=step.time,
        author=step.author,
        kind=step.kind.value,
        kind_label=step.kind.label,
        record=change.record,
        dispute_number=_dispute_number(session, change.record),
        field=name,
        label="Record" if whole else FIELDS[name].label if name in FIELDS else name,
        original="" if whole else printed_stored(name, original),
        old=_presence(change.old) if whole else printed_stored(name, change.old),
        new=_presence(change.new) if whole else printed_stored(name, change.new),
        reason=reason_step.reason,
        citation=reason_step.citation,
        undoes=step.undoes,
        stands=session.history.stands(step),
    )


def _presence(record_digest: str | None) -> str:
    return "not in the project" if record_digest is None else "in the project"


def _dispute_number(session: Session, record: RecordId) -> int | None:
    document = session.documents().get(record)
    number = document.get("dispute_number") if document else None
    return number if isinstance(number, int) else None
