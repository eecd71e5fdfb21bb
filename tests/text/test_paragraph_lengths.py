"""Paragraph lengths show where a paragraph ends on a full line."""

from __future__ import annotations

import pytest

from mideditor.text.paragraph_lengths import MAX_CANDIDATES, ParagraphLengths, Stretch

FOUR_TO_SIX_LINES = [Stretch(size) for size in (4, 5, 6, 5, 4, 6, 5) * 30]


def test_a_stretch_as_long_as_two_paragraphs_is_divided() -> None:
    doubtful = Stretch(10, (5,), (3.0,))
    lengths = ParagraphLengths([*FOUR_TO_SIX_LINES, doubtful], texts=200)
    ((ends, probability),) = lengths.divide(doubtful)
    assert ends
    assert probability > 0.9


def test_a_stretch_as_long_as_one_is_not() -> None:
    doubtful = Stretch(5, (2,), (3.0,))
    lengths = ParagraphLengths([*FOUR_TO_SIX_LINES, doubtful], texts=200)
    ((ends, probability),) = lengths.divide(doubtful)
    assert not ends
    assert probability < 0.1


def test_the_more_likely_of_two_candidates_is_chosen() -> None:
    doubtful = Stretch(10, (2, 5), (3.0, 3.0))
    lengths = ParagraphLengths([*FOUR_TO_SIX_LINES, doubtful], texts=200)
    assert [ends for ends, _ in lengths.divide(doubtful)] == [False, True]


def test_a_candidate_that_looks_like_an_end_is_one_without_other_evidence() -> None:
    doubtful = Stretch(9, (4,), (500.0,))
    assert ParagraphLengths([doubtful], texts=1).divide(doubtful)[0][0]


@pytest.mark.parametrize("size", [1, 24, 100_000])
def test_probabilities_are_valid_for_any_size(size: int) -> None:
    candidates = tuple(range(1, min(size, MAX_CANDIDATES)))
    stretch = Stretch(size, candidates, (0.001,) * len(candidates))
    lengths = ParagraphLengths([*FOUR_TO_SIX_LINES, stretch], texts=50)
    assert all(0 <= probability <= 1 for _, probability in lengths.divide(stretch))
