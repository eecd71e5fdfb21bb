"""An older project whose log was altered: open for reading, with a repair into a new file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mideditor.ui.window import MainWindow
from tests.ui.conftest import Person

BROKEN = Path(__file__).parents[2] / "store" / "versions" / "version-2-broken-chain.mid.json"


@pytest.fixture
def person(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Person:
    """A user with the broken project open."""
    assert window.open(Path(shutil.copy(BROKEN, tmp_path / "old.mid.json")))
    return Person(window, qtbot)


def repair(person: Person, target: Path) -> None:
    person.answers.save_path = target
    person.answer_banner()


def test_it_is_open_for_reading_and_the_banner_says_why(person: Person) -> None:
    session = person.view.desk.session
    before = session.path.read_bytes()
    assert session.read_only
    assert session.ids()
    assert person.view.banner.text.startswith("Open for reading only.")
    assert "its log is not as it was made: step 3 was altered" in person.view.banner.text
    assert person.window.close_project()
    assert session.path.read_bytes() == before


def test_its_repair_opens_a_new_file_that_can_be_changed(person: Person, tmp_path: Path) -> None:
    old = person.view.desk.session
    repair(person, tmp_path / "new.mid.json")
    new = person.view.desk.session
    assert (new.path, new.read_only) == (tmp_path / "new.mid.json", False)
    assert [record.kind for record in map(new.record, new.ids())] == [
        record.kind for record in map(old.record, old.ids())
    ]
    assert len(new.history.steps) == len(old.history.steps)


def test_a_repair_replaces_no_file(person: Person) -> None:
    path = person.view.desk.session.path
    repair(person, path)
    assert "old.mid.json is there already" in person.view.banner.text
    assert person.view.desk.session.read_only
