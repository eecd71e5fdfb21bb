"""Paragraph ends, found from the room left on a line."""

from __future__ import annotations

from mideditor.domain.record import Entry
from mideditor.domain.states import StateList
from mideditor.text.lexer import Kind, read_line
from mideditor.text.measure import Measure, by_characters
from mideditor.text.paragraphs import ParagraphEnds
from mideditor.text.reader import Reading, read_chapter
from tests.text.natural import Compositor

PAGE = """\
Asia 701
MID#1201
Dispute Number: 1201
Date(s): June 2, 1901
Participants: 740 Japan/710 China
Outcome (and Settlement): Released (None)
Fatalities: None
Narrative: The governor had been warned in the spring, and in June a junk was stopped
off the island by two torpedo boats. Its crew of nine was put ashore at the lighthouse.
The captain alone was kept, and a letter was sent to the capital in which the consul as-
ked for an explanation within ten days. He did not get one.
In July the fleet went to sea. It was seen off the northern cape, where fishermen sold
it rice, and again near the mouth of the river. Nothing was said in public about where
it was going or why it had been sent; the newspapers spoke of exercises.
“Let them come,” the governor is said to have written.
The fleet came in August. It lay before the harbor for a week while the admiral and the
governor dined together, and the captain was released.
"""


def read(text: str) -> Reading:
    return read_chapter(text, "s", StateList([]))


def paragraphs_of(text: str) -> list[str]:
    (entry,) = read(text).records
    assert isinstance(entry, Entry)
    return [" ".join(paragraph.split()[:2]) for paragraph in entry.narrative]


def test_a_short_line_ends_a_paragraph() -> None:
    assert paragraphs_of(PAGE) == ["The governor", "In July", "“Let them", "The fleet"]


def test_a_full_line_that_ends_a_sentence_does_not() -> None:
    assert "the lighthouse. The captain alone" in read(PAGE).records[0].model_dump_json()


def test_a_blank_line_ends_a_paragraph_wherever_it_stands() -> None:
    text = PAGE.replace("lighthouse.\n", "lighthouse.\n\n")
    assert paragraphs_of(text)[1] == "The captain"


def test_a_page_head_with_blank_lines_does_not() -> None:
    text = PAGE.replace("off the northern cape, ", "off the northern cape,\n\n702 Chapter 6\n\n")
    assert len(paragraphs_of(text)) == 4


def test_a_possible_paragraph_end_is_a_doubt() -> None:
    text = PAGE.replace("the governor is said to have written.", "he wrote")
    doubts = [doubt for doubt in read(text).records[0].doubts if "paragraph" in doubt.question]
    assert [doubt.quote for doubt in doubts] == ["them come,” he wrote The fleet came"]


def test_in_a_clean_export_every_line_is_a_paragraph() -> None:
    text = "MID#1\nDispute Number: 1\nNarrative: One shot.\nTwo shots.\nNo more.\n"
    assert paragraphs_of(text) == ["One shot.", "Two shots.", "No more."]


def test_the_first_syllable_of_a_word_takes_less_room_than_the_word() -> None:
    full, then = read_line(1, "He answered with a long delay"), read_line(2, "Switzerland did not.")
    measure = Measure([full], by_characters)
    whole, syllable = measure.first_piece(then)
    assert (whole, syllable) == (len("Switzerland"), len("Switzer-"))
    assert measure.room_after(full, then) == -len(" Switzerland")


def test_an_unbroken_word_suggests_an_end_if_the_text_is_hyphenated() -> None:
    """The sentence ends on a line with room for “Switzer-” but not for “Switzerland”."""
    doubtful = ["The cutter lay at anchor for nearly a week.", "Switzerland sent a long letter."]
    unhyphenated, hyphenated = (
        _probability_of_end(doubtful, Compositor(52, share, 1)) for share in (0, 1)
    )
    assert unhyphenated < hyphenated


def _probability_of_end(doubtful: list[str], setting: Compositor) -> float:
    """The probability of an end after the first of two lines, in a text set like this."""
    names = "Copenhagen", "Switzerland", "Luxembourg", "Czechoslovakia", "Liechtenstein"
    prose = " and ".join(
        f"{'later ' * (n * n % 7)}wrote again to {names[n % 5]}" for n in range(400)
    )
    others = setting.set([(f"At first he {prose} in vain.",)]).text.split("\n")
    texts = [
        [
            line
            for number, raw in enumerate(text)
            if (line := read_line(number, raw)).kind is Kind.TEXT
        ]
        for text in (others, doubtful)
    ]
    measure = Measure(texts[0], by_characters)
    paragraphs = ParagraphEnds([(text, set[int]()) for text in texts], measure)
    (end,) = paragraphs.line_ends(texts[1], set())
    return end.certainty if end.ends else 1 - end.certainty
