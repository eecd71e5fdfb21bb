"""Where a paragraph ends: the line is too short, a sentence ends in it, another begins after it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from mideditor.text.lexer import Line
from mideditor.text.marks import looks_like_a_break
from mideditor.text.measure import LONGEST_MEASURE, Measure

_GOES_ON_AFTER = ("-", "‐", "\u00ad", "—", "–", ",")
_SHORT = 0.35
_VERY_SHORT = 0.45
_ANY_ROOM = 0.8
_OUTLIER = 0.002


@dataclass(frozen=True, slots=True)
class LineEnd:
    """What is believed of one line end inside a text: whether a paragraph ends there."""

    ends: bool
    certainty: float


_ENDS = LineEnd(True, 1.0)
_GOES_ON = LineEnd(False, 1.0)


class Paragraphs:
    """Tells paragraph ends by what the line ends of the whole text look like.

    Lines that certainly go on show how much room a typesetter of this text leaves; a paragraph's
    last line is of any length. Bayes' rule says which of the two a line end is.
    """

    def __init__(self, texts: Iterable[Sequence[Line]], measure: Measure) -> None:
        self._measure = measure
        self._rooms = Counter(dict.fromkeys(range(-8, 1), 2) | {1: 1, 2: 1})
        doubtful: list[float] = []
        for lines in texts:
            for line, then in pairwise(lines):
                if line.text.endswith(_GOES_ON_AFTER) or len(line.text) > LONGEST_MEASURE:
                    continue
                room = measure.room_after(line, then)
                if looks_like_a_break(line.text, then.text):
                    doubtful.append(room / max(measure.at(line), 1))
                elif then.text[:1].islower():
                    self._rooms[math.ceil(room)] += 1
        self._lines = self._rooms.total()
        self._blur = 30 / self._lines
        short = sum(share > _SHORT for share in doubtful)
        self._breaks = (short + 0.5) / (1 - _SHORT)
        self._others = max(len(doubtful) - self._breaks, 0.1 * len(doubtful)) + 2

    def line_ends(self, lines: Sequence[Line], after_blank: Set[int]) -> list[LineEnd]:
        """For each line but the last, whether it ends a paragraph."""
        return [self._line_end(line, then, after_blank) for line, then in pairwise(lines)]

    def _line_end(self, line: Line, then: Line, after_blank: Set[int]) -> LineEnd:
        if then.marked or then.number in after_blank or len(line.text) > LONGEST_MEASURE:
            return _ENDS
        if line.text.endswith(_GOES_ON_AFTER):
            return _GOES_ON
        room, measure = self._measure.room_after(line, then), max(self._measure.at(line), 1)
        if not looks_like_a_break(line.text, then.text):
            unfinished = room > _VERY_SHORT * measure and then.text[:1].isupper()
            return LineEnd(False, 0.7) if unfinished else _GOES_ON
        chance = self._chance(room, measure, len(then.text.split(" ", 1)[0]))
        return LineEnd(chance >= 0.5, max(chance, 1 - chance))

    def _chance(self, room: float, measure: float, word: int) -> float:
        """The chance that a sentence which leaves this room for a word ends a paragraph."""
        if_it_ends = self._breaks / measure
        if_it_goes_on = self._others * (self._density(room, word) + _OUTLIER / measure)
        return if_it_ends / (if_it_ends + if_it_goes_on)

    def _density(self, room: float, word: int) -> float:
        """How often lines that go on leave this room: any, where the word did not fit."""
        low = math.floor(room)
        share = room - low
        mean = (1 - share) * self._rooms[low] + share * self._rooms[low + 1]
        beside = (self._rooms[low - 1] + self._rooms[low + 2]) / 2
        seen = (mean + self._blur * beside) / (1 + self._blur) / self._lines
        return max(seen, _ANY_ROOM / (word + 1)) if room < 0 else seen
