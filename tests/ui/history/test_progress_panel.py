"""The progress charts: painted, described in words, and linked to records."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.ui.conftest import Person

Key = Qt.Key


@pytest.fixture
def viewer(person: Person) -> Person:
    """A user with the progress charts open."""
    person.press(Key.Key_T, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    person.view.progress.years.repaint()
    return person


def test_arrows_describe_the_bars_and_enter_goes_to_the_record(viewer: Person) -> None:
    progress = viewer.view.progress
    assert progress.summary.text() == "2 disputes from 1963 to 1964"
    assert progress.state_counts.text() == "imported 4"
    assert viewer.focused is progress.years
    viewer.press(Key.Key_Right)
    assert progress.summary.text() == "1963, Unclear: 1 dispute"
    viewer.press(Key.Key_Return)
    assert viewer.title() == "MID 9101"
    viewer.press(Key.Key_Right)
    viewer.press(Key.Key_Return)
    assert viewer.title() == "MID 9102"


def test_a_click_goes_to_the_record(viewer: Person) -> None:
    chart = viewer.view.progress.years
    bar = next(bar for bar in chart.bars if bar.category == "Released")
    viewer.bot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=bar.rect.center().toPoint())
    assert viewer.title() == "MID 9102"


def test_it_shows_the_records_of_the_filtered_table(viewer: Person) -> None:
    viewer.view.filter.setText("outcome:unclear")
    assert viewer.view.progress.summary.text() == "1 dispute, of 1963"
    viewer.view.filter.setText("kind:fragment")
    assert (
        viewer.view.progress.summary.text() == "No dispute with a start date is shown in the table."
    )
    viewer.view.progress.years.repaint()
    assert viewer.view.progress.years.bars == []
    viewer.press(Key.Key_Right)


def test_the_picture_is_written_to_a_file(viewer: Person, tmp_path: Path) -> None:
    viewer.answers.save_path = tmp_path / "work.png"
    viewer.window.run("save_work_picture")
    assert QImage(str(tmp_path / "work.png")).width() == 1600
    viewer.answers.save_path = tmp_path / "no such folder" / "work.png"
    viewer.window.run("save_work_picture")
    assert "work.png: No such file or directory. Nothing was written" in viewer.view.banner.text


def test_esc_returns_to_the_records(viewer: Person) -> None:
    viewer.press(Key.Key_Escape)
    assert viewer.view.table.hasFocus()


def test_a_picture_taken_before_the_panel_was_shown_is_the_same(person: Person) -> None:
    hidden = person.view.progress.picture()
    person.press(Key.Key_T, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert person.view.progress.picture() == hidden
