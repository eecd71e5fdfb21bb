"""The paragraph of *Coding changes*, split into its sentences and nothing lost between them."""

from __future__ import annotations

import re

from mideditor.domain.coding_sentences import OPENINGS, recognised
from mideditor.domain.record import CodingChange

_FREE_TEXT = "Participant changed:"
_OPENING = re.compile(
    "|".join(rf"(?<!\S){re.escape(opening.rstrip())}(?![^\s.])" for opening in OPENINGS.values())
)
_SENTENCE_END = re.compile(r"(?<=[.!?”])(?<!\bSt\.) +(?=[^\sa-z])")


def split_sentences(paragraph: str) -> tuple[CodingChange, ...]:
    """The sentences in order; joined by spaces they give ``paragraph`` again.

    A sentence begins at each of the ten known openings, also where the value before it was lost.
    What follows the full stop of a known sentence is of no known shape. The free text of
    *Participant changed* runs to the next opening that follows a full stop.
    """
    pieces: list[str] = []
    for part in _parts(paragraph):
        pieces += [part] if part.startswith(_FREE_TEXT) else _SENTENCE_END.split(part)
    return tuple(recognised(piece) for piece in pieces if piece)


def _parts(paragraph: str) -> list[str]:
    starts = [0]
    for opening in _OPENING.finditer(paragraph):
        free = paragraph.startswith(_FREE_TEXT, starts[-1])
        before = paragraph[starts[-1] : opening.start()].rstrip()
        if before and (not free or before.endswith((".", "!", "?", "”"))):
            starts.append(opening.start())
    return [
        paragraph[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
