"""An older project whose log was altered, written to a new file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mideditor.files.outputs import AlreadyThere
from mideditor.files.user_error import FileError, UserError
from mideditor.store.migrations import BrokenLog
from mideditor.store.project_store import ProjectStore
from mideditor.store.repair import NothingToRepair, write_repaired

BROKEN = Path(__file__).parent / "versions" / "version-2-broken-chain.mid.json"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of version 2 in which somebody has altered the reason of step 3."""
    return Path(shutil.copy(BROKEN, tmp_path / "old.mid.json"))


def test_the_new_file_has_all_that_the_old_has_and_can_be_changed(
    project: Path, tmp_path: Path
) -> None:
    before = project.read_bytes()
    with pytest.raises(BrokenLog, match=r"mideditor verify old\.mid\.json --repair"):
        ProjectStore.open(project)
    target = tmp_path / "new.mid.json"
    steps = write_repaired(project, target)
    old = json.loads(before)
    store = ProjectStore.open(target)
    assert not store.read_only
    assert steps == len(store.contents.log) == len(old["log"])
    assert [step["former_hash"] for step in store.contents.log.values()] == [
        step["hash"] for step in old["log"].values()
    ]
    assert len(store.contents.records) == len(old["records"])
    assert len(store.contents.sources) == len(old["sources"])
    store.close()
    assert project.read_bytes() == before


def test_an_existing_file_is_not_replaced(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.mid.json"
    target.write_text("mine", encoding="utf-8")
    for existing in (target, project):
        with pytest.raises(AlreadyThere):
            write_repaired(project, existing)
    assert target.read_text(encoding="utf-8") == "mine"


def test_a_journal_of_that_name_is_not_taken_into_the_new_file(
    project: Path, tmp_path: Path
) -> None:
    (tmp_path / "new.mid.json.journal").write_text("", encoding="utf-8")
    with pytest.raises(AlreadyThere, match=r"new\.mid\.json\.journal is there already"):
        write_repaired(project, tmp_path / "new.mid.json")
    assert not (tmp_path / "new.mid.json").exists()


def test_a_folder_that_does_not_exist_is_named(project: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Choose another place"):
        write_repaired(project, tmp_path / "no" / "new.mid.json")


def test_a_project_that_can_be_changed_is_not_repaired(tmp_path: Path) -> None:
    sound = Path(shutil.copy(BROKEN.with_name("version-2.mid.json"), tmp_path / "p.mid.json"))
    with pytest.raises(NothingToRepair):
        write_repaired(sound, tmp_path / "new.mid.json")
    with pytest.raises(UserError, match="there is no such project"):
        write_repaired(tmp_path / "none.mid.json", tmp_path / "new.mid.json")
    assert not (tmp_path / "new.mid.json").exists()
