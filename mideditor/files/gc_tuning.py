"""When Python looks for garbage that refers to itself: all tuning of the collector stands here.

What a project holds is old, is kept, and there is much of it. To walk through all of it again and
again made an export of 100,000 records twice as long, and held the window up for as long as a
second.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG_ONLY = (700, 10, 1_000_000)
"""Thresholds of `gc.set_threshold`: for the young those of Python itself."""

_MANY = 100_000
"""New objects after which those that exist are left out of later rounds."""


def collect_young_only() -> None:
    """Never walk through all objects unasked.

    The window does it once when it closes a project; a command ends before it matters.
    """
    gc.set_threshold(*_YOUNG_ONLY)


def pause_collector() -> None:
    """Do not collect while the program starts: to look would take a tenth of the time."""
    gc.disable()


def resume_collector() -> None:
    """Collect again, and leave out what was made until now."""
    gc.freeze()
    gc.enable()


@contextmanager
def reading_in_bulk() -> Iterator[None]:
    """Pause the collector while objects are made by the hundred thousand, to be kept.

    Where they are so many, they are left out of later rounds too, which would hold up the window;
    each still goes when nothing refers to it any more.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY:
            gc.freeze()
        if was_enabled:
            gc.enable()


def free_closed_project() -> None:
    """Free what a closed project held: walk through all objects once."""
    gc.unfreeze()
    gc.collect()
