"""Tunes Python's cyclic garbage collector."""

from __future__ import annotations

import gc

_YOUNG_ONLY = (700, 10, 1_000_000)
"""Thresholds for `gc.set_threshold`: Python's defaults for the young generations only."""


def collect_young_only() -> None:
    """Turn off automatic full collections.

    An open project is many long-lived objects. Scanning them all again and again doubled the time
    to export 100,000 records and froze the window for up to a second. `MainWindow` collects once
    when it closes a project; a command exits before it matters.
    """
    gc.set_threshold(*_YOUNG_ONLY)
