"""Watches the project file: saves it when idle and detects changes by other programs."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from mideditor.session.session import Session
from mideditor.session.work import in_one_part
from mideditor.ui.kit.scheduler import Scheduler

IDLE = 20_000
"""Milliseconds without a step before the project file is saved."""

CHECK_INTERVAL = 3_000
"""Milliseconds between two checks of the file."""


class FileWatch(QObject):
    """Saves and checks in the background.

    `changed_outside` is emitted once per outside change; ``has_outside_changes`` is true until the
    change has been handled.
    """

    changed_outside = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, scheduler: Scheduler, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._scheduler = scheduler
        self.has_outside_changes = False
        self._backup_error = ""
        self._idle_timer = QTimer(self)
        self._idle_timer.setSingleShot(True)
        self._idle_timer.setInterval(IDLE)
        self._idle_timer.timeout.connect(self.save)
        self._check_timer = QTimer(self)
        self._check_timer.setInterval(CHECK_INTERVAL)
        self._check_timer.timeout.connect(self.check)
        if not session.read_only:
            session.subscribe(lambda _: self._idle_timer.start())
            self._check_timer.start()

    def stop(self) -> None:
        """Stop both timers, because the project is being closed."""
        self._idle_timer.stop()
        self._check_timer.stop()

    def save(self) -> None:
        """Save in the background, unless outside changes must be reviewed first."""
        if not self.has_outside_changes:
            work = in_one_part(self._session.save)
            self._scheduler.run_in_background(work, self._on_saved, self.failed.emit)

    def check(self) -> None:
        """Check in the background whether another program has changed the file."""
        file = self._session.file
        if file is None:
            return
        work = in_one_part(file.was_changed_outside)
        self._scheduler.run_in_background(work, self._on_checked, self.failed.emit)

    def _on_checked(self, changed: object) -> None:
        if changed and not self.has_outside_changes:
            self.changed_outside.emit()
        self._tell_strange_journals()
        self.has_outside_changes = bool(changed)

    def _tell_strange_journals(self) -> None:
        file = self._session.file
        while file is not None and file.strange_journals:
            kept = file.strange_journals.pop().name
            self.failed.emit(
                "Another program replaced the journal of the project. It was written anew, with "
                f"all changes; what was put there is kept as {kept}."
            )

    def _on_saved(self, _: object) -> None:
        error = self._session.file and self._session.file.backup_error
        message = str(error) if error else ""
        if message and message != self._backup_error:
            self.failed.emit(f"The project was saved, but without a backup. {message}")
        self._backup_error = message
