"""Chooses which words joined at line ends become doubts: uncertain ones, but not too many."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.record import Doubt
from mideditor.text.line_ends import WordBreak

DOUBTFUL = 0.998
VERY_DOUBTFUL = 0.9
ONE_IN = 10
"""At most one word in this many becomes a doubt, apart from the very doubtful ones."""


def doubtful_below(certainties: Sequence[float]) -> float:
    """The certainty below which the words of a text become doubts.

    In a short text hardly any word occurs twice, so most are a little uncertain. A coder who is
    shown every third word checks none of them, so at most the least certain tenth is shown.
    """
    tenth = sorted(certainties)[: len(certainties) // ONE_IN + 1]
    return min(DOUBTFUL, max([VERY_DOUBTFUL, *tenth[-1:]]))


def word_doubt(field: str, word_break: WordBreak) -> Doubt:
    """A doubt whether the hyphen at the end of a line was rightly removed or kept."""
    kept = "kept" if word_break.verdict.kept else "left out"
    return Doubt(
        field=field,
        quote=word_break.word,
        instead=f"{word_break.left}{'' if word_break.verdict.kept else '-'}{word_break.right}",
        question=f"The line ended with “{word_break.left}-”. Was the hyphen rightly {kept}?",
        certainty=word_break.verdict.certainty,
    )
