"""Dates with the precision of their source."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mideditor.domain.partial_date import NotADate, PartialDate, is_after, parse_date

days = st.dates().map(lambda day: PartialDate(day.year, day.month, day.day))
months = st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12))
years = st.builds(PartialDate, st.integers(1, 9999))
any_date = st.one_of(days, months, years)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("May 2, 1964", "1964-05-02"),
        ("May 2 1964", "1964-05-02"),
        ("May 2,1964", "1964-05-02"),
        ("may  2,\n1964", "1964-05-02"),
        ("2 May 1964", "1964-05-02"),
        ("2. May 1964", "1964-05-02"),
        ("Sept. 5, 1911", "1911-09-05"),
        ("sep 1911", "1911-09"),
        ("May 1964", "1964-05"),
        ("May, 1964", "1964-05"),
        ("1964", "1964"),
        ("1964-05", "1964-05"),
        ("1964-5-2", "1964-05-02"),
        ("February 29, 1964", "1964-02-29"),
    ],
)
def test_every_format_is_parsed_with_its_precision(text: str, iso: str) -> None:
    assert parse_date(text).iso() == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Missing",
        "5/2/1964",
        "2.5.1964",
        "05-02-1964",
        "February 30, 1964",
        "February 29, 1963",
        "May 0, 1964",
        "Maj 2, 1964",
        "Ma 1964",
        "May 21964",
        "1964-13",
        "0000-05",
        "64",
        "May 2, 1964 to June 1964",
        "May 2, ١٩٦٤",
        "١٩٦٤-٠٥",
        "Mai ２, 1964",
    ],
)
def test_anything_else_is_rejected_with_an_example(text: str) -> None:
    with pytest.raises(NotADate, match="Write May 2, 1964 or May 1964"):
        parse_date(text)


@given(any_date)
def test_printed_and_iso_forms_parse_back_to_the_same_date(value: PartialDate) -> None:
    assert parse_date(str(value)) == value
    assert parse_date(value.iso()) == value


@given(st.text(max_size=20))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        value = parse_date(text)
    except NotADate:
        return
    assert parse_date(value.iso()) == value


def test_a_day_needs_its_month() -> None:
    with pytest.raises(NotADate, match="a day needs its month"):
        PartialDate(1964, None, 2)


def test_a_month_means_any_of_its_days() -> None:
    leap = PartialDate(1964, 2)
    assert (leap.earliest, leap.latest) == (date(1964, 2, 1), date(1964, 2, 29))
    assert PartialDate(1964).latest == date(1964, 12, 31)


def test_dates_sort_by_their_earliest_then_their_latest_day() -> None:
    expected = ["1963-12-31", "1964-01-01", "1964-01", "1964", "1964-01-02", "1964-02"]
    dates = [parse_date(iso) for iso in reversed(expected)]
    assert [value.iso() for value in sorted(dates, key=lambda value: value.sort_key)] == expected


@pytest.mark.parametrize(
    ("start", "end", "after"),
    [
        ("October 8, 1995", "October 1995", False),
        ("October 1995", "October 8, 1995", False),
        ("October 9, 1995", "October 8, 1995", True),
        ("November 1995", "October 1995", True),
        ("1995", "1995", False),
        ("1996", "December 31, 1995", True),
    ],
)
def test_after_means_after_whatever_the_missing_days_are(start: str, end: str, after: bool) -> None:
    assert is_after(parse_date(start), parse_date(end)) is after


@given(any_date, any_date)
def test_two_dates_are_never_each_after_the_other(one: PartialDate, other: PartialDate) -> None:
    assert not (is_after(one, other) and is_after(other, one))
