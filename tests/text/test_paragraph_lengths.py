"""The lengths of paragraphs tell where one ended on a full line."""

from __future__ import annotations

import pytest

from mideditor.text.paragraph_lengths import MOST_PLACES, ParagraphLengths, Stretch

OF_FOUR_TO_SIX_LINES = [Stretch(size) for size in (4, 5, 6, 5, 4, 6, 5) * 30]


def test_a_stretch_as_long_as_two_paragraphs_is_divided() -> None:
    doubtful = Stretch(10, (5,), (3.0,))
    lengths = ParagraphLengths([*OF_FOUR_TO_SIX_LINES, doubtful], texts=200)
    ((ends, chance),) = lengths.divide(doubtful)
    assert ends
    assert chance > 0.9


def test_a_stretch_as_long_as_one_is_not() -> None:
    doubtful = Stretch(5, (2,), (3.0,))
    lengths = ParagraphLengths([*OF_FOUR_TO_SIX_LINES, doubtful], texts=200)
    ((ends, chance),) = lengths.divide(doubtful)
    assert not ends
    assert chance < 0.1


def test_of_two_places_the_likelier_one_is_taken() -> None:
    doubtful = Stretch(10, (2, 5), (3.0, 3.0))
    lengths = ParagraphLengths([*OF_FOUR_TO_SIX_LINES, doubtful], texts=200)
    assert [ends for ends, _ in lengths.divide(doubtful)] == [False, True]


def test_a_place_that_looks_like_an_end_is_one_where_nothing_is_known() -> None:
    doubtful = Stretch(9, (4,), (500.0,))
    assert ParagraphLengths([doubtful], texts=1).divide(doubtful)[0][0]


@pytest.mark.parametrize("size", [1, 24, 100_000])
def test_chances_are_chances_whatever_the_size(size: int) -> None:
    places = tuple(range(1, min(size, MOST_PLACES)))
    stretch = Stretch(size, places, (0.001,) * len(places))
    lengths = ParagraphLengths([*OF_FOUR_TO_SIX_LINES, stretch], texts=50)
    assert all(0 <= chance <= 1 for _, chance in lengths.divide(stretch))
