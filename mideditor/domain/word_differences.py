"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+|\n")


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


def _shown(words: list[str]) -> str:
    return " ".join("¶" if word == "\n" else word for word in words)
