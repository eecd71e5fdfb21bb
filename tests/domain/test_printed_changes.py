"""The printed Coding changes paragraph, as cases run by `tests.domain.coder`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.codes import Outcome
from mideditor.domain.record import CrossReference, Entry, Fragment, Participant, Unread
from tests.domain.coder import ENTRY, Coder, cases, play

CASES = """
## A coding change names the old value
code outcome Stalemate
= Outcome changed from Released.

## A correction prints nothing
correct outcome Stalemate
=

## The first old value is named, however often it changes
code outcome Stalemate
code outcome Compromise
= Outcome changed from Released.

## Changed back, the sentence goes
code outcome Stalemate
code outcome Released
=

## Only the field's value counts: changed back by a correction, the sentence goes too
code outcome Stalemate
correct outcome Released
=

## A correction before: the corrected value is the old one
correct outcome Unclear
code outcome Stalemate
= Outcome changed from Unclear.

## A correction after changes what the entry prints, not what the sentence names
code outcome Stalemate
correct outcome Compromise
= Outcome changed from Released.

## Undone, the sentence goes; an undone change does not set the first old value
code outcome Stalemate
undo
=
correct outcome Unclear
code outcome Compromise
= Outcome changed from Unclear.

## A blank is printed as Missing
correct settlement
code settlement Imposed
= Settlement changed from Missing.

## Sentences are in the order of the chapters, one per field
code fatalities 1–25 deaths
code settlement Imposed
code outcome Stalemate
code end_date June 3, 1964
code start_date April 1964
code side_b 365, 40
= Added to the dispute: 40 Cuba.
= Start Date changed from May 1964.
= End Date changed from June 2, 1964.
= Outcome changed from Released.
= Settlement changed from None.
= Fatalities changed from None.

## The source's own sentences come first
source Outcome changed from Unclear. The maps disagree.
code start_date April 1964
= Outcome changed from Unclear.
= The maps disagree.
= Start Date changed from May 1964.

## The source's old value is the first one
source Outcome changed from Unclear.
code outcome Stalemate
= Outcome changed from Unclear.

## Changed to the source's old value, its sentence goes; and comes back
source Outcome changed from Unclear. Settlement changed from Imposed.
code outcome Unclear
= Settlement changed from Imposed.
code outcome Stalemate
= Outcome changed from Unclear.
= Settlement changed from Imposed.

## A different dash is not a different value
source Fatalities changed from 1-25 deaths.
code fatalities 1–25 deaths
=

## A source's sentence that names the printed value is kept until the field is coded
source Outcome changed from Released.
= Outcome changed from Released.
code outcome Stalemate
= Outcome changed from Released.

## A source's sentence without a value stays as it is
source Outcome changed from
code outcome Stalemate
= Outcome changed from

## A source's sentence corrected before the coding names the first old value
source Outcome changed from Uncler.
word Outcome changed from Unclear.
code outcome Stalemate
= Outcome changed from Unclear.
code outcome Unclear
=

## A sentence that the extraction missed and a coder restored counts as the source's
word Outcome changed from Unclear.
= Outcome changed from Unclear.
code outcome Stalemate
= Outcome changed from Unclear.
undo
= Outcome changed from Unclear.
"""


@pytest.mark.parametrize("script", cases(CASES))
def test_the_printed_paragraph(script: list[str]) -> None:
    play(script)


values = st.sampled_from(["Released", "Stalemate", "Unclear", "Missing"])
actions = st.one_of(
    st.builds("{} outcome {}".format, st.sampled_from(["code", "correct"]), values),
    st.builds("code fatalities {}".format, st.sampled_from(["None", "1–25 deaths"])),
)


@given(st.lists(actions, max_size=8), st.integers(0, 8))
def test_one_sentence_names_the_first_old_value_of_the_changes_that_stand(
    script: list[str], undone: int
) -> None:
    coder = Coder(ENTRY)
    for action in script:
        coder.do(action)
    for _ in range(min(undone, len(script))):
        coder.do("undo")
    first_old: dict[str, str] = {}
    now = {"outcome": "Released", "fatalities": "None"}
    for action in script[: max(0, len(script) - undone)]:
        verb, field, value = action.split(" ", 2)
        if verb == "code":
            first_old.setdefault(field, now[field])
        now[field] = value
    assert [sentence.text for sentence in coder.printed()] == [
        f"{field.title()} changed from {first_old[field]}."
        for field in now
        if field in first_old and first_old[field] != now[field]
    ]


def test_unread_text_is_named_verbatim() -> None:
    coder = Coder(
        Entry(outcome=Unread(unread="Stale mate"), side_a=Unread(unread="2 USA; 365 Russia"))
    )
    coder.do("code outcome Compromise")
    coder.do("code side_a 2")
    assert [sentence.text for sentence in coder.printed()] == [
        "Participant changed: the list was “2 USA; 365 Russia”.",
        "Outcome changed from Stale mate.",
    ]


def test_a_participant_without_a_code_is_in_no_list() -> None:
    coder = Coder(ENTRY.replace(side_a=(Participant(code=None, name="Hawaii"),)))
    coder.do("code side_a 2")
    assert [sentence.text for sentence in coder.printed()] == ["Added to the dispute: 2 USA."]


def test_other_kinds_of_record_print_their_own_sentences() -> None:
    sentence = ENTRY.replace(coding_changes=[{"field": None, "text": "The maps disagree."}])
    assert Coder(Fragment(coding_changes=sentence.coding_changes)).printed() == (
        sentence.coding_changes
    )
    assert Coder(CrossReference(dispute_number=611)).printed() == ()


def test_every_outcome_is_named_in_its_printed_words() -> None:
    for outcome in Outcome:
        coder = Coder(ENTRY.replace(outcome=outcome))
        coder.do("code outcome Compromise")
        sentences = [sentence.text for sentence in coder.printed()]
        assert sentences == (
            [f"Outcome changed from {outcome}."] if outcome != "Compromise" else []
        )
