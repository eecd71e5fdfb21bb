"""Reads many broken texts: `python -m tests.text.fuzz 1000000`. Each seed makes one text.

Every text must be read without an error, with each line in one place and no letter lost.
"""

from __future__ import annotations

import sys
import time
from random import Random

from mideditor.domain.states import StateList
from mideditor.text.reader import read_chapter
from tests.text.accounting import assert_every_line_is_placed, assert_no_letter_is_lost
from tests.text.mutation import broken_text

_STATES = StateList([])
_REPORT_EVERY = 20_000


def check(seed: int) -> int:
    """Read the text of a seed and return its length in characters; raises on any loss."""
    text = broken_text(Random(seed))
    reading = read_chapter(text, "s", _STATES)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert_every_line_is_placed(whole, reading)
    assert_no_letter_is_lost(whole, reading)
    return len(text)


def main(count: int = 1_000_000, first: int = 0) -> int:
    """Check ``count`` seeds from ``first`` on; returns how many failed."""
    started, characters, failed = time.monotonic(), 0, 0
    for done, seed in enumerate(range(first, first + count), start=1):
        try:
            characters += check(seed)
        except Exception as error:
            failed += 1
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:500]}", flush=True)  # noqa: T201
        if done % _REPORT_EVERY == 0 or done == count:
            print(  # noqa: T201
                f"{done:,} texts, {characters:,} characters, {failed} failed, "
                f"{time.monotonic() - started:,.0f} s",
                flush=True,
            )
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
