"""Another copy of the project, or a change that another program made to it, taken over by choice.

Nothing is merged by itself: each difference is offered beside the present value, and what is taken
is a step of the log like any other edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mideditor.domain.record import RecordId, record_from_document
from mideditor.domain.steps import WHOLE_RECORD, Step, StepKind
from mideditor.session.project.project_diff import FieldDiff, field_diffs
from mideditor.session.session import Session
from mideditor.store.documents import Contents
from mideditor.store.project_store import NoProject
from mideditor.store.snapshot import read_snapshot

_Changed = dict[tuple[RecordId, str], Any]


def contents_of_copy(path: Path) -> Contents:
    """What another project file holds; raises UserError."""
    snapshot = read_snapshot(path)
    if snapshot is None:
        raise NoProject(path)
    return snapshot.contents


def outside_changes(session: Session, outside: Contents) -> list[FieldDiff]:
    """What another state of the same project says otherwise, but for what only we have changed.

    Both states go back to the steps that their logs have in common.
    """
    ours = _changed_since(session, _steps_in_common(session.store.contents, outside))
    found = []
    for one in field_diffs(session.documents(), outside.records):
        place = one.record, one.field
        if place not in ours:
            found.append(one)
        elif one.field != WHOLE_RECORD and ours[place] != one.value:
            found.append(replace(one, both=True))
    return found


def apply_diffs(session: Session, chosen: Sequence[FieldDiff], reason: str) -> list[Step]:
    """Take differences over: fields as one correction, whole records as one step more.

    Raises UnfitValue or FileError. Differences that do not fit their field are left.
    """
    fitting = [one for one in chosen if one.fits]
    values: defaultdict[RecordId, dict[str, Any]] = defaultdict(dict)
    for one in fitting:
        if one.field != WHOLE_RECORD:
            values[one.record][one.field] = _value(session, one)
    whole = [one for one in fitting if one.field == WHOLE_RECORD]
    added = [record_from_document(one.value) for one in whole if one.value is not None]
    removed = [one.record for one in whole if one.value is None]
    steps = [session.edit(StepKind.CORRECTION, values, reason=reason) if values else None]
    if whole:
        steps.append(session.add(added, removed=removed, reason=reason))
    return [step for step in steps if step is not None]


def _value(session: Session, one: FieldDiff) -> Any:
    document = session.documents()[one.record] | {one.field: one.value}
    return getattr(record_from_document(document), one.field)


def _steps_in_common(ours: Contents, theirs: Contents) -> int:
    count = 0
    for mine, other in zip(ours.log.values(), theirs.log.values(), strict=False):
        if mine.get("hash") != other.get("hash"):
            break
        count += 1
    return count


def _changed_since(session: Session, step: int) -> _Changed:
    """What we changed after a step, with the value from before."""
    changed: _Changed = {}
    for later in session.history.steps[step:]:
        for change in later.changes:
            changed.setdefault((change.record, change.field), change.old)
    return changed
