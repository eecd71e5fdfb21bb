"""Detects texts exported by the writer, whose paragraph ends are certain.

In an export every line is a paragraph. If it was wrapped, every line but the last of a paragraph
ends in one space (as in RFC 3676, format=flowed). There are no page heads.
"""

from __future__ import annotations

from collections.abc import Sequence

from mideditor.text.lexer import Kind, Line
from mideditor.text.paragraph_marker import may_end_paragraph

_FREE_TEXT = frozenset({"", "narrative"})


def has_furniture(tokens: Sequence[Line]) -> bool:
    """Whether there are page heads or website lines, which the writer never writes."""
    return any(line.kind in (Kind.SITE, Kind.HEAD) for line in tokens)


def is_exported(tokens: Sequence[Line]) -> bool:
    """Whether the writer could have written every line end in these tokens."""
    if has_furniture(tokens):
        return False
    before: Line | None = None
    part = ""
    for line in tokens:
        if before is not None and not _could_be_written(before, line, part):
            return False
        part = _next_part(part, line)
        before = None if line.kind is Kind.BLANK else line
    return before is None or not before.flows


def _next_part(part: str, line: Line) -> str:
    if line.kind is Kind.LABEL:
        return line.label
    return "" if line.kind in (Kind.BLANK, Kind.MID) else part


def _could_be_written(line: Line, next_line: Line, part: str) -> bool:
    if line.flows:
        return next_line.kind is Kind.TEXT
    if next_line.kind is not Kind.TEXT or next_line.marked or line.kind is Kind.MID:
        return True
    if line.kind in (Kind.HEADING, Kind.NO_HEADING):
        return True
    return part in _FREE_TEXT and may_end_paragraph(line.text, next_line.text)
