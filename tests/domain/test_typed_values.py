"""Parsing of typed field values."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.states import StateList, parse_states
from mideditor.domain.typed_values import (
    NotUnderstood,
    parse_typed_date,
    parse_typed_dyad,
    parse_typed_number,
    parse_typed_paragraphs,
    parse_typed_participants,
    parse_typed_sentences,
)

STATES: StateList = parse_states(
    """\
code,abbreviation,name,from,to,variants
2,USA,United States of America,1816-01-01,,United States
20,CAN,Canada,1920-01-10,,
200,UKG,United Kingdom,1816-01-01,,Great Britain|UK
300,AUH,Austria-Hungary,1816-01-01,1918-11-12,
365,RUS,Russia,1816-01-01,,Soviet Union|USSR
679,YEM,Yemen,1990-05-22,,
680,YPR,Yemen People’s Republic,1967-11-30,1990-05-21,South Yemen
""".splitlines()
)


@pytest.mark.parametrize(
    ("typed", "side"),
    [
        ("365", "365 Russia"),
        ("russia", "365 Russia"),
        ("USSR", "365 Russia"),
        ("Austria-hungary", "300 Austria-Hungary"),
        ("365 Russia, 2", "365 Russia, 2 United States of America"),
        ("2,, 200 ,", "2 United States of America, 200 United Kingdom"),
        ("365 soviet  union", "365 Soviet Union"),
        ("680 Yemen People's Republic", "680 Yemen People’s Republic"),
        ("365 RUS", "365 Russia"),
        ("365 Empire of all the Russias", "365 Empire of all the Russias"),
        ("", ""),
        (" , ", ""),
    ],
)
def test_a_participant_is_a_code_a_name_or_both(typed: str, side: str) -> None:
    assert ", ".join(map(str, parse_typed_participants(typed, STATES))) == side


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("999", "“999” is no state of the state list. Choose one from the state list."),
        ("36", "“36” is no state of the state list. Did you mean 365 Russia?"),
        ("Rusia", "“Rusia” is no state of the state list. Did you mean 365 Russia?"),
        ("Untied Kingdom", "Did you mean 200 United Kingdom?"),
        ("united", "Did you mean 200 United Kingdom, 2 United States of America?"),
        ("Atlantis", "“Atlantis” is no state of the state list. Choose one from the state list."),
        ("20 000", "“20 000”: after the code 20 comes a name, not another number."),
        ("2 365", "“2 365”: after the code 2 comes a name, not another number."),
        ("2 Russia", "“2 Russia”: 2 is United States of America, Russia is 365."),
        ("999 Russia", "“999 Russia” is no state of the state list. Did you mean 365 Russia?"),
        ("٢", "“٢” is no state of the state list."),
        ("2/365", "a slash parts the sides. Give each side by itself."),
    ],
)
def test_an_unknown_state_gets_one_message_with_a_hint(typed: str, message: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_typed_participants(f"200, {typed}", STATES)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "dyad"),
    [
        ("2/365", "2 United States of America/365 Russia"),
        ("usa / Soviet Union", "2 United States of America/365 Russia"),
        ("  ", "None"),
    ],
)
def test_a_dyad_is_two_states(typed: str, dyad: str) -> None:
    assert str(parse_typed_dyad(typed, STATES)) == dyad


@pytest.mark.parametrize("typed", ["2", "2/365/200", "2/", "/", "2, 365"])
def test_a_malformed_dyad_is_rejected_with_an_example(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="Write two states, such as 2/365"):
        parse_typed_dyad(typed, STATES)


@pytest.mark.parametrize(
    ("typed", "number"), [("2899", 2899), (" MID#2899 ", 2899), ("0", 0), ("043", 43), ("", None)]
)
def test_a_number_is_digits(typed: str, number: int | None) -> None:
    assert parse_typed_number(typed) == number


@pytest.mark.parametrize("typed", ["28a", "-1", "2 899", "٢٨٩٩", "２", "²", "1234567890"])
def test_anything_but_digits_is_rejected_as_a_number(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="such as 2899"):
        parse_typed_number(typed)


@pytest.mark.parametrize("typed", ["", "  ", "Missing", "missing"])
def test_a_missing_date_is_none(typed: str) -> None:
    assert parse_typed_date(typed) is None


def test_a_paragraph_is_a_line_and_keeps_its_inner_spaces() -> None:
    assert parse_typed_paragraphs(" One.  Two. \r\n\n\n Three.\n") == ("One.  Two.", "Three.")


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("", []),
        (
            "Start Date changed from May 1964. Outcome changed from Unclear.",
            [
                "start_date: Start Date changed from May 1964.",
                "outcome: Outcome changed from Unclear.",
            ],
        ),
        (
            "Outcome changed from Unclear. The maps disagree.",
            ["outcome: Outcome changed from Unclear.", "None: The maps disagree."],
        ),
        (
            "Outcome changed from Settlement changed from None.",
            ["outcome: Outcome changed from", "settlement: Settlement changed from None."],
        ),
        (
            "Participant changed: side B. It was: A. Outcome changed from Unclear.",
            [
                "participant_changed: Participant changed: side B. It was: A.",
                "outcome: Outcome changed from Unclear.",
            ],
        ),
        (
            "Outcome changed\n  from Unclear.\n\nThe maps disagree.",
            ["outcome: Outcome changed from Unclear.", "None: The maps disagree."],
        ),
        (
            "Added to the dispute: 57 St. Vincent.",
            ["added: Added to the dispute: 57 St. Vincent."],
        ),
    ],
)
def test_sentences_are_split_as_the_reader_splits_them(typed: str, sentences: list[str]) -> None:
    assert [
        f"{change.field}: {change.text}" for change in parse_typed_sentences(typed)
    ] == sentences


@given(st.text(max_size=30))
def test_any_text_is_a_value_or_not_understood(text: str) -> None:
    for read in (parse_typed_participants, parse_typed_dyad):
        with suppress(NotUnderstood):
            read(text, STATES)
