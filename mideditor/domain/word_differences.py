"""Differences between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum, auto
from itertools import groupby
from operator import itemgetter

_WORD = re.compile(r"\S+|\n")
_GAP_AND_WORD = re.compile(r"(\s*)(\S+|\Z)")


class RunKind(StrEnum):
    """Whether words are in both texts, only in the old or only in the new one."""

    KEPT = auto()
    REMOVED = auto()
    ADDED = auto()


def word_differences(old: str, new: str) -> list[tuple[str, str]]:
    """The runs of words that were replaced, each with its replacement; '' for none.

    The end of a paragraph counts as a word and is shown as ``¶``.
    """
    return [
        (words_in_line(gone), words_in_line(added))
        for is_same, gone, added in aligned_words(old, new)
        if not is_same
    ]


def aligned_words(old: str, new: str) -> list[tuple[bool, list[str], list[str]]]:
    """Both texts as runs of words: whether a run is the same in both, its old and new words.

    A line break counts as a word.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    return [(is_same, before[i], after[j]) for is_same, i, j in _aligned(before, after)]


def words_in_line(words: Sequence[str]) -> str:
    """Words in one line, a line break as ``¶``."""
    return " ".join("¶" if word == "\n" else word for word in words)


def word_runs(old: str, new: str) -> list[tuple[RunKind, str]]:
    """Both texts merged, run by run: without added runs it is ``old``, without removed ``new``.

    A run includes the space before each word. If only the space differs, the word is kept.
    """
    before, after = _GAP_AND_WORD.findall(old), _GAP_AND_WORD.findall(new)
    old_words, new_words = ([word for _, word in text] for text in (before, after))
    runs: list[tuple[RunKind, str]] = []
    for is_same, i, j in _aligned(old_words, new_words):
        if is_same:
            for (gap, word), (new_gap, _) in zip(before[i], after[j], strict=True):
                runs += _kept(gap, new_gap, word)
        else:
            runs.append((RunKind.REMOVED, "".join(gap + word for gap, word in before[i])))
            runs.append((RunKind.ADDED, "".join(gap + word for gap, word in after[j])))
    return [
        (kind, "".join(text for _, text in its))
        for kind, its in groupby(filter(itemgetter(1), runs), itemgetter(0))
    ]


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, slice, slice]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", slice(i1, i2), slice(j1, j2)


def _kept(gap: str, new_gap: str, word: str) -> list[tuple[RunKind, str]]:
    if gap == new_gap:
        return [(RunKind.KEPT, gap + word)]
    return [(RunKind.REMOVED, gap), (RunKind.ADDED, new_gap), (RunKind.KEPT, word)]
