"""Splitting and joining the paragraphs of a text. A line is a paragraph."""

from __future__ import annotations

import re

# A sentence ends with its punctuation and any closing quotation marks and brackets.
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:[^\W\d_]|Mrs?|Ms|Dr|Gen|Lt|Col|Capt|Maj|Sgt|Adm|Brig|Cpl|Cmdr|Gov|Sen|Rep|Pres|St|Nos?|vs)"
    r"\.\s*\Z"
)
"""An initial or an abbreviation at the end of a text."""


def sentence_start(text: str, position: int) -> int:
    """The start of the sentence at ``position``, at the earliest the start of its paragraph."""
    start = text.rfind("\n", 0, position) + 1
    for end in _SENTENCE_END.finditer(text, start):
        if end.end() > position:
            break
        if not _ABBREVIATION.search(text, start, end.start() + 1):
            start = end.end()
    return start


def split_paragraph(text: str, position: int) -> tuple[str, int] | None:
    """Start a new paragraph with the sentence at ``position``.

    Returns the new text and the start of the new paragraph, or None if the sentence is already the
    first of its paragraph.
    """
    start = sentence_start(text, position)
    before = text[:start].rstrip(" ")
    if not before or before.endswith("\n"):
        return None
    return f"{before}\n{text[start:]}", len(before) + 1


def join_paragraphs(text: str, position: int) -> tuple[str, int] | None:
    """Join the paragraph at ``position`` and the next one.

    Returns the new text and the position where the joined paragraph continues, or None if no
    paragraph follows.
    """
    end = text.find("\n", position)
    before, after = text[:end].rstrip(" "), text[end:].lstrip()
    if end < 0 or not after:
        return None
    space = " " if before and not before.endswith("\n") else ""
    return f"{before}{space}{after}", len(before) + len(space)
