"""Screenshots of the window, drawn without a display, for the tour and the README."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mideditor.domain.record import RecordId
from mideditor.files.outputs import output_to
from mideditor.session.preferences import Preferences
from mideditor.ui.actions.chosen_output import picture_bytes
from mideditor.ui.desk_view import DeskView
from mideditor.ui.look.theme import Theme
from mideditor.ui.start import make_application
from mideditor.ui.window import MainWindow


class UnsavedPreferences(Preferences):
    """Preferences that are never saved, so that drawing pictures has no side effects."""

    def save(self) -> None:
        """Do nothing."""


def draw_window(
    project: Path,
    record: RecordId | None,
    picture: Path,
    *,
    theme: str = "light",
    size: tuple[int, int] = (1280, 800),
    command: str = "",
    arrange: Callable[[DeskView], object] | None = None,
) -> None:
    """Open a project, select a record and save a screenshot of the window.

    Before that, ``command`` is run by name and ``arrange`` is called with the desk view.
    """
    app = make_application()
    window = MainWindow(Theme(app, theme), UnsavedPreferences(coder="A. Coder", theme=theme))
    window.resize(*size)
    window.show()
    window.open(project)
    if record is not None and window.view is not None:
        window.view.desk.select(record)
    _settle(app)
    if command:
        window.run(command)
        _settle(app)
    if arrange is not None and window.view is not None:
        arrange(window.view)
        _settle(app)
    output_to(picture, project=project).write(picture_bytes(window.grab().toImage(), picture))
    window.close()


def _settle(app: QApplication) -> None:
    """Process events until layouts are stable."""
    for _ in range(5):
        app.processEvents()
