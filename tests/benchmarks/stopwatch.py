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
"""The time on the wall, for what waits for the disk."""


@dataclass(frozen=True)
class Measured:
    """One line of the page: what was done, in how long, and what it is compared with.

    Times are in seconds. ``target`` is what DESIGN.md promises; ``met`` None where it promises
    nothing of the kind.
    """

    what: str
    seconds: float
    beside: str
    beside_seconds: float
    target: str = ""
    met: bool | None = None

    @property
    def ratio(self) -> float:
        """How many times as long as the other."""
        return self.seconds / self.beside_seconds


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
