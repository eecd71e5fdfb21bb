"""How long something takes, and beside what: both timed in turn, so that both feel the load."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Clock = Callable[[], float]

WORK: Clock = time.process_time
"""The processor's time for this process alone: the same on a busy computer."""

WAITING: Clock = time.perf_counter
"""The time on the wall, for what waits for the disk or for another process."""

BOOK = 2237
"""Records of the printed book; the plan's targets are for it and for 100,000."""

_MANY = 100_000
_UNNOTICED = 0.01


@dataclass(frozen=True)
class Measured:
    """One cell of the page: what was done to how many records, in how long, and beside what.

    ``size`` is 0 where records have no part in it. ``ours`` and ``theirs`` are seconds, or bytes
    where ``unit`` is "B". ``beside`` is the bound or the peer; "" where there is none. ``target``
    is what the plan promises, in words, and ``limit`` the most that ``ours`` may be for it; None
    where nothing is promised. ``why`` is for the page to tell where that was missed.
    """

    what: str
    size: int
    ours: float
    beside: str = ""
    theirs: float = 0.0
    target: str = ""
    limit: float | None = None
    why: str = ""
    unit: str = "s"

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return None if self.limit is None else self.ours <= self.limit

    @property
    def ratio(self) -> float | None:
        """How many times as much as the other; None where there is no other."""
        return self.ours / self.theirs if self.theirs else None


def in_turn(
    ours: Callable[[], object], bare: Callable[[], object], times: int, clock: Clock = WORK
) -> tuple[float, float]:
    """The median time of each of the two, done alternately so many times."""
    taken: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for _ in range(times):
        for job, seconds in zip((ours, bare), taken, strict=True):
            seconds.append(timed(job, clock))
    return median(taken[0]), median(taken[1])


def timed(job: Callable[[], object], clock: Clock = WORK) -> float:
    """How long a job takes, once."""
    begun = clock()
    result = job()
    seconds = clock() - begun
    del result
    return seconds


def times_for(size: int, most: int = 3) -> int:
    """How often to measure what takes long with many records."""
    return most if size <= BOOK else max(most // 2, 1)


def in_proportion(seconds: float, size: int) -> float:
    """A target that is for 100,000 records, for so many; never less than nobody would notice."""
    return max(seconds * size / _MANY, _UNNOTICED)


def amount(number: float, unit: str) -> str:
    """A time or a size in words."""
    if unit == "B":
        return f"{number / 1e6:,.0f} MB"
    if number >= 1:
        return f"{number:.1f} s" if number < 100 else f"{number:,.0f} s"
    return f"{number * 1000:.2g} ms" if number < 0.01 else f"{number * 1000:.0f} ms"
