"""Learns how long the paragraphs of a text are, to find paragraph ends on full lines.

Between two certain paragraph ends there are a few lines at which a paragraph may also end. The
probability of a division depends on the lengths of its paragraphs and the look of its line ends.
The paragraphs found this way improve the estimate of the lengths (expectation–maximization).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

MAX_CANDIDATES = 24
"""A stretch with more candidates is too long to divide as a whole; each is judged alone."""

_MAX_TRAINING_STRETCHES = 3000
_ITERATIONS = 6
_SMOOTHING = 0.5
_SMOOTHING_PER_LINE = 0.05
_PRIOR_COUNT = 2.0
_NEGLIGIBLE = 1e-6


class Stretch(NamedTuple):
    """The lines between two certain paragraph ends, and where a paragraph may end inside.

    ``size`` and ``candidates`` count lines from the start. ``odds`` are likelihood ratios: how much
    more likely it is that a line end looks like this if a paragraph ends there.
    """

    size: int
    candidates: tuple[int, ...] = ()
    odds: tuple[float, ...] = ()


class ParagraphLengths:
    """The distribution of paragraph lengths of a text, in lines."""

    def __init__(self, stretches: Sequence[Stretch], texts: int) -> None:
        """``texts`` is the number of texts (narratives) that the stretches come from."""
        training = [s for s in stretches if len(s.candidates) <= MAX_CANDIDATES][
            :_MAX_TRAINING_STRETCHES
        ]
        self._counts: Mapping[int, float] = {}
        self._total = 0.0
        self._mean = sum(s.size for s in training) / max(len(training), 1) + 1
        self._stretches_per_text = max(len(stretches), 1) / max(texts, 1)
        self._break_rate = 0.3
        for _ in range(_ITERATIONS if any(s.candidates for s in training) else 0):
            self._fit(training)

    def divide(self, stretch: Stretch) -> list[tuple[bool, float]]:
        """For each candidate, whether the best division ends a paragraph there, and how likely."""
        points, odds = self._points(stretch)
        forward, backward = self._forward_backward(stretch)
        best: list[tuple[float, tuple[int, ...]]] = [(1.0, ())]
        for j in range(1, len(points)):
            best.append(
                max(
                    (
                        best[i][0] * self._frequency(points[j] - points[i]) * odds[j],
                        (*best[i][1], j),
                    )
                    for i in range(j)
                )
            )
        return [
            (j in best[-1][1], min(1.0, forward[j] * backward[j] / forward[-1]))
            for j in range(1, len(points) - 1)
        ]

    def _fit(self, stretches: Sequence[Stretch]) -> None:
        lengths: dict[int, float] = defaultdict(float)
        for stretch in stretches:
            for length, probability in self._paragraphs(stretch):
                lengths[length] += probability
        self._total = sum(lengths.values())
        self._mean = sum(length * count for length, count in lengths.items()) / self._total
        self._break_rate = 1 - len(stretches) / self._stretches_per_text / self._total
        self._counts = _smoothed(lengths)

    def _paragraphs(self, stretch: Stretch) -> Iterator[tuple[int, float]]:
        """The possible paragraphs of a stretch, as lengths and probabilities."""
        if not stretch.candidates:
            yield stretch.size, 1.0
            return
        points, odds = self._points(stretch)
        forward, backward = self._forward_backward(stretch)
        for j in range(1, len(points)):
            for i in range(j):
                frequency = self._frequency(points[j] - points[i])
                probability = forward[i] * frequency * odds[j] * backward[j] / forward[-1]
                if probability > _NEGLIGIBLE:
                    yield points[j] - points[i], probability

    def _forward_backward(self, stretch: Stretch) -> tuple[list[float], list[float]]:
        """The total weight of all divisions before each point, and of all after it."""
        points, odds = self._points(stretch)
        last = len(points) - 1
        forward, backward = [1.0] * len(points), [1.0] * len(points)
        for j in range(1, len(points)):
            forward[j] = odds[j] * sum(
                forward[i] * self._frequency(points[j] - points[i]) for i in range(j)
            )
        for i in range(last - 1, -1, -1):
            backward[i] = sum(
                self._frequency(points[j] - points[i]) * odds[j] * backward[j]
                for j in range(i + 1, last + 1)
            )
        return forward, backward

    def _points(self, stretch: Stretch) -> tuple[list[int], list[float]]:
        odds = [1.0, *(self._break_rate * odds for odds in stretch.odds), 1.0]
        return [0, *stretch.candidates, stretch.size], odds

    def _frequency(self, length: int) -> float:
        prior = _PRIOR_COUNT * self._mean / (self._mean + length) ** 2
        return (self._counts.get(length, 0.0) + prior) / (self._total + _PRIOR_COUNT)


def _smoothed(lengths: Mapping[int, float]) -> Mapping[int, float]:
    smoothed: dict[int, float] = defaultdict(float)
    for length, count in lengths.items():
        width = _SMOOTHING + _SMOOTHING_PER_LINE * length
        radius = int(4 * width)
        nearby = range(max(1, length - radius), length + radius + 1)
        weights = [math.exp(-(((other - length) / width) ** 2) / 2) for other in nearby]
        share = count / sum(weights)
        for other, weight in zip(nearby, weights, strict=True):
            smoothed[other] += share * weight
    return smoothed
