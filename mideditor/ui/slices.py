"""Work on the window's own thread in slices of a few milliseconds, with progress and a way out.

For what must not run beside the window, since it reads or changes the session's records.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

_SECONDS = 0.012

Work = Generator[int, None, Any]
"""Work that yields how much is done, and returns its result."""


class Slices(QObject):
    """One piece of work at a time. `progressed` tells how much of how much is done.

    `ended` tells that nothing runs any more, whether it was done, failed or was dropped. After
    ``seconds``, and at least one part of the work, the window has its turn again.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = _SECONDS
        self._work: Work | None = None
        self._total = 0
        self._done: Callable[[Any], object] = lambda _: None
        self._failed: Callable[[Exception], object] = lambda _: None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    @property
    def running(self) -> bool:
        """Whether there is work under way."""
        return self._work is not None

    def run(
        self,
        work: Work,
        total: int,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Start ``work`` in the place of any other; ``done`` gets what it returns."""
        self._work, self._total, self._done, self._failed = work, total, done, failed
        gc.freeze()  # what is there stays; to walk through it in between would hold up the window
        self.progressed.emit(0, total)
        self._timer.start(0)

    def drop(self) -> None:
        """Leave the work where it is."""
        if self._work is not None:
            self._end()

    def _go_on(self) -> None:
        work, until = self._work, perf_counter() + self.seconds
        count = 0
        try:
            while work is not None:
                count = next(work)
                if perf_counter() >= until:
                    break
        except StopIteration as end:
            done = self._done
            self._end()
            done(end.value)
        except Exception as error:
            failed = self._failed
            self._end()
            failed(error)
        else:
            self.progressed.emit(count, self._total)

    def _end(self) -> None:
        self._work = None
        self._timer.stop()
        gc.freeze()
        self.ended.emit()
