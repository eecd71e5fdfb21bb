"""Finds paragraph ends: a short line that ends a sentence, before a line that starts another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from mideditor.text.lexer import Line
from mideditor.text.measure import LONGEST_MEASURE, Measure
from mideditor.text.paragraph_lengths import MAX_CANDIDATES, ParagraphLengths, Stretch
from mideditor.text.paragraph_marker import may_end_paragraph

_CONTINUES_AFTER = ("-", "‐", "\u00ad", "—", "–", ",")
_SHORT = 0.35
_VERY_SHORT = 0.45
_UNIFORM_SHARE = 0.8
_OUTLIER_DENSITY = 0.002
_CERTAIN_ODDS = 3000
_PRIOR_HYPHENATIONS = 2.0


@dataclass(frozen=True, slots=True)
class LineEnd:
    """Whether a paragraph ends at one line end inside a text, and how certain that is."""

    ends: bool
    certainty: float


_ENDS = LineEnd(True, 1.0)
_CONTINUES = LineEnd(False, 1.0)


class ParagraphEnds:
    """Finds paragraph ends from the line ends of the whole text.

    Lines that certainly continue show how much room this text's typesetter leaves, while the last
    line of a paragraph has any length. Bayes' rule turns that into odds for each line end, and the
    lengths of the text's paragraphs decide the remaining cases.
    """

    def __init__(self, texts: Sequence[tuple[Sequence[Line], Set[int]]], measure: Measure) -> None:
        """Each text comes with the numbers of those of its lines that follow a blank line."""
        self._measure = measure
        self._room_counts = Counter(dict.fromkeys(range(-8, 1), 2) | {1: 1, 2: 1})
        rooms_at_ends: list[float] = []
        line_ends = 0
        fitted, expected = _PRIOR_HYPHENATIONS, _PRIOR_HYPHENATIONS
        for line, next_line in (pair for lines, _ in texts for pair in pairwise(lines)):
            line_ends += 1
            if line.text.endswith(_CONTINUES_AFTER) or len(line.text) > LONGEST_MEASURE:
                continue
            room = measure.room_after(line, next_line)
            if may_end_paragraph(line.text, next_line.text):
                rooms_at_ends.append(room / max(measure.at(line), 1))
            elif next_line.text[:1].islower():
                self._room_counts[math.ceil(room)] += 1
            elif next_line.text[:1].isupper() and room < 0:
                fits, probability = self._syllable_fit(next_line, room)
                fitted += fits
                expected += probability
        self._unhyphenated_rate = min(1.0, fitted / expected)
        self._line_count = self._room_counts.total()
        self._smoothing = 30 / self._line_count
        breaks = (sum(fraction > _SHORT for fraction in rooms_at_ends) + 0.5) / (1 - _SHORT)
        others = max(len(rooms_at_ends) - breaks, 0.1 * len(rooms_at_ends)) + 2
        self._sentence_ends = others / max(line_ends, others)
        self._usual_odds = breaks / max(line_ends, breaks)
        stretches = [stretch for text in texts for stretch, _ in self._stretches(*text)]
        self._lengths = ParagraphLengths(stretches, sum(bool(lines) for lines, _ in texts))

    def line_ends(self, lines: Sequence[Line], after_blank: Set[int]) -> list[LineEnd]:
        """For each line but the last, whether it ends a paragraph."""
        ends = [_CONTINUES] * max(len(lines) - 1, 0)
        for stretch, first in self._stretches(lines, after_blank):
            if first:
                ends[first - 1] = _ENDS
            for candidate, (is_end, probability) in zip(
                stretch.candidates, self._divide(stretch), strict=True
            ):
                ends[first + candidate - 1] = LineEnd(
                    is_end, probability if is_end else 1 - probability
                )
        return [
            LineEnd(False, 0.7) if not end.ends and self._is_unfinished(line, next_line) else end
            for end, (line, next_line) in zip(ends, pairwise(lines), strict=True)
        ]

    def _stretches(
        self, lines: Sequence[Line], after_blank: Set[int]
    ) -> Iterator[tuple[Stretch, int]]:
        """The stretches between certain ends, each with the index of its first line."""
        first = 0
        candidates: list[tuple[int, float]] = []
        for index, (line, next_line) in enumerate(pairwise(lines), start=1):
            odds = self._odds(line, next_line, after_blank)
            if odds >= _CERTAIN_ODDS:
                yield _stretch(index - first, candidates), first
                first, candidates = index, []
            elif odds > 0:
                candidates.append((index - first, odds))
        if lines:
            yield _stretch(len(lines) - first, candidates), first

    def _odds(self, line: Line, next_line: Line, after_blank: Set[int]) -> float:
        """The likelihood ratio of a line end: paragraph end against continuation."""
        if next_line.marked or next_line.number in after_blank or len(line.text) > LONGEST_MEASURE:
            return math.inf
        if line.text.endswith(_CONTINUES_AFTER) or not may_end_paragraph(line.text, next_line.text):
            return 0.0
        room, measure = self._measure.room_after(line, next_line), max(self._measure.at(line), 1)
        density = self._density(room, len(next_line.text.split(" ", 1)[0]))
        hyphenation_odds = self._hyphenation_odds(next_line, room) if room < 0 else 1.0
        return hyphenation_odds / ((measure * density + _OUTLIER_DENSITY) * self._sentence_ends)

    def _hyphenation_odds(self, next_line: Line, room: float) -> float:
        """The likelihood ratio that follows from the next word not being hyphenated."""
        fits, probability = self._syllable_fit(next_line, room)
        if not probability:
            return 1.0
        return (
            1 / self._unhyphenated_rate
            if fits
            else (1 - probability) / (1 - self._unhyphenated_rate * probability)
        )

    def _syllable_fit(self, next_line: Line, room: float) -> tuple[bool, float]:
        """Whether a syllable of the next word would have fitted, and the prior probability of that.

        ``room`` is negative: the whole word did not fit.
        """
        whole, syllable = self._measure.first_piece(next_line)
        saved = max(whole - syllable, 0.0)
        return saved > 0 and room + saved >= 0, saved / (whole + 1)

    def _divide(self, stretch: Stretch) -> list[tuple[bool, float]]:
        if len(stretch.candidates) <= MAX_CANDIDATES:
            return self._lengths.divide(stretch)
        odds = [odds * self._usual_odds for odds in stretch.odds]
        return [(odd >= 1, odd / (1 + odd)) for odd in odds]

    def _is_unfinished(self, line: Line, next_line: Line) -> bool:
        """Whether a line stops in mid-sentence, and the next starts with a capital letter."""
        if line.text.endswith(_CONTINUES_AFTER) or not next_line.text[:1].isupper():
            return False
        room = self._measure.room_after(line, next_line)
        return room > _VERY_SHORT * max(self._measure.at(line), 1) and not may_end_paragraph(
            line.text, next_line.text
        )

    def _density(self, room: float, word_length: int) -> float:
        """How often continuing lines leave this much room; uniform if the word did not fit."""
        low = math.floor(room)
        fraction = room - low
        mean = (1 - fraction) * self._room_counts[low] + fraction * self._room_counts[low + 1]
        neighbours = (self._room_counts[low - 1] + self._room_counts[low + 2]) / 2
        observed = (mean + self._smoothing * neighbours) / (1 + self._smoothing) / self._line_count
        return max(observed, _UNIFORM_SHARE / (word_length + 1)) if room < 0 else observed


def _stretch(size: int, candidates: Sequence[tuple[int, float]]) -> Stretch:
    return Stretch(
        size, tuple(candidate for candidate, _ in candidates), tuple(odds for _, odds in candidates)
    )
