"""Icons by what they mean: one set (Phosphor), drawn in the colours of the theme.

The set is the one that QtAwesome brings, as a font with a table of names. It is used without
importing QtAwesome, which takes a fifth of the time until the window shows: it imports all of Qt
under other names and loads eleven other sets.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import platformdirs
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from typing_extensions import override

# Meaning on the left, the set's own name on the right.
ICONS = {
    "new": "file-plus",
    "open": "folder-open",
    "sample": "book-open",
    "import": "download-simple",
    "export": "export",
    "save": "floppy-disk",
    "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right",
    "take-back": "arrow-counter-clockwise",
    "commit": "check",
    "correction": "pencil-simple",
    "coding": "scales",
    "up": "arrow-up",
    "down": "arrow-down",
    "left": "arrow-left",
    "right": "arrow-right",
    "remove": "x",
    "search": "magnifying-glass",
    "warning": "warning",
    "error": "warning-circle",
    "notice": "info",
    "coder": "user",
    "theme": "moon",
    "help": "question",
    "next": "caret-down",
    "previous": "caret-up",
    "folded": "caret-right",
    "reason": "chat-text",
    "review": "check-circle",
    "log": "clock-counter-clockwise",
    "source": "file-text",
    "doubts": "circle-wavy-question",
    "published": "books",
    "quit": "sign-out",
    "chevron": "caret-down-bold",
    "checked": "check-bold",
}


_GLYPH = 0.875
"""Of the height of an icon: the set is drawn so that it is sharp at 16 pixels in this size."""


def icon(meaning: str, color: QColor, disabled: QColor | None = None) -> QIcon:
    """The icon of that meaning in a colour (and in another where it is disabled)."""
    return QIcon(_Glyph(_characters()[ICONS[meaning]], color, disabled or color))


def icon_file(meaning: str, theme: str, color: QColor) -> str:
    """A file with an icon in a theme's colour, for the style sheet, which takes only files."""
    folder = platformdirs.user_cache_path("mideditor")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{meaning}-{theme}.png"
    icon(meaning, color).pixmap(QSize(24, 24)).save(str(path), "PNG")
    return path.as_posix()


class _Glyph(QIconEngine):
    """Draws one character of the set."""

    def __init__(self, character: str, color: QColor, disabled: QColor) -> None:
        super().__init__()
        self._character = character
        self._color = color
        self._disabled = disabled

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        font = QFont(_family())
        font.setPixelSize(max(round(_GLYPH * rect.height()), 1))
        painter.save()
        painter.setFont(font)
        painter.setPen(self._disabled if mode == QIcon.Mode.Disabled else self._color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._character)
        painter.restore()

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The character on a clear ground; Qt's own leaves there what was in the memory before."""
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, drawn.rect(), mode, state)
        painter.end()
        return drawn


@cache
def _family() -> str:
    """The font of the set, given to Qt when the first icon is drawn."""
    number = QFontDatabase.addApplicationFont(str(_file_of_the_set("ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _characters() -> dict[str, str]:
    """The character of each icon of the set, by the set's name for it."""
    codes: dict[str, str] = json.loads(_file_of_the_set("json").read_text("utf-8"))
    return {name: chr(int(codes[name], 16)) for name in ICONS.values()}


def _file_of_the_set(ending: str) -> Path:
    package = find_spec("qtawesome")
    assert package is not None
    assert package.origin is not None
    (path,) = (Path(package.origin).parent / "fonts").glob(f"phosphor*.{ending}")
    return path
