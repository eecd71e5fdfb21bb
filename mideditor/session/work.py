"""Long work: a generator that yields its progress, to be run at once, in slices or in a thread."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import TypeVar

Progress = tuple[int, int]
"""How much is done, and of how much. The unit is the work's own: records, lines, files."""

Result = TypeVar("Result")

Work = Generator[Progress, None, Result]
"""Work that yields its progress every few milliseconds and returns its result.

Work that is closed before it ends has changed nothing: a step is made after the last yield.
"""


FEW_RECORDS = 40
"""So many are checked or compared at once, without progress: it takes some milliseconds."""

INDEXED_AT_ONCE = 1000
"""So many are indexed at once for a completion, or to count the facet of findings."""

# How much is done between two yields: a few milliseconds' worth.
CHECKED_AT_A_TIME = 8
"""Records that are validated, and then checked, compared, changed or printed."""

READ_AT_A_TIME = 256
"""Records of which only the stored form is read."""

SCANNED_AT_A_TIME = 8192
"""Texts that are scanned for a word."""


_FINE = 1000
"""Steps into which one unit of progress is divided where it is itself made of parts."""


class Cancelled(Exception):
    """The user stopped a long job; nothing was changed."""


def run_now(work: Work[Result], report: Callable[[int, int], object] | None = None) -> Result:
    """Run all of it. ``report(done, total)`` is called at each yield; what it raises ends it."""
    with closing(work):
        while True:
            try:
                done, total = next(work)
            except StopIteration as end:
                result: Result = end.value
                return result
            if report is not None:
                report(done, total)


def as_share(work: Work[Result], begun: int, share: int, whole: int) -> Work[Result]:
    """Work whose progress counts from ``begun`` to ``begun + share`` of ``whole``."""
    with closing(work):
        while True:
            try:
                done, total = next(work)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield _FINE * begun + _FINE * share * done // max(total, 1), _FINE * whole


def in_one_part(call: Callable[[], Result]) -> Work[Result]:
    """Work that cannot be divided: it can be cancelled only before it begins."""
    yield 0, 1
    return call()
