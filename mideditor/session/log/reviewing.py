"""The changes made by coders, listed one by one for review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import RecordId
from mideditor.domain.reports.log_line import LogLine
from mideditor.domain.steps import Step
from mideditor.session.log.logbook import log_lines_of
from mideditor.session.session import Session

REVIEWED = (ChangeKind.CORRECTION, ChangeKind.CODING, ChangeKind.RESTORE)
"""The kinds of steps to review; not review states, undo and redo."""


@dataclass(frozen=True)
class Reviewed:
    """One changed field with its step; ``accepted_by`` is the reviewer who accepted it, or ""."""

    step: Step
    line: LogLine
    accepted_by: str

    @property
    def key(self) -> tuple[int, int | None, str]:
        """What identifies the line: step, record and field."""
        return self.step.number, self.line.record, self.line.field


@dataclass(frozen=True)
class ReviewFilter:
    """Which changes to show; "" or None matches all.

    Every one of ``words`` must occur in the line; ``author`` is any signature of a coder; ``since``
    is the earliest time.
    """

    words: str = ""
    author: str = ""
    kind: ChangeKind | None = None
    since: datetime | None = None
    only_open: bool = False
    records: frozenset[RecordId] | None = None


Since = Callable[[datetime], datetime | None]

PERIODS: dict[str, Since] = {
    "any time": lambda _: None,
    "today": lambda now: now.replace(hour=0, minute=0, second=0, microsecond=0),
    "the last 7 days": lambda now: now - timedelta(days=7),
    "the last 30 days": lambda now: now - timedelta(days=30),
}
"""The selectable periods by their label: a function from now to the earliest time."""


def changes(session: Session, criteria: ReviewFilter = ReviewFilter()) -> list[Reviewed]:
    """The changes in force that match the filter, oldest first."""
    steps = (step for step in session.history.steps if _matches(session, step, criteria))
    found = (
        Reviewed(step, line, _reviewer(session, step))
        for step in steps
        for line in log_lines_of(session, step)
        if criteria.records is None or line.record in criteria.records
        if line.kind in REVIEWED and criteria.kind in (None, line.kind)
    )
    words = criteria.words.casefold().split()
    return [one for one in found if all(word in _text(one) for word in words)]


def authors(session: Session) -> list[str]:
    """The coders who made the steps that can be reviewed, each once, by name."""
    name_of = session.history.coders.name_of
    return sorted({name_of(step.author) for step in session.history.steps if _is_reviewed(step)})


def steps_of(reviewed: Sequence[Reviewed]) -> list[Step]:
    """The steps of these changes, each once."""
    return list({one.step.number: one.step for one in reviewed}.values())


def _matches(session: Session, step: Step, criteria: ReviewFilter) -> bool:
    history = session.history
    return (
        _is_reviewed(step)
        and (history.stands(step) or step.kind is ChangeKind.RESTORE)
        and (not criteria.author or history.coders.are_one(criteria.author, step.author))
        and (criteria.since is None or step.time >= criteria.since)
        and not (criteria.only_open and history.accepted_by(step))
    )


def _is_reviewed(step: Step) -> bool:
    return any(step.kind_of(change) in REVIEWED for change in step.changes)


def _reviewer(session: Session, step: Step) -> str:
    accepted = session.history.accepted_by(step)
    return accepted.author if accepted else ""


def _text(one: Reviewed) -> str:
    line = one.line
    parts = (line.author, line.kind_label, line.label, line.old, line.new, line.reason)
    return "\n".join((str(line.dispute_number), *parts, line.citation)).casefold()
