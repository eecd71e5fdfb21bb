"""Work that can be done in parts: beside a window that stays awake, or all at once."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

Progress = Callable[[int, int], None]
"""Told how much is done of how much; raises Cancelled to stop the work."""


class Cancelled(Exception):
    """The user stopped a long job; nothing was changed."""


Result = TypeVar("Result")

Work = Generator[int, None, Result]
"""Work that yields how much is done, and returns its result."""


def at_once(work: Work[Result], told: Callable[[int], object] = int) -> Result:
    """Do all of it now; ``told`` hears how much is done."""
    while True:
        try:
            told(next(work))
        except StopIteration as end:
            result: Result = end.value
            return result
