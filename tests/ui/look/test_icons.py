"""Icons are drawn with QtAwesome's font but without importing QtAwesome."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from pytestqt.qtbot import QtBot

from mideditor.ui.look.icons import ICONS, icon

SIZE = QSize(96, 96)
RED, BLUE = QColor("#ff0000"), QColor("#0000ff")


@pytest.mark.parametrize("meaning", ICONS)
def test_every_icon_exists_and_is_drawn_in_its_colour(qtbot: QtBot, meaning: str) -> None:
    drawn = _solid_colours(icon(meaning, RED).pixmap(SIZE).toImage())

    assert drawn == {RED.name()}


def test_the_icons_differ(qtbot: QtBot) -> None:
    up, down = (icon(meaning, RED).pixmap(SIZE).toImage() for meaning in ("up", "down"))

    assert up != down


def test_a_disabled_icon_has_its_own_colour(qtbot: QtBot) -> None:
    both = icon("undo", RED, BLUE)

    assert _solid_colours(both.pixmap(SIZE, QIcon.Mode.Disabled).toImage()) == {BLUE.name()}
    assert _solid_colours(both.pixmap(SIZE, QIcon.Mode.Active).toImage()) == {RED.name()}


def test_the_window_does_not_import_modules_that_slow_down_the_start() -> None:
    script = "import sys, mideditor.ui.window; print(*{'qtawesome', 'qtpy'} & set(sys.modules))"

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout.split() == []


def _solid_colours(image: QImage) -> set[str]:
    """The colours of the opaque pixels."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}
