"""Steps taken back and made again: what that changes, found out record by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mideditor.domain.record import RecordId, document_of
from mideditor.domain.steps import WHOLE_RECORD, FieldChange, Step, StepKind, record_digest
from mideditor.files.user_error import UserError
from mideditor.session.edit_plan import Plan, StalePlan, field_changes
from mideditor.session.history import History
from mideditor.session.project_view import ProjectView
from mideditor.session.work import CHECKED_AT_A_TIME, READ_AT_A_TIME, Work
from mideditor.store.document_table import Document, DocumentTable


class CannotUndo(UserError):
    """A step that cannot be taken back now."""


def to_undo(history: History, number: int | None = None) -> Step:
    """The last standing step, or step ``number``; raises CannotUndo where it cannot be undone."""
    step = history.next_undo if number is None else history.step(number)
    if step is None:
        raise CannotUndo(
            "There is nothing to undo."
            if number is None
            else f"There is no step {number}; the log has {len(history.steps)}."
        )
    if not history.can_undo(step):
        raise CannotUndo(
            f"Step {step.number} is a restore, and other steps came after it. Undo them first."
            if step.kind is StepKind.RESTORE
            else f"Step {step.number} does not stand: it is an undo or was undone."
        )
    return step


def to_redo(history: History) -> Step:
    """The step that was last taken back; raises CannotUndo."""
    if history.next_redo is None:
        raise CannotUndo("There is nothing to redo.")
    return history.next_redo


def records_of(step: Step | None) -> int:
    """How many records a step has changed."""
    return len({change.record for change in step.changes}) if step else 0


def reversal(reading: ProjectView, step: Step, kind: StepKind) -> Work[Plan]:
    """Plan to take a step back or, with the kind of a redo, to make it again.

    Progress counts records. Raises CannotUndo, or StalePlan if a step is made in between.
    """
    after = len(reading.history.steps)
    changes = step.changes if kind is StepKind.REDO else [c.reversed() for c in step.changes]
    by_record: defaultdict[RecordId, list[FieldChange]] = defaultdict(list)
    for change in changes:
        by_record[change.record].append(change)
    documents: dict[RecordId, Document | None] = {}
    as_they_went: dict[RecordId, Document] = {}
    for done, (record, its) in enumerate(by_record.items(), start=1):
        document = _reversed(reading, step, record, its)
        goes = any(change.field == WHOLE_RECORD and change.new is None for change in its)
        documents[record] = None if goes else document
        if goes and document:
            as_they_went[record] = document
        if done % CHECKED_AT_A_TIME == 0:
            yield done, len(by_record)
            if len(reading.history.steps) != after:
                raise StalePlan
    return Plan(kind, tuple(changes), documents, after, step.number, as_they_went)


def return_to(reading: ProjectView, number: int, documents: DocumentTable) -> Work[Plan]:
    """Plan to bring every record back to ``documents``, its state after step ``number``.

    What stood then stands again. Progress counts records.
    """
    after, now = len(reading.history.steps), reading.store.contents.records
    changes: list[FieldChange] = []
    changed: dict[RecordId, Document | None] = {}
    records = sorted(now.keys() | documents.keys())
    for done, record in enumerate(records, start=1):
        is_same = now.is_same(record, documents)
        then = None if is_same else documents.get(record)
        differing = [] if is_same else _between(reading, record, now.get(record), then)
        if differing:
            changes += differing
            changed[record] = then
        if differing or done % READ_AT_A_TIME == 0:
            yield done, len(records)
    return Plan(StepKind.RESTORE, tuple(changes), changed, after, number)


def _between(
    reading: ProjectView, record: RecordId, before: Document | None, after: Document | None
) -> list[FieldChange]:
    if before is not None and after is not None:
        return field_changes(record, before, after)
    old, new = (
        document and record_digest(reading.validated(record, document))
        for document in (before, after)
    )
    whole = FieldChange(record=record, field=WHOLE_RECORD, old=old, new=new)
    as_it_went = reading.removed_documents().get(record)
    if after is None or as_it_went is None:
        return [whole]
    return [whole, *field_changes(record, as_it_went, after)]


def _reversed(
    reading: ProjectView, step: Step, record: RecordId, changes: Sequence[FieldChange]
) -> Document | None:
    """The record after its changes; None for one that goes as it is."""
    document: Document | None = None
    for change in changes:
        if change.field == WHOLE_RECORD:
            document = _whole(reading, change, step)
        else:
            document = document or dict(reading.document(record))
            _expect(document.get(change.field) == change.old, reading, change, step)
            document[change.field] = change.new
    return document and _canonical(reading, record, document, step)


def _canonical(reading: ProjectView, record: RecordId, document: Document, step: Step) -> Document:
    """The stored form of a record put together again, which must say no more than that."""
    canonical = document_of(reading.validated(record, document))
    for change in field_changes(record, document, canonical):
        _expect(False, reading, change, step)
    return canonical


def _whole(reading: ProjectView, change: FieldChange, step: Step) -> Document | None:
    if change.new is None:
        now = record_digest(reading.record(change.record))
        _expect(now == change.old, reading, change, step)
        return None
    removed = reading.removed_documents()
    if change.record not in removed:
        raise CannotUndo(
            f"Record {change.record} is not in the project any more: another program took it "
            "out of the file. File > Restore from backup can bring it back."
        )
    return removed[change.record]


def _expect(unchanged: bool, reading: ProjectView, change: FieldChange, step: Step) -> None:
    if unchanged:
        return
    later = [
        other.number
        for other, its in reading.history.changes_of(change.record)
        if other.number > step.number
        and (its.field == change.field or change.field == WHOLE_RECORD)
    ]
    raise CannotUndo(
        f"Step {step.number} cannot be undone by itself: record {change.record}, "
        f"{change.field}, was changed again in step {later[-1] if later else '?'}. "
        "Undo the later step first."
    )
