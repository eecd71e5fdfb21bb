"""Which words at line ends are shown to the coder: the uncertain ones, but not too many."""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.domain.record import Doubt
from mideditor.text.line_ends import WordBreak

DOUBTFUL = 0.998
VERY_DOUBTFUL = 0.9
ONE_IN = 10
"""Of so many words at line ends one is a doubt at most, but for those that are very doubtful."""


def doubtful_below(certainties: Sequence[float]) -> float:
    """The certainty under which the words of a text are doubts.

    In a short text next to no word stands elsewhere, so that most are a little uncertain; who is
    shown each third word looks at none. So of a text the least certain tenth is shown at most.
    """
    tenth = sorted(certainties)[: len(certainties) // ONE_IN + 1]
    return min(DOUBTFUL, max([VERY_DOUBTFUL, *tenth[-1:]]))


def word_doubt(field: str, cut: WordBreak) -> Doubt:
    """The question whether the hyphen at a line's end was rightly left out or kept."""
    kept = "kept" if cut.verdict.kept else "left out"
    return Doubt(
        field=field,
        quote=cut.word,
        instead=f"{cut.left}{'' if cut.verdict.kept else '-'}{cut.right}",
        question=f"The line ended with “{cut.left}-”. Was the hyphen rightly {kept}?",
        certainty=cut.verdict.certainty,
    )
