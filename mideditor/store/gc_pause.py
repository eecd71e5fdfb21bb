"""Reading much at once: the search for cycles of objects, which would find none, is paused."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 100_000


@contextmanager
def reading_in_bulk() -> Iterator[None]:
    """Pause the collector while objects are made by the hundred thousand, to be kept.

    It would walk through all of them again and again. So many are left out of its later rounds
    too, which would hold up the window; each still goes when nothing refers to it any more.
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
