"""The foreground job in the status bar: label, progress and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from mideditor.ui.kit.scheduler import Scheduler


class JobStatus(QWidget):
    """Visible while the scheduler runs a job in the foreground."""

    def __init__(self, scheduler: Scheduler) -> None:
        super().__init__()
        self._label = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._cancel = QPushButton("Cancel")
        self._cancel.setAccessibleName("Cancel the running job")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.addWidget(self._label)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        self.hide()
        self._cancel.clicked.connect(scheduler.cancel)
        scheduler.started.connect(self._show_job)
        scheduler.progressed.connect(self._show_progress)
        scheduler.stopping.connect(lambda: self._label.setText("Stopping …"))
        scheduler.ended.connect(self.hide)

    def _show_job(self, label: str) -> None:
        self._label.setText(label)
        self._bar.setRange(0, 0)
        self.show()

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
