"""A small bar that shows how much of long work is done."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from mideditor.ui.look.text_size import FollowTextSize, scaled

_WIDTH = 120


class WorkBar(QProgressBar):
    """A progress bar without a text, of a fixed width."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        FollowTextSize(self, lambda _: self.setFixedWidth(scaled(_WIDTH)))
        self.setFixedWidth(scaled(_WIDTH))

    def show_progress(self, done: int, total: int) -> None:
        """Show how much of how much is done."""
        self.setRange(0, max(total, 1))
        self.setValue(done)
