"""Pauses the garbage collector while a large project is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 100_000


@contextmanager
def reading_in_bulk() -> Iterator[None]:
    """Pause the collector while hundreds of thousands of long-lived objects are created.

    It would scan all of them again and again. If there are many, they are also excluded from later
    collections, which would freeze the window; reference counting still frees them.
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
