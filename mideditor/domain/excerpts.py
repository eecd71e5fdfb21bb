"""Two texts cut down to their differences, with a few words of context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from mideditor.domain.word_differences import aligned_words, words_in_line

Piece = tuple[str, bool]
"""A run of words, and whether it differs from the other text."""


@lru_cache(maxsize=512)
def excerpts(old: str, new: str, around: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts as runs of equal or different words, with ``around`` equal words kept as context.

    Omitted words are shown as ``…`` and the end of a paragraph as ``¶``.
    """
    runs = aligned_words(old, new)
    old_runs = [(not is_same, words) for is_same, words, _ in runs]
    new_runs = [(not is_same, words) for is_same, _, words in runs]
    return tuple(_pieces(old_runs, around)), tuple(_pieces(new_runs, around))


def as_line(pieces: Sequence[Piece]) -> str:
    """An excerpt on one line."""
    return " ".join(text for text, _ in pieces)


def differing_words(text: str, other: str, *, around: int, short: int) -> str:
    """In one line, what ``other`` does not have; all of a text of up to ``short`` characters."""
    return text if len(text) <= short else as_line(excerpts(text, other, around)[0])


def _pieces(runs: Sequence[tuple[bool, list[str]]], around: int) -> Iterator[Piece]:
    differ = len(runs) > 1
    for number, (changed, words) in enumerate(runs):
        head = around if number > 0 else 0
        tail = around if number < len(runs) - 1 else 0
        if differ and not changed and len(words) > head + tail:
            words = [*words[:head], "…", *words[len(words) - tail :]]
        if words:
            yield words_in_line(words), changed
