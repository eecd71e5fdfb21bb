"""Comparing an entry with its published row: dates by precision, sides as sets, values to apply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.codes import Outcome, Settlement
from mideditor.domain.partial_date import NotADate, PartialDate, parse_date
from mideditor.domain.record import Entry, Participant, Side, Unread
from mideditor.domain.reports.comparison import Verdict
from mideditor.reference.comparison import (
    ComparedField,
    compare_fields,
    date_verdict,
    difference_key,
)
from mideditor.reference.state_list import bundled_states
from tests.reference.tables import DISPUTES, PARTICIPANTS, column, tables_of

RUSSIA = Participant(code=365, name="Russia")
AMERICA = Participant(code=2, name="United States of America")
EAST = Participant(code=265, name="German Democratic Republic")
# The same values as in DISPUTES and PARTICIPANTS.
TRAINER = Entry(
    dispute_number=2220,
    start_date=parse_date("1964-01-28"),
    end_date=parse_date("1964-03"),
    side_a=(AMERICA,),
    side_b=(EAST, RUSSIA),
    outcome=Outcome.RELEASED,
    settlement=Settlement.NONE,
    fatalities="1–25 deaths",
)


def compared(folder: Path, entry: Entry, original: Entry | None = None) -> dict[str, ComparedField]:
    """The comparison of an entry with number 2220, by field."""
    fields = compare_fields(entry, original or entry, 2220, tables_of(folder), bundled_states())
    return {one.field: one for one in fields}


def verdicts(folder: Path, **values: Any) -> list[tuple[str, Verdict]]:
    """The fields that do not agree after replacing some values of the entry."""
    found = compared(folder, TRAINER.replace(**values))
    return [(name, one.verdict) for name, one in found.items() if one.verdict != Verdict.AGREE]


class TestDates:
    @pytest.mark.parametrize(
        ("here", "there", "verdict"),
        [
            ("1964-03-27", "1964-03-27", Verdict.AGREE),
            ("1964-03", "1964-03", Verdict.AGREE),
            ("1964-03-27", "1964-03", Verdict.OTHER_PRECISION),
            ("1964-03", "1964-03-27", Verdict.OTHER_PRECISION),
            ("1964", "1964-03-27", Verdict.OTHER_PRECISION),
            ("1964-03-27", "1964-03-28", Verdict.DIFFER),
            ("1964-03-27", "1964-04", Verdict.DIFFER),
            ("1964-03", "1964-04", Verdict.DIFFER),
            ("1964-03", None, Verdict.ONLY_HERE),
            (None, "1964-03", Verdict.ONLY_THERE),
            (None, None, Verdict.AGREE),
        ],
    )
    def test_verdicts(self, here: str | None, there: str | None, verdict: Verdict) -> None:
        dates = (parse_date(text) if text else None for text in (here, there))
        assert date_verdict(*dates) is verdict

    DATES = st.builds(
        lambda year, month, day: (year, month, day if month else None),
        st.integers(1900, 1901),
        st.none() | st.integers(1, 2),
        st.none() | st.integers(1, 2),
    ).map(lambda parts: PartialDate(*parts))

    @given(here=DATES, there=DATES)
    def test_they_differ_where_no_day_can_be_both(
        self, here: PartialDate, there: PartialDate
    ) -> None:
        verdict = date_verdict(here, there)
        apart = here.latest < there.earliest or there.latest < here.earliest
        assert (verdict is Verdict.DIFFER) == apart
        assert (verdict is Verdict.AGREE) == (here == there)
        assert date_verdict(there, here) is verdict

    def test_unread_text_differs_and_a_note_says_which_is_more_precise(
        self, tmp_path: Path
    ) -> None:
        assert verdicts(tmp_path, end_date=Unread(unread="Mrach 1964")) == [
            ("end_date", Verdict.DIFFER)
        ]
        finer = TRAINER.replace(end_date=parse_date("1964-03-27"))
        assert compared(tmp_path, finer)["end_date"].note == "Here more precisely."
        coarser = TRAINER.replace(start_date=parse_date("1964"))
        assert compared(tmp_path, coarser)["start_date"].note == "Published more precisely."

    def test_an_impossible_date_is_no_value_and_is_noted(self, tmp_path: Path) -> None:
        with pytest.raises(NotADate):
            PartialDate(1964, 13)
        tables = tables_of(tmp_path, column(DISPUTES, "stmon", 3, 13), PARTICIPANTS)
        start = next(compare_fields(TRAINER, TRAINER, 2220, tables, bundled_states()))
        assert (start.field, start.verdict, start.to_apply) == ("start_date", Verdict.ONLY_HERE, {})
        assert start.note == "Row 3: 1964-13-28 is not in the calendar."


class TestCodes:
    def test_all_agree(self, tmp_path: Path) -> None:
        assert verdicts(tmp_path) == []

    @pytest.mark.parametrize(
        ("outcome", "verdict"),
        [
            (Outcome.UNCLEAR, Verdict.DIFFER),
            (Outcome.MISSING, Verdict.ONLY_THERE),
            (None, Verdict.ONLY_THERE),
            (Unread(unread="Relased"), Verdict.DIFFER),
        ],
    )
    def test_missing_is_no_value(self, outcome: Any, verdict: Verdict, tmp_path: Path) -> None:
        assert verdicts(tmp_path, outcome=outcome) == [("outcome", verdict)]
        taken = compared(tmp_path, TRAINER.replace(outcome=outcome))["outcome"].to_apply
        assert taken == {"outcome": Outcome.RELEASED}

    def test_an_unknown_code_is_no_value_and_cannot_be_applied(self, tmp_path: Path) -> None:
        tables = tables_of(tmp_path, column(DISPUTES, "settle", 3, 6), PARTICIPANTS)
        found = list(compare_fields(TRAINER, TRAINER, 2220, tables, bundled_states()))
        [settlement] = [one for one in found if one.field == "settlement"]
        assert (settlement.verdict, settlement.to_apply) == (Verdict.ONLY_HERE, {})
        assert settlement.note == "The code 6 of row 3 is not in the codebook."


class TestSides:
    @pytest.mark.parametrize(
        ("side_a", "side_b", "expected"),
        [
            ((AMERICA,), (RUSSIA, EAST), []),
            ((AMERICA,), (RUSSIA,), [("side_b", Verdict.DIFFER)]),
            ((AMERICA,), (), [("side_b", Verdict.ONLY_THERE)]),
            (
                (EAST, RUSSIA),
                (AMERICA,),
                [("side_a", Verdict.SWAPPED), ("side_b", Verdict.SWAPPED)],
            ),
            (
                (AMERICA, EAST),
                (RUSSIA,),
                [("side_a", Verdict.DIFFER), ("side_b", Verdict.DIFFER)],
            ),
            (
                (Participant(code=None, name="America"), AMERICA),
                (EAST, RUSSIA),
                [("side_a", Verdict.DIFFER)],
            ),
        ],
    )
    def test_sets_of_states(
        self, side_a: Side, side_b: Side, expected: list[tuple[str, Verdict]], tmp_path: Path
    ) -> None:
        assert verdicts(tmp_path, side_a=side_a, side_b=side_b) == expected

    def test_a_note_says_who(self, tmp_path: Path) -> None:
        canada = Participant(code=20, name="Canada")
        found = compared(tmp_path, TRAINER.replace(side_a=(AMERICA, EAST), side_b=(canada,)))
        assert found["side_a"].note == "Not published: 265 German Democratic Republic."
        assert found["side_b"].note == (
            "On the other side here: 265 German Democratic Republic; "
            "not here: 365 Russia; not published: 20 Canada."
        )

    def test_applying_keeps_printed_names_and_the_order_by_text(self, tmp_path: Path) -> None:
        soviet_union = Participant(code=365, name="Soviet Union")
        taken = compared(tmp_path, TRAINER.replace(side_b=(soviet_union,)))["side_b"].to_apply
        assert taken == {"side_b": (EAST, soviet_union)}

    def test_a_side_in_another_order_keeps_it_and_new_states_come_last(
        self, tmp_path: Path
    ) -> None:
        canada = Participant(code=20, name="Canada")
        taken = compared(tmp_path, TRAINER.replace(side_b=(RUSSIA, canada)))["side_b"].to_apply
        assert taken == {"side_b": (RUSSIA, EAST)}

    def test_a_name_printed_only_in_the_original_is_restored(self, tmp_path: Path) -> None:
        printed = TRAINER.replace(side_b=(Participant(code=265, name="East Germany"), RUSSIA))
        taken = compared(tmp_path, TRAINER.replace(side_b=(RUSSIA,)), printed)["side_b"].to_apply
        assert [str(one) for one in taken["side_b"]] == ["265 East Germany", "365 Russia"]

    @pytest.mark.parametrize(
        ("side_a", "side_b"),
        [((EAST, RUSSIA), (AMERICA,)), ((AMERICA, RUSSIA), (EAST,)), (Unread(unread="2/365"), ())],
    )
    def test_both_sides_are_applied_if_a_state_would_be_on_both(
        self, side_a: Any, side_b: Side, tmp_path: Path
    ) -> None:
        found = compared(tmp_path, TRAINER.replace(side_a=side_a, side_b=side_b))
        taken = [
            one.to_apply for one in found.values() if one.field.startswith("side") and one.to_apply
        ]
        assert {"side_a": (AMERICA,), "side_b": (EAST, RUSSIA)} in taken
        for values in taken:
            after = TRAINER.replace(**{"side_a": side_a, "side_b": side_b, **values})
            both = [one.code for one in (*after.side_a, *after.side_b)]
            assert len(both) == len(set(both))

    def test_a_state_missing_from_the_list_is_named_by_its_abbreviation(
        self, tmp_path: Path
    ) -> None:
        lines = column(PARTICIPANTS, "ccode", 365, 2, 2, 365, 999).replace("GDR", "ATL")
        tables = tables_of(tmp_path, DISPUTES, lines)
        found = {
            one.field: one
            for one in compare_fields(TRAINER, TRAINER, 2220, tables, bundled_states())
        }
        assert [str(one) for one in found["side_b"].published] == ["365 Russia", "999 ATL"]


class TestKeys:
    def test_a_key_holds_until_a_value_changes(self) -> None:
        key = difference_key("outcome", Outcome.UNCLEAR, Outcome.STALEMATE)
        assert key == "published|outcome|Unclear|Stalemate"
        assert key != difference_key("outcome", Outcome.RELEASED, Outcome.STALEMATE)
        assert key != difference_key("outcome", Outcome.UNCLEAR, None)

    def test_names_and_order_of_states_are_ignored(self) -> None:
        soviet_union = Participant(code=365, name="Soviet Union")
        assert difference_key("side_b", (EAST, RUSSIA), (RUSSIA,)) == difference_key(
            "side_b", (soviet_union, EAST), (soviet_union,)
        )

    def test_dates_count_with_their_precision(self) -> None:
        keys = {
            difference_key("end_date", here, parse_date("1964-03"))
            for here in (None, parse_date("1964"), parse_date("1964-03-27"), Unread(unread="1964"))
        }
        assert len(keys) == 4
