"""The printed pages of a text, and whether another text continues it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mideditor.text.lexer import CHAPTERS, Kind, Line, read_line

PageNumber = tuple[int, int]
"""A chapter number and a page number."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """The pages of the first and last page head; ``starts_before_head`` if text precedes the first.

    Such a text starts on the page before its first head: either at the top, with the head missing,
    or further down.
    """

    first: PageNumber
    last: PageNumber
    starts_before_head: bool


def page_range(text: str) -> PageRange | None:
    """The pages of a text; None if it has no page heads."""
    lines = text.split("\n")
    first = _first_head(lines)
    last = _first_head(reversed(lines))
    if first is None or last is None:
        return None
    first_page, last_page = _page(first), _page(last)
    if first_page is None or last_page is None:
        return None
    kinds = {read_line(1, line).kind for line in lines[: first.number - 1]}
    return PageRange(first_page, last_page, bool(kinds - {Kind.BLANK, Kind.SITE}))


def follows(before: PageRange, after: PageRange) -> bool:
    """Whether ``after`` continues ``before`` with its next page."""
    chapter, page = before.last
    return after.first == (chapter, page + 1) or head_is_missing(before, after)


def head_is_missing(before: PageRange, after: PageRange) -> bool:
    """Whether ``after`` starts with the whole next page, whose head is missing."""
    chapter, page = before.last
    return after.starts_before_head and after.first == (chapter, page + 2)


def running_head(chapter: int, page: int) -> str:
    """The running head of a page as the book prints it."""
    if page % 2 == 0:
        return f"{page} Chapter {chapter}"
    name = next((name for name, number in CHAPTERS.items() if number == chapter), "Chapter")
    return f"{name.title()} {page}"


def _first_head(lines: Iterable[str]) -> Line | None:
    for number, raw in enumerate(lines, start=1):
        line = read_line(number, raw)
        if line.kind is Kind.HEAD:
            return line
    return None


def _page(head: Line) -> PageNumber | None:
    return None if head.chapter is None or head.page is None else (head.chapter, head.page)
