"""How likely a hyphen between two halves of a word is, from the frequencies of English words.

A word of common halves whose closed form is rare has a hyphen (``two-day``); a word whose closed
form is common, or whose halves are no words, has none (``mis-siles``). The weights are those of a
logistic regression over 2,700 hyphens of compounds and 34,000 soft breaks of English words and
names, the breaks six times as likely at a line's end. Fitted to one half of the words, it was wrong
2.4 % of the other half; docs/reading.md tells how certain it was of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HYPHENATED_PREFIXES = _words(
    "anti non self well ex vice pro cross all semi quasi mid neo ultra half ill long short high low"
)
_CLASHING = _words("re pre de co anti semi pro")
_PARTICLES = _words("up down out off over in by on away through")
_EITHER_WAY = _words(
    "non anti semi re co multi counter over under post pre inter off on sub bi tri out super ultra"
)
_LINKS = _words("to of and in for the de la on by up a or en at")
_SECONDS = _words("led held run built made born bound torn fought known like wide free rich old")

_A_WORD = 3.3
_COMMON = 4.0
_UNSURE = 2.94  # a chance of 0.95: usage differs, “nonaligned” is as good as “non-aligned”


@dataclass(frozen=True, slots=True)
class Parts:
    """Two halves of a word, and how often the text has compounds with the one or the other."""

    left: str
    right: str
    seen_first: int = 0
    seen_second: int = 0


@cache
def _frequencies() -> Mapping[str, float]:
    import wordfreq  # half a second and 60 MB: only where a word needs it

    frequencies: Mapping[str, float] = wordfreq.get_frequency_dict("en", wordlist="best")
    return frequencies


@cache
def frequency(word: str) -> float:
    """How common a word is, on the Zipf scale: 0 is unknown, 3 is known, 7 is “the”."""
    share = _frequencies().get(word.casefold().replace("’", "'"), 0.0)
    return max(0.0, math.log10(share) + 9) if share else 0.0


def likely_hyphen(parts: Parts) -> float:
    """The chance, from 0 to 1, that the hyphen belongs to the word."""
    left, right = _bare(parts.left.rpartition("-")[2]), _bare(parts.right.partition("-")[0])
    linked = ("-" in parts.left and left in _LINKS) or ("-" in parts.right and right in _LINKS)
    closed = 0.0 if linked else frequency(left + right)  # “day-to-day” is no “today”
    first, second = frequency(left), frequency(right)
    rarer = min(first, second)
    score = -10.21 - 2.09 * closed + 1.35 * rarer + 0.64 * max(first, second)
    score += 0.55 * min(len(left), 6) + 0.55 * min(len(right), 8) + _by_kind(left, right)
    if not closed:
        score += 2.22 - 0.35 * rarer - 3.0 * parts.left[:1].isupper()
    score += 3.69 * linked
    if first and second:
        score += min(2.0, 0.8 * math.log1p(parts.seen_second) + 0.4 * math.log1p(parts.seen_first))
    if left in _EITHER_WAY and second >= _A_WORD and closed < _COMMON:
        score = max(-_UNSURE, min(_UNSURE, score))
    return 1 / (1 + math.exp(-score))


def _bare(half: str) -> str:
    return half.casefold().removesuffix("’s").strip("‘’'")


def _by_kind(left: str, right: str) -> float:
    score = 2.12 * (left in _HYPHENATED_PREFIXES) + 3.53 * (right in _PARTICLES)
    score += 1.94 * (right in _SECONDS)
    return score + 6.21 * (left in _CLASHING and left[-1:] == right[:1])
