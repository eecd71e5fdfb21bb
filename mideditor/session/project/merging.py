"""Merges changes from another copy of the project, or made by another program, by choice.

Nothing is merged automatically: each difference is shown beside the present value, and applied
differences become a step of the log like any other edit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from mideditor.domain.changes import WHOLE_RECORD, ChangeKind
from mideditor.domain.record import Record, RecordId, record_from_document
from mideditor.domain.sources import Source, parts_of
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.edit_plan import Plan, plan_addition
from mideditor.session.project.project_diff import FieldDiff, find_diffs
from mideditor.session.session import Session
from mideditor.session.work import Work
from mideditor.store.project import Document, State
from mideditor.store.project_file import ProjectFile
from mideditor.store.project_store import read_state


@dataclass(frozen=True)
class _OurChange:
    """The fields of a record that we have changed, and the record before; None if it was absent."""

    fields: frozenset[str]
    before: Document | None


OtherState = State
"""A copy of the project, or what another program made of it."""


class ChangedMeanwhile(UserError):
    """A step was made while the project was compared with a copy of it."""

    def __init__(self) -> None:
        super().__init__("Records were changed meanwhile. Nothing was changed; do it again.")


@dataclass(frozen=True)
class OutsideState:
    """The project file as changed by another program; ``state`` is None if it is unreadable.

    ``while_open``: it was changed while open here, so it is not saved until `settle_outside`.
    """

    state: OtherState | None
    while_open: bool


def read_copy(path: Path) -> Work[OtherState]:
    """Another project file; one long part, for a thread. Raises UserError."""
    yield 0, 1
    state = read_state(path)
    state.steps()  # so that they need not be read while the window waits
    return state


def read_outside(session: Session) -> Work[OutsideState | None]:
    """The file as another program changed it, None if unchanged; one long part, for a thread."""
    yield 0, 1
    file = session.file
    if file is None:
        return None
    if file.was_changed_outside():
        return OutsideState(_readable(file), while_open=True)
    before = file.changes_before_opening()
    return None if before is None else OutsideState(before, while_open=False)


def find_changes(session: Session, other: OtherState | None) -> Work[list[FieldDiff]]:
    """The differences from another state of the project, except for what only we have changed.

    Our changes are those since the last step that both logs share. Progress counts records. Raises
    ChangedMeanwhile if a step is made meanwhile.
    """
    if other is None:
        return []
    after = len(session.history.steps)
    changed = _changed_since(session, _count_common_steps(session.history.steps, other.steps()))
    found: list[FieldDiff] = []
    for one in (yield from find_diffs(session.documents(), other.records)):
        ours = changed.get(one.record)
        if ours is None:
            found.append(one)
        elif one.field == WHOLE_RECORD:
            theirs = one.value != ours.before
            found += [replace(one, both=True)] if theirs else []
        elif one.field not in ours.fields:
            found.append(one)
        elif (ours.before or {}).get(one.field) != one.value:
            found.append(replace(one, both=True))
    if len(session.history.steps) != after:
        raise ChangedMeanwhile
    return found


def apply_diffs(
    session: Session, selected: Sequence[FieldDiff], reason: str, other: OtherState | None = None
) -> Work[Step | None]:
    """Apply differences in one step: fields by corrections, records as they are in the copy.

    The records bring their sources along from ``other``, the copy. Values that do not fit their
    field are skipped. Progress counts records. Raises UnfitValue, StaleStep or FileError.
    """
    by_record: defaultdict[RecordId, list[FieldDiff]] = defaultdict(list)
    whole: list[FieldDiff] = []
    for one in selected:
        if one.fits and one.field == WHOLE_RECORD:
            whole.append(one)
        elif one.fits:
            by_record[one.record].append(one)
    edits: list[Plan] = []
    for record, diffs in by_record.items():
        values = {one.field: _value(session, one) for one in diffs}
        edits.append(session.plan(ChangeKind.CORRECTION, {record: values}))
        yield len(edits), len(by_record) + len(whole)
    addition = yield from _plan_whole(session, whole)
    sources = _sources_of(session, whole, other) if other else ()
    return session.apply([*edits, addition], reason=reason, sources=sources)


def settle_outside(session: Session, outside: OutsideState) -> Work[Path | None]:
    """Keep our state. If the file was changed while open, keep that version beside it and save.

    Returns the path of the kept file. One long part, for a thread. Raises UserError.
    """
    yield 0, 1
    file = session.file
    if file is None:
        return None
    if outside.while_open:
        return file.settle_outside()
    file.forget_changes_before_opening()
    return None


def was_changed_while_closed(session: Session) -> bool:
    """Whether another program changed the file before it was opened, and it is unsettled."""
    return session.file is not None and session.file.changes_before_opening() is not None


def _readable(file: ProjectFile) -> OtherState | None:
    try:
        return file.read_outside()
    except UserError:
        return None


def _count_common_steps(ours: Sequence[Step], theirs: Sequence[Step]) -> int:
    """The number of steps that both logs share from the start."""
    pairs = zip(ours, theirs, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0].link == pair[1].link, pairs))


def _changed_since(session: Session, step: int) -> dict[RecordId, _OurChange]:
    """What we have changed after a step, by record."""
    fields: defaultdict[RecordId, set[str]] = defaultdict(set)
    for later in session.history.steps[step:]:
        for change in later.record_changes:
            fields[change.record].add(change.field)
    return {
        record: _OurChange(frozenset(names), session.document_at(record, step))
        for record, names in fields.items()
    }


def _sources_of(session: Session, whole: Sequence[FieldDiff], other: OtherState) -> list[Source]:
    """The sources of the records to be added that the project does not have."""
    places = (one.value.get("place") for one in whole if one.value is not None)
    wanted = {source for place in places for source, _ in parts_of(place)}
    wanted -= {source.id for source in session.sources}
    return [source for source in other.sources() if source.id in wanted]


def _value(session: Session, one: FieldDiff) -> Any:
    document = session.documents()[one.record] | {one.field: one.value}
    return getattr(record_from_document(document), one.field)


def _plan_whole(session: Session, whole: Sequence[FieldDiff]) -> Work[Plan]:
    added: dict[RecordId, Record] = {}
    for one in whole:
        if one.value is not None:
            added[one.record] = record_from_document(one.value)
            yield len(added), len(whole)
    removed = [one.record for one in whole if one.value is None]
    return (yield from plan_addition(session, added, removed=removed))
