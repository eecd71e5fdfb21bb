"""Differences with a newer text that were left as they are, and are not offered again.

What was left is noted with the value that the text has: in the record's ``accepted``, as an
accepted finding is, and of a record that was not wanted in the step itself. So it is offered again
when a text says something else, or when the step is taken back.
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


def dismiss(session: Session, chosen: Sequence[ReadingDifference]) -> Step | None:
    """Leave differences as they are, as one step; None where all were left. Raises FileError."""
    waiting = not_dismissed(session, chosen)
    left_out = dict.fromkeys(_key(one) for one in waiting if one.record is None)
    accepted: defaultdict[RecordId, list[Acceptance]] = defaultdict(list)
    for one in waiting:
        if one.record is not None:
            accepted[one.record].append(_acceptance(one))
    values = {record: with_acceptances(session, record, its) for record, its in accepted.items()}
    return session.skip(values, tuple(left_out))


def not_dismissed(session: Session, found: Iterable[ReadingDifference]) -> list[ReadingDifference]:
    """The differences that nobody has left as they are."""
    left_out = session.history.skipped_records()
    return [one for one in found if not _is_skipped(session, one, left_out)]


def _is_skipped(session: Session, one: ReadingDifference, left_out: frozenset[str]) -> bool:
    if one.record is None:
        return bool(left_out) and _key(one) in left_out
    accepted = session.record(one.record).accepted
    return bool(accepted) and _key(one) in {other.key for other in accepted}


def _acceptance(one: ReadingDifference) -> Acceptance:
    return Acceptance(key=_key(one), reason=f"Left as it is; {one.extraction.name} says otherwise")


def _key(one: ReadingDifference) -> str:
    """What a difference is known by: the field or the new record, and what the text says of it."""
    document = document_of(one.reading)
    if one.record is None:
        told = {name: document[name] for name in one.reading.content()}
        return f"{one.title}, {one.new} ({digest(told)[:_DIGITS]})"
    return f"newer text, {one.field}: {digest(document[one.field])[:_DIGITS]}"
