"""Counts with their nouns, in English: 1 record, 2 records."""

from __future__ import annotations


def quantity(count: int, one: str, many: str = "", *, separator: str = "") -> str:
    """A count and its noun. ``separator`` stands between the thousands of the number."""
    return f"{count:{separator}} {plural(count, one, many)}"


def plural(count: int, one: str, many: str = "") -> str:
    """``one`` if ``count`` is 1, else ``many``; without that, ``one`` with an s."""
    return one if count == 1 else many or f"{one}s"
