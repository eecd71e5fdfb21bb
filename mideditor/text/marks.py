"""The invisible mark that the writer sets where the printed format cannot say what a line is.

The printed format has no way to tell a paragraph that reads ``MID#12`` from a MID# line. Such lines
are rare; the writer begins them with a WORD JOINER, which prints as nothing, and the reader takes
a marked line for text that begins a paragraph. Natural text never needs one.
"""

from __future__ import annotations

import re

MARK = "\u2060"
"""Begins a line that is text and starts a paragraph (after a blank line: starts a fragment)."""

NO_HEADING = MARK + MARK
"""A line of its own: from here on no dyad heading is in force."""

_ENDS_A_SENTENCE = re.compile(r"[.!?:…][)\]”’\"']*\Z")
_BEGINS_A_SENTENCE = re.compile(r"[(\[“‘\"']*[^\W_a-zß-öø-ÿ]")


def looks_like_a_break(line: str, following: str) -> bool:
    """Whether a paragraph may end with ``line`` and the next begin with ``following``."""
    return bool(_ENDS_A_SENTENCE.search(line)) and bool(_BEGINS_A_SENTENCE.match(following))
