"""Whether a hyphen at a line's end belongs to the word: evidence, in order of its weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.coding_sentences import OPENINGS
from mideditor.domain.partial_date import MONTHS
from mideditor.domain.states import StateList
from mideditor.text.spelling import Parts, frequency, likely_hyphen

_WORD = re.compile(r"\b[^\W_]+(?:[-‐’'][^\W_]+)*\b(?![-‐\u00ad]\s*\n)")
_STEM = 4
_FEW = 3
_DISPUTED = 0.9
_LEFT_BY_A_WITNESS = 0.25
_AND = frozenset({"and", "or", "to", "nor"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands between the halves of a word now: nothing, the hyphen, or hyphen and space."""

    joint: str
    certainty: float
    evidence: str

    @property
    def kept(self) -> bool:
        """Whether the hyphen stays."""
        return self.joint != ""


class Judge:
    """Decides about hyphens at line ends, knowing the whole text and the words of the format."""

    def __init__(self, text: str, states: StateList) -> None:
        self._known = frozenset(_words_of_the_format(states))
        words = Counter(map(str.casefold, _WORD.findall(text)))
        self._words = words
        self._seconds: Counter[str] = Counter()
        self._firsts: Counter[str] = Counter()
        self._stems: Counter[tuple[str, str]] = Counter()
        for word, count in words.items():
            if "-" in word:
                first, _, second = word.partition("-")
                self._firsts[first] += count
                self._seconds[second] += count
                self._stems[first, second[:_STEM]] += count
        self._verdicts: dict[tuple[str, str], Verdict] = {}

    def judge(self, left: str, right: str) -> Verdict:
        """The verdict on ``left-`` at a line's end and ``right`` at the next one's beginning."""
        verdict = self._verdicts.get((left, right))
        if verdict is None:
            verdict = self._verdicts[left, right] = self._decide(left, right)
        return verdict

    def _decide(self, left: str, right: str) -> Verdict:
        right = right.rstrip("’'") or right
        if right in _AND and not self._count(left + right) and not frequency(left + right):
            return Verdict("- ", 0.9, f"“{right}” begins a new word")
        return (
            self._by_format(left, right)
            or self._by_text(left, right)
            or self._by_shape(left, right)
            or self._by_spelling(left, right)
        )

    def _by_format(self, left: str, right: str) -> Verdict | None:
        first, second = left.casefold(), right.casefold().removesuffix("’s")
        if first + second in self._known and right[:1].islower():
            return Verdict("", 0.995, "a word of the printed format")
        if f"{first}-{second}" in self._known:
            return Verdict("-", 0.995, "a name of the state list")
        return None

    def _by_text(self, left: str, right: str) -> Verdict | None:
        hyphened, closed = f"{left}-{right}", left + right
        seen = self._count(hyphened), self._count(closed)
        if not any(seen):
            return self._by_relatives(left, right)
        kept = seen[0] >= seen[1]
        certainty = max(seen) / sum(seen) * (1 - 0.02 / sum(seen))
        if sum(seen) < _FEW:
            spelled = self._by_spelling(left, right)
            agreed = 1 - _LEFT_BY_A_WITNESS ** sum(seen) * (1 - spelled.certainty)
            certainty = min(certainty, agreed if kept is spelled.kept else _DISPUTED)
        form = hyphened if kept else closed
        return Verdict("-" if kept else "", certainty, f"“{form}” stands elsewhere in the text")

    def _by_relatives(self, left: str, right: str) -> Verdict | None:
        """Other forms of the same word: “re-establishing” speaks for “re-established”."""
        relatives = self._stems[left.casefold(), right.casefold()[:_STEM]]
        if len(right) <= _STEM or not relatives:
            return None
        return Verdict("-", 0.92, f"“{left}-{right[:_STEM]}…” stands elsewhere in the text")

    def _by_shape(self, left: str, right: str) -> Verdict | None:
        if right[0].isdigit() or left[-1].isdigit():
            return Verdict("-", 0.98, "a number")
        if right[0].isupper() and not (left + right).isupper():
            return Verdict("-", 0.98, "a capital after the hyphen")
        return None

    def _by_spelling(self, left: str, right: str) -> Verdict:
        seen_first, seen_second = self._firsts[left.casefold()], self._seconds[right.casefold()]
        chance = likely_hyphen(Parts(left, right, seen_first, seen_second))
        kept = chance >= 0.5
        return Verdict("-" if kept else "", max(chance, 1 - chance), "the spelling")

    def _count(self, word: str) -> int:
        return self._words[word.casefold().replace("‐", "-")]


def _words_of_the_format(states: StateList) -> Iterable[str]:
    texts = [*MONTHS, *Outcome, *Settlement, *Fatalities, *OPENINGS.values()]
    texts += ["See the narrative in the dyad dispute list", "Started"]
    texts += [name for state in states for name in state.names]
    for text in texts:
        for word in text.casefold().replace("’", "'").split():
            yield word.strip("():.,'")
