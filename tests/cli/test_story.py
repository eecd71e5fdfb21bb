"""A first session of work, each command in a process of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mideditor.domain.changes import ChangeKind
from mideditor.session.log.logbook import LogFilter, log_lines
from mideditor.session.session import Session
from tests.cli.shell import ROOT, in_shell
from tests.session.chapters import CHAPTER, open_session

REAL_PAGE = ROOT.parent / "shared" / "corpus" / "page-942.txt"


@pytest.fixture(params=["our own page", "the real page"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "the real page":
        if not REAL_PAGE.exists():
            pytest.skip("the real page is kept outside the project")
        return REAL_PAGE
    return synthetic_page(tmp_path)


def synthetic_page(folder: Path) -> Path:
    """A synthetic page on which dispute 2220 has deaths, as on the real page."""
    fragment, alaska, trainer = CHAPTER.split("MID#2")
    deaths = trainer.replace("Fatalities: None", "Fatalities: 1–25 deaths")
    path = folder / "page.txt"
    path.write_text("MID#2".join((fragment, alaska, deaths)), encoding="utf-8")
    return path


def entry_of(text: str, number: int) -> str:
    """The lines of an exported entry."""
    return text.split(f"MID#{number}\n")[1].split("\n\n")[0]


def test_import_correct_code_export_log_undo_verify(tmp_path: Path, page: Path) -> None:
    project = tmp_path / "Kapitel 7 – Großmächte.mid.json"
    clean = tmp_path / "clean text.txt"

    output = in_shell("import", project, page)
    assert "1 fragment, 2 entries, 1 cross-reference" in output
    in_shell("export", project, "--to", tmp_path / "before.json", "--format", "json")
    records = json.loads((tmp_path / "before.json").read_text(encoding="utf-8"))
    assert [(r["kind"], r.get("dispute_number")) for r in records] == [
        ("fragment", None),
        ("entry", 2899),
        ("entry", 2220),
        ("cross_reference", 611),
    ]
    assert records[0]["coding_changes"] == [
        {"field": "start_date", "text": "Start Date changed from January 28, 1962."}
    ]

    corrected = ["fatalities", "26-100 deaths", "--kind", "correction", "--why", "misread"]
    in_shell("set", project, "--dispute", "2220", *corrected, "--by", "Ana")
    recoded = ["outcome", "stalemate", "--kind", "coding", "--why", "no one gave way"]
    cited = ["--cite", "MIDA 4.01", "--by", "Ben"]
    output = in_shell("set", project, "--dispute", "2899", *recoded, *cited)
    assert output == "step 3: MID 2899, outcome: Unclear → Stalemate\n"

    in_shell("export", project, "--to", clean)
    text = clean.read_text(encoding="utf-8")
    assert "Coding changes: Outcome changed from Unclear." in entry_of(text, 2899)
    assert "Outcome (and Settlement): Stalemate (None)" in entry_of(text, 2899)
    assert "Fatalities: 26–100 deaths" in entry_of(text, 2220)
    assert "Fatalities changed" not in text
    assert "Outcome changed" not in entry_of(text, 2220)

    log = in_shell("log", project, "--dispute", "2899")
    for part in ("Ben", "coding", "outcome: Unclear → Stalemate", "no one gave way", "MIDA 4.01"):
        assert part in log
    rows = json.loads(in_shell("log", project, "--format", "json"))
    assert [
        (row["author"], row["kind"], row["original"], row["old"], row["new"], row["reason"])
        for row in rows[1:]
    ] == [
        ("Ana", "correction", "1–25 deaths", "1–25 deaths", "26–100 deaths", "misread"),
        ("Ben", "coding", "Unclear", "Unclear", "Stalemate", "no one gave way"),
    ]
    assert all(row["time"].startswith("20") for row in rows)

    assert in_shell("undo", project, "--by", "Ben") == "step 4 undoes step 3\n"
    assert in_shell("undo", project, "--by", "Ana") == "step 5 undoes step 2\n"
    in_shell("export", project, "--to", tmp_path / "after.json", "--format", "json")
    assert json.loads((tmp_path / "after.json").read_text(encoding="utf-8")) == records
    assert in_shell("verify", project) == f"{project}: 5 steps, all in order\n"
    in_shell("check", project, exit_code=1)
    left = {file.name for file in tmp_path.iterdir()} - {"page.txt"}
    backups = f"{project.name}.backups"
    assert left == {project.name, backups, clean.name, "before.json", "after.json"}


def test_an_earlier_step_is_undone_by_its_number(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    in_shell("import", project, synthetic_page(tmp_path))
    why = ["--kind", "correction", "--why", "misread"]
    for number, chapter in ((2899, "3"), (2220, "4")):
        in_shell("set", project, "--dispute", str(number), "chapter", chapter, *why)
    assert in_shell("undo", project, "--step", "2") == "step 4 undoes step 2\n"
    with open_session(project) as session:
        assert session.record(session.with_number(2899)[0]).chapter == 7
        assert session.record(session.with_number(2220)[0]).chapter == 4
        assert [line.step for line in log_lines(session, LogFilter(field="chapter"))] == [2, 3, 4]


def test_steps_of_a_killed_command_are_recovered(tmp_path: Path) -> None:
    project = tmp_path / "p.mid.json"
    in_shell("import", project, synthetic_page(tmp_path))
    session = Session.open(project, "Ana")
    session.edit(ChangeKind.CORRECTION, {session.with_number(2899)[0]: {"chapter": 3}})
    session.abandon()
    assert "chapter: 7 → 3" in in_shell("log", project)
    assert in_shell("undo", project, "--by", "Ana") == "step 3 undoes step 2\n"
    assert in_shell("verify", project) == f"{project}: 3 steps, all in order\n"
