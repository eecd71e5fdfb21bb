"""Whether a text is an export of the writer's, in which no paragraph end is a guess.

In an export a line is a paragraph; where it was wrapped, each line but a paragraph's last ends in
one space (as in RFC 3676, format=flowed). There are no page heads.
"""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.text.lexer import Kind, Line
from mideditor.text.marks import looks_like_a_break

_FREE_TEXT = frozenset({"", "narrative"})


def has_furniture(tokens: Sequence[Line]) -> bool:
    """Whether there are page heads or lines of a site: the writer makes none."""
    return any(line.kind in (Kind.SITE, Kind.HEAD) for line in tokens)


def is_exported(tokens: Sequence[Line]) -> bool:
    """Whether every line end in these tokens is one that the writer would have made."""
    if has_furniture(tokens):
        return False
    before: Line | None = None
    part = ""
    for line in tokens:
        if before is not None and not _fits(before, line, part):
            return False
        part = _part_after(part, line)
        before = None if line.kind is Kind.BLANK else line
    return before is None or not before.flows


def _part_after(part: str, line: Line) -> str:
    if line.kind is Kind.LABEL:
        return line.label
    return "" if line.kind in (Kind.BLANK, Kind.MID) else part


def _fits(line: Line, then: Line, part: str) -> bool:
    if line.flows:
        return then.kind is Kind.TEXT
    if then.kind is not Kind.TEXT or then.marked or line.kind is Kind.MID:
        return True
    if line.kind in (Kind.HEADING, Kind.NO_HEADING):
        return True
    return part in _FREE_TEXT and looks_like_a_break(line.text, then.text)
