"""mideditor compare: reports, exit codes, applying values, and unreadable tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from mideditor.domain.record_ids import handle
from tests.cli.shell import call, in_shell, succeed
from tests.reference.tables import DISPUTES, PARTICIPANTS, column, written
from tests.session.chapters import ALASKA, CHAPTER

TABLES = ["--disputes", "MIDA.csv", "--participants", "MIDB.csv"]
TAKE = ["--kind", "coding", "--why", "As published", "--by", "Ana"]
CELL = "outcome=unclear:stalemate"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a project and both tables."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "chapter.txt", CHAPTER)
    written(tmp_path, "MIDA.csv", DISPUTES)
    written(tmp_path, "MIDB.csv", PARTICIPANTS)
    succeed("import", "p.mid.json", "chapter.txt")
    return tmp_path


def steps() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(succeed("log", "p.mid.json", "--format", "json"))
    return rows


def test_differences_give_exit_code_1_and_agreement_gives_0() -> None:
    found = call("compare", "p.mid.json", *TABLES)
    assert found.exit_code == 1
    assert (
        f"MID 2899 (record {handle(ALASKA)}), outcome: differ: Unclear × Stalemate\n"
        in found.stdout
    )
    assert "Outcome     1 agree, 1 differ\n" in found.stdout
    succeed("compare", "p.mid.json", *TABLES, "--field", "start_date", "--field", "side_a")
    succeed("compare", "p.mid.json", *TABLES, "--dispute", "2899", "--field", "fatalities")


def test_a_cell_is_applied_as_one_step_and_undone() -> None:
    output = succeed("compare", "p.mid.json", *TABLES, "--take", CELL, *TAKE)
    assert output == "step 2: 1 value of 1 record taken over\n"
    [line] = steps()[1:]
    assert [line[name] for name in ("author", "kind", "old", "new", "reason", "citation")] == [
        "Ana",
        "coding",
        "Unclear",
        "Stalemate",
        "As published",
        "MIDA.csv and MIDB.csv, version 4.01",
    ]
    assert "Outcome changed from Unclear." in succeed("export", "p.mid.json", "--to", "-")
    again = succeed("compare", "p.mid.json", *TABLES, "--take", CELL, *TAKE)
    assert again == "nothing to take over; nothing was changed\n"
    succeed("undo", "p.mid.json", "--by", "Ana")
    assert call("compare", "p.mid.json", *TABLES, "--field", "outcome").exit_code == 1


def test_fields_of_one_dispute_are_applied() -> None:
    take = ["--take", "side_b", "--take", "fatalities", "--cite", "Table 2"]
    output = succeed("compare", "p.mid.json", *TABLES, "--dispute", "2220", *take, *TAKE)
    assert output == "step 2: 2 values of 1 record taken over\n"
    assert {(line["field"], line["citation"]) for line in steps()[1:]} == {
        ("side_b", "Table 2"),
        ("fatalities", "Table 2"),
    }


@pytest.mark.parametrize("format_name", ["text", "json", "csv", "html"])
def test_a_report_is_written_to_a_file(format_name: str, folder: Path) -> None:
    report = ["--format", format_name, "--to", "report"]
    found = call("compare", "p.mid.json", *TABLES, *report)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "Stalemate" in (folder / "report").read_text(encoding="utf-8")


def test_only_the_matrix() -> None:
    found = call("compare", "p.mid.json", *TABLES, "--matrix", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert ("outcome", "Unclear", "Stalemate", "1") in [
        (row["field"], row["printed"], row["published"], row["count"]) for row in rows
    ]


def test_without_participants_no_side_is_compared() -> None:
    found = call("compare", "p.mid.json", "--disputes", "MIDA.csv")
    assert "Side A" not in found.stdout
    assert "Outcome " in found.stdout


def test_the_tables_themselves_are_checked_without_a_project(folder: Path) -> None:
    assert succeed("compare", *TABLES, "--check-tables") == ""
    written(folder, "MIDA.csv", column(DISPUTES, "numa", 3))
    found = call("compare", *TABLES, "--check-tables")
    assert found.exit_code == 1
    assert found.stdout == (
        "MIDA.csv, row 2, dispute 2899: side counts: numa is 3, but side A has 1 state.\n"
    )
    as_json = call("compare", *TABLES, "--check-tables", "--format", "json")
    assert [row["number"] for row in json.loads(as_json.stdout)] == [2899]
    call("compare", *TABLES, "--check-tables", "--to", "findings.txt")
    assert (folder / "findings.txt").read_text(encoding="utf-8") == found.stdout


def test_ignored_rows_are_reported_on_standard_error(folder: Path) -> None:
    written(folder, "MIDA.csv", DISPUTES + DISPUTES.splitlines()[1] + "\n")
    found = call("compare", "p.mid.json", *TABLES, "--format", "json")
    assert "MIDA.csv, row 5: dispute 2899 has a row already" in found.stderr
    assert json.loads(found.stdout)["entries"] == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["p.mid.json"], "Missing option '--disputes'"),
        (TABLES, "name the PROJECT to compare, or give --check-tables"),
        (["p.mid.json", "--disputes", "no.csv"], "no.csv: No such file or directory"),
        (["p.mid.json", "--disputes", "MIDB.csv"], "this looks like the table of participants"),
        (["no.mid.json", *TABLES], "no.mid.json"),
        (["p.mid.json", *TABLES, "--take", CELL], "--take needs --kind"),
        (["p.mid.json", *TABLES, "--take", CELL, "--kind", "coding"], "--why with a reason"),
        (["p.mid.json", *TABLES, *TAKE], "--kind belongs to --take"),
        (["p.mid.json", *TABLES, "--take", "weather", *TAKE], "“weather” is none of start_date"),
        (["p.mid.json", *TABLES, "--take", "outcome=Draw:Unclear", *TAKE], "“Draw” is not in"),
        (["p.mid.json", *TABLES, "--take", "outcome=Unclear", *TAKE], "FIELD=PRINTED:PUBLISHED"),
        (["p.mid.json", *TABLES, "--take", "side_a=2:365", *TAKE], "FIELD=PRINTED:PUBLISHED"),
        (["p.mid.json", *TABLES, "--to", "p.mid.json"], "is the project itself"),
        (["p.mid.json", *TABLES, "--to", "MIDA.csv"], "MIDA.csv is a file that is to be read"),
    ],
)
def test_misuse_gives_one_line_and_changes_nothing(
    arguments: list[str], message: str, folder: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    found = call("compare", *arguments)
    assert found.exit_code == 2
    assert message in found.stderr
    assert found.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_report_changes_no_files_and_can_go_through_a_pipe(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    tables = ["--disputes", str(folder / "MIDA.csv"), "--participants", str(folder / "MIDB.csv")]
    output = in_shell("compare", folder / "p.mid.json", *tables, "--matrix", exit_code=1)
    assert output.startswith("Outcome: printed (down) × published (across)\n")
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
