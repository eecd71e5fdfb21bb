"""Two texts cut down to their differences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.excerpts import as_line, excerpts

LONG = "The fleet had left the strait by the end of the week and nobody was hurt"


@pytest.mark.parametrize(
    ("old", "new", "around", "shown"),
    [
        ("Unclear", "Stalemate", 2, ("Unclear", "Stalemate")),
        ("", "Stalemate", 2, ("", "Stalemate")),
        ("same", "same", 2, ("same", "same")),
        (LONG, LONG.replace("strait", "bay"), 1, ("… the strait by …", "… the bay by …")),
        (LONG, LONG.replace("strait", "bay"), 0, ("… strait …", "… bay …")),
        ("one.\ntwo", "one. two", 1, ("one. ¶ two", "one. two")),
    ],
)
def test_differences_with_a_few_words_of_context(
    old: str, new: str, around: int, shown: tuple[str, str]
) -> None:
    old_pieces, new_pieces = excerpts(old, new, around)
    assert (as_line(old_pieces), as_line(new_pieces)) == shown


@given(old=st.text(" ab\n"), new=st.text(" ab\n"))
def test_nothing_is_omitted_with_enough_context(old: str, new: str) -> None:
    old_pieces, new_pieces = excerpts(old, new, 1_000)
    assert as_line(old_pieces).replace("¶", "\n").split() == old.split()
    assert as_line(new_pieces).replace("¶", "\n").split() == new.split()
