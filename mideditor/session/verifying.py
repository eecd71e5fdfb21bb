"""Whether a project's log and records still fit together, step by step and field by field."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.steps import WHOLE_RECORD, digest, first_broken_link
from mideditor.session.session import Session


def faults(session: Session) -> Iterator[str]:
    """What is wrong, in words; nothing where all holds.

    The chain of hashes shows a step that was altered, removed or moved. Each record, taken back
    through the log to what was first read, must have the digest that its first step recorded.
    """
    broken = first_broken_link(session.history.steps)
    if broken is not None:
        yield broken[1]
    documents = session.documents()
    for record, document in documents.items():
        added = [
            change.new
            for _, change in session.history.changes_of(record)
            if change.field == WHOLE_RECORD and change.new is not None
        ]
        if not added:
            yield f"record {record} is in no step of the log"
        elif digest(document | session.history.original_values(record)) != added[0]:
            yield f"record {record} does not agree with the log: it was changed outside the editor"
    for record in _logged_records(session) - documents.keys() - session.removed_ids():
        yield f"record {record} is in the log but not in the project"


def _logged_records(session: Session) -> set[int]:
    return {
        change.record
        for step in session.history.steps
        for change in step.changes
        if change.field == WHOLE_RECORD
    }
