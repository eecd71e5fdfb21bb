"""The rule for words marked as evidence: they must still be in the narrative."""

from __future__ import annotations

from collections.abc import Iterator

from mideditor.domain.evidence import find_evidence, narrative_of
from mideditor.domain.rules.context import Problem, RuleContext


def lost(context: RuleContext) -> Iterator[Problem]:
    """Words marked as evidence for a field that no longer stand in the narrative."""
    text = narrative_of(context.record) if context.record.evidence else ""
    for evidence in context.record.evidence:
        if find_evidence(evidence, text) is None:
            message = f"The evidence is lost: “{evidence.quote}” no longer stands in the narrative."
            yield Problem(evidence.field, (evidence.quote,), message)
