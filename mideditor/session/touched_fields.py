"""The fields a step touches: its own changes, and those of the steps it undoes or redoes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mideditor.domain.changes import WHOLE_RECORD, CoderNamed
from mideditor.domain.coders import coder_key
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
    or accepted, or whose coder has another name now, is included, with no fields.
    """
    fields: dict[RecordId, set[str]] = {}
    for one in (step, *filter(None, map(history.step, reversed_steps))):
        for change in one.record_changes:
            fields.setdefault(change.record, set()).add(change.field)
        for explained in filter(None, map(history.step, history.explained_by(one))):
            for change in explained.record_changes:
                fields.setdefault(change.record, set())
        for joined in one.changes:
            if isinstance(joined, CoderNamed):
                fields |= {record: set() for record in _edited_by(history, joined) - fields.keys()}
    for record, names in fields.items():
        if not names.isdisjoint(decisions()) and history.was_coded(record):
            names.add("coding_changes")
    return {record: frozenset(names) for record, names in fields.items()}


def _edited_by(history: History, joined: CoderNamed) -> set[RecordId]:
    """The records with field changes by the coders whose signatures are joined, or no longer."""
    keys = history.coders.keys_of(joined.name) | history.coders.keys_of(joined.alias)
    return {
        change.record
        for step in history.steps
        if coder_key(step.author) in keys
        for change in step.record_changes
        if change.field != WHOLE_RECORD
    }
