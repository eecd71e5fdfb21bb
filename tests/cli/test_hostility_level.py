"""The hostility level on the command line: set, logged, exported, compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import call, succeed
from tests.reference.tables import DISPUTES, written
from tests.session.chapters import CHAPTER

TRAINER = ["--dispute", "2220", "hostility_level"]
WHY = ["--why", "fighters fired at it", "--by", "Ana"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "chapter.txt", CHAPTER)
    succeed("import", "p.mid.json", "chapter.txt")
    return tmp_path


def test_it_is_set_as_a_coding_change_and_logged() -> None:
    output = succeed("set", "p.mid.json", *TRAINER, "display of force", "--kind", "coding", *WHY)
    assert output == "step 2: MID 2220, hostility_level: — → Display of force\n"
    (line,) = json.loads(succeed("log", "p.mid.json", "--format", "json"))[1:]
    assert [line[name] for name in ("kind", "field", "old", "new", "reason")] == [
        "coding",
        "hostility_level",
        "",
        "Display of force",
        "fighters fired at it",
    ]
    succeed("verify", "p.mid.json")
    succeed("export", "p.mid.json", "--to", "clean.txt")
    assert "Display of force" not in Path("clean.txt").read_text("utf-8")
    succeed("undo", "p.mid.json", "--by", "Ana")
    succeed("export", "p.mid.json", "--to", "out.json", "--format", "json")
    assert "hostility_level" not in Path("out.json").read_text("utf-8")


def test_a_word_that_is_not_in_the_list_is_refused_with_the_list() -> None:
    refused = call("set", "p.mid.json", *TRAINER, "skirmish", "--kind", "coding", *WHY)
    assert refused.exit_code == 2
    assert "No militarized action · Threat to use force · Display of force" in refused.stderr


def test_it_is_compared_with_hostlev(folder: Path) -> None:
    heading, *rows = DISPUTES.splitlines()
    levels = zip(rows, (1, 4, 3), strict=True)
    text = "\n".join([f"{heading},HostLev", *(f"{row},{level}" for row, level in levels)])
    written(folder, "MIDA.csv", text)
    only = ["--disputes", "MIDA.csv", "--field", "hostility_level"]
    succeed("compare", "p.mid.json", *only)
    succeed("set", "p.mid.json", *TRAINER, "display of force", "--kind", "coding", *WHY)
    found = call("compare", "p.mid.json", *only)
    assert found.exit_code == 1
    assert "hostility_level: differ: Display of force × Use of force (printed —)" in found.stdout
    succeed("set", "p.mid.json", *TRAINER, "use of force", "--kind", "coding", *WHY)
    succeed("compare", "p.mid.json", *only)
