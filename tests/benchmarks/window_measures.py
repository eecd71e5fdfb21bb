"""Measures of the window: background preparation, scrolling, and edits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import count, islice, pairwise
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from mideditor.domain.codes import Outcome
from mideditor.session.preferences import Preferences
from mideditor.ui.desk_view import DeskView
from mideditor.ui.look.theme import Theme
from mideditor.ui.start import make_application
from mideditor.ui.table.record_table import RecordTable
from mideditor.ui.window import MainWindow
from tests.benchmarks.fresh import peak_memory
from tests.benchmarks.stopwatch import WALL_TIME, Measured, timed
from tests.benchmarks.store_measures import BASE_MEMORY, append_and_sync
from tests.benchmarks.table_measures import table_measures

_SCROLLED, _EDITS = 300, 60
_FRAME = 1 / 60
_MIN_STEP_SIZE = 1000
"""Bytes that a step takes in the journal, at least."""

_IDLE_TURNS = 3
"""Turns of the event loop without work after which the window counts as idle."""

_REPAINT_DOMINATES = (
    "The bound is a sync of some tenths of a millisecond. To lay out and paint the fields, the "
    "texts and the row again takes the processor longer than that, however few the records."
)
_LONG_PART = "One part of the work in slices takes longer than the slice."
_SLOW_FRAME = (
    "One frame in some hundred waits for Python to look for garbage among the records that were "
    "just read; half of the frames take less than a third of that."
)


def window_measures(path: Path, size: int) -> Iterator[Measured]:
    """All measures of a window with the project at ``path``."""
    app = make_application()
    window = MainWindow(Theme(app, "light"), Preferences(coder="bench", theme="light"))
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    window.open(path)
    view = window.view
    assert view is not None
    yield from _measure_preparation(window, path, size)
    yield from table_measures(view.desk.rows)
    yield from _scrolling(app, window, view)
    yield from _editing(app, window, view)
    assert window.close_project()


def _measure_preparation(window: MainWindow, path: Path, size: int) -> Iterator[Measured]:
    """The background work after opening: findings, sort keys and facets of every record."""
    started = process_time()
    longest = max(_gaps_until_idle(window))
    taken = process_time() - started
    yield Measured("all findings, keys and facets are ready", size, taken)
    what, target = "the longest that the window is away meanwhile", "≤ 100 ms"
    yield Measured(what, size, longest, target=target, limit=0.1, reason=_LONG_PART)
    what, baseline = "peak memory of the window with all that", "3 × the file + 150 MB"
    allowed = 3 * path.stat().st_size + BASE_MEMORY
    yield Measured(what, size, peak_memory(), baseline, allowed, unit="B")


def _gaps_until_idle(window: MainWindow) -> list[float]:
    """The CPU time between two turns of the event loop, until no work is left."""
    loop, timer = QEventLoop(), QTimer()
    moments = [process_time()]
    still = count()

    def beat() -> None:
        nonlocal still
        moments.append(process_time())
        if _is_busy(window):
            still = count()
        elif next(still) == _IDLE_TURNS:
            loop.quit()

    timer.timeout.connect(beat)
    timer.start(0)
    loop.exec()
    timer.stop()
    return [after - before for before, after in pairwise(moments)]


def _wait_until_idle(app: QApplication, window: MainWindow) -> None:
    """Process events until the window has no work left."""
    quiet = 0
    while quiet < _IDLE_TURNS:
        app.processEvents()
        quiet = 0 if _is_busy(window) else quiet + 1


def _is_busy(window: MainWindow) -> bool:
    return window.scheduler.lanes.busy


def _scrolling(app: QApplication, window: MainWindow, view: DeskView) -> Iterator[Measured]:
    """A table of the size of the window, scrolled by line, then by page through all records."""
    table = RecordTable(view.desk, window.theme)
    table.resize(1280, 800)
    table.show()
    bar = table.verticalScrollBar()

    def scroll(to: int) -> None:
        bar.setValue(to)
        app.sendPostedEvents()  # paints what has scrolled into view

    for how, step in (("line", 1), ("page", max(bar.maximum() // _SCROLLED, bar.pageStep()))):
        scroll(0)
        app.processEvents()
        places = (number * step % (bar.maximum() + 1) for number in range(1, _SCROLLED + 1))
        frames = [timed(partial(scroll, place)) for place in places]
        slowest, half = max(frames), median(frames)
        what = f"scroll by {how}, the slowest of {_SCROLLED} frames"
        baseline, target = "half of them, at most", "≤ 16.7 ms"
        yield Measured(
            what, len(view.desk.session.ids()), slowest, baseline, half, target, _FRAME, _SLOW_FRAME
        )
    table.hide()
    table.deleteLater()


def _editing(app: QApplication, window: MainWindow, view: DeskView) -> Iterator[Measured]:
    """Committing a field and repainting the window; work that follows later is not timed."""
    desk, path = view.desk, view.desk.session.path
    bare = os.open(path.with_name("bare"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    journal = path.with_name(f"{path.name}.journal")
    edits, of_the_work, bares = [], [], []
    line = b"x" * _MIN_STEP_SIZE
    for record in islice(_entries(view), _EDITS):
        desk.select(record)
        _wait_until_idle(app, window)
        is_unclear = getattr(desk.record, "outcome", None) is Outcome.UNCLEAR
        new = Outcome.STALEMATE if is_unclear else Outcome.UNCLEAR
        before = _size_of(journal)
        wall, work = perf_counter(), process_time()
        desk.commit("outcome", new)
        app.sendPostedEvents()  # repaints, but does not run work in slices yet
        edits.append(perf_counter() - wall)
        of_the_work.append(process_time() - work)
        line = b"x" * max(len(line), _size_of(journal) - before)
        bares.append(timed(partial(append_and_sync, bare, line), WALL_TIME))
    os.close(bare)
    size = len(desk.session.ids())
    edit, work, sync = median(edits), median(of_the_work), median(bares)
    baseline = f"append and fsync of {len(line) / 1000:.1f} kB"
    what = "one edit in the window, on disk and on screen"
    yield Measured(what, size, edit, baseline, sync, "≤ 3 ×", 3 * sync, _REPAINT_DOMINATES)
    yield Measured("of it the processor’s time", size, work, baseline, sync)


def _size_of(journal: Path) -> int:
    """In bytes; 0 after a save, when there is no journal."""
    return journal.stat().st_size if journal.exists() else 0


def _entries(view: DeskView) -> Iterator[int]:
    session = view.desk.session
    return (one for one in session.ids() if session.documents()[one]["kind"] == "entry")
