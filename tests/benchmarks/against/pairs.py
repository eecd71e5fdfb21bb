"""Paired measures of two revisions: taking them, their ratios, and the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from tests.benchmarks.stopwatch import format_amount

BOUND = 1.10
"""The ratio above which a measure is worse; below its inverse it is better."""

Value = TypeVar("Value")


def pair(number: int, take: Callable[[int], Value]) -> tuple[Value, Value]:
    """Call ``take`` for the old revision (0) and the new one (1); they alternate in going first."""
    first, second = (1, 0) if number % 2 else (0, 1)
    taken = {first: take(first), second: take(second)}
    return taken[0], taken[1]


@dataclass(frozen=True)
class Comparison:
    """One measure. A pair holds the old and the new value, in seconds, or in bytes of memory."""

    name: str
    pairs: Sequence[tuple[float, float]]

    @property
    def ratios(self) -> list[float]:
        """New / old of each pair, ascending."""
        return sorted(new / old for old, new in self.pairs)

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    @property
    def verdict(self) -> str:
        """Whether the new revision is better, the same or worse."""
        if self.ratio > BOUND:
            return "worse"
        return "better" if self.ratio < 1 / BOUND else "same"


def table(rows: Sequence[Comparison], old: str) -> str:
    """All measures as a text table for the terminal."""
    lines = [_titles(old), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])])
        for line in lines
    )


def markdown(rows: Sequence[Comparison], old: str) -> str:
    """All measures as a Markdown table."""
    lines = [_titles(old), ("---", *["--:"] * 5), *map(_cells, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def summary(rows: Sequence[Comparison], old: str) -> str:
    """How many measures are better, the same and worse, and the names of the worse ones."""
    verdicts = [row.verdict for row in rows]
    counts = ", ".join(f"{verdicts.count(word)} {word}" for word in ("better", "same", "worse"))
    worse = [f"Over {BOUND:.2f} × {old}: {row.name}." for row in rows if row.verdict == "worse"]
    return "\n".join([f"{counts}.", *worse])


def _titles(old: str) -> tuple[str, ...]:
    return "measure", old, "now", "ratio", "min–max", "verdict"


def _cells(row: Comparison) -> tuple[str, ...]:
    unit = "B" if "memory" in row.name else "s"
    old, new = (format_amount(median(side), unit) for side in zip(*row.pairs, strict=True))
    spread = f"{row.ratios[0]:.2f}–{row.ratios[-1]:.2f}"
    return row.name, old, new, f"{row.ratio:.2f} ×", spread, row.verdict
