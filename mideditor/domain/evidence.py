"""Words of a narrative marked as evidence for a field, and located again after edits.

They are kept as a quotation with the text around it, like the W3C’s TextQuoteSelector.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import takewhile

from mideditor.domain.record import Evidence, Record

_CONTEXT = 32
"""Characters kept before and after a quotation."""

_LEAST_CONTEXT = 8
"""Characters of context that must match for a short quotation."""

_DISTINCTIVE = 24
"""A quotation of this many characters is located without its context."""

_ANCHOR = 16
"""Characters of context on each side between which an edited quotation is looked for."""

_MIN_SIMILARITY = 0.7
"""How similar an edited quotation must be to the original, as `SequenceMatcher.ratio`."""

CharSpan = tuple[int, int]


def narrative_of(record: Record) -> str:
    """The narrative as one text, a line per paragraph."""
    return "\n".join(getattr(record, "narrative", ()))


def evidence_at(field: str, text: str, start: int, end: int) -> Evidence:
    """The characters ``start`` to ``end`` (not included) of a text as evidence for a field."""
    return Evidence(
        field=field,
        quote=text[start:end],
        before=text[max(0, start - _CONTEXT) : start],
        after=text[end : end + _CONTEXT],
    )


def find_evidence(evidence: Evidence, text: str) -> CharSpan | None:
    """The current span of the words in a text; None if they are lost."""
    return _find_exact(evidence, text) or _find_edited(evidence, text)


def _find_exact(evidence: Evidence, text: str) -> CharSpan | None:
    """The occurrence with the most matching context; None if a short quotation has too little."""
    places = [
        (_matching_context(evidence, text, position), -position)
        for position in _occurrences(evidence.quote, text)
    ]
    context, place = max(places, default=(0, 0))
    known = len(evidence.before) + len(evidence.after)
    if not places or (len(evidence.quote) < _DISTINCTIVE and context < min(_LEAST_CONTEXT, known)):
        return None
    return -place, -place + len(evidence.quote)


def _find_edited(evidence: Evidence, text: str) -> CharSpan | None:
    """The span between the same context, if its words are similar enough."""
    before, after = evidence.before[-_ANCHOR:], evidence.after[:_ANCHOR]
    for position in _occurrences(before, text) if before else (0,):
        start = position + len(before)
        end = text.find(after, start) if after else len(text)
        if start < end <= start + 2 * len(evidence.quote):
            matcher = SequenceMatcher(None, evidence.quote, text[start:end], autojunk=False)
            if matcher.ratio() >= _MIN_SIMILARITY:
                return start, end
    return None


def _matching_context(evidence: Evidence, text: str, position: int) -> int:
    """How many characters before and after a position match the context."""
    before, after = text[:position], text[position + len(evidence.quote) :]
    return _common_prefix_length(
        evidence.before[::-1], before[: -_CONTEXT - 1 : -1]
    ) + _common_prefix_length(evidence.after, after)


def _common_prefix_length(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _occurrences(words: str, text: str) -> Iterator[int]:
    position = text.find(words) if words else -1
    while position >= 0:
        yield position
        position = text.find(words, position + 1)
