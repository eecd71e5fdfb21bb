"""mideditor undo: the signer's own steps; those of others only if that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from mideditor.domain.record_ids import digits, handle
from mideditor.session.session import Session
from tests.cli.shell import call, succeed
from tests.session.chapters import ALASKA, CHAPTER, TRAINER, one_entry

WHY = ["--kind", "correction", "--why", "misread"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project imported by Ida, in which Ana and then Ben have each set an outcome."""
    text, path = tmp_path / "chapter.txt", tmp_path / "p.mid.json"
    text.write_text(CHAPTER, encoding="utf-8")
    succeed("import", path, text, "--by", "Ida")
    succeed("set", path, "--dispute", "2899", "outcome", "Stalemate", *WHY, "--by", "Ana")
    succeed("set", path, "--dispute", "2220", "outcome", "Stalemate", *WHY, "--by", "Ben")
    return path


def test_the_signer_s_own_last_step_is_taken_back(project: Path) -> None:
    assert succeed("undo", project, "--by", "Ana") == "step 4 undoes step 2\n"
    assert "outcome: Stalemate → Unclear" in succeed("log", project, "--by", "Ana")


def test_where_only_steps_of_others_are_left_nothing_is_undone(project: Path) -> None:
    before = project.read_bytes()
    found = call("undo", project, "--by", "Cleo")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == (
        "mideditor: None of your own steps is left to undo. The last step is 3, by Ben "
        "(correction). Take it back with --anyone or --step N.\n"
    )
    assert project.read_bytes() == before


def test_anyone_takes_back_the_last_step_of_all(project: Path) -> None:
    assert succeed("undo", project, "--by", "Cleo", "--anyone") == "step 4 undoes step 3\n"
    assert succeed("undo", project, "--by", "Ana", "--anyone") == "step 5 undoes step 2\n"
    assert succeed("undo", project, "--by", "Ana", "--step", "1") == "step 6 undoes step 1\n"


def test_with_nothing_left_anyone_finds_nothing_either(project: Path) -> None:
    for _ in range(3):
        succeed("undo", project, "--anyone")
    found = call("undo", project, "--anyone")
    assert (found.exit_code, found.stderr) == (2, "mideditor: There is nothing to undo.\n")


def test_a_step_and_anyone_exclude_each_other(project: Path) -> None:
    found = call("undo", project, "--anyone", "--step", "2")
    assert found.exit_code == 2
    assert "give either --step N or --anyone" in found.stderr


class TestRecordNames:
    """``--record`` takes any start of a record's name that no other record has."""

    @pytest.mark.parametrize(
        "name",
        [handle(ALASKA), digits(ALASKA), digits(ALASKA)[:2].upper(), str(ALASKA)],
        ids=["handle", "all digits", "a start, in capitals", "id"],
    )
    def test_a_record_is_found(self, project: Path, name: str) -> None:
        done = succeed("set", project, "--record", name, "page", "3", *WHY)
        assert done == "step 4: MID 2899, page: 942 → 3\n"

    def test_an_unknown_name_is_one_line(self, project: Path) -> None:
        for name in ("zzzzzzzz", " ", "MID 2899"):
            found = call("set", project, "--record", name, "page", "3", *WHY)
            assert (found.exit_code, found.stderr.count("\n")) == (2, 1)
            assert f"no record is named “{name}”" in found.stderr

    def test_a_name_that_several_have_is_one_line_that_tells_them_apart(
        self, tmp_path: Path
    ) -> None:
        """The first letter of a name is one of eight, so that two of nine records share it."""
        text, path = tmp_path / "nine.txt", tmp_path / "nine.mid.json"
        text.write_text("".join(map(one_entry, range(1, 10))), encoding="utf-8")
        succeed("import", path, text)
        with Session.open(path, "Reader", read_only=True) as session:
            names = [digits(one)[0] for one in session.ids()]
        twice = next(name for name in names if names.count(name) > 1)
        found = call("set", path, "--record", twice, "page", "3", *WHY)
        assert (found.exit_code, found.stderr.count("\n")) == (2, 1)
        assert f"several records begin with “{twice}”: {twice}" in found.stderr
        assert "Write more of one." in found.stderr

    def test_reports_and_log_name_records_by_their_handles(self, project: Path) -> None:
        assert f"(record {handle(TRAINER)})" in succeed("log", project)
        assert str(TRAINER) not in succeed("log", project)


def test_an_import_with_edits_of_others_says_what_goes_with_it(project: Path) -> None:
    found = call("undo", project, "--step", "1", "--by", "Ida")
    assert (found.exit_code, found.stdout) == (0, "step 4 undoes step 1\n")
    assert found.stderr == (
        "mideditor: Undo of step 1 takes 4 records out of the project. 2 edits by Ana, Ben stand "
        "in them.\n"
    )
    assert "all in order" in succeed("verify", project)
