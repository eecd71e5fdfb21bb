"""Where a typesetter may part an English word, by Frank Liang’s patterns, as TeX has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PATTERNS = Path(__file__).with_name("hyphenation_patterns.txt")
_LEAST_LEFT = 2
_LEAST_RIGHT = 3
_LETTER = re.compile(r"[^\d]")


def break_points(word: str) -> frozenset[int]:
    """After how many letters ``word`` may be parted; none for what is no plain English word."""
    if not (word.isascii() and word.isalpha()):
        return frozenset()
    weights = _weights(f".{word.lower()}.")
    return frozenset(
        letters
        for letters in range(_LEAST_LEFT, len(word) - _LEAST_RIGHT + 1)
        if weights[letters + 1] % 2
    )


def _weights(dotted: str) -> list[int]:
    """The weight of a break before each letter of a word between periods."""
    patterns, longest = _patterns()
    weights = [0] * (len(dotted) + 1)
    for first in range(len(dotted)):
        for last in range(first + 1, min(first + longest, len(dotted)) + 1):
            for at, weight in enumerate(patterns.get(dotted[first:last], ()), start=first):
                weights[at] = max(weights[at], weight)
    return weights


@cache
def _patterns() -> tuple[Mapping[str, tuple[int, ...]], int]:
    """The weights before, between and after the letters of each pattern; the longest pattern."""
    patterns: dict[str, tuple[int, ...]] = {}
    for line in _PATTERNS.read_text(encoding="ascii").splitlines():
        for pattern in () if line.startswith("#") else line.split():
            letters = re.sub(r"\d", "", pattern)
            patterns[letters] = tuple(int(weight or 0) for weight in _LETTER.split(pattern))
    return patterns, max(map(len, patterns))
