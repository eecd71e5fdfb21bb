"""Finds where an English word may be hyphenated, by Frank Liang’s algorithm as in TeX."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PATTERNS = Path(__file__).with_name("hyphenation_patterns.txt")
_MIN_LEFT = 2
_MIN_RIGHT = 3
_LETTER = re.compile(r"[^\d]")


def break_points(word: str) -> frozenset[int]:
    """After how many letters ``word`` may break; empty unless it is a plain English word."""
    if not (word.isascii() and word.isalpha()):
        return frozenset()
    weights = _weights(f".{word.lower()}.")
    return frozenset(
        letters
        for letters in range(_MIN_LEFT, len(word) - _MIN_RIGHT + 1)
        if weights[letters + 1] % 2
    )


def _weights(dotted: str) -> list[int]:
    """The weight of a break before each letter of a word between periods."""
    patterns, max_length = _patterns()
    weights = [0] * (len(dotted) + 1)
    for start in range(len(dotted)):
        for end in range(start + 1, min(start + max_length, len(dotted)) + 1):
            for position, weight in enumerate(patterns.get(dotted[start:end], ()), start=start):
                weights[position] = max(weights[position], weight)
    return weights


@cache
def _patterns() -> tuple[Mapping[str, tuple[int, ...]], int]:
    """The weights around the letters of each pattern, and the length of the longest pattern."""
    patterns: dict[str, tuple[int, ...]] = {}
    for line in _PATTERNS.read_text(encoding="ascii").splitlines():
        for pattern in () if line.startswith("#") else line.split():
            letters = re.sub(r"\d", "", pattern)
            patterns[letters] = tuple(int(weight or 0) for weight in _LETTER.split(pattern))
    return patterns, max(map(len, patterns))
