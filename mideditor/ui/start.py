"""Starts the application and shows the main window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from mideditor.files.error_log import keep_details
from mideditor.files.gc_tuning import resume_collector
from mideditor.session.preferences import APP_NAME, Preferences
from mideditor.ui.look.theme import Theme
from mideditor.ui.window import MainWindow

_OPEN_DELAY = 1
"""Milliseconds until the project opens, so that the window system's events come first."""


def make_application() -> QApplication:
    """The Qt application with its name set, created if there is none yet."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName(APP_NAME)
    app.setDesktopFileName(APP_NAME)
    return app


def run_window(project: Path | None, *, sample: bool = False) -> int:
    """Run the window with a project, the sample, or the last used project; the exit code.

    The window is shown before the project is opened, so that its rows can be painted immediately.
    """
    app = make_application()
    preferences = Preferences.load()
    window = MainWindow(Theme(app, preferences.theme, preferences.text_size), preferences)
    sys.excepthook = lambda _kind, error, _trace: window.show_error(keep_details(error))
    window.show()
    QTimer.singleShot(_OPEN_DELAY, lambda: _open_first(window, project, sample))
    return app.exec()


def _open_first(window: MainWindow, project: Path | None, sample: bool) -> None:
    try:
        _open(window, project, sample)
    finally:
        resume_collector()


def _open(window: MainWindow, project: Path | None, sample: bool) -> None:
    last = window.settings.preferences.last_project
    if project is not None:
        window.open(project, create=not project.exists())
    elif sample:
        window.open_sample()
    elif last is not None and last.exists():
        window.open(last)
