"""Words of a narrative as evidence for a field: marked, and found again after edits.

They are kept as a quotation with the text around it, as the W3C’s TextQuoteSelector has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from mideditor.domain.changed_span import common_start
from mideditor.domain.record import Evidence, Record

_AROUND = 32
_LEAST_AROUND = 8
"""Characters around a quotation that must be the same where the words alone say little."""

_TELLING = 24
"""A quotation of so many characters is found by itself."""

_ANCHOR = 16
_ALIKE = 0.7
"""How much of the words must be the same, where they were edited between the same neighbours."""

CharSpan = tuple[int, int]


def narrative_of(record: Record) -> str:
    """The narrative as a text, a line a paragraph."""
    return "\n".join(getattr(record, "narrative", ()))


def evidence_at(field: str, text: str, start: int, end: int) -> Evidence:
    """The characters ``start`` to ``end`` (not included) of a text as evidence for a field."""
    return Evidence(
        field=field,
        quote=text[start:end],
        before=text[max(0, start - _AROUND) : start],
        after=text[end : end + _AROUND],
    )


def find_evidence(evidence: Evidence, text: str) -> CharSpan | None:
    """Where the words stand in a text now, from character to character; None if they are lost."""
    return _as_quoted(evidence, text) or _edited(evidence, text)


def _as_quoted(evidence: Evidence, text: str) -> CharSpan | None:
    """The place with the most of the same text around it."""
    places = [(_around(evidence, text, at), -at) for at in _occurrences(evidence.quote, text)]
    around, place = max(places, default=(0, 0))
    known = len(evidence.before) + len(evidence.after)
    if not places or (len(evidence.quote) < _TELLING and around < min(_LEAST_AROUND, known)):
        return None
    return -place, -place + len(evidence.quote)


def _edited(evidence: Evidence, text: str) -> CharSpan | None:
    """The words between the same neighbours, where they are much the same."""
    before, after = evidence.before[-_ANCHOR:], evidence.after[:_ANCHOR]
    for found in _occurrences(before, text) if before else (0,):
        start = found + len(before)
        end = text.find(after, start) if after else len(text)
        if start < end <= start + 2 * len(evidence.quote):
            matcher = SequenceMatcher(None, evidence.quote, text[start:end], autojunk=False)
            if matcher.ratio() >= _ALIKE:
                return start, end
    return None


def _around(evidence: Evidence, text: str, at: int) -> int:
    """How many characters before and after a place are as they were."""
    before, after = text[:at], text[at + len(evidence.quote) :]
    same_before = common_start(evidence.before[::-1], before[: -_AROUND - 1 : -1])
    return same_before + common_start(evidence.after, after)


def _occurrences(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
