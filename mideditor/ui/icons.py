"""Icons by what they mean: one set (Phosphor), drawn in the colours of the theme."""

from __future__ import annotations

import platformdirs
import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

# Meaning on the left, the set's own name on the right.
ICONS = {
    "new": "ph.file-plus",
    "open": "ph.folder-open",
    "sample": "ph.book-open",
    "import": "ph.download-simple",
    "export": "ph.export",
    "save": "ph.floppy-disk",
    "undo": "ph.arrow-u-up-left",
    "redo": "ph.arrow-u-up-right",
    "take-back": "ph.arrow-counter-clockwise",
    "commit": "ph.check",
    "correction": "ph.pencil-simple",
    "coding": "ph.scales",
    "up": "ph.arrow-up",
    "down": "ph.arrow-down",
    "left": "ph.arrow-left",
    "right": "ph.arrow-right",
    "remove": "ph.x",
    "search": "ph.magnifying-glass",
    "warning": "ph.warning",
    "error": "ph.warning-circle",
    "notice": "ph.info",
    "coder": "ph.user",
    "theme": "ph.moon",
    "help": "ph.question",
    "next": "ph.caret-down",
    "previous": "ph.caret-up",
    "folded": "ph.caret-right",
    "reason": "ph.chat-text",
    "review": "ph.check-circle",
    "log": "ph.clock-counter-clockwise",
    "source": "ph.file-text",
    "doubts": "ph.circle-wavy-question",
    "published": "ph.books",
    "quit": "ph.sign-out",
    "chevron": "ph.caret-down-bold",
    "checked": "ph.check-bold",
}


def icon(meaning: str, color: QColor, disabled: QColor | None = None) -> QIcon:
    """The icon of that meaning in a colour (and in another where it is disabled)."""
    made: QIcon = qtawesome.icon(
        ICONS[meaning], color=color, color_disabled=disabled or color, color_active=color
    )
    return made


def icon_file(meaning: str, theme: str, color: QColor) -> str:
    """A file with an icon in a theme's colour, for the style sheet, which takes only files."""
    folder = platformdirs.user_cache_path("mideditor")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{meaning}-{theme}.png"
    icon(meaning, color).pixmap(QSize(24, 24)).save(str(path), "PNG")
    return path.as_posix()
