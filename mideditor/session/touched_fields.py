"""The fields a step touches: its own changes, and those of the steps it undoes or redoes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mideditor.domain.fields import decisions
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.session.history import History


def touched_fields(
    history: History, step: Step, reversed_steps: Iterable[int]
) -> Mapping[RecordId, frozenset[str]]:
    """By record, the fields whose value or history may have changed with the newest step.

    ``reversed_steps`` are the numbers of the steps that it put in or out of force. A field that the
    printed coding changes depend on touches these too. A record whose changes were only explained
    or accepted is included, with no fields.
    """
    fields: dict[RecordId, set[str]] = {}
    for one in (step, *filter(None, map(history.step, reversed_steps))):
        for change in one.record_changes:
            fields.setdefault(change.record, set()).add(change.field)
        for explained in filter(None, map(history.step, history.explained_by(one))):
            for change in explained.record_changes:
                fields.setdefault(change.record, set())
    for record, names in fields.items():
        if not names.isdisjoint(decisions()) and history.was_coded(record):
            names.add("coding_changes")
    return {record: frozenset(names) for record, names in fields.items()}
