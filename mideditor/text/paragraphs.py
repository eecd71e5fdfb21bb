"""Where a paragraph ends: the line is too short, a sentence ends in it, another begins after it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from mideditor.text.lexer import Line
from mideditor.text.marks import looks_like_a_break
from mideditor.text.measure import LONGEST_MEASURE, Measure
from mideditor.text.paragraph_lengths import MOST_PLACES, ParagraphLengths, Stretch

_GOES_ON_AFTER = ("-", "‐", "\u00ad", "—", "–", ",")
_SHORT = 0.35
_VERY_SHORT = 0.45
_ANY_ROOM = 0.8
_OUTLIER = 0.002
_CERTAIN = 3000
_NOT_PARTED = 2.0


@dataclass(frozen=True, slots=True)
class LineEnd:
    """What is believed of one line end inside a text: whether a paragraph ends there."""

    ends: bool
    certainty: float


_ENDS = LineEnd(True, 1.0)
_GOES_ON = LineEnd(False, 1.0)


class ParagraphEnds:
    """Tells paragraph ends by what the line ends of the whole text look like.

    Lines that certainly go on show how much room a typesetter of this text leaves; a paragraph's
    last line is of any length. Bayes' rule says how much likelier a line end looks as it does
    where a paragraph ends, and the lengths of the text's paragraphs decide what is left open.
    """

    def __init__(self, texts: Sequence[tuple[Sequence[Line], Set[int]]], measure: Measure) -> None:
        """Each text comes with the numbers of its lines that follow a blank line."""
        self._measure = measure
        self._rooms = Counter(dict.fromkeys(range(-8, 1), 2) | {1: 1, 2: 1})
        doubtful: list[float] = []
        inside = 0
        fitted, expected = _NOT_PARTED, _NOT_PARTED
        for line, then in (pair for lines, _ in texts for pair in pairwise(lines)):
            inside += 1
            if line.text.endswith(_GOES_ON_AFTER) or len(line.text) > LONGEST_MEASURE:
                continue
            room = measure.room_after(line, then)
            if looks_like_a_break(line.text, then.text):
                doubtful.append(room / max(measure.at(line), 1))
            elif then.text[:1].islower():
                self._rooms[math.ceil(room)] += 1
            elif then.text[:1].isupper() and room < 0:
                fits, chance = self._syllable(then, room)
                fitted += fits
                expected += chance
        self._left_whole = min(1.0, fitted / expected)
        self._lines = self._rooms.total()
        self._blur = 30 / self._lines
        breaks = (sum(share > _SHORT for share in doubtful) + 0.5) / (1 - _SHORT)
        others = max(len(doubtful) - breaks, 0.1 * len(doubtful)) + 2
        self._sentence_ends = others / max(inside, others)
        self._usual_odds = breaks / max(inside, breaks)
        stretches = [stretch for text in texts for stretch, _ in self._stretches(*text)]
        self._lengths = ParagraphLengths(stretches, sum(bool(lines) for lines, _ in texts))

    def line_ends(self, lines: Sequence[Line], after_blank: Set[int]) -> list[LineEnd]:
        """For each line but the last, whether it ends a paragraph."""
        ends = [_GOES_ON] * max(len(lines) - 1, 0)
        for stretch, first in self._stretches(lines, after_blank):
            if first:
                ends[first - 1] = _ENDS
            for place, (is_end, chance) in zip(stretch.places, self._divided(stretch), strict=True):
                ends[first + place - 1] = LineEnd(is_end, chance if is_end else 1 - chance)
        return [
            LineEnd(False, 0.7) if not end.ends and self._is_unfinished(line, then) else end
            for end, (line, then) in zip(ends, pairwise(lines), strict=True)
        ]

    def _stretches(
        self, lines: Sequence[Line], after_blank: Set[int]
    ) -> Iterator[tuple[Stretch, int]]:
        """What lies between certain ends, and the index of its first line."""
        first = 0
        places: list[tuple[int, float]] = []
        for index, (line, then) in enumerate(pairwise(lines), start=1):
            odds = self._odds(line, then, after_blank)
            if odds >= _CERTAIN:
                yield _stretch(index - first, places), first
                first, places = index, []
            elif odds > 0:
                places.append((index - first, odds))
        if lines:
            yield _stretch(len(lines) - first, places), first

    def _odds(self, line: Line, then: Line, after_blank: Set[int]) -> float:
        """How much likelier a line end looks as it does if it ends a paragraph."""
        if then.marked or then.number in after_blank or len(line.text) > LONGEST_MEASURE:
            return math.inf
        if line.text.endswith(_GOES_ON_AFTER) or not looks_like_a_break(line.text, then.text):
            return 0.0
        room, measure = self._measure.room_after(line, then), max(self._measure.at(line), 1)
        density = self._density(room, len(then.text.split(" ", 1)[0]))
        parting = self._parting(then, room) if room < 0 else 1.0
        return parting / ((measure * density + _OUTLIER) * self._sentence_ends)

    def _parting(self, then: Line, room: float) -> float:
        """How much a line end speaks for a paragraph's, as the next word was not parted."""
        fits, chance = self._syllable(then, room)
        if not chance:
            return 1.0
        return 1 / self._left_whole if fits else (1 - chance) / (1 - self._left_whole * chance)

    def _syllable(self, then: Line, room: float) -> tuple[bool, float]:
        """Whether a syllable of the next word would have fitted, and the chance of it.

        The word as a whole did not fit: ``room`` is negative.
        """
        whole, syllable = self._measure.first_piece(then)
        saved = max(whole - syllable, 0.0)
        return saved > 0 and room + saved >= 0, saved / (whole + 1)

    def _divided(self, stretch: Stretch) -> list[tuple[bool, float]]:
        if len(stretch.places) <= MOST_PLACES:
            return self._lengths.divide(stretch)
        odds = [odds * self._usual_odds for odds in stretch.odds]
        return [(odd >= 1, odd / (1 + odd)) for odd in odds]

    def _is_unfinished(self, line: Line, then: Line) -> bool:
        """Whether a line breaks off without the end of a sentence, before a capital letter."""
        if line.text.endswith(_GOES_ON_AFTER) or not then.text[:1].isupper():
            return False
        room = self._measure.room_after(line, then)
        return room > _VERY_SHORT * max(self._measure.at(line), 1) and not looks_like_a_break(
            line.text, then.text
        )

    def _density(self, room: float, word: int) -> float:
        """How often lines that go on leave this room: any, where the word did not fit."""
        low = math.floor(room)
        share = room - low
        mean = (1 - share) * self._rooms[low] + share * self._rooms[low + 1]
        beside = (self._rooms[low - 1] + self._rooms[low + 2]) / 2
        seen = (mean + self._blur * beside) / (1 + self._blur) / self._lines
        return max(seen, _ANY_ROOM / (word + 1)) if room < 0 else seen


def _stretch(size: int, places: Sequence[tuple[int, float]]) -> Stretch:
    return Stretch(size, tuple(place for place, _ in places), tuple(odds for _, odds in places))
