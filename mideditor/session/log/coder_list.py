"""The coders of a project, each with the signatures, the steps and the days of the work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mideditor.domain.coders import CoderKey
from mideditor.domain.steps import Step
from mideditor.session.session import Session


@dataclass(frozen=True)
class CoderRow:
    """One coder.

    ``signatures`` are as they were signed, the first one first; ``steps`` is the number of steps in
    force. ``first`` and ``last`` are the times of the earliest and latest step, in force or not;
    None if there is none.
    """

    name: str
    signatures: Sequence[str]
    steps: int
    first: datetime | None
    last: datetime | None


def coder_rows(session: Session) -> list[CoderRow]:
    """All who have signed a step; those with the most steps first."""
    by_signature: defaultdict[str, list[Step]] = defaultdict(list)
    for step in session.history.steps:
        by_signature[step.author].append(step)
    by_coder: defaultdict[frozenset[CoderKey], list[str]] = defaultdict(list)
    for signature in by_signature:
        by_coder[session.history.coders.keys_of(signature)].append(signature)
    rows = [
        _row(session, signatures, [step for one in signatures for step in by_signature[one]])
        for signatures in by_coder.values()
    ]
    return sorted(rows, key=lambda row: (-row.steps, row.name))


def with_own(session: Session, rows: Sequence[CoderRow]) -> list[CoderRow]:
    """The rows, with one of the session's own coder at the end if that one has signed no step."""
    coders = session.history.coders
    if any(coders.are_one(row.name, session.author) for row in rows):
        return list(rows)
    return [*rows, CoderRow(session.author, (), 0, None, None)]


def _row(session: Session, signatures: Sequence[str], steps: Sequence[Step]) -> CoderRow:
    times = [step.time for step in steps]
    return CoderRow(
        name=session.history.coders.name_of(signatures[0]),
        signatures=tuple(signatures),
        steps=sum(map(session.history.stands, steps)),
        first=min(times),
        last=max(times),
    )
