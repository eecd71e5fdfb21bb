"""Whether the words that a field rests on are still told."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.evidence import find_evidence, narrative_of
from mideditor.domain.rules.case import Case, Found


def lost(case: Case) -> Iterator[Found]:
    """Words marked as evidence for a field that no longer stand in the narrative."""
    text = narrative_of(case.record) if case.record.evidence else ""
    for one in case.record.evidence:
        if find_evidence(one, text) is None:
            message = f"The evidence is lost: “{one.quote}” no longer stands in the narrative."
            yield Found(one.field, (one.quote,), message)
