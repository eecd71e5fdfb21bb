"""Tuning of Python's cyclic garbage collector.

An open project holds many long-lived objects. Full collections that walk through all of them
doubled the time of an export of 100,000 records and blocked the window for up to a second.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG_ONLY = (700, 10, 1_000_000)
"""Thresholds for `gc.set_threshold`: Python's defaults for the two young generations."""

_MANY = 100_000
"""After this many new objects, the existing ones are excluded from later collections."""


def collect_young_only() -> None:
    """Disable automatic full collections.

    The window runs one when it closes a project; a command ends before it would need one.
    """
    gc.set_threshold(*_YOUNG_ONLY)


def pause_collector() -> None:
    """Pause the collector while the program starts; it would take a tenth of the start time."""
    gc.disable()


def resume_collector() -> None:
    """Resume collecting, and exclude all existing objects from it."""
    gc.freeze()
    gc.enable()


@contextmanager
def reading_in_bulk() -> Iterator[None]:
    """Pause the collector while very many long-lived objects are created.

    More than `_MANY` of them are also excluded from later collections, which would block the
    window. Reference counting still frees each one.
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
    """Free the objects of a closed project with one full collection."""
    gc.unfreeze()
    gc.collect()
