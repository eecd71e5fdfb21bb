"""How often Python looks for garbage that refers to itself."""

from __future__ import annotations

import gc

_YOUNG_ONLY = (700, 10, 1_000_000)
"""Thresholds of `gc.set_threshold`: for the young those of Python itself."""


def collect_young_only() -> None:
    """Never walk through all objects unasked.

    What a project holds is old, and there is much of it: to walk through all of it again and again
    made an export of 100,000 records twice as long, and held the window up for as long as a second.
    `MainWindow` does it once when it puts a project away; a command ends before it matters.
    """
    gc.set_threshold(*_YOUNG_ONLY)
