"""Looks after the project file while nobody does: saves when idle, sees what others do to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from mideditor.session.session import Session
from mideditor.session.work import in_one_part
from mideditor.ui.kit.scheduler import Scheduler

IDLE = 20_000
"""Milliseconds without a step after which the project file is brought up to date."""

LOOK = 3_000
"""Milliseconds between two looks at the file."""


class FileWatch(QObject):
    """Both in threads of their own. `changed_outside` tells once of each change by others, and
    ``has_seen_changes`` as long as it has not been looked at.
    """

    changed_outside = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, scheduler: Scheduler, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._scheduler = scheduler
        self.has_seen_changes = False
        self._backup_error = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE)
        self._idle.timeout.connect(self.save)
        self._look = QTimer(self)
        self._look.setInterval(LOOK)
        self._look.timeout.connect(self.look)
        if not session.read_only:
            session.subscribe(lambda _: self._idle.start())
            self._look.start()

    def stop(self) -> None:
        """Do nothing more: the project is being closed."""
        self._idle.stop()
        self._look.stop()

    def save(self) -> None:
        """Save in the background, unless what others did must be looked at first."""
        if not self.has_seen_changes:
            work = in_one_part(self._session.save)
            self._scheduler.run_in_background(work, self._saved, self.failed.emit)

    def look(self) -> None:
        """See whether another program has changed the file."""
        work = in_one_part(self._session.was_changed_outside)
        self._scheduler.run_in_background(work, self._seen, self.failed.emit)

    def _seen(self, changed: object) -> None:
        if changed and not self.has_seen_changes:
            self.changed_outside.emit()
        self.has_seen_changes = bool(changed)

    def _saved(self, _: object) -> None:
        error = self._session.backup_error
        told = str(error) if error else ""
        if told and told != self._backup_error:
            self.failed.emit(f"The project was saved, but without a backup. {told}")
        self._backup_error = told
