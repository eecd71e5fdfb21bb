"""Importing again: consecutive pages, and a newer text of the same records."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.record_ids import handle
from mideditor.session.session import Session
from tests.cli.shell import call, succeed
from tests.session.chapters import ALASKA, CHAPTER, TRAINER, one_entry
from tests.session.imports.test_page_joining import FIRST, LAST, MIDDLE, NARRATIVE, written
from tests.session.imports.test_reextraction import MORE, review_of


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the imported chapter and one corrected outcome."""
    (text,) = written(tmp_path, [CHAPTER])
    path = tmp_path / "p.mid.json"
    succeed("import", path, text)
    why = ["--kind", "correction", "--why", "misprint"]
    succeed("set", path, "--dispute", "2220", "outcome", "Stalemate", *why)
    return path


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "newer.txt"
    path.write_text(MORE, encoding="utf-8")
    return path


def numbered(project: Path, number: int) -> list[int]:
    with Session.open(project, "Reader", read_only=True) as session:
        return session.with_number(number)


def test_new_records_are_added_and_differing_ones_listed(project: Path, newer: Path) -> None:
    result = call("import", project, newer)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "newer.txt: another text of records that the project has: 2 equal, 2 differing, 1 new",
        f"  --record {handle(ALASKA)}  MID 2899: narrative",
        f"  --record {handle(TRAINER)}  MID 2220: outcome (edited)",
    ]
    assert len(numbered(project, 77)) == 1
    assert "northern" not in succeed("export", project, "--to", "-")
    assert "Taken from newer.txt" in succeed("log", project)
    succeed("verify", project)


def test_take_applies_differences_in_unedited_fields(project: Path, newer: Path) -> None:
    call("import", project, newer)
    result = call("import", project, newer, "--take")
    assert result.exit_code == 1, "the edited outcome still differs"
    assert result.output.splitlines()[1:] == [
        f"  --record {handle(TRAINER)}  MID 2220: outcome (edited)"
    ]
    output = succeed("export", project, "--to", "-")
    assert "northern Alaska" in output
    with Session.open(project, "Reader", read_only=True) as session:
        assert session.documents()[TRAINER]["outcome"] == "Stalemate"
    succeed("undo", project)
    assert "northern Alaska" not in succeed("export", project, "--to", "-")
    succeed("verify", project)


def test_no_remaining_differences_give_exit_code_0(tmp_path: Path, newer: Path) -> None:
    (text,) = written(tmp_path, [CHAPTER])
    project = tmp_path / "q.mid.json"
    succeed("import", project, text)
    succeed("import", project, newer, "--take")
    output = succeed("import", project, newer)
    assert output.startswith("newer.txt: ")
    assert "0 differing, 0 new" in output


def test_pages_imported_together_or_one_by_one_are_one_chapter(tmp_path: Path) -> None:
    pages = written(tmp_path, [FIRST, MIDDLE, LAST])
    succeed("import", tmp_path / "together.mid.json", *pages)
    for page in pages:
        succeed("import", tmp_path / "apart.mid.json", page)
    output = [
        succeed("export", tmp_path / f"{name}.mid.json", "--to", "-")
        for name in ("together", "apart")
    ]
    assert output[0] == output[1]
    assert NARRATIVE[0] in output[0]


def test_a_page_from_the_middle_of_a_record_alone_is_refused(tmp_path: Path) -> None:
    (middle,) = written(tmp_path, [MIDDLE])
    result = call("import", tmp_path / "p.mid.json", middle)
    assert result.exit_code == 2
    assert "there is no dispute entry in it" in result.output


def test_another_chapter_is_added(project: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(one_entry(78), encoding="utf-8")
    succeed("import", project, tmp_path / "other.txt")
    assert len(numbered(project, 78)) == 1


def test_differences_skipped_in_the_window_are_counted_not_listed(
    project: Path, newer: Path
) -> None:
    with Session.open(project, "Anna") as session:
        review = review_of(session, newer.parent, MORE)
        review.skip(review.open())
    result = call("import", project, newer, "--take")
    assert result.exit_code == 0
    assert result.output == (
        "newer.txt: another text of records that the project has: "
        "2 equal, 2 differing, 1 new; 3 skipped before\n"
    )
    assert numbered(project, 77) == []
    succeed("verify", project)
