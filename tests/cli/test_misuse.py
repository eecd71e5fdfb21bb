"""Every bad input gives exit code 2 and one line on standard error, and changes no files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from mideditor.cli.group import COMMANDS
from mideditor.domain.record_ids import handle
from tests.cli.shell import call, succeed
from tests.reference.tables import DISPUTES, written
from tests.session.chapters import CHAPTER, id_at, one_entry

SET = ["set", "p.mid.json"]
WHY = ["--kind", "correction", "--why", "misread"]
ALASKA = ["--dispute", "2899"]
OF_1911 = one_entry(77)
OF_1912 = OF_1911.replace("1911", "1912")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a project in which two records have the number 77."""
    monkeypatch.chdir(tmp_path)
    Path("chapter.txt").write_text(CHAPTER, encoding="utf-8")
    Path("a.txt").write_text(OF_1911, encoding="utf-8")
    Path("b.txt").write_text(OF_1912, encoding="utf-8")
    Path("letter.txt").write_text("Dear Ana,\nuntil tomorrow.\n", encoding="utf-8")
    Path("binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    Path("empty.txt").write_bytes(b"")
    written(tmp_path, "MIDA.csv", DISPUTES)
    Path("damaged.mid.json").write_text('{"meta": {"1": {', encoding="utf-8")
    newer = {"meta": {"1": {"format": "mideditor project", "version": 99}}}
    Path("newer.mid.json").write_text(json.dumps(newer), encoding="utf-8")
    Path("folder").mkdir()
    succeed("import", "p.mid.json", "chapter.txt", "a.txt", "b.txt")
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([*SET, *ALASKA, "weather", "fair", *WHY], "An entry has no field “weather”. It has: "),
        ([*SET, *ALASKA, "start_date", "5/2/1964", *WHY], "“5/2/1964” is not a date. Write May 2"),
        ([*SET, *ALASKA, "side_a", "Rusia", *WHY], "Did you mean 365 Russia"),
        ([*SET, *ALASKA, "side_a", "9999", *WHY], "“9999” is no state of the state list."),
        ([*SET, *ALASKA, "outcome", "Draw", *WHY], "“Draw” is not in the list: Victory for side A"),
        ([*SET, *ALASKA, "page", "0", *WHY], "MID 2899, page: "),
        ([*SET, *ALASKA, "page", "99999999999", *WHY], "is not a number"),
        ([*SET, *ALASKA, "doubts", "none", *WHY], "decided one by one"),
        (
            [*SET, *ALASKA, "narrative", "Otherwise.", "--kind", "coding", "--why", "x"],
            "Record it as a correction.",
        ),
        ([*SET, "--dispute", "1", "page", "3", *WHY], "no record has the dispute number 1."),
        ([*SET, "--record", "99", "page", "3", *WHY], "p.mid.json: no record is named “99”."),
        ([*SET, "page", "3", *WHY], "give either --dispute N or --record NAME"),
        (
            [*SET, *ALASKA, "--record", "2", "page", "3", *WHY],
            "give either --dispute N or --record",
        ),
        ([*SET, *ALASKA, "page", "3", "--kind", "correction"], "Missing option '--why'"),
        ([*SET, *ALASKA, "page", "3", "--kind", "guess", "--why", "x"], "'guess' is not one of"),
        ([*SET, *ALASKA, "page", "3", "--kind", "correction", "--why", " "], "needs its reason"),
        (["set", "nowhere.mid.json", *ALASKA, "page", "3", *WHY], "there is no such project"),
        (["import", "p.mid.json", "nowhere.txt"], "nowhere.txt: No such file or directory."),
        (["import", "p.mid.json", "folder"], "folder"),
        (["import", "p.mid.json", "letter.txt"], "there is no dispute entry in it"),
        (["import", "p.mid.json", "binary.txt"], "the file is not a text"),
        (["import", "p.mid.json", "a.txt", "empty.txt"], "empty.txt: the file is empty"),
        (["import", "p.mid.json"], "Missing argument 'TEXT...'"),
        (["import", "chapter.txt", "p.mid.json"], "chapter.txt is not a mideditor project."),
        (["import", "no/such/new.mid.json", "a.txt"], "Choose a folder that exists"),
        (["import", "new.mid.json", "a.txt", "--report", "no/such/report.json"], "report.json"),
        (["export", "p.mid.json", "--to", "no/such/out.txt"], "No such file or directory"),
        (["export", "p.mid.json", "--to", "folder"], "folder"),
        (["export", "p.mid.json", "--to", "p.mid.json"], "is the project itself"),
        (["export", "p.mid.json", "--to", "x", "--chapter", "9"], "no record of chapter 9"),
        (["export", "p.mid.json", "--to", "x", "--format", "pdf"], "'pdf' is not one of"),
        (["export", "p.mid.json", "--to", "x", "--wrap", "10"], "10"),
        (["export", "p.mid.json"], "Missing option '--to'"),
        (["log", "p.mid.json", "--field", "weather"], "'weather' is not one of"),
        (["undo", "p.mid.json", "--step", "99"], "There is no step 99; the log has 1."),
        (["undo", "p.mid.json", "--step", "one"], "'one' is not a valid integer"),
        (["verify"], "Missing argument 'PROJECT'"),
        (["verify", "p.mid.json", "--loud"], "No such option"),
        (["frobnicate"], "No such command 'frobnicate'"),
    ],
)
def test_misuse_gives_one_line_and_changes_nothing(
    folder: Path, arguments: list[str], message: str
) -> None:
    before = files(folder)
    result = call(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("mideditor")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert files(folder) == before


COMMAND_LINES: dict[str, Callable[[str], list[str]]] = {
    "import": lambda project: ["import", project, "a.txt"],
    "restore": lambda project: ["restore", project],
    "merge": lambda project: ["merge", project, "p.mid.json"],
    "export": lambda project: ["export", project, "--to", "out.txt"],
    "set": lambda project: ["set", project, *ALASKA, "page", "3", *WHY],
    "log": lambda project: ["log", project],
    "undo": lambda project: ["undo", project],
    "coders": lambda project: ["coders", project],
    "check": lambda project: ["check", project],
    "compare": lambda project: ["compare", project, "--disputes", "MIDA.csv"],
    "verify": lambda project: ["verify", project],
}


def test_the_table_of_commands_is_covered() -> None:
    assert COMMAND_LINES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMAND_LINES)
@pytest.mark.parametrize(
    ("project", "message"),
    [
        ("damaged.mid.json", "damaged.mid.json is damaged: it is not complete JSON"),
        ("newer.mid.json", "newer.mid.json was written by a newer mideditor (project version 99;"),
        ("empty.txt", "empty.txt is damaged: it is empty"),
        ("letter.txt", "letter.txt is not a mideditor project"),
        ("folder", "folder"),
        ("nowhere.mid.json", "nowhere.mid.json: there is no such project"),
    ],
)
def test_no_command_accepts_an_invalid_project(
    folder: Path, name: str, project: str, message: str
) -> None:
    if (name, project) == ("import", "nowhere.mid.json"):
        return
    before = files(folder)
    result = call(*COMMAND_LINES[name](project))
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(folder) == before


def test_several_records_of_a_number_are_listed_with_their_handles(folder: Path) -> None:
    before = files(folder)
    first, second = (handle(id_at(text, "MID#77")) for text in (OF_1911, OF_1912))
    result = call(*SET, "--dispute", "77", "page", "3", *WHY)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "mideditor: 2 records have the number 77; choose one:",
        f"  --record {first}  entry, May 1911, 100 Colombia / 135 Peru",
        f"  --record {second}  entry, May 1912, 100 Colombia / 135 Peru",
    ]
    assert files(folder) == before
    assert succeed(*SET, "--record", second, "page", "3", *WHY).endswith("page: — → 3\n")


def test_a_reason_with_a_lone_surrogate_is_refused(folder: Path) -> None:
    result = call(*SET, *ALASKA, "page", "3", "--kind", "correction", "--why", "\udcff")
    assert result.exit_code == 2
    assert "half a character" in result.stderr
