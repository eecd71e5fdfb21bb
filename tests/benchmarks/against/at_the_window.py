"""`python -m tests.benchmarks.against.at_the_window PROJECT OTHER PART...` uses a window.

It uses the window as a user does: by keys, names of widgets and commands, and status messages. So
it can measure other revisions as well. It prints the numbers of all parts.
"""

from __future__ import annotations

import gc
import math
import os
import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QTableView,
    QWidget,
)

from tests.benchmarks.against.found import THEME, TUNE_GC, found

gc.disable()  # as the command does before it imports the window

from mideditor.session.preferences import Preferences  # noqa: E402
from mideditor.ui.dialogs import Dialogs  # noqa: E402
from mideditor.ui.start import make_application  # noqa: E402
from mideditor.ui.window import MainWindow  # noqa: E402

Found = TypeVar("Found", bound=QObject)

_RECORDS, _UNDOS, _WORDS = 80, 25, ("quarantine", "estuary", "boundary")
_COLUMNS = 5
"""Columns to sort by; the sort keys of later columns are not ready when the window is."""
_ROWS = "other rows"
_BEATS, _IDLE = 10, 0.0005
"""The window is idle when this many beats took no more than this many CPU seconds each."""
_TOO_LONG = 120.0


class Answers(Dialogs):
    """Answers native dialogs; `Heartbeat` accepts our own."""

    def copy_to_merge(self, folder: Path) -> Path | None:
        return Path(sys.argv[2])


class Heartbeat:
    """Beats every millisecond; ``longest`` is the most CPU time between two beats."""

    def __init__(self) -> None:
        self.begin()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def begin(self) -> None:
        """Reset, and count beats from now on."""
        self.longest, self._last = 0.0, process_time()
        self._moments = deque[float](maxlen=_BEATS + 1)

    def wait_until_idle(self) -> None:
        """Process events until the window has no work left."""
        moments = self._moments
        moments.clear()
        while len(moments) <= _BEATS or moments[-1] - moments[0] > _BEATS * _IDLE:
            self.process_events()

    def process_events(self) -> None:
        """Wait for the next events and process them."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _beat(self) -> None:
        now = process_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now
        self._moments.append(now)
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            _accept(dialog)


class User:
    """A user at the window of a project. Each part returns its measures in seconds."""

    def __init__(self, project: Path) -> None:
        app = make_application()
        preferences = Preferences(coder="bench", theme="light")
        self.window = MainWindow(found(THEME)(app, "light"), preferences, Answers)
        self.heartbeat = Heartbeat()
        self.messages: list[str] = []
        self.window.statusBar().messageChanged.connect(self.messages.append)
        self.window.resize(1280, 800)
        self.window.show()
        QTest.qWaitForWindowActive(self.window)
        assert self.window.open(project)
        gc.freeze()
        gc.enable()
        found(TUNE_GC)()
        self.table = self._find(QTableView, "records")
        self.table.model().modelReset.connect(lambda: self.messages.append(_ROWS))
        self.heartbeat.wait_until_idle()

    def edit(self) -> list[float]:
        """Change the outcome of one record after another, then undo some of the changes.

        Returns the times of: the next record; an edit, the median and the 90th percentile; an edit
        until the window is idle; an undo.
        """
        nexts, edits, until_idle = [], [], []
        editor = self._find(QComboBox, "outcome")
        for _ in range(_RECORDS):
            nexts.append(self._timed(_pressing(self.table, Qt.Key.Key_Down)))
            if editor.isVisible():  # a cross-reference has no outcome
                editor.setFocus()
                started = process_time()
                edits.append(self._timed(partial(_select_other_outcome, editor), "on disk"))
                until_idle.append(process_time() - started)
        ctrl_z = _pressing(self.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        undos = [self._timed(ctrl_z, "Undone") for _ in range(_UNDOS)]
        slow = sorted(edits)[math.ceil(len(edits) * 0.9) - 1]
        return [median(nexts), median(edits), slow, median(until_idle), median(undos)]

    def sort(self) -> list[float]:
        """Click twice on each of some column headers."""
        clicks = [partial(self._click_title, column) for column in range(_COLUMNS) for _ in "12"]
        return [median(self._timed(click, _ROWS) for click in clicks)]

    def search(self) -> list[float]:
        """Type some words into the filter."""
        line = self._find(QLineEdit, "filter")
        times = []
        for word in _WORDS:
            times += [self._timed(_pressing(line, Qt.Key(ord(key))), _ROWS) for key in word.upper()]
            self._timed(_pressing(line, Qt.Key.Key_Escape), _ROWS)
        return [median(times)]

    def merge(self) -> list[float]:
        """Merge another copy: the time it takes, and the longest time the window is blocked."""
        return self._run("merge_copy", "Taken from")

    def restore(self) -> list[float]:
        """Restore the oldest backup: the same two times."""
        return self._run("restore_backup", "Back to the backup")

    def _run(self, command: str, says: str) -> list[float]:
        action = self._find(QAction, command)
        self.heartbeat.begin()
        return [self._timed(action.trigger, says), self.heartbeat.longest]

    def _timed(self, act: Callable[[], object], says: str = "") -> float:
        """The time until the window shows the result; returns once it is idle again."""
        self.messages.clear()
        started, deadline = process_time(), monotonic() + _TOO_LONG
        act()
        while says and not any(says in line for line in self.messages):
            self.heartbeat.process_events()
            if monotonic() > deadline:
                raise TimeoutError(f"not heard: “{says}”, only {self.messages}")
        QApplication.sendPostedEvents()  # repaints, but does not run work in slices yet
        seconds = process_time() - started
        self.heartbeat.wait_until_idle()
        return seconds

    def _click_title(self, column: int) -> None:
        titles = self.table.horizontalHeader()
        place = QPoint(titles.sectionViewportPosition(column) + 20, titles.height() // 2)
        QTest.mouseClick(titles.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def _find(self, kind: type[Found], name: str) -> Found:
        child = self.window.findChild(kind, name)
        assert isinstance(child, kind), f"there is no {name}"
        return child


def _pressing(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> Callable[[], None]:
    """A key press in a widget, which is focused first."""
    widget.setFocus()
    return partial(QTest.keyClick, widget, key, modifier)


def _select_other_outcome(outcome: QComboBox) -> None:
    """Select another outcome by its first letters, and commit it."""
    QTest.keyClicks(outcome, "un" if outcome.currentText() == "Stalemate" else "st")
    QTest.keyClick(outcome, Qt.Key.Key_Return)


def _accept(dialog: QDialog) -> None:
    """Accept a dialog as soon as it allows that, with the oldest backup selected."""
    backups = dialog.findChild(QListWidget, "backups")
    if backups is not None and backups.currentRow() != backups.count() - 1:
        backups.setCurrentRow(backups.count() - 1)
    box = dialog.findChild(QDialogButtonBox)
    if box is not None:
        box.button(QDialogButtonBox.StandardButton.Ok).click()


def main() -> None:
    """Run the parts one after the other, and exit without saving."""
    user = User(Path(sys.argv[1]))
    numbers = [number for part in sys.argv[3:] for number in getattr(user, part)()]
    print(*numbers, flush=True)  # noqa: T201
    os._exit(0)


if __name__ == "__main__":
    main()
