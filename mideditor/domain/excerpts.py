"""Two texts cut down to where they differ, with a few words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

Piece = tuple[str, bool]
"""A run of words, and whether the other text has others there."""

_WORD = re.compile(r"\S+|\n")


@lru_cache(maxsize=512)
def excerpts(old: str, new: str, around: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts as runs of words that are the same or not, ``around`` words of the same kept.

    What is left out is shown as ``…`` and a paragraph's end as ``¶``.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    mine = [(tag != "equal", before[i1:i2]) for tag, i1, i2, _, _ in codes]
    theirs = [(tag != "equal", after[j1:j2]) for tag, _, _, j1, j2 in codes]
    return tuple(_pieces(mine, around)), tuple(_pieces(theirs, around))


def as_line(pieces: Sequence[Piece]) -> str:
    """An excerpt in one line."""
    return " ".join(text for text, _ in pieces)


def _pieces(runs: Sequence[tuple[bool, list[str]]], around: int) -> Iterator[Piece]:
    differ = len(runs) > 1
    for number, (changed, words) in enumerate(runs):
        head = around if number > 0 else 0
        tail = around if number < len(runs) - 1 else 0
        if differ and not changed and len(words) > head + tail:
            words = [*words[:head], "…", *words[len(words) - tail :]]
        if words:
            yield " ".join("¶" if word == "\n" else word for word in words), changed
