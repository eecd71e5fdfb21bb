"""The picture of the work: painted, told in words, leading to the records."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.ui.conftest import Person

Key = Qt.Key


@pytest.fixture
def looker(person: Person) -> Person:
    person.press(Key.Key_T, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    person.view.work.years.repaint()
    return person


def test_arrows_tell_the_bars_and_enter_goes_to_the_record(looker: Person) -> None:
    work = looker.view.work
    assert work.told.text() == "2 disputes from 1963 to 1964"
    assert work.progress.text() == "imported 4"
    assert looker.cursor is work.years
    looker.press(Key.Key_Right)
    assert work.told.text() == "1963, Unclear: 1 dispute"
    looker.press(Key.Key_Return)
    assert looker.title() == "MID 9101"
    looker.press(Key.Key_Right)
    looker.press(Key.Key_Return)
    assert looker.title() == "MID 9102"


def test_a_click_goes_to_the_record(looker: Person) -> None:
    chart = looker.view.work.years
    bar = next(bar for bar in chart.bars if bar.category == "Released")
    looker.bot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=bar.rect.center().toPoint())
    assert looker.title() == "MID 9102"


def test_it_shows_what_the_table_is_narrowed_to(looker: Person) -> None:
    looker.view.filter.setText("outcome:unclear")
    assert looker.view.work.told.text() == "1 dispute, of 1963"
    looker.view.filter.setText("kind:fragment")
    assert looker.view.work.told.text() == "No dispute with a start date is shown in the table."
    looker.view.work.years.repaint()
    assert looker.view.work.years.bars == []
    looker.press(Key.Key_Right)


def test_the_picture_is_written_to_a_file(looker: Person, tmp_path: Path) -> None:
    looker.answers.place = tmp_path / "work.png"
    looker.window.run("save_work_picture")
    assert QImage(str(tmp_path / "work.png")).width() == 1600
    looker.answers.place = tmp_path / "no such folder" / "work.png"
    looker.window.run("save_work_picture")
    assert "work.png could not be written" in looker.view.banner.text


def test_esc_goes_back_to_the_records(looker: Person) -> None:
    looker.press(Key.Key_Escape)
    assert looker.view.table.hasFocus()


def test_a_picture_that_was_never_looked_at_shows_the_same(person: Person, tmp_path: Path) -> None:
    unseen, seen = tmp_path / "unseen.png", tmp_path / "seen.png"
    assert person.view.work.save(unseen)
    person.press(Key.Key_T, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert person.view.work.save(seen)
    assert QImage(str(unseen)) == QImage(str(seen))
