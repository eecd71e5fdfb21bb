"""Splitting a paragraph at a sentence, and joining paragraphs. ``|`` in a text is the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.paragraph_breaks import join_paragraphs, split_paragraph


def with_cursor(result: tuple[str, int] | None) -> str | None:
    return result and f"{result[0][: result[1]]}|{result[0][result[1] :]}"


def text_and_cursor(text: str) -> tuple[str, int]:
    return text.replace("|", ""), text.index("|")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One fell. Two |fled.", "One fell.\n|Two fled."),
        ("One fell. |Two fled.", "One fell.\n|Two fled."),
        ("One fell.  Two fl|ed. Three.", "One fell.\n|Two fled. Three."),
        ("One. Two.\nThree. Fou|r.", "One. Two.\nThree.\n|Four."),
        ("He said “no.” Two f|led.", "He said “no.”\n|Two fled."),
        ("One fell. “Tw|o fled.”", "One fell.\n|“Two fled.”"),
        ("One fell. 22 me|n died.", "One fell.\n|22 men died."),
    ],
)
def test_a_paragraph_begins_with_the_sentence_of_the_cursor(before: str, after: str) -> None:
    assert with_cursor(split_paragraph(*text_and_cursor(before))) == after


@pytest.mark.parametrize(
    "text",
    [
        "O|ne fell. Two fled.",
        "One fell.\n|Two fled.",
        "Gen. Jose M. Garcia of the U.S. Navy fl|ed.",
        "It cost $2.5 mill|ion.",
        "|",
    ],
)
def test_a_sentence_that_begins_a_paragraph_is_not_split_off(text: str) -> None:
    assert split_paragraph(*text_and_cursor(text)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("On|e fell.\nTwo fled.", "One fell. |Two fled."),
        ("One fell.|\nTwo.\nThree.", "One fell. |Two.\nThree."),
        ("On|e fell. \n\n Two.", "One fell. |Two."),
    ],
)
def test_the_next_paragraph_is_joined(before: str, after: str) -> None:
    assert with_cursor(join_paragraphs(*text_and_cursor(before))) == after


@pytest.mark.parametrize("text", ["One fell.\nTwo| fled.", "One|", "One|\n \n"])
def test_the_last_paragraph_has_none_to_join(text: str) -> None:
    assert join_paragraphs(*text_and_cursor(text)) is None


sentences = st.lists(st.sampled_from(["One fell.", "“Two fled.”", "Was it 3?"]), min_size=1)


@given(sentences.map(" ".join), st.data())
def test_joining_reverses_splitting(text: str, data: st.DataObject) -> None:
    result = split_paragraph(text, data.draw(st.integers(0, len(text))))
    if result is not None:
        assert result[0].split() == text.split()
        assert join_paragraphs(result[0], result[1] - 1) == (text, result[1])
