"""Each rule for the published tables: what it must find, and what it must not report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mideditor.domain.reports.table_findings import TableFinding
from mideditor.reference.published_files import read_tables
from mideditor.reference.published_rules import (
    TABLE_RULES,
    TableContext,
    TableRule,
    table_findings,
)
from mideditor.reference.state_list import bundled_states
from tests.reference.tables import DISPUTES, MIDA, MIDB, PARTICIPANTS, column, tables_of

TWICE = "2899,-9,15,3,1963,15,3,1963,8,3,0,0,1,1,4.01\n"
AGAIN = "2220,-9,RUS,365,1,{month},1964,-9,3,1964,{side},0,0,4.01\n"


def found(folder: Path, disputes: str = DISPUTES, participants: str = PARTICIPANTS) -> list[str]:
    findings = table_findings(tables_of(folder, disputes, participants), bundled_states())
    return [str(finding) for finding in findings]


def test_sound_tables_have_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path) == []


# A table, and the beginning of a finding in it.
IN_DISPUTES = [
    (DISPUTES + TWICE, "row 5, dispute 2899: duplicate rows: The dispute has a row already"),
    (column(DISPUTES, "settle", 6), "row 2, dispute 2899: unknown codes: settlement 6 is not"),
    (column(DISPUTES, "outcome", 3, 10), "row 3, dispute 2220: unknown codes: outcome 10"),
    (column(DISPUTES, "fatality", 7), "row 2, dispute 2899: unknown codes: fatalities 7"),
    (column(DISPUTES, "dispnum3", 9), "row 2, dispute 9: rows of both tables: It has no part"),
    (
        column(DISPUTES, "numa", 3),
        "row 2, dispute 2899: side counts: numa is 3, but side A has 1",
    ),
    (
        column(DISPUTES, "stmon", 13),
        "row 2, dispute 2899: possible dates: The start: 1963-13-15",
    ),
    (column(DISPUTES, "endyear", 1962), "possible dates: It ends (March 15, 1962) before it"),
    (column(DISPUTES, "stday", 1), "first and last day: It starts (March 1, 1963) before any"),
    (column(DISPUTES, "endmon", 4), "first and last day: It ends (April 15, 1963) after every"),
    (column(DISPUTES, "fatality", 1), "fatality levels: It stands for 1–25 deaths, but those"),
    (column(DISPUTES, "fatality", 0, 4), "It stands for 251–500 deaths, but those of the part"),
    (column(DISPUTES, "fatality", -9), "fatality levels: It is Missing, but those of all"),
    (
        column(DISPUTES, "fatalpre", 0, 40),
        "row 3, dispute 2220: counted deaths: fatalpre is 40",
    ),
]
IN_PARTICIPANTS = [
    (
        PARTICIPANTS + AGAIN.format(month=2, side=0),
        "row 9, dispute 2220: duplicate rows: 365 RUS",
    ),
    (
        PARTICIPANTS + AGAIN.format(month=2, side=1),
        "row 5, dispute 2220: both sides: 365 RUS is",
    ),
    (
        column(PARTICIPANTS, "sidea", 2),
        "row 2, dispute 2899: unknown codes: sidea 2 is neither",
    ),
    (column(PARTICIPANTS, "ccode", 999), "unknown codes: The state list has no code 999."),
    (column(PARTICIPANTS, "fatality", 8), "row 2, dispute 2899: unknown codes: fatalities 8"),
    (column(PARTICIPANTS, "stabb", "USR"), "USR stands for 365 Russia (RUS) in 1 row, first"),
    (column(PARTICIPANTS, "dispnum3", 9), "row 2, dispute 9: rows of both tables: 365 RUS"),
    (
        column(PARTICIPANTS, "sidea", 0),
        "row 2, dispute 2899: side counts: numa is 1, but side A",
    ),
    (column(PARTICIPANTS, "endday", 31, 1), "row 3, dispute 2899: possible dates: It ends"),
    (
        column(PARTICIPANTS, "stday", 14),
        "row 2, dispute 2899: participant dates: 365 RUS enters",
    ),
    (
        column(PARTICIPANTS, "endday", 16),
        "row 2, dispute 2899: participant dates: 365 RUS leaves",
    ),
    (column(PARTICIPANTS, "fatality", 1), "fatality levels: It stands for 0 deaths, but those"),
    (column(PARTICIPANTS, "fatalpre", 1), "row 2, dispute 2899: counted deaths: fatalpre is 1"),
]


@pytest.mark.parametrize(("text", "finding"), IN_DISPUTES)
def test_found_in_the_table_of_disputes(text: str, finding: str, tmp_path: Path) -> None:
    assert any(finding in one for one in found(tmp_path, text))


@pytest.mark.parametrize(("text", "finding"), IN_PARTICIPANTS)
def test_found_in_the_table_of_participants(text: str, finding: str, tmp_path: Path) -> None:
    assert any(finding in one for one in found(tmp_path, DISPUTES, text))


@pytest.mark.parametrize("rule", TABLE_RULES, ids=lambda rule: rule.__name__)
def test_every_rule_has_an_example_that_it_finds(rule: TableRule, tmp_path: Path) -> None:
    examples = [(text, PARTICIPANTS) for text, _ in IN_DISPUTES]
    examples += [(DISPUTES, text) for text, _ in IN_PARTICIPANTS]
    contexts = (TableContext(tables_of(tmp_path, *pair), bundled_states()) for pair in examples)
    assert any(list(rule(context)) for context in contexts)


@pytest.mark.parametrize(
    ("disputes", "participants"),
    [
        (column(DISPUTES, "numa", -9, -9, -9), PARTICIPANTS),
        # Unknown days contradict nothing.
        (column(DISPUTES, "stday", -9, -9, -9), PARTICIPANTS),
        (DISPUTES, column(PARTICIPANTS, "endday", -9, -9, 27, 1, 31)),
        # If a participant's level is missing, the dispute's may be any higher one.
        (
            column(column(DISPUTES, "fatality", 6), "fatalpre", -9),
            column(PARTICIPANTS, "fatality", -9),
        ),
        (column(DISPUTES, "fatality", -9, 1), column(PARTICIPANTS, "fatality", -9)),
        # Two states with up to 25 deaths each can have more than 25 together.
        (
            column(column(DISPUTES, "fatality", 2), "fatalpre", 30),
            column(column(PARTICIPANTS, "fatality", 1, 1), "fatalpre", 20, 10),
        ),
        # A state that leaves, comes back and changes sides is on one side at a time.
        (
            DISPUTES.replace("-9,3,1964,7", "-9,8,1964,7"),
            PARTICIPANTS.replace("RUS,365,28,1,1964,-9,3,1964,0", "RUS,365,28,1,1964,2,2,1964,0")
            + "2220,-9,RUS,365,5,3,1964,-9,4,1964,0,0,0,4.01\n"
            + "2220,-9,RUS,365,1,5,1964,-9,8,1964,1,0,0,4.01\n",
        ),
    ],
)
def test_tables_without_faults_have_no_findings(
    disputes: str, participants: str, tmp_path: Path
) -> None:
    rules = [one.split(": ")[1] for one in found(tmp_path, disputes, participants)]
    assert [rule for rule in rules if rule != "side counts"] == []


def test_without_participants_only_the_disputes_are_checked(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, column(DISPUTES, "settle", 6), None)
    assert [one.rule for one in table_findings(tables, bundled_states())] == ["unknown codes"]


@pytest.mark.skipif(not MIDA.exists(), reason=f"the published tables are not at {MIDA.parent}")
class TestThePublishedTables:
    @pytest.fixture
    def findings(self) -> list[TableFinding]:
        return table_findings(read_tables(MIDA, MIDB), bundled_states())

    def test_findings_by_rule(self, findings: list[TableFinding]) -> None:
        """The figures in docs/comparing.md."""
        assert Counter(one.rule for one in findings) == {
            "unknown codes": 1,
            "other abbreviations": 4,
            "side counts": 17,
            "participant dates": 35,
            "first and last day": 11,
            "fatality levels": 5,
        }

    def test_a_known_fault_of_each_kind(self, findings: list[TableFinding]) -> None:
        messages = {str(one).split(", ", 1)[1] for one in findings}
        assert {
            "row 474, dispute 1378: unknown codes: settlement 6 is not in the codebook.",
            "row 150, dispute 258: side counts: numa is 23, but side A has 22 states in 23 rows.",
            "row 3867, dispute 3824: participant dates: 325 ITA leaves on August 5, 1940, after "
            "the dispute ends (August 4, 1940).",
            "row 676, dispute 1743: first and last day: It ends (October 23, 1858) after every "
            "participant has left (May 23, 1858).",
            "row 314, dispute 1109: fatality levels: It stands for 0 deaths, but those of the "
            "participants together for 1–25 deaths.",
        } <= messages
