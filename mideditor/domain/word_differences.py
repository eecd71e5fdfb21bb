"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum, auto
from itertools import groupby
from operator import itemgetter

_WORD = re.compile(r"\S+|\n")
_GAP_AND_WORD = re.compile(r"(\s*)(\S+|\Z)")


class Fate(StrEnum):
    """What became of words of the older text."""

    KEPT = auto()
    GONE = auto()
    NEW = auto()


def word_differences(old: str, new: str) -> list[tuple[str, str]]:
    """The runs of words that were replaced, each with what stands there now; '' for nothing.

    A paragraph's end counts as a word and is shown as ``¶``.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (_shown(before[i1:i2]), _shown(after[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def word_runs(old: str, new: str) -> list[tuple[Fate, str]]:
    """Both texts in one, run by run; without the new runs it is ``old``, without the gone ``new``.

    A word carries the space before it. Where only that differs, the word itself is kept.
    """
    before, after = _GAP_AND_WORD.findall(old), _GAP_AND_WORD.findall(new)
    old_words, new_words = ([word for _, word in text] for text in (before, after))
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    runs: list[tuple[Fate, str]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for (gap, word), (new_gap, _) in zip(before[i1:i2], after[j1:j2], strict=True):
                runs += _kept(gap, new_gap, word)
        else:
            runs.append((Fate.GONE, "".join(gap + word for gap, word in before[i1:i2])))
            runs.append((Fate.NEW, "".join(gap + word for gap, word in after[j1:j2])))
    return [
        (fate, "".join(text for _, text in its))
        for fate, its in groupby(filter(itemgetter(1), runs), itemgetter(0))
    ]


def _kept(gap: str, new_gap: str, word: str) -> list[tuple[Fate, str]]:
    if gap == new_gap:
        return [(Fate.KEPT, gap + word)]
    return [(Fate.GONE, gap), (Fate.NEW, new_gap), (Fate.KEPT, word)]


def _shown(words: list[str]) -> str:
    return " ".join("¶" if word == "\n" else word for word in words)
