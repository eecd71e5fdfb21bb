"""Where two texts differ, character by character."""

from __future__ import annotations

from itertools import takewhile


def changed_span(old: str, new: str) -> tuple[int, int, int]:
    """The offset at which the texts begin to differ, and the ends of the change in old and new."""
    start = common_start(old, new)
    same_end = common_start(old[start:][::-1], new[start:][::-1])
    return start, len(old) - same_end, len(new) - same_end


def common_start(one: str, other: str) -> int:
    """How many characters both texts begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
