"""Plans the changes of undo, redo and restore, record by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from mideditor.domain.changes import (
    WHOLE_RECORD,
    Change,
    ChangeKind,
    Digest,
    FieldChanged,
    RecordAdded,
    RecordChange,
    RecordTakenOut,
    Restored,
    StepId,
    StepsRedone,
    StepsUndone,
)
from mideditor.domain.record import RecordId
from mideditor.domain.replay import (
    NotAsLogged,
    apply,
    canonical,
    changes_between,
    digest_of_document,
)
from mideditor.domain.steps import Step, record_digest
from mideditor.files.user_error import UserError
from mideditor.session.edit_plan import Plan
from mideditor.session.history import History
from mideditor.session.project_view import ProjectView
from mideditor.session.work import CHECKED_AT_A_TIME, READ_AT_A_TIME, Work
from mideditor.store.project import Document, Records, Row


class CannotUndo(UserError):
    """The step cannot be undone now."""


class OthersStep(CannotUndo):
    """Only steps of other coders are left to be undone; ``step`` is the last of them."""

    def __init__(self, step: Step) -> None:
        self.step = step
        super().__init__(
            f"None of your own steps is left to undo. The last step is {step.number}, by "
            f"{step.author} ({step.kind.label})."
        )


def to_undo(history: History, author: str, number: int | None = None) -> Step:
    """The author's last step in force, or step ``number`` of anyone.

    Raises OthersStep if only steps of others are in force, CannotUndo if the step cannot be undone.
    """
    if number is None:
        step = history.next_undo(author)
        others = None if step else history.next_undo_of_anyone()
        if others is not None:
            raise OthersStep(others)
    else:
        step = history.step(number)
    if step is None:
        raise CannotUndo(
            "There is nothing to undo."
            if number is None
            else f"There is no step {number}; the log has {len(history.steps)}."
        )
    if not history.can_undo(step):
        raise CannotUndo(f"Step {step.number} does not stand: it is an undo or was undone.")
    return step


def to_redo(history: History, author: str) -> Step:
    """The step that the author undid last; raises CannotUndo if there is none."""
    step = history.next_redo(author)
    if step is None:
        raise CannotUndo("There is nothing to redo.")
    return step


def records_of(step: Step | None) -> int:
    """How many records a step changed."""
    return len({change.record for change in step.record_changes}) if step else 0


def reversal(view: ProjectView, step: Step, kind: ChangeKind) -> Work[Plan]:
    """Plan the undo of a step or, for the kind REDO, its redo.

    An undo takes the records that the step added out as they are now, and the edits made in them
    since go out of force with it; a redo undoes the undo, and so brings them back. Progress counts
    records. Raises CannotUndo.
    """
    redo = kind is ChangeKind.REDO
    reversed_step = (redo and view.history.undo_of(step)) or step
    by_record: defaultdict[RecordId, list[RecordChange]] = defaultdict(list)
    for change in reversed_step.record_changes:
        by_record[change.record].append(change)
    changes: list[Change] = _about_steps(view, step, reversed_step, redo=redo)
    documents: dict[RecordId, Document | None] = {}
    based_on: dict[RecordId, Row | None] = {}
    originals: dict[Digest, Document] = {}
    planned = [
        (record, _inverse(view, record, logged, as_now=not redo))
        for record, logged in by_record.items()
    ]
    for done, (record, of_record) in enumerate(sorted(planned, key=_first), start=1):
        changes += of_record
        based_on[record] = view.row(record)
        _must_be_the_last(view, step, reversed_step, of_record)
        documents[record] = _after(view, step, record, of_record, originals)
        if done % CHECKED_AT_A_TIME == 0:
            yield done, len(by_record)
    return Plan(tuple(changes), documents, based_on, view.without_kept(originals))


def return_to(view: ProjectView, number: int, documents: Records) -> Work[Plan]:
    """Plan to restore every record to ``documents``, the state after step ``number``.

    The steps that were in force then will be in force again. Progress counts records.
    """
    changes: list[Change] = [_back_in_force(view.history, number)]
    changed: dict[RecordId, Document | None] = {}
    based_on: dict[RecordId, Row | None] = {}
    originals: dict[Digest, Document] = {}
    now = view.documents()
    records = [*view.ids(), *(record for record in documents if record not in now)]
    for done, record in enumerate(records, start=1):
        row = view.row(record)
        is_same = row is not None and row == documents.row(record)
        target = None if is_same else documents.get(record)
        differing = [] if is_same else _to_target(view, record, target, originals)
        if differing:
            changes += differing
            changed[record] = target
            based_on[record] = row
        if differing or done % READ_AT_A_TIME == 0:
            yield done, len(records)
    if not changed:
        return Plan((), {}, {})
    return Plan(tuple(changes), changed, based_on, view.without_kept(originals))


def _inverse(
    view: ProjectView, record: RecordId, changes: Sequence[RecordChange], *, as_now: bool
) -> list[RecordChange]:
    """The inverse of the changes of a record, in reverse order.

    With ``as_now``, a record that they added is just taken out, as it is now.
    """
    if as_now and isinstance(changes[0], RecordAdded) and record in view.documents():
        return [RecordTakenOut(record=record, document=record_digest(view.record(record)))]
    return [change.inverse() for change in reversed(changes)]


def _about_steps(view: ProjectView, step: Step, reversed_step: Step, *, redo: bool) -> list[Change]:
    changes: list[Change]
    if redo and isinstance(reversed_step.reversal, StepsUndone):
        changes = [StepsRedone(steps=reversed_step.reversal.steps)]
    else:
        changes = [StepsUndone(steps=(step.id, *_edits_within(view, step)))]
    if isinstance(step.reversal, Restored):
        changes.append(step.reversal if redo else step.reversal.inverse())
    return changes


def _edits_within(view: ProjectView, step: Step) -> Iterator[StepId]:
    """The later steps in force that only change records which this step has added."""
    added = {one.record for one in step.record_changes if isinstance(one, RecordAdded)}
    later: dict[int, Step] = {}
    for record in added:
        for other, _ in view.history.changes_of(record):
            if other.number > step.number and view.history.can_undo(other):
                later[other.number] = other
    for _, other in sorted(later.items()):
        if other.reversal is None and all(one.record in added for one in other.record_changes):
            yield other.id


def _must_be_the_last(
    view: ProjectView, step: Step, reversed_step: Step, changes: Sequence[RecordChange]
) -> None:
    """Raise CannotUndo if a step in force has changed one of the fields since, though it may have
    given it the same value."""
    for change in changes:
        if isinstance(change, FieldChanged) and view.history.changed_since(reversed_step, change):
            raise _stale(view, change, step)


def _first(item: tuple[RecordId, list[RecordChange]]) -> bool:
    """Sorts the records to be taken out before the others, whose place they may have."""
    return not isinstance(item[1][-1], RecordTakenOut)


def _back_in_force(history: History, number: int) -> Restored:
    now, then = history.undoable(), History(history.steps[:number]).undoable()
    before, after = set(now), set(then)
    return Restored(
        to=history.steps[number - 1].id,
        undone=tuple(step for step in now if step not in after),
        redone=tuple(step for step in then if step not in before),
    )


def _to_target(
    view: ProjectView,
    record: RecordId,
    target: Document | None,
    originals: dict[Digest, Document],
) -> list[RecordChange]:
    now = view.documents().get(record)
    if now is not None and target is not None:
        return changes_between(record, now, target, lambda _: ChangeKind.RESTORE)
    present = now if target is None else target
    if present is None:
        return []
    digest = digest_of_document(present)
    originals[digest] = present
    if target is None:
        return [RecordTakenOut(record=record, document=digest)]
    return [RecordAdded(record=record, document=digest)]


def _after(
    view: ProjectView,
    step: Step,
    record: RecordId,
    changes: Sequence[RecordChange],
    originals: dict[Digest, Document],
) -> Document | None:
    """The record after its changes; None if it is taken out."""
    document = view.documents().get(record)
    for change in changes:
        if isinstance(change, RecordAdded) and view.kept(change.document) is None:
            raise CannotUndo(
                f"The record of step {step.number} is not in the project any more: another program "
                "took it out of the file. File > Restore from backup can bring it back."
            )
        if isinstance(change, RecordTakenOut) and document is not None:
            originals[change.document] = dict(document)
        try:
            document = apply(change, document, view.kept)
        except (NotAsLogged, ValidationError) as error:
            raise _stale(view, change, step) from error
    return document and _canonical(view, record, document, step)


def _canonical(view: ProjectView, record: RecordId, document: Document, step: Step) -> Document:
    """The normalised form of a rebuilt document; raises CannotUndo if normalising changes it."""
    try:
        normal = canonical(document)
    except ValidationError:
        view.validated(record, document)  # raises DamagedProject
        raise
    differing = changes_between(record, document, normal, lambda _: ChangeKind.CORRECTION)
    if differing:
        raise _stale(view, differing[0], step)
    return normal


def _stale(view: ProjectView, change: RecordChange, step: Step) -> CannotUndo:
    later = [
        other
        for other, logged in view.history.changes_of(change.record)
        if other.number > step.number and change.field in (logged.field, WHOLE_RECORD)
    ]
    in_force = [other for other in later if view.history.stands(other)] or later
    reversed_ = "undone" if view.history.can_undo(step) else "redone"
    return CannotUndo(
        f"Step {step.number} cannot be {reversed_} by itself: {view.name_of(change.record)}, "
        f"{change.field}, was changed again in step {in_force[-1].number if in_force else '?'}. "
        "Undo the later step first."
    )
