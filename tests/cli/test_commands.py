"""Each command beyond the story: help, exit codes, and no import of Qt."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mideditor import __version__
from mideditor.cli.group import COMMANDS
from mideditor.domain.record_ids import handle
from mideditor.session.preferences import login_name
from tests.cli.shell import ROOT, call, in_shell, succeed
from tests.reference.tables import DISPUTES, written
from tests.session.chapters import ALASKA, CHAPTER, FRAGMENT, one_entry

WHY = ["--kind", "coding", "--why", "no one gave way"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the imported chapter, beside its text."""
    text, path = tmp_path / "chapter 7.txt", tmp_path / "p.mid.json"
    text.write_text(CHAPTER, encoding="utf-8")
    succeed("import", path, text)
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    output = succeed(name, "--help")
    assert output.startswith(f"Usage: mideditor {name} ")
    assert "--help" in output


def test_the_help_lists_every_command_and_the_exit_codes() -> None:
    output = succeed("--help")
    for name, (_, summary) in COMMANDS.items():
        assert f"{name} " in output
        assert summary in " ".join(output.split())
    assert "Exit codes: 0 done, 1 findings or differences, 2 misuse" in " ".join(output.split())
    assert succeed("--version") == f"mideditor, version {__version__}\n"


WITHOUT_QT = """
import sys
from mideditor.app.start import main
try:
    main(sys.argv[1:])
finally:
    found = [name for name in sys.modules if name.startswith(("PySide6", "qtawesome"))]
    print(found, file=sys.stderr)
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_imports_qt(project: Path, tmp_path: Path, name: str) -> None:
    rest = {
        "import": [str(tmp_path / "chapter 7.txt")],
        "export": ["--to", "-"],
        "set": ["--dispute", "2899", "outcome", "Stalemate", *WHY],
        "merge": [str(project)],
        "compare": ["--disputes", str(written(tmp_path, "MIDA.csv", DISPUTES))],
    }
    command = [sys.executable, "-c", WITHOUT_QT, name, str(project), *rest.get(name, [])]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode in (0, 1)
    assert done.stderr == "[]\n"


def test_a_step_is_signed_with_the_login_or_the_given_name(project: Path) -> None:
    succeed("set", project, "--dispute", "2899", "page", "1", "--kind", "correction", "--why", "x")
    succeed("undo", project, "--by", "Ana ñ", "--anyone")
    rows = json.loads(succeed("log", project, "--format", "json"))
    assert [row["author"] for row in rows] == [login_name(), login_name(), "Ana ñ"]


def test_setting_the_same_value_reports_no_change(project: Path) -> None:
    output = succeed("set", project, "--dispute", "2899", "outcome", "unclear", *WHY)
    assert output == "MID 2899, outcome: it is Unclear already; nothing was changed\n"
    assert len(json.loads(succeed("log", project, "--format", "json"))) == 1


def test_a_field_can_be_cleared(project: Path) -> None:
    output = succeed("set", project, "--dispute", "2220", "end_date", "Missing", *WHY)
    assert output == "step 2: MID 2220, end_date: March 27, 1964 → —\n"


def test_coding_changes_are_entered_as_printed(project: Path) -> None:
    succeed("set", project, "--dispute", "2220", "outcome", "Stalemate", *WHY)
    typed = "Settlement changed from Imposed. Outcome changed from Released. The maps disagree."
    reason = ["--kind", "correction", "--why", "a remark"]
    succeed("set", project, "--dispute", "2220", "coding_changes", typed, *reason)
    succeed("set", project, "--dispute", "2220", "outcome", "Released", *WHY)
    text = succeed("export", project, "--to", "-", "--dispute", "2220")
    assert "Coding changes: Settlement changed from Imposed. The maps disagree.\n" in text


def test_importing_again_adds_nothing(project: Path, tmp_path: Path) -> None:
    before = project.read_bytes()
    output = succeed("import", project, tmp_path / "chapter 7.txt")
    assert output == "chapter 7.txt: already imported\n"
    assert project.read_bytes() == before


def test_several_texts_are_imported_as_one_step_with_a_report(
    project: Path, tmp_path: Path
) -> None:
    for number in (77, 78):
        (tmp_path / f"{number}.txt").write_text(one_entry(number), encoding="utf-8")
    report = tmp_path / "report.json"
    texts = [tmp_path / "77.txt", tmp_path / "78.txt"]
    output = succeed("import", project, *texts, "--report", report, "--by", "Ana")
    assert "77.txt: 1 entry" in output
    assert [text["name"] for text in json.loads(report.read_bytes())] == ["77.txt", "78.txt"]
    rows = json.loads(succeed("log", project, "--format", "json", "--by", "Ana"))
    assert [(row["step"], row["reason"]) for row in rows] == [(2, "Imported 77.txt, 78.txt")]


def test_findings_give_exit_code_1_and_none_give_0(project: Path, tmp_path: Path) -> None:
    found = call("check", project)
    assert found.exit_code == 1
    assert found.stdout.startswith(f"MID — (record {handle(FRAGMENT)}), narrative: notice: ")
    as_json = call("check", project, "--format", "json")
    assert as_json.exit_code == 1
    assert [row["field"] for row in json.loads(as_json.stdout)] == ["narrative"]
    sound = tmp_path / "sound.mid.json"
    (tmp_path / "77.txt").write_text(one_entry(77), encoding="utf-8")
    succeed("import", sound, tmp_path / "77.txt")
    assert succeed("check", sound) == ""
    assert json.loads(succeed("check", sound, "--format", "json")) == []


def test_an_altered_project_gives_exit_code_1_and_every_fault(project: Path) -> None:
    tables = json.loads(project.read_text(encoding="utf-8"))
    tables["records"][str(ALASKA)]["outcome"] = "Stalemate"
    tables["log"]["1"]["author"] = "Ben"
    project.write_text(json.dumps(tables), encoding="utf-8")
    result = call("verify", project)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "the file is not as it was saved: another program or a fault of the disk changed it",
        "step 1 was altered after it was made",
        "MID 2899, outcome, does not agree with the log: it was changed outside the editor",
    ]


def test_the_csv_log_has_no_spreadsheet_formulas(project: Path) -> None:
    for reason in ("=1+1", "+1", "-1", "@SUM(A1)"):
        outcome = "Stalemate" if reason in ("=1+1", "-1") else "Unclear"
        why = ["--kind", "coding", "--why", reason, "--by", f"{reason}x"]
        succeed("set", project, "--dispute", "2899", "outcome", outcome, *why)
    rows = list(csv.DictReader(io.StringIO(succeed("log", project, "--format", "csv"))))
    assert [row["reason"] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)"]
    assert all(row["author"].startswith("'") for row in rows[1:])


def test_the_log_can_be_filtered(project: Path) -> None:
    succeed("set", project, "--dispute", "2899", "outcome", "Stalemate", *WHY, "--by", "Ana")
    succeed("set", project, "--dispute", "2220", "outcome", "Stalemate", *WHY, "--by", "Ben")
    assert succeed("log", project, "--dispute", "2220").count("\n") == 1
    assert "MID 2899" in succeed("log", project, "--by", "Ana")
    assert succeed("log", project, "--field", "outcome").count("\n") == 2
    assert succeed("log", project, "--field", "record").count("\n") == 1
    assert succeed("log", project, "--by", "nobody") == ""


def test_reading_commands_change_no_files(project: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    for name in ("log", "check", "verify"):
        call(name, project)
    succeed("export", project, "--to", "-")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_an_export_can_go_to_a_pipe(project: Path) -> None:
    output = in_shell("export", project, "--to", "-", "--wrap", "60")
    assert output == in_shell("export", project, "--to", "/dev/stdout", "--wrap", "60")
    assert max(map(len, output.splitlines())) <= 61


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_ctrl_c_during_an_import_leaves_no_project(tmp_path: Path) -> None:
    """The text comes through an open pipe, so Ctrl+C interrupts the import while it reads."""
    project, pipe = tmp_path / "new.mid.json", tmp_path / "chapter.txt"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "mideditor", "import", str(project), str(pipe)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as importing:
        text = open_for_writing(pipe, importing)
        os.write(text, CHAPTER.encode("utf-8"))
        importing.send_signal(signal.SIGINT)
        os.close(text)  # a signal between open and read does not interrupt the read by itself
        _, message = importing.communicate()
    assert importing.returncode == 130
    assert message == "mideditor: stopped\n"
    assert list(tmp_path.iterdir()) == [pipe]


def open_for_writing(pipe: Path, reader: subprocess.Popen[str]) -> int:
    """Open a pipe for writing, as soon as ``reader`` has opened it for reading."""
    while reader.poll() is None:
        with contextlib.suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    raise AssertionError("the import ended before it read")
