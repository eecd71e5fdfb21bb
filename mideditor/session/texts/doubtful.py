"""Lists the doubtful readings of a project and resolves them, singly or all similar ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mideditor.domain.changed_span import changed_span
from mideditor.domain.changes import ChangeKind
from mideditor.domain.doubts import resolve_doubt, text_of
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import Doubt, RecordId
from mideditor.domain.steps import Step
from mideditor.domain.titles import record_title
from mideditor.session.session import Session

_CONTEXT = 60


@dataclass(frozen=True)
class UncertainReading:
    """A doubt about one record, with the words before and after it."""

    record: RecordId
    title: str
    doubt: Doubt
    before: str
    after: str

    @property
    def alternative(self) -> str:
        """The alternative text that one key press can apply; empty if it must be typed."""
        return self.doubt.instead if FIELDS[self.doubt.field].decidable else ""

    def in_context(self) -> tuple[str, str, str, str]:
        """The text before, the words that would change, the text after, and their replacement."""
        quote, other = self.doubt.quote, self.doubt.instead
        start, end = _differing(quote, other) if other else (0, len(quote))
        changed = other[start : len(other) - (len(quote) - end)] if self.alternative else ""
        return self.before + quote[:start], quote[start:end], quote[end:] + self.after, changed

    def is_like(self, other: UncertainReading) -> bool:
        """Whether it is the same question about the same words."""
        mine, others = self.doubt, other.doubt
        return (mine.quote, mine.instead, mine.field) == (
            others.quote,
            others.instead,
            others.field,
        )


def uncertain_readings(session: Session) -> list[UncertainReading]:
    """All open doubts in source order; within a record, the least certain first."""
    return [
        _in_context(session, record, doubt)
        for record in session.doubted_ids()
        for doubt in sorted(session.record(record).doubts, key=lambda doubt: doubt.certainty)
    ]


def alike(one: UncertainReading, among: Sequence[UncertainReading]) -> list[UncertainReading]:
    """The doubts that are resolved together with ``one`` when all similar ones are."""
    return [other for other in among if one.is_like(other)]


def decide(
    session: Session, doubts: Sequence[UncertainReading], *, use_alternative: bool
) -> Step | None:
    """Resolve doubts in one step. Raises FileError.

    With ``use_alternative`` the text is corrected to the alternative; else it is kept and marked as
    checked.
    """
    values: dict[RecordId, dict[str, Any]] = {}
    for doubtful in doubts:
        record = session.record(doubtful.record)
        record = record.replace(**values.get(doubtful.record, {}))
        if doubtful.doubt in record.doubts:
            fields = resolve_doubt(record, doubtful.doubt, use_alternative=use_alternative)
            values.setdefault(doubtful.record, {}).update(fields)
    kind = ChangeKind.CORRECTION if use_alternative else ChangeKind.REVIEW
    reason = "Doubtful reading put right" if use_alternative else "Doubtful reading looked at"
    return session.edit(kind, values, reason=reason)


def _differing(quote: str, alternative: str) -> tuple[int, int]:
    """The span of the words in ``quote`` that differ from ``alternative``."""
    same, rest, _ = changed_span(quote, alternative)
    start = max(quote.rfind(gap, 0, same) for gap in " \n") + 1
    ends = [at for gap in " \n" if (at := quote.find(gap, rest + 1)) >= 0]
    return start, min(ends, default=len(quote))


def _in_context(session: Session, record_id: RecordId, doubt: Doubt) -> UncertainReading:
    record = session.record(record_id)
    text = text_of(record, doubt.field)
    at = text.find(doubt.quote)
    before, after = "", ""
    if at >= 0:
        end = at + len(doubt.quote)
        before, after = text[max(0, at - _CONTEXT) : at], text[end : end + _CONTEXT]
    return UncertainReading(record_id, record_title(record), doubt, before, after)
