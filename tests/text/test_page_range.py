"""The pages of a text, and which text continues another."""

from __future__ import annotations

import pytest

from mideditor.text.lexer import Kind, read_line
from mideditor.text.page_range import PageRange, follows, page_range, running_head

ENTRY = "MID#1\nDispute Number: 1\n"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("942 Chapter 7\n" + ENTRY, PageRange((7, 942), (7, 942), False)),
        ("\n\n(Marcin) #1\n942 Chapter 7\n" + ENTRY, PageRange((7, 942), (7, 942), False)),
        (ENTRY + "Europe 311\n" + ENTRY, PageRange((3, 311), (3, 311), True)),
        ("942 Chapter 7\nx\nMajor States 943\ny\n", PageRange((7, 942), (7, 943), False)),
        (ENTRY, None),
        ("", None),
    ],
)
def test_the_pages_are_from_the_first_to_the_last_head(text: str, pages: PageRange | None) -> None:
    assert page_range(text) == pages


@pytest.mark.parametrize(
    ("first", "starts_before_head", "expected"),
    [
        ((7, 943), False, True),
        ((7, 943), True, True),
        ((7, 944), True, True),
        ((7, 944), False, False),
        ((7, 942), False, False),
        ((7, 945), True, False),
        ((6, 943), False, False),
    ],
)
def test_the_next_page_of_the_same_chapter_follows(
    first: tuple[int, int], starts_before_head: bool, expected: bool
) -> None:
    before = PageRange((7, 930), (7, 942), False)
    assert follows(before, PageRange(first, first, starts_before_head)) is expected


@pytest.mark.parametrize("chapter", [2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("page", [311, 312])
def test_a_running_head_is_read_back(chapter: int, page: int) -> None:
    line = read_line(1, running_head(chapter, page))
    assert (line.kind, line.chapter, line.page) == (Kind.HEAD, chapter, page)
