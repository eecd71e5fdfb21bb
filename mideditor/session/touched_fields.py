"""The fields that a step touches: by its own changes, and by those of steps that it turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mideditor.domain.printed_changes import KINDS_OF
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.history import History


def touched_fields(
    history: History, step: Step, turned: Iterable[int]
) -> Mapping[RecordId, frozenset[str]]:
    """By record, the fields whose value or history may differ after the newest step.

    ``turned`` are the numbers of the steps that stand since, or no longer stand. The printed coding
    changes are touched by each field on which they depend. Of a record whose changes have another
    reason, or were accepted, no field is touched.
    """
    fields: dict[RecordId, set[str]] = {}
    for one in (step, *filter(None, map(history.step, turned))):
        for change in one.changes:
            fields.setdefault(change.record, set()).add(change.field)
        for explained in filter(None, map(history.step, one.explains)):
            for change in explained.changes:
                fields.setdefault(change.record, set())
    for record, its in fields.items():
        if not its.isdisjoint(KINDS_OF) and history.was_coded(record):
            its.add("coding_changes")
    return {record: frozenset(its) for record, its in fields.items()}
