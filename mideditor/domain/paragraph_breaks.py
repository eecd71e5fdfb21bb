"""Where a text may be parted into paragraphs, and paragraphs joined. A line is a paragraph."""

from __future__ import annotations

import re

# A sentence ends at a stop, with the quotation marks and brackets that close there.
_END = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-ZÀ-ÖØ-Þ0-9])")
_SHORTENED = re.compile(
    r"\b(?:[^\W\d_]|Mrs?|Ms|Dr|Gen|Lt|Col|Capt|Maj|Sgt|Adm|Brig|Cpl|Cmdr|Gov|Sen|Rep|Pres|St|Nos?|vs)"
    r"\.\s*\Z"
)
"""An initial or a shortened word at the end of a text."""


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that has the character ``at``, no earlier than its paragraph."""
    start = text.rfind("\n", 0, at) + 1
    for end in _END.finditer(text, start):
        if end.end() > at:
            break
        if not _SHORTENED.search(text, start, end.start() + 1):
            start = end.end()
    return start


def parted(text: str, at: int) -> tuple[str, int] | None:
    """The text with a new paragraph at the sentence of ``at``, and where that paragraph begins.

    None where the sentence begins a paragraph already.
    """
    start = sentence_start(text, at)
    before = text[:start].rstrip(" ")
    if not before or before.endswith("\n"):
        return None
    return f"{before}\n{text[start:]}", len(before) + 1


def joined(text: str, at: int) -> tuple[str, int] | None:
    """The text with the paragraph of ``at`` and the next as one, and where the next begins in it.

    None where no paragraph follows.
    """
    end = text.find("\n", at)
    before, after = text[:end].rstrip(" "), text[end:].lstrip()
    if end < 0 or not after:
        return None
    gap = " " if before and not before.endswith("\n") else ""
    return f"{before}{gap}{after}", len(before) + len(gap)
