"""The sample chapter has every element of the printed layout, and its facts are correct."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from mideditor.domain.codes import FATALITIES_NUMBERS, OUTCOME_NUMBERS, SETTLEMENT_NUMBERS, Outcome
from mideditor.domain.coding_sentences import OPENINGS
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import (
    CodingChange,
    CrossReference,
    Dyad,
    Entry,
    Fragment,
    Record,
    Side,
    Unread,
)
from mideditor.files.bundled import bundled_path
from mideditor.reference.state_list import bundled_states
from mideditor.text.reader import Reading, read_chapter

Code = TypeVar("Code")

PUBLISHED = Path(__file__).parents[3] / "shared" / "data"

# kind, number, start, end, sides, paragraphs of narrative
EXPECTED = """\
fragment        -                                                                                2
entry           373   1846-01     1846-06-15  200 / 2                                            2
entry           225   1861-11-07  1861-12-27  2 / 200                                            2
entry           1800  1865-06     1865-09     2 / 220                                            1
entry           253   1960-05-01  1960-07-18  2 385 640 740 770 / 365                            2
entry           27    1961-07-25  1961-10-28  2 200 220 260 / 265 290 315 365                    3
entry           2221  1970-10-21  1970-11-10  2 / 365                                            1
entry           353   1973-10-07  1973-11-11  2 / 365                                            2
entry           2225  1979-08-30  1979-10-21  365 40 / 2                                         1
entry           2230  1984-09-12  1984-09-19  365 / 2                                            1
entry           31    1900-05-30  1901-09-07  2 200 220 255 300 325 365 740 / 710                2
cross_reference 51    1950-06                 731 / 732
entry           2033  1954-07-23  1954-07-26  2 / 710                                            1
entry           2032  1955-05-10  1955-05-10  710 / 2                                            1
entry           173   1958-07-17  1958-12-19  365 710 / 2 713                                    2
entry           77    1898-09-18  1898-11-04  200 / 220                                          2
cross_reference 315   1911-06                 220 / 255
entry           3323  1876-05     1876-05     200 / 365                                          1
entry           242   1904-10-09  1904-11-25  365 / 200                                          2
cross_reference 31    1900-05                 2 / 710
entry           2034  1954-07-23  1954-07-23  710 / 200                                          1
entry           315   1911-07-01  1911-11-04  255 / 200 220                                      2
cross_reference 31    1900-05                 2 / 710
entry           349   1968-12-27  1969-12     710 / 365                                          2
entry           365   1976-09-06  1976-11-12  740 / 365                                          1
entry           4491  2010-09-07  2010-11-28  740 / 710                                          1
"""

# As in the chapter; one of them does not have the lower code first.
HEADINGS = """\
2 United States of America/220 France
2 United States of America/365 Russia
2 United States of America/710 China
200 United Kingdom/220 France
200 United Kingdom/255 Germany
365 Russia/200 United Kingdom
200 United Kingdom/710 China
220 France/255 Germany
220 France/710 China
365 Russia/710 China
365 Russia/740 Japan
710 China/740 Japan
"""

# A running head separates each pair of lines.
INTERRUPTED = """\
demanded the release of the four pris-
oners and an apology

385 Norway and 770 Pakistan. Settlement
changed from None.

Narrative: The day after Egypt and Syria attacked Israel, both powers began to add
ships to their squadrons

200 United Kingdom, 220 France, 255 Germany,
300 Austria-Hungary, 325 Italy, 365 Russia, 740 Japan/710 China

MID#173
Dispute Number: 173
"""

SOFT_HYPHENS = "au-thority Amer-ican Paki-stan Febru-ary Ger-man Czechoslova-kia Au-gust Octo-ber"
REAL_HYPHENS = (
    "forty-ninth face-off fifty-five-day thirty-nine air-to-air Austria-Hungary high-level "
    "together—and"
)

MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DAY_DATE = rf"{MONTH} \d{{1,2}}, \d{{4}}"
MONTH_DATE = rf"{MONTH} \d{{4}}"


@pytest.fixture(scope="module")
def text() -> str:
    return bundled_path("data", "sample-chapter.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n")


@pytest.fixture(scope="module")
def reading(text: str) -> Reading:
    return read_chapter(text, "sample-chapter.txt", bundled_states())


@pytest.fixture(scope="module")
def entries(reading: Reading) -> list[Entry]:
    return [record for record in reading.records if isinstance(record, Entry)]


def _is_head(line: str) -> bool:
    return bool(re.fullmatch(r"\d+ Chapter 7|Major States \d+", line))


def _continuous(lines: list[str]) -> list[str]:
    return [line for line in lines if not _is_head(line)]


class TestLines:
    def test_lines_are_plain_fit_the_page_and_none_is_blank(
        self, text: str, lines: list[str]
    ) -> None:
        assert text.endswith("\n")
        assert "\r" not in text
        assert [line for line in lines if not line or line != line.strip()] == []
        assert max(map(len, lines)) <= 88

    def test_quotes_and_dashes_are_typographic(self, text: str) -> None:
        assert not set(text) & set("\"'\t\u00ad")
        assert set(text) >= set("’“”–—áø£$")

    def test_even_and_odd_pages_alternate(self, lines: list[str]) -> None:
        assert _is_head(lines[0])
        assert [line for line in lines if _is_head(line)] == [
            f"{page} Chapter 7" if page % 2 == 0 else f"Major States {page}"
            for page in range(930, 939)
        ]

    @pytest.mark.parametrize("place", INTERRUPTED.strip().split("\n\n"))
    def test_running_heads_interrupt_anything(self, lines: list[str], place: str) -> None:
        before, after = place.split("\n")
        threes = zip(lines, lines[1:], lines[2:], strict=False)
        assert any(
            first.endswith(before) and _is_head(head) and last.startswith(after)
            for first, head, last in threes
        )

    @pytest.mark.parametrize("word", (SOFT_HYPHENS + " " + REAL_HYPHENS).split())
    def test_words_are_hyphenated_at_line_ends(self, lines: list[str], word: str) -> None:
        left, mark, right = re.split(r"([-—])(?=[^-—]+\Z)", word)
        assert any(
            re.search(rf"(?:\W|\A){left}{mark}\Z", line) and re.match(rf"{right}\b", following)
            for line, following in pairwise(_continuous(lines))
        )

    def test_a_reference_breaks_at_a_line_end(self, lines: list[str]) -> None:
        broken = [
            following[:11]
            for line, following in pairwise(lines)
            if line.endswith(" (see") and "MID#" in following
        ]
        assert broken == ["MID#2034), "]

    def test_a_short_line_ends_each_paragraph(self, lines: list[str], entries: list[Entry]) -> None:
        """If another paragraph follows: the page marks paragraphs in no other way."""
        ends = [par.split()[-1] for entry in entries for par in entry.narrative[:-1]]
        short = {line.split()[-1] for line in lines if len(line) <= 60}
        assert [end for end in ends if end not in short] == []

    def test_it_has_typos_for_a_coder_to_correct(self, text: str) -> None:
        assert text.count("goverment ") == 1
        assert text.count(" the the ") == 1

    def test_a_reference_is_zero_padded(self, text: str) -> None:
        assert "(see MID#0152)" in text


class TestRecords:
    def test_records_are_read_in_order(self, reading: Reading) -> None:
        assert [_row(record) for record in reading.records] == [
            line.split() for line in EXPECTED.splitlines()
        ]

    def test_every_other_line_is_a_running_head(self, reading: Reading, lines: list[str]) -> None:
        assert reading.unplaced == ()
        assert [span for span in reading.furniture if span[0] != span[1]] == []
        assert [lines[first - 1] for first, _ in reading.furniture] == [
            line for line in lines if _is_head(line)
        ]

    def test_nothing_is_left_unread(self, entries: list[Entry]) -> None:
        unread = [
            (entry.dispute_number, name)
            for entry in entries
            for name in type(entry).model_fields
            if "unread" in repr(getattr(entry, name))
        ]
        assert unread == []

    def test_records_have_their_headings(self, reading: Reading) -> None:
        headings = dict.fromkeys(str(record.heading) for record in reading.records)
        assert list(headings) == ["None", *HEADINGS.splitlines()]

    def test_six_shapes_of_dates(self, lines: list[str]) -> None:
        shapes = {
            re.sub(MONTH_DATE, "M Y", re.sub(DAY_DATE, "M D, Y", line.removeprefix("Date(s): ")))
            for line in lines
            if line.startswith("Date(s): ")
        }
        assert shapes == {
            "M D, Y to M D, Y",
            "M D, Y to M Y",
            "M D, Y",
            "M Y to M D, Y",
            "M Y to M Y",
            "M Y",
        }

    def test_ten_shapes_of_coding_changes(self, reading: Reading) -> None:
        sentences = [change for record in reading.records for change in _changes(record)]
        assert {change.field for change in sentences} == set(OPENINGS)
        texts = [change.text for change in sentences]
        assert "Added to the dispute: 385 Norway and 770 Pakistan." in texts
        assert (
            "Participant changed: 255 Germany was one state in the first version. It is now two: "
            "260 German Federal Republic (side A) and 265 German Democratic Republic (side B)."
        ) in texts

    def test_one_mid_line_is_a_misprint(self, entries: list[Entry]) -> None:
        differing = [
            (entry.mid_number, entry.dispute_number)
            for entry in entries
            if entry.mid_number is not None
        ]
        assert differing == [(2203, 2230)]

    def test_a_cross_reference_appears_under_two_headings(self, reading: Reading) -> None:
        headings = [
            str(record.heading)
            for record in reading.records
            if isinstance(record, CrossReference) and record.dispute_number == 31
        ]
        assert headings == ["200 United Kingdom/710 China", "220 France/710 China"]

    def test_one_cross_reference_disagrees_with_its_entry(self, reading: Reading) -> None:
        starts = {
            record.dispute_number: _iso(record.start_date)[:7]
            for record in reading.records
            if isinstance(record, Entry)
        }
        differing = {
            record.dispute_number
            for record in reading.records
            if isinstance(record, CrossReference)
            and record.dispute_number in starts
            and _iso(record.started) != starts[record.dispute_number]
        }
        assert differing == {315}

    def test_it_starts_with_a_fragment_that_has_a_coding_change(self, reading: Reading) -> None:
        first = reading.records[0]
        assert isinstance(first, Fragment)
        assert first.narrative[0].startswith("across the river")
        assert [change.text for change in first.coding_changes] == [
            "End Date changed from January 13, 1838."
        ]


class TestFacts:
    def test_names_match_the_state_list(self, entries: list[Entry]) -> None:
        for entry in entries:
            for member in (*_members(entry.side_a), *entry.side_b):
                assert str(bundled_states().get(member.code)) == str(member)

    def test_dates_and_codes_match_the_published_ones(self, entries: list[Entry]) -> None:
        rows = {int(row["dispnum3"]): row for row in _published("gml-MIDA_4.01.csv")}
        for entry in entries:
            row = rows[_number(entry)]
            assert _iso(entry.start_date) == _published_date(row, "st"), entry.dispute_number
            assert _iso(entry.end_date) == _published_date(row, "end"), entry.dispute_number
            printed = (str(entry.settlement), str(entry.fatalities))
            assert printed == (
                _word(SETTLEMENT_NUMBERS, row["settle"]),
                _word(FATALITIES_NUMBERS, row["fatality"]),
            ), entry.dispute_number

    def test_sides_match_the_published_ones_in_string_order(self, entries: list[Entry]) -> None:
        members: dict[tuple[int, bool], set[str]] = {}
        for row in _published("gml-MIDB_4.01.csv"):
            side = (int(row["dispnum3"]), row["sidea"] == "1")
            members.setdefault(side, set()).add(row["ccode"])
        for entry in entries:
            number = _number(entry)
            assert _codes(entry.side_a) == sorted(members[number, True])
            assert _codes(entry.side_b) == sorted(members[number, False])

    def test_outcomes_match_the_published_ones_except_for_the_known_fault(
        self, entries: list[Entry]
    ) -> None:
        """Most stalemates are printed as Unclear, as in the book; nothing else differs."""
        rows = {int(row["dispnum3"]): row for row in _published("gml-MIDA_4.01.csv")}
        pairs = Counter(
            (_word(OUTCOME_NUMBERS, rows[_number(entry)]["outcome"]), str(entry.outcome))
            for entry in entries
        )
        assert {pair: n for pair, n in pairs.items() if pair[0] != pair[1]} == {
            (Outcome.STALEMATE, Outcome.UNCLEAR): 8
        }
        assert pairs[Outcome.STALEMATE, Outcome.STALEMATE] == 2

    def test_disputes_that_are_only_referred_to_exist(self, reading: Reading, text: str) -> None:
        rows = {int(row["dispnum3"]): row for row in _published("gml-MIDA_4.01.csv")}
        assert {int(number) for number in re.findall(r"MID#(\d+)", text)} <= set(rows)
        for record in reading.records:
            if isinstance(record, CrossReference) and record.dispute_number != 315:
                assert record.dispute_number is not None
                row = rows[record.dispute_number]
                assert _iso(record.started) == _published_date(row, "st")[:7]


def _row(record: Record) -> list[str]:
    if isinstance(record, Fragment):
        return [record.kind, "-", str(len(record.narrative))]
    if isinstance(record, CrossReference):
        assert isinstance(record.see, Dyad)
        see = [str(record.see.a.code), "/", str(record.see.b.code)]
        return [record.kind, str(record.dispute_number), _iso(record.started), *see]
    dates = [_iso(record.start_date), _iso(record.end_date)]
    sides = [*_codes(record.side_a), "/", *_codes(record.side_b)]
    return [record.kind, str(_number(record)), *dates, *sides, str(len(record.narrative))]


def _number(entry: Entry) -> int:
    assert isinstance(entry.dispute_number, int)
    return entry.dispute_number


def _iso(value: PartialDate | Unread | None) -> str:
    assert isinstance(value, PartialDate)
    return value.iso()


def _members(side: Side | Unread) -> Side:
    assert not isinstance(side, Unread)
    return side


def _codes(side: Side | Unread) -> list[str]:
    return [str(member.code) for member in _members(side)]


def _changes(record: Record) -> tuple[CodingChange, ...]:
    return () if isinstance(record, CrossReference) else record.coding_changes


def _published(name: str) -> list[dict[str, str]]:
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"the published table is not at {path}")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _published_date(row: dict[str, str], end: str) -> str:
    """The date of a row in ISO format, without the day if that is −9, which means missing."""
    month, day = int(row[end + "mon"]), int(row[end + "day"])
    return f"{row[end + 'year']}-{month:02}" + (f"-{day:02}" if day > 0 else "")


def _word(numbers: Mapping[Code, int], number: str) -> str:
    return next(str(word) for word, code in numbers.items() if code == int(number))
