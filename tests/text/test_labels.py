"""Every printed label is known to the lexer, the writer and the reader; a new one is, too."""

from __future__ import annotations

import pytest

from mideditor.domain.fields import fields_in, labelled_parts, printed_in, value_parts
from mideditor.domain.printed_changes import sentences_of
from mideditor.domain.printed_parts import Part
from mideditor.domain.record import Entry, Record
from mideditor.reference.state_list import bundled_states
from mideditor.text.lexer import Kind, initials, label_pattern, read_line
from mideditor.text.reader import read_chapter
from mideditor.text.writer import write_records

ENTRY = """\
Dispute Number: 2225
Date(s): August 30, 1979 to October 21, 1979
Participants: 365 Russia/2 United States of America
Outcome (and Settlement): Stalemate (None)
Fatalities: 1–25 deaths
Narrative: Nothing came of it.
Coding changes: Start Date changed from July 1979.
"""
SPELLINGS = [(part, spelling) for part in labelled_parts() for spelling in part.spellings]


def test_the_labels_are_in_the_order_of_the_chapters() -> None:
    labels = [line.partition(":")[0] + ":" for line in ENTRY.splitlines()]
    assert [part.label for part in labelled_parts()] == labels


def the_record(text: str) -> Record:
    (record,) = read_chapter(text, "source", bundled_states()).records
    return record


@pytest.mark.parametrize(("part", "spelling"), SPELLINGS)
def test_every_spelling_of_a_label_begins_its_part(part: Part, spelling: str) -> None:
    line = read_line(1, f"{spelling} : as printed")
    assert (line.kind, line.label, line.text) == (Kind.LABEL, part.name, "as printed")


def test_a_new_label_is_found_by_its_first_letter_and_its_words() -> None:
    weapons = Part("weapons", ("Weapons", "Kind of weapons"))
    assert {"W", "K"} <= initials([weapons])
    match = label_pattern([*labelled_parts(), weapons]).match("Kind of weapons: rifles")
    assert match is not None
    assert match.lastgroup == "weapons"


def test_every_field_of_an_entry_that_is_printed_is_read_and_written() -> None:
    record = the_record(ENTRY)
    assert write_records([(record, sentences_of(record))]) == f"MID#2225\n{ENTRY}"
    printed = {row.name for part in labelled_parts() for row in printed_in(part)}
    assert {name for name in printed if getattr(record, name) not in (None, ())} == printed


@pytest.mark.parametrize("part", value_parts(), ids=lambda part: part.name)
def test_a_part_is_read_as_the_fields_that_it_holds(part: Part) -> None:
    record = the_record("\n".join(one for one in ENTRY.splitlines() if one.startswith(part.label)))
    empty = Entry().content()
    changed = {name for name, value in record.content().items() if value != empty[name]}
    assert changed - {"kind"} == {*fields_in(part.name)}
