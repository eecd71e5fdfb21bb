"""A small progress bar for long work."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from mideditor.ui.look.text_size import FollowTextSize, scaled

_WIDTH = 120


class WorkBar(QProgressBar):
    """A progress bar of fixed width without text."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        FollowTextSize(self, lambda _: self.setFixedWidth(scaled(_WIDTH)))
        self.setFixedWidth(scaled(_WIDTH))

    def show_progress(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` is done."""
        self.setRange(0, max(total, 1))
        self.setValue(done)
