"""Reading chapters: the three layouts, pages that start and end anywhere, damage, doubts."""

from __future__ import annotations

import pytest

from mideditor.domain.codes import Outcome
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import CrossReference, Entry, Fragment, Unread
from mideditor.domain.states import State, StateList
from mideditor.text.reader import Reading, read_chapter, reading_work
from tests.text.accounting import assert_every_line_is_placed

STATES = StateList(
    [
        State(2, "USA", "United States of America"),
        State(365, "RUS", "Russia"),
        State(710, "CHN", "China"),
        State(740, "JPN", "Japan"),
    ]
)
PAGE = """\
702 Chapter 6
whom nobody had seen since. The convoy turned back.
Coding changes: Start Date changed from June 1, 1901.
710 CHINA/740 JAPAN
MID#1557
Dispute Number: 157
Date(s): June 2, 1901 to July 1901
Participants: 740 Japan, 365 Russia/710 China, 2 United States of Amer-
ica
Outcome (and Settlement): Released (None)
Fatalities: 1–25 deaths
Narrative: A junk was stopped off the island, and its crew was held for twenty-
Asia 703
two days (see
MID#1202). “No,” said the admiral.
Coding changes: Settlement changed from Un-
clear.
MID#611
Started in May 1904. See the narrative in the 2 United States of America/740 Japan
dyad dispute list.
"""


def read(text: str) -> Reading:
    reading = read_chapter(text, "source-1", STATES)
    assert_every_line_is_placed(text, reading)
    return reading


def the_entry(text: str) -> Entry:
    (entry,) = (record for record in read(text).records if isinstance(record, Entry))
    return entry


def test_a_page_that_begins_in_the_middle() -> None:
    fragment, entry, reference = read(PAGE).records
    assert isinstance(fragment, Fragment)
    assert fragment.narrative == ("whom nobody had seen since. The convoy turned back.",)
    assert [sentence.field for sentence in fragment.coding_changes] == ["start_date"]
    assert isinstance(entry, Entry)
    assert (entry.mid_number, entry.dispute_number) == (1557, 157)
    assert entry.end_date == PartialDate(1901, 7)
    assert [str(member) for member in entry.side_b] == ["710 China", "2 United States of America"]
    assert "held for twenty-two days (see MID#1202)." in entry.narrative[0]
    assert entry.coding_changes[0].text == "Settlement changed from Unclear."
    assert isinstance(reference, CrossReference)
    assert reference.started == PartialDate(1904, 5)
    assert str(reference.see) == "2 United States of America/740 Japan"


def test_records_have_pages_headings_and_places() -> None:
    records = read(PAGE).records
    assert [(record.chapter, record.page) for record in records] == [(6, 702), (6, 702), (6, 703)]
    assert [str(record.heading) for record in records] == ["None", *["710 China/740 Japan"] * 2]
    place = records[1].place
    assert place is not None
    assert place.source == "source-1"
    assert place.lines["heading"] == (4, 4)
    assert place.lines["side_a"] == place.lines["side_b"] == (8, 9)
    assert place.lines["narrative"] == (12, 15)


def test_furniture_is_reported() -> None:
    assert read(PAGE).furniture == ((1, 1), (13, 13))


def test_the_page_before_the_first_head_is_inferred() -> None:
    reading = read(PAGE.removeprefix("702 Chapter 6\n"))
    assert (reading.records[0].chapter, reading.records[0].page) == (6, 702)
    assert any("first page has no head" in notice for notice in reading.notices)


def test_a_text_without_heads_has_no_pages() -> None:
    record = read("MID#1\nDispute Number: 1\n").records[0]
    assert (record.chapter, record.page) == (None, None)


def test_the_site_layout_gives_the_same_records() -> None:
    site = PAGE.replace(
        "Asia 703\n",
        "\nFree download pdf\n\n"
        "International Conflicts, 1816-2010. Militarized Interstate Dispute Narratives - Someone\n"
        "\n(Somebody) #1\n\nAsia 703\n",
    ).replace("MID#", "\nMID#", 1)
    contents = [record.content() for record in read(PAGE).records]
    assert [record.content() for record in read(site).records] == contents


def test_without_number_lines_entries_start_at_their_dispute_number() -> None:
    lossy = PAGE.replace("MID#1557\n", "").replace("MID#611\n", "")
    _, entry, reference = read(lossy).records
    assert isinstance(entry, Entry)
    assert (entry.mid_number, entry.dispute_number) == (None, 157)
    assert isinstance(reference, CrossReference)
    assert reference.dispute_number is None


def test_a_list_bullet_for_lost_digits_is_removed_and_doubted() -> None:
    entry = the_entry(
        "MID#1\nDispute Number: 1\nNarrative: It ended.\n"
        "Coding changes: End Date changed from July 4,\n"
        "  1. Outcome changed from Released.\n"
        "    Fatalities changed from\n"
    )
    assert [sentence.text for sentence in entry.coding_changes] == [
        "End Date changed from July 4,",
        "Outcome changed from Released.",
        "Fatalities changed from",
    ]
    assert [doubt.question for doubt in entry.doubts if "list mark" in doubt.question]
    assert [doubt.quote for doubt in entry.doubts if "breaks off" in doubt.question] == [
        "End Date changed from July 4,",
        "Fatalities changed from",
    ]


def test_a_dash_that_belongs_to_the_text_is_kept() -> None:
    entry = the_entry("MID#1\nDispute Number: 1\nNarrative: He came.\n- he said - too late.\n")
    assert " ".join(entry.narrative) == "He came. - he said - too late."


def test_indented_blocks_are_read() -> None:
    entry = the_entry("MID#1\n    Dispute Number: 1\n    Coding changes: Outcome changed from\n")
    assert entry.dispute_number == 1
    assert len(entry.coding_changes) == 1


@pytest.mark.parametrize(
    "line",
    [
        "MID#194) in the spring",
        "12, Venezuela withdrew.",
        "900 Australia, 920 New",
        "2 Cuba/40 Canada.",
        "Narrative: he wrote",
        "Asia 702 men",
    ],
)
def test_prose_that_looks_like_structure_is_text(line: str) -> None:
    entry = the_entry(
        f"MID#1\nDispute Number: 1\nNarrative: It was said by\n{line}\nand no more.\n"
    )
    assert entry.narrative == (f"It was said by {line} and no more.",)


def test_a_wrapped_list_of_participants_is_not_a_heading() -> None:
    entry = the_entry(
        "MID#1\nDispute Number: 1\nParticipants: 740 Japan,\n365 Russia/710 China\n"
        "Outcome (and Settlement): Released (None)\n"
    )
    assert [str(member) for member in entry.side_a] == ["740 Japan", "365 Russia"]


def test_unreadable_values_are_kept() -> None:
    entry = the_entry(
        "MID#1\nDispute Number: one\nDate(s): spring\nOutcome (and Settlement): Draw (None)\n"
    )
    assert entry.dispute_number == Unread(unread="one")
    assert entry.start_date == Unread(unread="spring")
    assert entry.outcome == Unread(unread="Draw")


def test_labels_without_values() -> None:
    entry = the_entry(
        "MID#1\nDispute Number:\nDate(s):\nFatalities:\nNarrative:\nCoding changes:\n"
    )
    assert (entry.mid_number, entry.dispute_number, entry.start_date) == (1, None, None)
    assert not entry.narrative
    assert not entry.coding_changes


def test_an_entry_without_its_number_lines() -> None:
    text = PAGE.replace("MID#1557\nDispute Number: 157\n", "")
    entry = the_entry(text)
    assert entry.dispute_number is None
    assert entry.outcome is Outcome.RELEASED


def test_text_without_any_entry() -> None:
    reading = read("Dear Sir,\nhere is the page.\n")
    assert len(reading.records) == 1
    assert reading.notices == ("No dispute entry was found in this text.",)
    assert read("").records == ()


def test_lone_surrogates_are_replaced_and_reported() -> None:
    reading = read("MID#1\nDispute Number: 1\nNarrative: half \ud800 of it\n")
    assert isinstance(reading.records[0], Entry)
    assert reading.records[0].narrative == ("half \ufffd of it",)
    assert "Half characters in the text were replaced." in reading.notices


def test_what_follows_a_cross_reference_is_unplaced() -> None:
    assert read(PAGE + "A stray line.\n").unplaced == ((21, 21),)


def test_words_joined_at_line_ends_are_reported() -> None:
    joins = [
        (join.record, join.field, join.left, join.right, join.kept) for join in read(PAGE).joins
    ]
    assert joins == [
        (1, "side_a", "Amer", "ica", False),
        (1, "narrative", "twenty", "two", True),
        (1, "coding_changes", "Un", "clear", False),
    ]


def test_progress_is_reported_and_can_cancel() -> None:
    seen = list(reading_work(PAGE, "s", STATES))
    assert seen[0] == (0, 21)
    assert seen[-1] == (21, 21)
    assert seen == sorted(seen)
    cancelled = reading_work(PAGE, "s", STATES)
    next(cancelled)
    cancelled.close()
    assert list(cancelled) == []
