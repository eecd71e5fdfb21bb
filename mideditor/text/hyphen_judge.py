"""Whether a hyphen at a line's end belongs to the word: evidence, in order of its weight."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.coding_sentences import OPENINGS
from mideditor.domain.partial_date import MONTHS
from mideditor.domain.states import StateList
from mideditor.text.hyphen_model import WordHalves, frequency, hyphen_odds

_WORD = re.compile(r"\b[^\W_]+(?:[-‐’'][^\W_]+)*\b(?![-‐\u00ad]\s*\n)")
_ENDING = re.compile(r"(?<=\w{4})(?:ments?|ing|ies|ers?|es|ed|ly|[sdye])\Z")

# Log-odds of a hyphen, fitted to words that stand elsewhere in the text; docs/reading.md tells how.
_ONE_WITNESS = 2.75
_TWICE_AS_MANY = 0.5
_HYPHENS_ARE_RARE = -1.15
_SPELLING = 0.61
_SPELLING_IF_AT_ODDS = 0.3  # a text that has both forms
_TWICE_AS_MANY_IF_AT_ODDS = 0.66
_RELATIVE = 2.1
_MOST = 9.0  # of the spelling: a chance of 0.9999
_SURE = 6.0
_RATHER_SURE = 5.0
_BEFORE_CAPITALS = frozenset({"Mc", "Mac"})
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
_AND = frozenset({"and", "or", "to", "nor"})


@dataclass(frozen=True, slots=True)
class HyphenVerdict:
    """What stands between the halves of a word now: nothing, the hyphen, or hyphen and space."""

    joint: str
    certainty: float
    evidence: str

    @property
    def kept(self) -> bool:
        """Whether the hyphen stays."""
        return self.joint != ""


class HyphenJudge:
    """Decides about hyphens at line ends, knowing the whole text and the words of the format."""

    def __init__(self, text: str, states: StateList) -> None:
        self._known = frozenset(_words_of_the_format(states))
        words = Counter[str]()
        for word, count in Counter(_WORD.findall(text)).items():
            words[_bare(word)] += count
        self._words = words
        self._seconds: Counter[str] = Counter()
        self._firsts: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        for word, count in words.items():
            self._stems[_stem(word)] += count
            if "-" in word:
                first, _, second = word.partition("-")
                self._firsts[first] += count
                self._seconds[second] += count
        self._verdicts: dict[tuple[str, str], HyphenVerdict] = {}

    def judge(self, left: str, right: str) -> HyphenVerdict:
        """The verdict on ``left-`` at a line's end and ``right`` at the next one's beginning."""
        verdict = self._verdicts.get((left, right))
        if verdict is None:
            verdict = self._verdicts[left, right] = self._decide(left, right)
        return verdict

    def _decide(self, left: str, right: str) -> HyphenVerdict:
        right = right.rstrip("’'") or right
        if right in _AND and not self._count(left + right) and not frequency(left + right):
            return HyphenVerdict("- ", 0.9, f"“{right}” begins a new word")
        return (
            self._by_format(left, right)
            or self._by_text(left, right)
            or self._by_shape(left, right)
            or self._by_spelling(left, right)
        )

    def _by_format(self, left: str, right: str) -> HyphenVerdict | None:
        first, second = left.casefold(), right.casefold().removesuffix("’s")
        if first + second in self._known and right[:1].islower():
            return HyphenVerdict("", 0.999, "a word of the printed format")
        if f"{first}-{second}" in self._known:
            return HyphenVerdict("-", 0.999, "a name of the state list")
        return None

    def _by_text(self, left: str, right: str) -> HyphenVerdict | None:
        """The same word elsewhere: each time it stands there counts, beside shape and spelling."""
        hyphened, closed = f"{left}-{right}", left + right
        seen = self._count(hyphened), self._count(closed)
        if not any(seen):
            return None
        odds = _beside(seen, _shape(left, right)[0] or self._spelling(left, right))
        form = hyphened if odds >= 0 else closed
        return _verdict(odds, f"“{form}” stands elsewhere in the text")

    def _by_shape(self, left: str, right: str) -> HyphenVerdict | None:
        odds, shape = _shape(left, right)
        return _verdict(odds, shape) if shape else None

    def _by_spelling(self, left: str, right: str) -> HyphenVerdict:
        """The spelling, and other forms of the same word: “re-established” for “re-establish”."""
        odds = self._spelling(left, right)
        if self._stems[_stem(f"{left}-{right}")]:
            odds += _RELATIVE
        elif self._stems[_stem(left + right)]:
            odds -= _RELATIVE
        return _verdict(odds, "the spelling")

    def _spelling(self, left: str, right: str) -> float:
        seen_first, seen_second = self._firsts[left.casefold()], self._seconds[right.casefold()]
        odds = hyphen_odds(WordHalves(left, right, seen_first, seen_second))
        return max(-_MOST, min(_MOST, odds))

    def _count(self, word: str) -> int:
        return self._words[_bare(word)]


def _bare(word: str) -> str:
    return word.casefold().replace("‐", "-").removesuffix("’s").strip("‘’'")


def _shape(left: str, right: str) -> tuple[float, str]:
    """The odds of a hyphen and the shape of the halves that speaks for it; nothing if none does."""
    if right[0].isdigit() or left[-1].isdigit() or _is_number(left, right):
        return _SURE, "a number"
    if right[0].isupper() and not (left + right).isupper() and left not in _BEFORE_CAPITALS:
        return _RATHER_SURE if left[-1].isupper() else _SURE, "a capital after the hyphen"
    if len(left) > 1 and left.isupper() and right[0].islower():
        return _RATHER_SURE, "an abbreviation before the hyphen"
    return 0.0, ""


def _is_number(left: str, right: str) -> bool:
    """Whether the halves are tens and units: “thirty-nine”, “fifty-five-day”."""
    return _bare(left).rpartition("-")[2] in _TENS and _bare(right).partition("-")[0] in _UNITS


def _stem(word: str) -> str:
    """A word without the ending of its form, roughly."""
    return _ENDING.sub("", _bare(word))


def _beside(seen: tuple[int, int], odds: float) -> float:
    """The odds of a form that stands elsewhere hyphened so many times, and closed so many times."""
    hyphened, closed = seen
    if hyphened and closed:
        majority = math.log2(hyphened / closed)
        return odds * _SPELLING_IF_AT_ODDS + majority * _TWICE_AS_MANY_IF_AT_ODDS
    witness = _ONE_WITNESS + _TWICE_AS_MANY * math.log2(hyphened or closed)
    return odds * _SPELLING + _HYPHENS_ARE_RARE + (witness if hyphened else -witness)


def _verdict(odds: float, evidence: str) -> HyphenVerdict:
    return HyphenVerdict("-" if odds >= 0 else "", 1 / (1 + math.exp(-abs(odds))), evidence)


def _words_of_the_format(states: StateList) -> Iterable[str]:
    texts = [*MONTHS, *Outcome, *Settlement, *Fatalities, *OPENINGS.values()]
    texts += ["See the narrative in the dyad dispute list", "Started"]
    texts += [name for state in states for name in state.names]
    for text in texts:
        for word in text.casefold().replace("’", "'").split():
            yield word.strip("():.,'")
