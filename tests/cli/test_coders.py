"""mideditor coders: the list of coders, and signatures that are noted to be of one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mideditor.session.session import Session
from tests.cli.shell import call, in_shell, succeed
from tests.session.chapters import CHAPTER

WHY = ["--kind", "correction", "--why", "misread"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project imported by Ana, corrected by “A. Silva”, “ana” and then Ben."""
    text, path = tmp_path / "chapter.txt", tmp_path / "p.mid.json"
    text.write_text(CHAPTER, encoding="utf-8")
    succeed("import", path, text, "--by", "Ana")
    for author, page in (("A. Silva", "7"), ("ana", "8"), ("Ben", "9")):
        succeed("set", path, "--dispute", "2899", "page", page, *WHY, "--by", author)
    return path


def listed(project: Path) -> str:
    """The list, with each day as DAY."""
    return re.sub(r"\d{4}-\d\d-\d\d( to \d{4}-\d\d-\d\d)?", "DAY", succeed("coders", project))


APART = """\
Ana: 2 steps, DAY, signed “Ana”, “ana”
A. Silva: 1 step, DAY, signed “A. Silva”
Ben: 1 step, DAY, signed “Ben”
"""


def test_each_coder_is_a_line(project: Path) -> None:
    before = project.read_bytes()
    assert listed(project) == APART
    assert project.read_bytes() == before
    with Session.open(project, "Reader", read_only=True) as session:
        day = f"{session.history.steps[0].time:%Y-%m-%d}"
    assert succeed("coders", project).startswith(f"Ana: 2 steps, {day}")


def test_two_signatures_are_noted_to_be_of_one_coder(project: Path) -> None:
    said = succeed("coders", project, "--same", "A. Silva", "Ana", "--by", "Ben")
    assert said == "step 5: A. Silva is Ana\n"
    assert listed(project) == (
        "Ana: 3 steps, DAY, signed “Ana”, “A. Silva”, “ana”\nBen: 2 steps, DAY, signed “Ben”\n"
    )
    for name in ("Ana", "A. Silva"):
        log = succeed("log", project, "--by", name)
        assert re.findall(r"^ +(\d)  \S+ \S+  (\S+|A. Silva)  ", log, re.MULTILINE) == [
            ("1", "Ana"),
            ("2", "A. Silva"),
            ("3", "ana"),
        ]
    assert "  Ben  coder  coder: — → A. Silva is Ana\n" in succeed("log", project, "--by", "Ben")
    assert succeed("undo", project, "--by", "Ben") == "step 6 undoes step 5\n"
    assert listed(project) == APART
    assert succeed("verify", project).endswith("6 steps, all in order\n")


@pytest.mark.parametrize("same", [("A. Silva", "Ana"), ("ANA", "a. silva"), ("Ben", " ben ")])
def test_what_is_known_is_not_noted_again(project: Path, same: tuple[str, str]) -> None:
    succeed("coders", project, "--same", "A. Silva", "Ana")
    before = project.read_bytes()
    said = succeed("coders", project, "--same", *same)
    assert said == f"{same[0]} and {same[1]} are known to be one coder\n"
    assert project.read_bytes() == before


def test_undo_takes_back_what_was_signed_otherwise(project: Path) -> None:
    succeed("coders", project, "--same", "A. Silva", "Ben", "--by", "Cleo")
    assert succeed("undo", project, "--by", "A. Silva") == "step 6 undoes step 4\n"


def test_a_name_that_nobody_has_signed_with_yet_can_be_chosen(project: Path) -> None:
    succeed("coders", project, "--same", "A. Silva", "Ana Silva")
    succeed("coders", project, "--same", "ana", "Ana Silva")
    assert listed(project).startswith("Ana Silva: 3 steps, DAY, signed “Ana”, “A. Silva”, “ana”\n")


@pytest.mark.parametrize(
    ("same", "message"),
    [
        (
            ("A. Sliva", "Ana"),
            "No step is signed “A. Sliva”. The coders are: “Ana”, “A. Silva”, “Ben”.",
        ),
        (
            ("A. Silva", " "),
            "The name of the step cannot be kept: it is empty. Nothing was changed.",
        ),
    ],
)
def test_a_misuse_changes_nothing(project: Path, same: tuple[str, str], message: str) -> None:
    before = project.read_bytes()
    found = call("coders", project, "--same", *same)
    assert (found.exit_code, found.stdout, found.stderr) == (2, "", f"mideditor: {message}\n")
    assert project.read_bytes() == before


def test_a_project_without_steps_says_so(tmp_path: Path) -> None:
    path = tmp_path / "new.mid.json"
    with Session.open(path, "Ana", create=True):
        pass
    assert succeed("coders", path) == f"{path}: no step has been made yet\n"


def test_in_a_process_of_its_own(project: Path) -> None:
    assert in_shell("coders", project).count("\n") == 3
