"""What another copy of the project, or another program, changed: applied by choice.

Nothing is merged by itself: each difference is offered beside the present value, and what is
applied is a step of the log like any other edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mideditor.domain.record import Record, RecordId, record_from_document
from mideditor.domain.steps import WHOLE_RECORD, Step, StepKind
from mideditor.files.user_error import UserError
from mideditor.session.edit_plan import Plan, StalePlan, plan_addition
from mideditor.session.project.project_diff import FieldDiff, find_diffs
from mideditor.session.session import Session
from mideditor.session.work import READ_AT_A_TIME, Work
from mideditor.store.documents import Contents
from mideditor.store.project_store import NoProject
from mideditor.store.snapshot import read_snapshot

_Changed = dict[tuple[RecordId, str], Any]


@dataclass(frozen=True)
class OutsideState:
    """What another program made of the project file; ``contents`` is None if it is unreadable.

    ``while_open``: it was changed while it was open here, and is not saved until `settle_outside`.
    """

    contents: Contents | None
    while_open: bool


def read_copy(path: Path) -> Work[Contents]:
    """What another project file holds; one long part, for a thread. Raises UserError."""
    yield 0, 1
    snapshot = read_snapshot(path)
    if snapshot is None:
        raise NoProject(path)
    return snapshot.contents


def read_outside(session: Session) -> Work[OutsideState | None]:
    """What another program made of the project file, None for nothing; one part, for a thread."""
    yield 0, 1
    if session.was_changed_outside():
        return OutsideState(_readable(session), while_open=True)
    outside = session.opened.outside
    return None if outside is None else OutsideState(outside, while_open=False)


def find_changes(session: Session, other: Contents | None) -> Work[list[FieldDiff]]:
    """What another state of the project has changed, without what only we have changed.

    Both states go back to the steps that their logs have in common. Progress counts records.
    Raises StalePlan if a step is made in between.
    """
    if other is None:
        return []
    after, ours = len(session.history.steps), session.store.contents
    changed = _changed_since(session, (yield from _count_common_steps(ours, other)))
    found: list[FieldDiff] = []
    for one in (yield from find_diffs(ours.records, other.records)):
        place = one.record, one.field
        if place not in changed:
            found.append(one)
        elif one.field != WHOLE_RECORD and changed[place] != one.value:
            found.append(replace(one, both=True))
    if len(session.history.steps) != after:
        raise StalePlan
    return found


def apply_diffs(session: Session, chosen: Sequence[FieldDiff], reason: str) -> Work[list[Step]]:
    """Apply differences: fields as one correction, whole records as one more step.

    Differences that do not fit their field are left. Progress counts records. Raises UnfitValue,
    StalePlan or FileError.
    """
    by_record: defaultdict[RecordId, list[FieldDiff]] = defaultdict(list)
    whole: list[FieldDiff] = []
    for one in chosen:
        if one.fits and one.field == WHOLE_RECORD:
            whole.append(one)
        elif one.fits:
            by_record[one.record].append(one)
    edits: list[Plan] = []
    for record, its in by_record.items():
        values = {one.field: _value(session, one) for one in its}
        edits.append(session.plan(StepKind.CORRECTION, {record: values}))
        yield len(edits), len(by_record) + len(whole)
    addition = yield from _plan_whole(session, whole)
    return session.apply_each([edits, [addition]], reason=reason)


def settle_outside(session: Session, outside: OutsideState) -> Work[Path | None]:
    """Keep our state. Where the file was changed while open, keep that beside it and save.

    The path is that of the kept file. One long part, for a thread. Raises UserError.
    """
    yield 0, 1
    if outside.while_open:
        return session.store.settle_outside()
    session.opened.outside = None
    return None


def _readable(session: Session) -> Contents | None:
    try:
        return session.store.read_outside()
    except UserError:
        return None


def _count_common_steps(ours: Contents, theirs: Contents) -> Work[int]:
    """How many steps both logs begin with."""
    count, most = 0, min(len(ours.log), len(theirs.log))
    while count < most:
        step = count + 1
        if not ours.log.is_same(step, theirs.log):
            mine, other = ours.log[step], theirs.log[step]
            if mine.get("hash") != other.get("hash"):
                break
        count = step
        if count % READ_AT_A_TIME == 0:
            yield 0, len(ours.records)
    return count


def _changed_since(session: Session, step: int) -> _Changed:
    """What we changed after a step, with the value from before."""
    changed: _Changed = {}
    for later in session.history.steps[step:]:
        for change in later.changes:
            changed.setdefault((change.record, change.field), change.old)
    return changed


def _value(session: Session, one: FieldDiff) -> Any:
    document = session.documents()[one.record] | {one.field: one.value}
    return getattr(record_from_document(document), one.field)


def _plan_whole(session: Session, whole: Sequence[FieldDiff]) -> Work[Plan]:
    added: list[Record] = []
    for one in whole:
        if one.value is not None:
            added.append(record_from_document(one.value))
            yield len(added), len(whole)
    removed = [one.record for one in whole if one.value is None]
    return (yield from plan_addition(session, added, removed=removed))
