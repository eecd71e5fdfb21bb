"""Long work: a generator that yields progress; it can run at once, in slices or in a thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import TypeVar

Progress = tuple[int, int]
"""Units done and units in total. The work defines the unit: records, lines, files."""

Result = TypeVar("Result")

Work = Generator[Progress, None, Result]
"""Work that yields its progress every few milliseconds and returns its result.

Closing it before it ends changes nothing, because a step is made only after the last yield.
"""


FEW_RECORDS = 40
"""Up to this many records are checked or compared at once, without progress, in milliseconds."""

INDEXED_AT_ONCE = 1000
"""Up to this many records are indexed at once for a completion or the facet of findings."""

# Batch sizes between two yields; each takes a few milliseconds.
CHECKED_AT_A_TIME = 8
"""Records that are validated and then checked, compared, changed or printed."""

READ_AT_A_TIME = 256
"""Records whose stored form alone is read."""

SCANNED_AT_A_TIME = 8192
"""Texts that are searched for a word."""


_SUBDIVISIONS = 1000
"""Subdivisions of one unit of progress, for a unit that is work itself."""


class Cancelled(Exception):
    """The user stopped a long job; nothing was changed."""


def run_now(work: Work[Result], report: Callable[[int, int], object] | None = None) -> Result:
    """Run the work to its end, calling ``report(done, total)`` at each yield.

    An exception from ``report`` stops the work.
    """
    with closing(work):
        while True:
            try:
                done, total = next(work)
            except StopIteration as end:
                result: Result = end.value
                return result
            if report is not None:
                report(done, total)


def as_share(work: Work[Result], start: int, share: int, whole: int) -> Work[Result]:
    """Work that reports its progress as the units ``start`` to ``start + share`` of ``whole``."""
    with closing(work):
        while True:
            try:
                done, total = next(work)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield (
                _SUBDIVISIONS * start + _SUBDIVISIONS * share * done // max(total, 1),
                _SUBDIVISIONS * whole,
            )


def in_one_part(call: Callable[[], Result]) -> Work[Result]:
    """Work without intermediate progress: it can be cancelled only before it starts."""
    yield 0, 1
    return call()
