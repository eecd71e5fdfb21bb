"""The user's preferences while the window is open, saved whenever one changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, Signal

from mideditor.files.user_error import UserError
from mideditor.session.preferences import Preferences


class Settings(QObject):
    """Keeps preferences; `failed` carries the message where they could not be saved."""

    failed = Signal(str)

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences

    @property
    def folder(self) -> Path:
        """Where file dialogs open: the folder used last, else the user's own."""
        return self.preferences.last_folder or Path.home()

    def keep(self, **values: Any) -> None:
        """Change preferences and save them."""
        self.preferences = self.preferences.replace(**values)
        try:
            self.preferences.save()
        except (UserError, OSError) as error:
            self.failed.emit(f"The settings could not be kept: {error}")

    def window_text(self, name: str) -> str:
        """What was kept of the window under a name; empty where nothing was."""
        return self.preferences.window.get(name, "")

    def keep_of_window(self, values: Mapping[str, str]) -> None:
        """Keep how parts of the window are, by name."""
        self.keep(window={**self.preferences.window, **values})


def as_text(state: QByteArray) -> str:
    """The saved state of a widget as text."""
    return bytes(state.toBase64().data()).decode("ascii")


def as_state(text: str) -> QByteArray:
    """The state of a widget from its text; empty from an empty one."""
    return QByteArray.fromBase64(text.encode("ascii"))
