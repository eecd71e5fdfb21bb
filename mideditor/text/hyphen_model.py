"""Estimates the odds of a hyphen between two halves of a word from English word frequencies.

A word whose halves are common but whose closed form is rare has a hyphen (``two-day``). A word
whose closed form is common, or whose halves are not words, has none (``mis-siles``). The weights
are from a logistic regression; docs/reading.md describes its training data and accuracy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mideditor.text.hyphenation import break_points


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HYPHENATED_PREFIXES = _words(
    "anti non self well ex vice pro cross all semi quasi mid neo ultra half ill long short high low"
)
_CLASHING_PREFIXES = _words("re pre de co anti semi pro")
_PARTICLES = _words("up down out off over in by on away through")
_OPTIONAL_HYPHEN_PREFIXES = _words(
    "non anti semi re co multi counter over under post pre inter off on sub bi tri out super ultra"
)
_LINKING_WORDS = _words("to of and in for the de la on by up a or en at")
_COMPOUND_ENDS = _words(
    "led held run built made born bound torn fought known like wide free rich old"
)
_ENDINGS = _words(
    "able ably ability al ally ance ant ate ated ary dom ed ence ent er ers ery est ful fully hood "
    "ial ian ible ic ical ics ies ify ing ings ish ism ist ists ity ive ively ization ize ized "
    "izing less lessly let ling ly ment ments ness nesses or ors ory ous ously ship ships sion "
    "sions some ster teen tion tions tional tive ty ual ure ured ward wards"
)
_BEGINNINGS = _words(
    "ab ac ad af al an ap ar as at be com con cor de dis em en ex fore im in il ir mis ob of op "
    "out per pro re sub suc suf sup sur sus trans un up under over with for"
)
_INFLECTIONS = (
    ("ies", "y"),
    ("ization", "ize"),
    ("ized", "ize"),
    ("ism", "ist"),
    ("ist", "ism"),
    ("ists", "ist"),
    *((ending, rest) for ending in ("ed", "ing", "er", "ers", "es", "ion") for rest in ("", "e")),
    *((ending, "") for ending in ("s", "ly", "ness", "ally")),
)
_DOUBLED = re.compile(r"(.)\1(?:ed|ing|ers?)\Z")

_COMPOUNDS = tuple(
    Path(__file__).with_name(name) for name in ("compounds.txt", "compounds_of_wordnet.txt")
)

_KNOWN_WORD = 3.3
_COMMON = 4.0
_SHORTEST_STEM = 4
_MAX_ODDS_IF_OPTIONAL = 4.0  # a probability of 0.98: “nonaligned” is as good as “non-aligned”

_WEIGHTS = {
    "any": -7.46,
    "closed": -1.56,
    "stem": -0.94,
    "rarer half": 0.97,
    "commoner half": 0.52,
    "letters before": 0.32,
    "letters after": 0.34,
    "hyphenated prefix": 0.86,
    "particle": 0.55,
    "clash": 1.45,
    "second": 1.75,
    "after a link": 2.11,
    "before a link": 1.37,
    "repeated": 1.3,
    "seen halves": 1.12,
    "ending": -3.16,
    "beginning": -1.69,
    "either way": 0.53,
    "no break point": 2.1,
    "listed": 2.43,
    "name": -0.57,
}
"""What one unit of each kind of evidence adds to the log-odds of a hyphen."""


@dataclass(frozen=True, slots=True)
class WordHalves:
    """Two halves of a word, and how often each occurs in hyphenated compounds of the text."""

    left: str
    right: str
    seen_first: int = 0
    seen_second: int = 0


@cache
def _frequencies() -> Mapping[str, float]:
    import wordfreq  # takes half a second and 60 MB, so only on demand

    frequencies: Mapping[str, float] = wordfreq.get_frequency_dict("en", wordlist="best")
    return frequencies


@cache
def frequency(word: str) -> float:
    """How common a word is, on the Zipf scale: 0 is unknown, 3 is known, 7 is “the”."""
    share = _frequencies().get(word.casefold().replace("’", "'"), 0.0)
    return max(0.0, math.log10(share) + 9) if share else 0.0


def hyphen_odds(parts: WordHalves) -> float:
    """The log-odds that the hyphen belongs to the word."""
    left, right = _bare(parts.left.rpartition("-")[2]), _bare(parts.right.partition("-")[0])
    odds = sum(_WEIGHTS[kind] * amount for kind, amount in evidence(parts).items())
    usage_differs = left in _OPTIONAL_HYPHEN_PREFIXES and frequency(right) >= _KNOWN_WORD
    if usage_differs and frequency(left + right) < _COMMON:
        return max(-_MAX_ODDS_IF_OPTIONAL, min(_MAX_ODDS_IF_OPTIONAL, odds))
    return odds


def evidence(parts: WordHalves) -> Mapping[str, float]:
    """The amount of each kind of evidence: a yes or no, letters, or Zipf frequencies."""
    left, right = _bare(parts.left.rpartition("-")[2]), _bare(parts.right.partition("-")[0])
    first, second, closed = frequency(left), frequency(right), frequency(left + right)
    return {
        "any": 1,
        "closed": closed,
        "stem": max(_stem_frequency(left + right) - closed, 0.0) if closed < _KNOWN_WORD else 0.0,
        "rarer half": min(first, second),
        "commoner half": max(first, second),
        "letters before": min(len(left), 6),
        "letters after": min(len(right), 8),
        "hyphenated prefix": left in _HYPHENATED_PREFIXES,
        "particle": right in _PARTICLES,
        "clash": left in _CLASHING_PREFIXES and left[-1:] == right[:1],
        "second": right in _COMPOUND_ENDS,
        "after a link": "-" in parts.left and left in _LINKING_WORDS and second >= _KNOWN_WORD,
        "before a link": "-" in parts.right and right in _LINKING_WORDS,
        "repeated": "-" in parts.left and _bare(parts.left.partition("-")[0]) == right,
        "seen halves": _seen(parts) if first and second else 0.0,
        "ending": right in _ENDINGS,
        "beginning": left in _BEGINNINGS,
        "either way": left in _OPTIONAL_HYPHEN_PREFIXES,
        "no break point": _is_no_break_point(left, right),
        "listed": not _compounds().isdisjoint(_spellings(parts, left, right)),
        "name": parts.left[:1].isupper() and min(first, second) < _KNOWN_WORD,
    }


@cache
def _compounds() -> frozenset[str]:
    lines = [line for path in _COMPOUNDS for line in path.read_text("utf-8").splitlines()]
    return _words(" ".join(line for line in lines if not line.startswith("#")))


def _spellings(parts: WordHalves, left: str, right: str) -> Iterator[str]:
    """How a list may spell the compound: the whole halves, or only the words at the hyphen."""
    for name in (f"{left}-{right}", f"{_bare(parts.left)}-{_bare(parts.right)}"):
        yield name
        yield from _stems(name)


def _bare(half: str) -> str:
    return half.casefold().removesuffix("’s").strip("‘’'")


def _stem_frequency(word: str) -> float:
    """The frequency of the most common word that this may be a form of, as in “militarises”."""
    return max(map(frequency, _stems(word)), default=0.0)


def _stems(word: str) -> Iterator[str]:
    """The words that this may be an inflected form of."""
    for ending, rest in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= _SHORTEST_STEM:
            yield word.removesuffix(ending) + rest
    if doubled := _DOUBLED.search(word):
        yield word[: doubled.start() + 1]


def _seen(parts: WordHalves) -> float:
    return min(4.0, 0.8 * math.log1p(parts.seen_second) + 0.4 * math.log1p(parts.seen_first))


def _is_no_break_point(left: str, right: str) -> bool:
    """Whether a typesetter would not break the closed word here, so the hyphen belongs to it."""
    closed = left + right
    is_plain = closed.isascii() and closed.isalpha()
    return is_plain and bool(left) and len(left) not in break_points(closed)
