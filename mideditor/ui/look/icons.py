"""Icons by meaning, from one icon set (Phosphor), drawn in the colours of the theme.

The set comes with QtAwesome, as a font and a table of names. QtAwesome itself is not imported:
that would take a fifth of the start-up time, because it imports all of Qt again and loads eleven
other sets.
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

# Meaning on the left, the name in the icon set on the right.
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
"""Font size as a share of the icon height. At this size the glyphs are sharp at 16 pixels."""


def icon(meaning: str, color: QColor, disabled: QColor | None = None) -> QIcon:
    """The icon with that meaning in a colour, optionally with another colour when disabled."""
    return QIcon(_Glyph(_characters()[ICONS[meaning]], color, disabled or color))


def icon_file(meaning: str, theme: str, color: QColor) -> str:
    """Write an icon in a theme's colour to a file and return its path, for the style sheet."""
    folder = platformdirs.user_cache_path("mideditor")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{meaning}-{theme}.png"
    icon(meaning, color).pixmap(QSize(24, 24)).save(str(path), "PNG")
    return path.as_posix()


class _Glyph(QIconEngine):
    """Draws one glyph of the icon font."""

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
        """The glyph on a transparent background; Qt's default leaves the pixmap uninitialised."""
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, drawn.rect(), mode, state)
        painter.end()
        return drawn


@cache
def _family() -> str:
    """The family of the icon font, which is registered with Qt on first use."""
    number = QFontDatabase.addApplicationFont(str(_icon_set_file("ttf")))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _characters() -> dict[str, str]:
    """The character of each icon that is used, by its name in the icon set."""
    codes: dict[str, str] = json.loads(_icon_set_file("json").read_text("utf-8"))
    return {name: chr(int(codes[name], 16)) for name in ICONS.values()}


def _icon_set_file(ending: str) -> Path:
    package = find_spec("qtawesome")
    assert package is not None
    assert package.origin is not None
    (path,) = (Path(package.origin).parent / "fonts").glob(f"phosphor*.{ending}")
    return path
