"""Backups and other copies on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mideditor.domain.record_ids import handle
from tests.cli.shell import call, succeed
from tests.session.chapters import ALASKA, CHAPTER, TRAINER

WHY = ["--kind", "correction", "--why", "misread"]
ALASKA_NAME = f"MID 2899 (record {handle(ALASKA)})"
TRAINER_NAME = f"MID 2220 (record {handle(TRAINER)})"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a project that has two backups, and a copy of it."""
    monkeypatch.chdir(tmp_path)
    Path("chapter.txt").write_text(CHAPTER, encoding="utf-8")
    succeed("import", "p.mid.json", "chapter.txt")
    (backup,) = Path("p.mid.json.backups").iterdir()
    early = backup.name.replace(backup.name[:13], "2026-01-02T03")
    shutil.copy(backup, backup.with_name(early))
    shutil.copy("p.mid.json", "copy.mid.json")
    succeed("set", "p.mid.json", "--dispute", "2220", "fatalities", "1-25 deaths", *WHY)
    return tmp_path


def test_backups_are_listed_compared_and_restored() -> None:
    listed = succeed("restore", "p.mid.json").splitlines()
    assert [line.split("step ")[1] for line in listed] == ["2 (0 later)", "1 (1 later)"]
    difference = f"{TRAINER_NAME}, Fatalities: 1–25 deaths → None"
    compared = call("restore", "p.mid.json", "--backup", "2")
    assert (compared.exit_code, compared.output.splitlines()) == (1, [difference])
    done = succeed("restore", "p.mid.json", "--backup", "2", "--yes").splitlines()
    assert done[0] == difference
    assert done[1].startswith("step 3: Back to the backup of 02 January 2026")
    assert "restore to step 1" in succeed("log", "p.mid.json")
    assert succeed("verify", "p.mid.json") == "p.mid.json: 3 steps, all in order\n"


def test_a_missing_backup_number_is_named() -> None:
    done = call("restore", "p.mid.json", "--backup", "7")
    assert done.exit_code == 2
    assert "p.mid.json has no backup 7; it has 2." in done.output


def test_a_copy_is_compared_and_merged() -> None:
    succeed("set", "copy.mid.json", "--dispute", "2899", "outcome", "Stalemate", *WHY)
    succeed("set", "copy.mid.json", "--dispute", "2220", "fatalities", "26-100 deaths", *WHY)
    differing = f"{ALASKA_NAME}, Outcome: Unclear → Stalemate"
    both = f"{TRAINER_NAME}, Fatalities: 1–25 deaths → 26–100 deaths, changed on both sides"
    compared = call("merge", "p.mid.json", "copy.mid.json")
    assert (compared.exit_code, compared.output.splitlines()) == (1, [differing, both])
    taken = call("merge", "p.mid.json", "copy.mid.json", "--take", "--by", "Ben")
    assert taken.exit_code == 1
    assert taken.output.splitlines() == [
        f"taken: {differing}",
        both,
        "step 3: Taken from copy.mid.json",
    ]
    assert "Ben" in succeed("log", "p.mid.json")
    same = call("merge", "p.mid.json", "p.mid.json")
    assert (same.exit_code, same.output) == (0, "")


def test_a_missing_copy_is_named() -> None:
    done = call("merge", "p.mid.json", "nowhere.mid.json")
    assert done.exit_code == 2
    assert "nowhere.mid.json: there is no such project." in done.output
