"""How long the paragraphs of a text are, learned from the text itself, to find ends on full lines.

Between two certain ends stand a few lines at which a paragraph may end as well. A way to divide
them is as likely as its paragraphs are long and its line ends look; the paragraphs found in this
way tell again how long paragraphs are (expectation and maximization).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

MOST_PLACES = 24
"""Places weighed together; in a stretch with more of them, each is weighed alone."""

_TRAINED_ON = 3000
_ROUNDS = 6
_BLUR = 0.5
_BLUR_BY_LENGTH = 0.05
_UNSEEN = 2.0
_NEGLIGIBLE = 1e-6


class Stretch(NamedTuple):
    """Lines between two certain ends: where a paragraph may end inside, and how that looks.

    ``places`` are numbers of lines from the beginning; ``odds`` tell how much likelier each looks
    as it does where a paragraph ends than where it goes on.
    """

    size: int
    places: tuple[int, ...] = ()
    odds: tuple[float, ...] = ()


class ParagraphLengths:
    """How often each length, in lines, occurs in a text; and what that says about a stretch."""

    def __init__(self, stretches: Sequence[Stretch], texts: int) -> None:
        """``texts`` is the number of texts that the stretches make up."""
        known = [s for s in stretches if len(s.places) <= MOST_PLACES][:_TRAINED_ON]
        self._seen: Mapping[int, float] = {}
        self._total = 0.0
        self._mean = sum(s.size for s in known) / max(len(known), 1) + 1
        self._stretches_a_text = max(len(stretches), 1) / max(texts, 1)
        self._another = 0.3
        for _ in range(_ROUNDS if any(s.places for s in known) else 0):
            self._learn(known)

    def divide(self, stretch: Stretch) -> list[tuple[bool, float]]:
        """For each place: whether the likeliest division ends a paragraph there, and the chance."""
        at, odds = self._points(stretch)
        until, after = self._ways(stretch)
        best: list[tuple[float, tuple[int, ...]]] = [(1.0, ())]
        for j in range(1, len(at)):
            best.append(
                max(
                    (best[i][0] * self._share(at[j] - at[i]) * odds[j], (*best[i][1], j))
                    for i in range(j)
                )
            )
        return [
            (j in best[-1][1], min(1.0, until[j] * after[j] / until[-1]))
            for j in range(1, len(at) - 1)
        ]

    def _learn(self, stretches: Sequence[Stretch]) -> None:
        lengths: dict[int, float] = defaultdict(float)
        for stretch in stretches:
            for length, chance in self._paragraphs(stretch):
                lengths[length] += chance
        self._total = sum(lengths.values())
        self._mean = sum(length * count for length, count in lengths.items()) / self._total
        self._another = 1 - len(stretches) / self._stretches_a_text / self._total
        self._seen = _blurred(lengths)

    def _paragraphs(self, stretch: Stretch) -> Iterator[tuple[int, float]]:
        """The paragraphs that a stretch may hold: their lengths and chances."""
        if not stretch.places:
            yield stretch.size, 1.0
            return
        at, odds = self._points(stretch)
        until, after = self._ways(stretch)
        for j in range(1, len(at)):
            for i in range(j):
                share = self._share(at[j] - at[i])
                chance = until[i] * share * odds[j] * after[j] / until[-1]
                if chance > _NEGLIGIBLE:
                    yield at[j] - at[i], chance

    def _ways(self, stretch: Stretch) -> tuple[list[float], list[float]]:
        """The weights of all divisions before each point, and of all after it."""
        at, odds = self._points(stretch)
        last = len(at) - 1
        until, after = [1.0] * len(at), [1.0] * len(at)
        for j in range(1, len(at)):
            until[j] = odds[j] * sum(until[i] * self._share(at[j] - at[i]) for i in range(j))
        for i in range(last - 1, -1, -1):
            after[i] = sum(
                self._share(at[j] - at[i]) * odds[j] * after[j] for j in range(i + 1, last + 1)
            )
        return until, after

    def _points(self, stretch: Stretch) -> tuple[list[int], list[float]]:
        odds = [1.0, *(self._another * odds for odds in stretch.odds), 1.0]
        return [0, *stretch.places, stretch.size], odds

    def _share(self, length: int) -> float:
        unseen = _UNSEEN * self._mean / (self._mean + length) ** 2
        return (self._seen.get(length, 0.0) + unseen) / (self._total + _UNSEEN)


def _blurred(lengths: Mapping[int, float]) -> Mapping[int, float]:
    blurred: dict[int, float] = defaultdict(float)
    for length, count in lengths.items():
        width = _BLUR + _BLUR_BY_LENGTH * length
        reach = int(4 * width)
        near = range(max(1, length - reach), length + reach + 1)
        weights = [math.exp(-(((other - length) / width) ** 2) / 2) for other in near]
        share = count / sum(weights)
        for other, weight in zip(near, weights, strict=True):
            blurred[other] += share * weight
    return blurred
