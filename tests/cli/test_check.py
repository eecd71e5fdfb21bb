"""mideditor check: findings listed, grouped, filtered, accepted, and fixed by rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mideditor.domain.record_ids import handle
from mideditor.session.checks.checks import Checks
from mideditor.session.checks.fixes import accept_findings
from mideditor.session.session import Session
from mideditor.session.work import run_now
from tests.cli.shell import call, succeed
from tests.session.chapters import CHAPTER, id_at, one_entry

WITH_ERRORS = CHAPTER.replace("turned back. The note", "turned back. The the note").replace(
    "365 Russia/2 United States", "365 Rusia/2 United States"
)

FRAGMENT, ALASKA = id_at(WITH_ERRORS, "and the last"), id_at(WITH_ERRORS, "MID#2899")
"""The ids of the fragment and of the entry with the errors."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a misspelt name, a repeated word and a fragment."""
    project = tmp_path / "p.mid.json"
    text = tmp_path / "chapter.txt"
    text.write_text(WITH_ERRORS, encoding="utf-8")
    succeed("import", project, text)
    return project


def test_each_finding_is_one_line_in_source_order(project: Path) -> None:
    found = call("check", project)
    assert found.exit_code == 1
    assert found.stdout.splitlines() == [
        f"MID — (record {handle(FRAGMENT)}), narrative: notice: This text belongs to a record "
        "that begins outside the imported text.",
        f"MID 2899 (record {handle(ALASKA)}), side_a: notice: 365 Rusia: the state list calls it "
        "Russia.",
        f"MID 2899 (record {handle(ALASKA)}), narrative: notice: “The the” stands in “and turned "
        "back. The the note of protest”",
    ]


def test_findings_grouped_by_rule_have_counts_and_sources(project: Path) -> None:
    lines = call("check", project, "--group", "rule").stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "fragment: 1 (source: the format of the chapters)",
        "state name: 1, 1 with a certain fix (source: state system membership list)",
        "repeated words: 1, 1 with a certain fix (source: English spelling and typesetting)",
    ]


def test_findings_grouped_by_record_have_counts(project: Path) -> None:
    lines = call("check", project, "--group", "record").stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        f"MID — (record {handle(FRAGMENT)}): 1",
        f"MID 2899 (record {handle(ALASKA)}): 2",
    ]


def test_findings_are_filtered_by_rule_and_severity(project: Path) -> None:
    only = call("check", project, "--rule", "state name", "--rule", "fragment")
    assert len(only.stdout.splitlines()) == 2
    assert succeed("check", project, "--severity", "warning") == ""


def test_json_has_key_source_and_fix(project: Path) -> None:
    rows = json.loads(call("check", project, "--format", "json", "--rule", "state name").stdout)
    assert rows == [
        {
            "record": ALASKA,
            "dispute_number": 2899,
            "rule": "state name",
            "field": "side_a",
            "severity": "notice",
            "message": "365 Rusia: the state list calls it Russia.",
            "quote": "365 Rusia",
            "source": "state system membership list",
            "key": "state name | side_a | 365 Rusia",
            "fix": {
                "label": "Write 365 Russia",
                "values": {"side_a": [{"code": 365, "name": "Russia"}]},
            },
        }
    ]


@pytest.mark.parametrize("format_name", ["text", "json", "csv", "html"])
def test_a_report_is_written_to_a_file(project: Path, tmp_path: Path, format_name: str) -> None:
    target = tmp_path / "report"
    found = call("check", project, "--format", format_name, "--to", target)
    assert (found.exit_code, found.stdout) == (1, "")
    report = target.read_text(encoding="utf-8")
    assert report == call("check", project, "--format", format_name).stdout
    assert "365 Rusia" in report


def test_a_report_never_overwrites_the_project(project: Path) -> None:
    before = project.read_bytes()
    found = call("check", project, "--to", project)
    assert found.exit_code == 2
    assert "is the project itself" in found.stderr
    assert project.read_bytes() == before


def test_all_certain_fixes_of_a_rule_are_one_step(project: Path) -> None:
    why = ["--why", "misspelt", "--by", "Ana"]
    assert succeed("check", project, "--fix", "state name", *why).splitlines() == [
        "MID 2899, side_a: 365 Rusia → 365 Russia",
        "step 2: 1 field of 1 record mended",
    ]
    assert "side_a: 365 Rusia → 365 Russia" in succeed("log", project)
    assert "state name" not in call("check", project, "--group", "rule").stdout
    again = succeed("check", project, "--fix", "state name", *why)
    assert again == "state name: there is nothing that certainly mends it; nothing was changed\n"
    succeed("undo", project, "--by", "Ana")
    assert "state name" in call("check", project, "--group", "rule").stdout


def test_a_fix_in_a_long_text_is_shown_in_context(project: Path) -> None:
    output = succeed("check", project, "--fix", "repeated words", "--why", "printed twice")
    assert output.startswith("MID 2899, narrative: … and turned back. The the note of ")
    assert len(output.splitlines()[0]) < 150


def test_accepted_findings_are_listed_separately(project: Path) -> None:
    with Session.open(project, "Ana") as session:
        checks = Checks(session)
        run_now(
            accept_findings(
                session, [(FRAGMENT, checks.of(FRAGMENT)[0])], "Page 941 is not at hand."
            )
        )
    assert "MID — (record" not in call("check", project).stdout
    assert succeed("check", project, "--accepted").splitlines() == [
        f"MID — (record {handle(FRAGMENT)}), narrative: notice: This text belongs to a record "
        "that begins outside the imported text. (accepted: Page 941 is not at hand.)"
    ]


def test_a_custom_state_list(tmp_path: Path) -> None:
    project, states = tmp_path / "p.mid.json", tmp_path / "states.csv"
    (tmp_path / "77.txt").write_text(one_entry(77), encoding="utf-8")
    succeed("import", project, tmp_path / "77.txt")
    states.write_text(
        "stateabb;ccode;statenme;styear;stmonth;stday;endyear;endmonth;endday\n"
        "COL;100;Colombia;1831;1;1;2016;12;31\n"
        "PER;135;Peru;1839;8;8;1910;12;31\n",
        encoding="utf-8",
    )
    assert succeed("check", project) == ""
    found = call("check", project, "--states", states)
    assert found.exit_code == 1
    assert "135 Peru is not a member of the state system in May 1911" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fix", "spelling", "--why", "x"], "There is no rule “spelling”. There are: unread"),
        (["--rule", "spelling"], "There is no rule “spelling”."),
        (["--fix", "repeated words"], "give --why TEXT with --fix"),
        (["--fix", "repeated words", "--why", " "], "give --why TEXT with --fix"),
        (["--severity", "grave"], "'grave' is not one of 'error', 'warning', 'notice'"),
        (["--states", "none.csv"], "none.csv: No such file or directory."),
    ],
)
def test_misuse_is_exit_code_2_and_changes_nothing(
    project: Path, arguments: list[str], message: str
) -> None:
    before = project.read_bytes()
    result = call("check", project, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert project.read_bytes() == before
