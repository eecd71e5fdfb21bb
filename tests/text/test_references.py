"""Cross-references in the printed wording and in similar ones."""

from __future__ import annotations

import pytest

from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import CrossReference, Entry, Record, Unread
from mideditor.domain.states import StateList
from mideditor.text.reader import read_chapter
from tests.text.accounting import assert_every_line_is_placed, assert_no_letter_is_lost

NEXT = "MID#612\nDispute Number: 612\nDate(s): May 1, 1964\n"
DYAD = "2 Cuba/816 Vietnam"


def first_of(text: str) -> Record:
    text = f"Major States 941\n{text}\n{NEXT}"
    reading = read_chapter(text, "s", StateList([]))
    assert_every_line_is_placed(text, reading)
    assert_no_letter_is_lost(text, reading)
    assert len(reading.records) == 2
    return reading.records[0]


@pytest.mark.parametrize("number", ["MID#611\n", ""])
@pytest.mark.parametrize(
    "sentence",
    [
        f"Started in May 1964. See the narrative in the {DYAD} dyad dispute list.",
        "Started in\nMay 1964. See the narrative in the 2 Cuba/816\nVietnam dyad dispute\nlist.",
        f"Started in May 1964. (See the narrative in the {DYAD} dyad dispute list.)",
        f"Started in May 1964 (see the narrative in the {DYAD} dyad dispute list).",
        f"Started in May 1964; see the narrative in the {DYAD} dyad list.",
        f"Started in May 1964. See narrative in the {DYAD} dyad.",
    ],
)
def test_other_punctuation_and_missing_words_are_understood(sentence: str, number: str) -> None:
    reference = first_of(number + sentence)
    assert isinstance(reference, CrossReference)
    assert reference.started == PartialDate(1964, 5)
    assert str(reference.see) == DYAD


@pytest.mark.parametrize("number", ["MID#611\n", ""])
@pytest.mark.parametrize(
    "sentence",
    [
        f"Started in May 1964. See also the narrative in the {DYAD} dyad dispute list.",
        f"Started in May 1964. See the narrative under the {DYAD} dyad dispute list.",
        f"Started in May 1964. See also the\nnarratives in the {DYAD} dyad dispute list.",
    ],
)
def test_other_wordings_are_kept_unread(sentence: str, number: str) -> None:
    reference = first_of(number + sentence)
    assert isinstance(reference, CrossReference)
    assert isinstance(reference.started, Unread)


@pytest.mark.parametrize(
    "line",
    [
        "Started in May 1964, the talks failed. See the minutes of the commission.",
        "Started in secret. They saw the narrative of the captain only later.",
        "Started in May 1964 (see MID#12), the talks went on under a list of rules.",
    ],
)
def test_prose_that_starts_alike_is_not_a_cross_reference(line: str) -> None:
    entry = first_of(
        f"MID#611\nDispute Number: 611\nNarrative: The talks were held in the port.\n{line}"
    )
    assert isinstance(entry, Entry)
    assert entry.narrative[-1].endswith(line.split()[-1])
