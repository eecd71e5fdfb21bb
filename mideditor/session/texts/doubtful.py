"""The list of doubtful readings of a project, and deciding them one by one or all alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from mideditor.domain.doubts import DECIDABLE, resolve_doubt, text_of
from mideditor.domain.record import Doubt, RecordId
from mideditor.domain.steps import Step, StepKind
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
    def other(self) -> str:
        """What can stand instead at the press of a key; empty where it must be typed."""
        return self.doubt.instead if self.doubt.field in DECIDABLE else ""

    def in_context(self) -> tuple[str, str, str, str]:
        """The words before, those that would differ as they stand, those after, and the others."""
        quote, other = self.doubt.quote, self.doubt.instead
        start, end = _differing(quote, other) if other else (0, len(quote))
        changed = other[start : len(other) - (len(quote) - end)] if self.other else ""
        return self.before + quote[:start], quote[start:end], quote[end:] + self.after, changed

    def is_like(self, other: UncertainReading) -> bool:
        """Whether the same question was asked about the same words."""
        mine, others = self.doubt, other.doubt
        return (mine.quote, mine.instead, mine.field) == (
            others.quote,
            others.instead,
            others.field,
        )


def uncertain_readings(session: Session) -> list[UncertainReading]:
    """All open doubts in source order, within a record the least certain first."""
    return [
        _in_context(session, record, doubt)
        for record in session.doubted_ids()
        for doubt in sorted(session.record(record).doubts, key=lambda doubt: doubt.certainty)
    ]


def alike(one: UncertainReading, among: Sequence[UncertainReading]) -> list[UncertainReading]:
    """The doubts that are decided when ``one`` is decided for all its like."""
    return [other for other in among if one.is_like(other)]


def decide(session: Session, doubts: Sequence[UncertainReading], *, otherwise: bool) -> Step | None:
    """Decide doubts as one step: as the text stands, or the other way. Raises FileError.

    The other way is a correction of the text; as it stands is only noted as looked at.
    """
    values: dict[RecordId, dict[str, Any]] = {}
    for doubtful in doubts:
        record = session.record(doubtful.record)
        record = record.replace(**values.get(doubtful.record, {}))
        if doubtful.doubt in record.doubts:
            fields = resolve_doubt(record, doubtful.doubt, use_alternative=otherwise)
            values.setdefault(doubtful.record, {}).update(fields)
    kind = StepKind.CORRECTION if otherwise else StepKind.REVIEW
    reason = "Doubtful reading put right" if otherwise else "Doubtful reading looked at"
    return session.edit(kind, values, reason=reason)


def _differing(quote: str, other: str) -> tuple[int, int]:
    """Where in ``quote`` the words begin and end in which ``other`` differs from it."""
    same = _same_start(quote, other)
    start = max(quote.rfind(gap, 0, same) for gap in " \n") + 1
    same_end = _same_start(quote[same:][::-1], other[same:][::-1])
    rest = len(quote) - same_end
    ends = [at for gap in " \n" if (at := quote.find(gap, rest + 1)) >= 0]
    return start, min(ends, default=len(quote))


def _same_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _in_context(session: Session, record_id: RecordId, doubt: Doubt) -> UncertainReading:
    record = session.record(record_id)
    text = text_of(record, doubt.field)
    at = text.find(doubt.quote)
    before, after = "", ""
    if at >= 0:
        end = at + len(doubt.quote)
        before, after = text[max(0, at - _CONTEXT) : at], text[end : end + _CONTEXT]
    return UncertainReading(record_id, record_title(record), doubt, before, after)
