"""The user's settings, stored between runs. A damaged file counts as the defaults."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Self

import platformdirs
from pydantic import ConfigDict, Field, ValidationError

from mideditor.domain.record import Frozen
from mideditor.files.replacing import replace_file
from mideditor.files.user_error import FileError

APP_NAME = "mideditor"


class Preferences(Frozen):
    """The coder's name, the look of the window and the last project.

    ``text_size`` is in per cent. ``keys`` maps command names to the user's own shortcuts;
    ``recent_commands`` are those last run from the palette, the latest first. ``views`` are the
    saved search lines by name. ``window`` is the state of the window by name, as text.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    coder: str = ""
    theme: str = "system"
    text_size: int = 100
    keys: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    recent_commands: tuple[str, ...] = ()
    views: dict[str, str] = Field(default_factory=dict)
    last_project: Path | None = None
    last_folder: Path | None = None
    window: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def load(cls) -> Self:
        """The stored preferences, or the defaults."""
        try:
            return cls.model_validate_json(preferences_path().read_bytes())
        except (OSError, ValidationError):
            return cls()

    def save(self) -> None:
        """Store them; raises FileError."""
        path = preferences_path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(path, error, "Your settings were not kept.") from error
        replace_file(path, self.model_dump_json(indent=2).encode("utf-8"))

    @property
    def signature(self) -> str:
        """The name that steps are signed with: the coder's own, else the login's."""
        return self.coder or login_name()


def preferences_path() -> Path:
    """The path of the preferences file on this system."""
    return platformdirs.user_config_path(APP_NAME) / "preferences.json"


def user_data_folder() -> Path:
    """The folder of the user's own files, such as the copy of the sample project."""
    return platformdirs.user_data_path(APP_NAME)


def login_name() -> str:
    """The user's name on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown coder"
