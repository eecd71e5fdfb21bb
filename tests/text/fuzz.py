"""A long run of broken texts: `python -m tests.text.fuzz 1000000`; the seed tells them apart.

Each text must be read without failing, each line be somewhere once, each letter in what was read.
"""

from __future__ import annotations

import sys
import time
from random import Random

from mideditor.domain.states import StateList
from mideditor.text.reader import read_chapter
from tests.text.accounting import assert_every_letter_is_read, assert_every_line_is_placed
from tests.text.mutation import broken_text

_STATES = StateList([])
_REPORTED = 20_000


def check(seed: int) -> int:
    """Read the text that a seed makes; its length in characters. Raises on any loss."""
    text = broken_text(Random(seed))
    reading = read_chapter(text, "s", _STATES)
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert_every_line_is_placed(whole, reading)
    assert_every_letter_is_read(whole, reading)
    return len(text)


def main(count: int = 1_000_000, first: int = 0) -> int:
    """Check ``count`` seeds from ``first`` on; how many failed."""
    begun, letters, failed = time.monotonic(), 0, 0
    for done, seed in enumerate(range(first, first + count), start=1):
        try:
            letters += check(seed)
        except Exception as error:
            failed += 1
            print(f"seed {seed}: {type(error).__name__}: {str(error)[:500]}", flush=True)  # noqa: T201
        if done % _REPORTED == 0 or done == count:
            print(  # noqa: T201
                f"{done:,} texts, {letters:,} characters, {failed} failed, "
                f"{time.monotonic() - begun:,.0f} s",
                flush=True,
            )
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
