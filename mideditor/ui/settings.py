"""The user's preferences while the window is open; every change is saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QObject, Signal

from mideditor.files.user_error import UserError
from mideditor.session.preferences import Preferences


class Settings(QObject):
    """Holds and saves preferences; `failed` carries the message if saving fails."""

    failed = Signal(str)

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences

    @property
    def folder(self) -> Path:
        """Where file dialogs open: the last used folder, or the home folder."""
        return self.preferences.last_folder or Path.home()

    def update(self, **values: Any) -> None:
        """Change preferences and save them."""
        self.preferences = self.preferences.replace(**values)
        try:
            self.preferences.save()
        except (UserError, OSError) as error:
            self.failed.emit(f"The settings could not be kept: {error}")

    def window_value(self, name: str) -> str:
        """A saved value of the window, '' if there is none."""
        return self.preferences.window.get(name, "")

    def update_window(self, values: Mapping[str, str]) -> None:
        """Save values of the window, such as its layout, by name."""
        self.update(window={**self.preferences.window, **values})


def as_text(state: QByteArray) -> str:
    """The saved state of a widget, encoded as text."""
    return bytes(state.toBase64().data()).decode("ascii")


def as_state(text: str) -> QByteArray:
    """Decode the state of a widget from `as_text`."""
    return QByteArray.fromBase64(text.encode("ascii"))
