"""Timing something together with a baseline: alternately, so that load affects both alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Clock = Callable[[], float]

CPU_TIME: Clock = time.process_time
"""CPU time of this process, which other programs hardly affect."""

WALL_TIME: Clock = time.perf_counter
"""Wall time, for what waits for the disk or for another process."""

BOOK = 2237
"""Records in the printed book; targets are set for it and for 100,000 records."""

_MANY = 100_000
_UNNOTICED = 0.01


@dataclass(frozen=True)
class Measured:
    """One cell of the page: a measure for a number of records, with its baseline.

    ``size`` is 0 if the measure does not depend on records. ``ours`` and ``theirs`` are seconds, or
    bytes if ``unit`` is "B". ``baseline`` names the lower bound or other program that ``theirs`` is
    for, "" if there is none. ``target`` is the target in words, and ``limit`` the highest ``ours``
    that meets it, None if there is none. ``reason`` explains on the page why a target is missed.
    """

    what: str
    size: int
    ours: float
    baseline: str = ""
    theirs: float = 0.0
    target: str = ""
    limit: float | None = None
    reason: str = ""
    unit: str = "s"

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target."""
        return None if self.limit is None else self.ours <= self.limit

    @property
    def ratio(self) -> float | None:
        """``ours`` / ``theirs``; None without a baseline."""
        return self.ours / self.theirs if self.theirs else None


def time_alternately(
    ours: Callable[[], object], bare: Callable[[], object], times: int, clock: Clock = CPU_TIME
) -> tuple[float, float]:
    """The median times of two jobs that are run alternately, ``times`` times each."""
    samples: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    for _ in range(times):
        for job, seconds in zip((ours, bare), samples, strict=True):
            seconds.append(timed(job, clock))
    return median(samples[0]), median(samples[1])


def timed(job: Callable[[], object], clock: Clock = CPU_TIME) -> float:
    """The time of one run of a job."""
    started = clock()
    result = job()
    seconds = clock() - started
    del result
    return seconds


def repeats_for(size: int, most: int = 3) -> int:
    """How often to repeat a measure that takes long with many records."""
    return most if size <= BOOK else max(most // 2, 1)


def scaled_limit(seconds: float, size: int) -> float:
    """A limit for 100,000 records scaled to ``size``; never below 10 ms, which nobody notices."""
    return max(seconds * size / _MANY, _UNNOTICED)


def format_amount(number: float, unit: str) -> str:
    """A time or a size with its unit."""
    if unit == "B":
        return f"{number / 1e6:,.0f} MB"
    if number >= 1:
        return f"{number:.1f} s" if number < 100 else f"{number:,.0f} s"
    return f"{number * 1000:.2g} ms" if number < 0.01 else f"{number * 1000:.0f} ms"
