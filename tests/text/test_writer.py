"""Clean text as it is exported."""

from __future__ import annotations

import pytest

from mideditor.domain.record import CodingChange, Entry, Record
from mideditor.domain.states import State, StateList
from mideditor.text.paragraph_marker import MARK, NO_HEADING
from mideditor.text.reader import read_chapter
from mideditor.text.writer import write_records

CLEAN = """\
which ended the matter.
Coding changes: End day changed from Missing.

710 China/740 Japan
MID#1557
Dispute Number: 157
Date(s): June 2, 1901 to July 1901
Participants: 740 Japan, 365 Russia/710 China
Outcome (and Settlement): Released (None)
Fatalities: 1–25 deaths
Narrative: A junk was stopped off the island, and its crew was held for twenty-two days.
“No,” said the admiral.
Coding changes: Added to the dispute: 365 Russia. Outcome changed from Unclear.

MID#611
Started in May 1904. See the narrative in the 2 Cuba/740 Japan dyad dispute list.

365 Russia/740 Japan
MID#9
Dispute Number: 9
Date(s): soon
Participants: nobody
Outcome (and Settlement):
Fatalities:
Narrative:
"""
STATES = StateList([State(710, "CHN", "China")])


def records_of(text: str) -> tuple[Record, ...]:
    return read_chapter(text, "s", STATES).records


def written(text: str, wrap: int | None = None) -> str:
    return write_records(
        [(record, getattr(record, "coding_changes", ())) for record in records_of(text)], wrap
    )


def test_clean_text_is_written_back_unchanged() -> None:
    assert written(CLEAN) == CLEAN


def test_no_records_give_empty_text() -> None:
    assert write_records([]) == ""


def test_wrapped_lines_end_in_a_space_if_the_paragraph_continues() -> None:
    lines = written(CLEAN, wrap=40).split("\n")
    assert "Narrative: A junk was stopped off the " in lines
    assert "days." in lines[lines.index("Narrative: A junk was stopped off the ") + 2]
    assert all(len(line.rstrip()) <= 40 for line in lines)


def test_wrapped_text_reads_back() -> None:
    assert written(written(CLEAN, wrap=35)) == CLEAN


def test_a_wrapped_line_never_reads_as_structure() -> None:
    entry = Entry(
        dispute_number=1, narrative=("It was told of him in a later year (see MID#12 MID#12",)
    )
    text = write_records([(entry, ())], wrap=50)
    assert "MID#12" not in text.split("\n")


def test_too_few_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="30 columns or more"):
        write_records([], wrap=10)


def test_the_given_sentences_are_printed() -> None:
    entry = Entry(dispute_number=1)
    sentence = CodingChange(field="end_day", text="End day changed from Missing.")
    text = write_records([(entry, [sentence])])
    assert text.endswith("Narrative:\nCoding changes: End day changed from Missing.\n")


def test_text_that_looks_like_structure_is_marked() -> None:
    entry = Entry(dispute_number=1, narrative=("It began.", "MID#12"))
    text = write_records([(entry, ())])
    assert text.endswith(f"Narrative: It began.\n{MARK}MID#12\n")
    assert records_of(text)[0].content() == entry.content()


def test_a_record_under_no_heading_after_one_with_a_heading() -> None:
    text = written(CLEAN) + f"\n{NO_HEADING}\nMID#10\nDispute Number: 10\n"
    assert [record.heading is None for record in records_of(text)] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert NO_HEADING in written(text)
