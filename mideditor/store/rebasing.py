"""How a step meets records that other steps have changed since it was planned."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import ValidationError

from mideditor.domain.changes import ChangeKind, Digest
from mideditor.domain.record import RecordId
from mideditor.domain.replay import NotAsLogged, apply, canonical, changes_between
from mideditor.domain.steps import StepDraft
from mideditor.store.project import Document, Row, StaleStep, State


def rebased(
    state: State,
    draft: StepDraft,
    records: Mapping[RecordId, Document | None],
    based_on: Mapping[RecordId, Row | None],
    originals: Mapping[Digest, Document],
) -> Mapping[RecordId, Document | None]:
    """The records as a step leaves them, from what they are in ``state`` now; raises StaleStep.

    The arguments are those of `mideditor.store.project.Project.append`, which calls this where no
    other step can come in between.
    """
    now = state.records
    moved = [
        record
        for record in records
        if record not in based_on or based_on[record] is not now.row(record)
    ]
    if not moved:
        return records
    found = {**records, **_worked_out(state, draft, moved, originals)}
    return {record: one for record, one in found.items() if one is not None or record in now}


def _worked_out(
    state: State,
    draft: StepDraft,
    records: Collection[RecordId],
    originals: Mapping[Digest, Document],
) -> dict[RecordId, Document | None]:
    """Some of the records after a step, worked out from its changes; raises StaleStep."""
    found = {record: state.records.get(record) for record in records}
    try:
        for change in draft.record_changes:
            if change.record in found:
                found[change.record] = apply(
                    change,
                    found[change.record],
                    lambda digest: originals.get(digest) or state.original(digest),
                )
        return {record: one and _as_stored(record, one) for record, one in found.items()}
    except (NotAsLogged, ValidationError) as error:
        raise StaleStep from error


def _as_stored(record: RecordId, document: Document) -> Document:
    """A record in canonical form; raises StaleStep if the changes do not say all that is in it."""
    stored = canonical(document)
    if changes_between(record, document, stored, lambda _: ChangeKind.IMPORT):
        raise StaleStep
    return stored
