"""Plans the changes of undo, redo and restore, record by record."""

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
    """The step cannot be undone now."""


def to_undo(history: History, number: int | None = None) -> Step:
    """The last step in force, or step ``number``; raises CannotUndo if it cannot be undone."""
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
    """The step that was undone last; raises CannotUndo if there is none."""
    if history.next_redo is None:
        raise CannotUndo("There is nothing to redo.")
    return history.next_redo


def records_of(step: Step | None) -> int:
    """How many records a step changed."""
    return len({change.record for change in step.changes}) if step else 0


def reversal(view: ProjectView, step: Step, kind: StepKind) -> Work[Plan]:
    """Plan the undo of a step or, for the kind REDO, its redo.

    Progress counts records. Raises CannotUndo, or StalePlan if another step is made meanwhile.
    """
    after = len(view.history.steps)
    changes = step.changes if kind is StepKind.REDO else [c.reversed() for c in step.changes]
    by_record: defaultdict[RecordId, list[FieldChange]] = defaultdict(list)
    for change in changes:
        by_record[change.record].append(change)
    documents: dict[RecordId, Document | None] = {}
    removed_as: dict[RecordId, Document] = {}
    for done, (record, of_record) in enumerate(by_record.items(), start=1):
        document = _record_after(view, step, record, of_record)
        is_removed = any(c.field == WHOLE_RECORD and c.new is None for c in of_record)
        documents[record] = None if is_removed else document
        if is_removed and document:
            removed_as[record] = document
        if done % CHECKED_AT_A_TIME == 0:
            yield done, len(by_record)
            if len(view.history.steps) != after:
                raise StalePlan
    return Plan(kind, tuple(changes), documents, after, step.number, removed_as)


def return_to(view: ProjectView, number: int, documents: DocumentTable) -> Work[Plan]:
    """Plan to restore every record to ``documents``, the state after step ``number``.

    The steps that were in force then will be in force again. Progress counts records.
    """
    after, now = len(view.history.steps), view.store.contents.records
    changes: list[FieldChange] = []
    changed: dict[RecordId, Document | None] = {}
    records = sorted(now.keys() | documents.keys())
    for done, record in enumerate(records, start=1):
        is_same = now.is_same(record, documents)
        target = None if is_same else documents.get(record)
        differing = [] if is_same else _changes_between(view, record, now.get(record), target)
        if differing:
            changes += differing
            changed[record] = target
        if differing or done % READ_AT_A_TIME == 0:
            yield done, len(records)
    return Plan(StepKind.RESTORE, tuple(changes), changed, after, number)


def _changes_between(
    view: ProjectView, record: RecordId, before: Document | None, after: Document | None
) -> list[FieldChange]:
    if before is not None and after is not None:
        return field_changes(record, before, after)
    old, new = (
        document and record_digest(view.validated(record, document)) for document in (before, after)
    )
    whole = FieldChange(record=record, field=WHOLE_RECORD, old=old, new=new)
    removed = view.removed_documents().get(record)
    if after is None or removed is None:
        return [whole]
    return [whole, *field_changes(record, removed, after)]


def _record_after(
    view: ProjectView, step: Step, record: RecordId, changes: Sequence[FieldChange]
) -> Document | None:
    """The record after its changes; None if it is removed and otherwise unchanged."""
    document: Document | None = None
    for change in changes:
        if change.field == WHOLE_RECORD:
            document = _added_or_removed(view, change, step)
        else:
            document = document or dict(view.document(record))
            _expect(document.get(change.field) == change.old, view, change, step)
            document[change.field] = change.new
    return document and _canonical(view, record, document, step)


def _canonical(view: ProjectView, record: RecordId, document: Document, step: Step) -> Document:
    """The normalised form of a rebuilt document; raises CannotUndo if normalising changes it."""
    canonical = document_of(view.validated(record, document))
    for change in field_changes(record, document, canonical):
        _expect(False, view, change, step)
    return canonical


def _added_or_removed(view: ProjectView, change: FieldChange, step: Step) -> Document | None:
    if change.new is None:
        now = record_digest(view.record(change.record))
        _expect(now == change.old, view, change, step)
        return None
    removed = view.removed_documents()
    if change.record not in removed:
        raise CannotUndo(
            f"Record {change.record} is not in the project any more: another program took it "
            "out of the file. File > Restore from backup can bring it back."
        )
    return removed[change.record]


def _expect(unchanged: bool, view: ProjectView, change: FieldChange, step: Step) -> None:
    if unchanged:
        return
    later = [
        other.number
        for other, logged in view.history.changes_of(change.record)
        if other.number > step.number
        and (logged.field == change.field or change.field == WHOLE_RECORD)
    ]
    raise CannotUndo(
        f"Step {step.number} cannot be undone by itself: record {change.record}, "
        f"{change.field}, was changed again in step {later[-1] if later else '?'}. "
        "Undo the later step first."
    )
