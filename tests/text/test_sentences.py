"""Splitting the sentences of Coding changes."""

from __future__ import annotations

import pytest

from mideditor.domain.coding_sentences import split_sentences


@pytest.mark.parametrize(
    "pieces",
    [
        [("start_date", "Start Date changed from January 28, 1962.")],
        [
            ("added", "Added to the dispute: 200 United Kingdom and 56 St. Lucia."),
            ("dropped", "Dropped from the dispute: 712 Mongolia."),
            ("start_day", "Start day changed from Missing."),
            ("end_date", "End Date changed from Missing."),
            ("fatalities", "Fatalities changed from 1–25 deaths."),
        ],
        [
            ("participant_changed", "Participant changed: side: B, not A. See p. 12. It was odd."),
            ("outcome", "Outcome changed from Unclear."),
        ],
        [("outcome", "Outcome changed from"), ("settlement", "Settlement changed from None.")],
        [("end_date", "End Date changed from July 4,"), ("outcome", "Outcome changed from")],
        [(None, "The maps disagree."), ("end_day", "End day changed from Missing.")],
        [("settlement", "Settlement changed from None."), (None, "So it seems.")],
        [(None, "Nothing of the kind.")],
        [],
    ],
)
def test_sentences_are_split(pieces: list[tuple[str | None, str]]) -> None:
    paragraph = " ".join(text for _, text in pieces)
    assert [(piece.field, piece.text) for piece in split_sentences(paragraph)] == pieces
