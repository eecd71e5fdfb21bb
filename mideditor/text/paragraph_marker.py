"""The invisible marker for lines that the printed format alone would make ambiguous.

The printed format cannot distinguish a paragraph that reads ``MID#12`` from a MID# line. The writer
starts such lines, which are rare, with a WORD JOINER, which is invisible. The reader treats a
marked line as text that starts a paragraph. Natural text never needs the marker.
"""

from __future__ import annotations

import re

MARK = "\u2060"
"""Starts a line of text that begins a paragraph, or a fragment if it follows a blank line."""

NO_HEADING = MARK + MARK
"""On a line by itself: the following records have no dyad heading."""

_ENDS_A_SENTENCE = re.compile(r"[.!?:…][)\]”’\"']*\Z")
_BEGINS_A_SENTENCE = re.compile(r"[(\[“‘\"']*[^\W_a-zß-öø-ÿ]")


def may_end_paragraph(line: str, following: str) -> bool:
    """Whether one paragraph may end with ``line`` and the next begin with ``following``."""
    return bool(_ENDS_A_SENTENCE.search(line)) and bool(_BEGINS_A_SENTENCE.match(following))
