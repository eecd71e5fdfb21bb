"""Differences from newer texts that a coder dismissed, and that are not offered again.

A dismissed difference is stored with a digest of the text's value: in the record's ``accepted``,
like an accepted finding, or for an unwanted new record in the step itself. It is offered again if
a text has another value, or if the step is undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from mideditor.domain.record import Acceptance, RecordId, document_of
from mideditor.domain.steps import Step, digest
from mideditor.session.edits.acceptance import with_acceptances
from mideditor.session.imports.reextraction import ReadingDifference
from mideditor.session.session import Session

_DIGITS = 16


def dismiss(session: Session, differences: Sequence[ReadingDifference]) -> Step | None:
    """Dismiss differences in one step; None if all are dismissed already. Raises FileError."""
    undecided = not_dismissed(session, differences)
    unwanted = dict.fromkeys(_key(one) for one in undecided if one.record is None)
    accepted: defaultdict[RecordId, list[Acceptance]] = defaultdict(list)
    for one in undecided:
        if one.record is not None:
            accepted[one.record].append(_acceptance(one))
    values = {record: with_acceptances(session, record, new) for record, new in accepted.items()}
    return session.skip(values, tuple(unwanted))


def not_dismissed(session: Session, found: Iterable[ReadingDifference]) -> list[ReadingDifference]:
    """The differences that no one has dismissed."""
    skipped = session.history.skipped_records()
    return [one for one in found if not _is_dismissed(session, one, skipped)]


def _is_dismissed(session: Session, one: ReadingDifference, skipped: frozenset[str]) -> bool:
    if one.record is None:
        return bool(skipped) and _key(one) in skipped
    accepted = session.record(one.record).accepted
    return bool(accepted) and _key(one) in {other.key for other in accepted}


def _acceptance(one: ReadingDifference) -> Acceptance:
    reason = f"Left as it is; {one.extraction.name} says otherwise"
    return Acceptance(key=_key(one), reason=reason, about="reading")


def _key(one: ReadingDifference) -> str:
    """The key of a difference: the field or the new record, with a digest of the text's value."""
    document = document_of(one.reading)
    if one.record is None:
        content = {name: document[name] for name in one.reading.content()}
        return f"{one.title}, {one.new} ({digest(content)[:_DIGITS]})"
    return f"newer text, {one.field}: {digest(document[one.field])[:_DIGITS]}"
