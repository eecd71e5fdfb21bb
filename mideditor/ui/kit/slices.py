"""Work on the window's own thread in slices of a few milliseconds, with progress and a way out.

For what must not run beside the window, since it reads or changes the session's records.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from time import perf_counter
from typing import Any, ClassVar

from PySide6.QtCore import QObject, QTimer, Signal

from mideditor.session.work import Work

_NUMBERS = count()
_SECONDS = 0.012
AT_ONCE = 0.05
"""Seconds that nobody takes for a wait."""


class Slices(QObject):
    """One piece of work at a time. `progressed` tells how much of how much is done.

    `ended` tells that nothing runs any more, whether it was done, failed or was dropped. After
    ``seconds``, and at least one part of the work, the window has its turn again.

    What is done ``ahead``, before anybody waits for it, stands still while something is waited
    for, and is done one after the other.
    """

    progressed = Signal(int, int)
    ended = Signal()

    _line: ClassVar[dict[int, bool]] = {}
    """The numbers of those that run, in the order of their start, and whether they work ahead."""

    def __init__(self, parent: QObject, *, ahead: bool = False) -> None:
        super().__init__(parent)
        self.seconds = _SECONDS
        self._ahead = ahead
        self._number = number = next(_NUMBERS)
        self.destroyed.connect(lambda: Slices._line.pop(number, None))
        self._work: Work[Any] | None = None
        self._total = 0
        self._done: Callable[[Any], object] = lambda _: None
        self._failed: Callable[[Exception], object] = lambda _: None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take_turn)

    @property
    def running(self) -> bool:
        """Whether there is work under way."""
        return self._work is not None

    def run(
        self,
        work: Work[Any],
        total: int,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        *,
        at_once: float = 0.0,
    ) -> None:
        """Start ``work`` in the place of any other; ``done`` gets what it returns.

        So many seconds of it, or more where its parts are longer, are done ``at_once``: work that
        ends by then has ended when this returns.
        """
        self._timer.stop()
        self._work, self._total, self._done, self._failed = work, total, done, failed
        self._line[self._number] = self._ahead
        if at_once:
            self._go_on(at_once)
        else:
            self.progressed.emit(0, total)
        if self._work is work:
            self._timer.start(0)

    def drop(self) -> None:
        """Leave the work where it is."""
        if self._work is not None:
            self._end()

    def _take_turn(self) -> None:
        waited_for = not all(self._line.values())
        if not self._ahead or (not waited_for and next(iter(self._line)) == self._number):
            self._go_on(self.seconds)

    def _go_on(self, seconds: float) -> None:
        work, until = self._work, perf_counter() + seconds
        done_so_far = 0
        try:
            while work is not None:
                done_so_far = next(work)
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
            self.progressed.emit(done_so_far, self._total)

    def _end(self) -> None:
        self._work = None
        self._line.pop(self._number, None)
        self._timer.stop()
        self.ended.emit()
