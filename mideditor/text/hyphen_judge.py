"""Decides whether a hyphen at the end of a line belongs to the word, strongest evidence first."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mideditor.domain.coding_sentences import OPENINGS
from mideditor.domain.fields import FIELDS
from mideditor.domain.partial_date import MONTHS
from mideditor.domain.states import StateList
from mideditor.text.hyphen_model import WordHalves, frequency, hyphen_odds

_WORD = re.compile(r"\b[^\W_]+(?:[-‐’'][^\W_]+)*\b(?![-‐\u00ad]\s*\n)")
_ENDING = re.compile(r"(?<=\w{4})(?:ments?|ing|ies|ers?|es|ed|ly|[sdye])\Z")

# Log-odds of a hyphen, fitted to words that occur elsewhere in the text; see docs/reading.md.
_OCCURS_ELSEWHERE = 2.75
_PER_DOUBLING = 0.5
_HYPHENS_ARE_RARE = -1.15
_SPELLING = 0.61
_SPELLING_IF_MIXED = 0.3  # for a word that the text spells both ways
_PER_DOUBLING_IF_MIXED = 0.66
_RELATED_FORM = 2.1
_MAX_ODDS = 9.0  # for the spelling: a probability of 0.9999
_STRONG_ODDS = 6.0
_FAIR_ODDS = 5.0
_CAPITAL_PREFIXES = frozenset({"Mc", "Mac"})
_TENS = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
_UNITS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
    ]
)
_CONJUNCTIONS = frozenset({"and", "or", "to", "nor"})


@dataclass(frozen=True, slots=True)
class HyphenVerdict:
    """What to put between two halves of a word: nothing, a hyphen, or a hyphen and a space.

    ``certainty`` is the probability that this is right, ``evidence`` the reason in words.
    """

    separator: str
    certainty: float
    evidence: str

    @property
    def kept(self) -> bool:
        """Whether the hyphen is kept."""
        return self.separator != ""


class HyphenJudge:
    """Judges hyphens at line ends from the whole text and the words of the printed format."""

    def __init__(self, text: str, states: StateList) -> None:
        self._format_words = frozenset(_words_of_format(states))
        words = Counter[str]()
        for word, count in Counter(_WORD.findall(text)).items():
            words[_bare(word)] += count
        self._words = words
        self._ends: Counter[str] = Counter()
        self._starts: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        for word, count in words.items():
            self._stems[_stem(word)] += count
            if "-" in word:
                first, _, second = word.partition("-")
                self._starts[first] += count
                self._ends[second] += count
        self._verdicts: dict[tuple[str, str], HyphenVerdict] = {}

    def judge(self, left: str, right: str) -> HyphenVerdict:
        """The verdict on ``left-`` at the end of a line and ``right`` at the start of the next."""
        verdict = self._verdicts.get((left, right))
        if verdict is None:
            verdict = self._verdicts[left, right] = self._decide(left, right)
        return verdict

    def _decide(self, left: str, right: str) -> HyphenVerdict:
        right = right.rstrip("’'") or right
        if right in _CONJUNCTIONS and not self._count(left + right) and not frequency(left + right):
            return HyphenVerdict("- ", 0.9, f"“{right}” begins a new word")
        return (
            self._by_format(left, right)
            or self._by_text(left, right)
            or self._by_shape(left, right)
            or self._by_spelling(left, right)
        )

    def _by_format(self, left: str, right: str) -> HyphenVerdict | None:
        first, second = left.casefold(), right.casefold().removesuffix("’s")
        if first + second in self._format_words and right[:1].islower():
            return HyphenVerdict("", 0.999, "a word of the printed format")
        if f"{first}-{second}" in self._format_words:
            return HyphenVerdict("-", 0.999, "a name of the state list")
        return None

    def _by_text(self, left: str, right: str) -> HyphenVerdict | None:
        """Judge by occurrences elsewhere in the text, combined with shape and spelling."""
        hyphenated, closed = f"{left}-{right}", left + right
        seen = self._count(hyphenated), self._count(closed)
        if not any(seen):
            return None
        odds = _odds_with_occurrences(seen, _shape(left, right)[0] or self._spelling(left, right))
        form = hyphenated if odds >= 0 else closed
        return _verdict(odds, f"“{form}” stands elsewhere in the text")

    def _by_shape(self, left: str, right: str) -> HyphenVerdict | None:
        odds, shape = _shape(left, right)
        return _verdict(odds, shape) if shape else None

    def _by_spelling(self, left: str, right: str) -> HyphenVerdict:
        """Judge by spelling and by related forms: “re-established” supports “re-establish”."""
        odds = self._spelling(left, right)
        if self._stems[_stem(f"{left}-{right}")]:
            odds += _RELATED_FORM
        elif self._stems[_stem(left + right)]:
            odds -= _RELATED_FORM
        return _verdict(odds, "the spelling")

    def _spelling(self, left: str, right: str) -> float:
        seen_first, seen_second = self._starts[left.casefold()], self._ends[right.casefold()]
        odds = hyphen_odds(WordHalves(left, right, seen_first, seen_second))
        return max(-_MAX_ODDS, min(_MAX_ODDS, odds))

    def _count(self, word: str) -> int:
        return self._words[_bare(word)]


def _bare(word: str) -> str:
    return word.casefold().replace("‐", "-").removesuffix("’s").strip("‘’'")


def _shape(left: str, right: str) -> tuple[float, str]:
    """The log-odds of a hyphen from the shape of the halves, and that shape; (0, "") if neutral."""
    if right[0].isdigit() or left[-1].isdigit() or _is_number(left, right):
        return _STRONG_ODDS, "a number"
    if right[0].isupper() and not (left + right).isupper() and left not in _CAPITAL_PREFIXES:
        return _FAIR_ODDS if left[-1].isupper() else _STRONG_ODDS, "a capital after the hyphen"
    if len(left) > 1 and left.isupper() and right[0].islower():
        return _FAIR_ODDS, "an abbreviation before the hyphen"
    return 0.0, ""


def _is_number(left: str, right: str) -> bool:
    """Whether the halves are tens and units: “thirty-nine”, “fifty-five-day”."""
    return _bare(left).rpartition("-")[2] in _TENS and _bare(right).partition("-")[0] in _UNITS


def _stem(word: str) -> str:
    """A word without its inflectional ending, roughly."""
    return _ENDING.sub("", _bare(word))


def _odds_with_occurrences(seen: tuple[int, int], odds: float) -> float:
    """The log-odds of a hyphen, given how often the word occurs with and without one."""
    hyphenated, closed = seen
    if hyphenated and closed:
        majority = math.log2(hyphenated / closed)
        return odds * _SPELLING_IF_MIXED + majority * _PER_DOUBLING_IF_MIXED
    occurrence = _OCCURS_ELSEWHERE + _PER_DOUBLING * math.log2(hyphenated or closed)
    return odds * _SPELLING + _HYPHENS_ARE_RARE + (occurrence if hyphenated else -occurrence)


def _verdict(odds: float, evidence: str) -> HyphenVerdict:
    return HyphenVerdict("-" if odds >= 0 else "", 1 / (1 + math.exp(-abs(odds))), evidence)


def _printed_codes() -> Iterable[str]:
    """The words of the codes that the chapters print."""
    return (code for row in FIELDS.values() if row.part for code in row.codes or ())


def _words_of_format(states: StateList) -> Iterable[str]:
    texts = [*MONTHS, *_printed_codes(), *OPENINGS.values()]
    texts += ["See the narrative in the dyad dispute list", "Started"]
    texts += [name for state in states for name in state.names]
    for text in texts:
        for word in text.casefold().replace("’", "'").split():
            yield word.strip("():.,'")
