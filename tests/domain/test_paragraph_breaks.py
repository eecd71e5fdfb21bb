"""Paragraphs parted at a sentence and joined again. ``|`` in a text is the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.paragraph_breaks import join_paragraphs, split_paragraph


def with_cursor(made: tuple[str, int] | None) -> str | None:
    return made and f"{made[0][: made[1]]}|{made[0][made[1] :]}"


def placed(text: str) -> tuple[str, int]:
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
    assert with_cursor(split_paragraph(*placed(before))) == after


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
def test_a_sentence_that_begins_a_paragraph_stays(text: str) -> None:
    assert split_paragraph(*placed(text)) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("On|e fell.\nTwo fled.", "One fell. |Two fled."),
        ("One fell.|\nTwo.\nThree.", "One fell. |Two.\nThree."),
        ("On|e fell. \n\n Two.", "One fell. |Two."),
    ],
)
def test_the_next_paragraph_is_joined(before: str, after: str) -> None:
    assert with_cursor(join_paragraphs(*placed(before))) == after


@pytest.mark.parametrize("text", ["One fell.\nTwo| fled.", "One|", "One|\n \n"])
def test_the_last_paragraph_has_none_to_join(text: str) -> None:
    assert join_paragraphs(*placed(text)) is None


sentences = st.lists(st.sampled_from(["One fell.", "“Two fled.”", "Was it 3?"]), min_size=1)


@given(sentences.map(" ".join), st.data())
def test_joining_takes_parting_back(text: str, data: st.DataObject) -> None:
    made = split_paragraph(text, data.draw(st.integers(0, len(text))))
    if made is not None:
        assert made[0].split() == text.split()
        assert join_paragraphs(made[0], made[1] - 1) == (text, made[1])
