"""Two texts cut down to their differences, with a few words of context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

Piece = tuple[str, bool]
"""A run of words, and whether it differs from the other text."""

_WORD = re.compile(r"\S+|\n")


@lru_cache(maxsize=512)
def excerpts(old: str, new: str, around: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts as runs of equal or different words, with ``around`` equal words kept as context.

    Omitted words are shown as ``…`` and the end of a paragraph as ``¶``.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    old_runs = [(tag != "equal", before[i1:i2]) for tag, i1, i2, _, _ in codes]
    new_runs = [(tag != "equal", after[j1:j2]) for tag, _, _, j1, j2 in codes]
    return tuple(_pieces(old_runs, around)), tuple(_pieces(new_runs, around))


def as_line(pieces: Sequence[Piece]) -> str:
    """An excerpt on one line."""
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
