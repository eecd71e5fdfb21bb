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


def as_time(seconds: float) -> str:
    """Seconds in words."""
    return f"{seconds:.2f} s" if seconds >= 0.1 else f"{seconds * 1000:.2f} ms"


def as_size(bytes_: float) -> str:
    """A size in memory or on disk in words."""
    return f"{bytes_ / 1e6:.0f} MB"


@dataclass(frozen=True)
class Measured:
    """One line of the page: what was done, in how long, and what it is compared with.

    ``ours`` and ``theirs`` are seconds, or bytes where ``shown`` is `as_size`. ``target`` is what
    DESIGN.md promises; ``met`` None where it promises nothing of the kind.
    """

    what: str
    ours: float
    beside: str
    theirs: float
    target: str = ""
    met: bool | None = None
    shown: Callable[[float], str] = as_time

    @property
    def ratio(self) -> float:
        """How many times as much as the other."""
        return self.ours / self.theirs


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
