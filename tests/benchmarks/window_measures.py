"""The window measured at work: getting everything ready, scrolling, and edits that it shows."""

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
from tests.benchmarks.stopwatch import WAITING, Measured, timed
from tests.benchmarks.store_measures import BASE_MEMORY, append_and_sync
from tests.benchmarks.table_measures import table_measures

_SCROLLED, _EDITS = 300, 60
_FRAME = 1 / 60
_A_STEP = 1000
"""Bytes that the journal takes for one, at the least."""

_QUIET = 3
"""Turns of the event loop without work under way, after which nothing more will come."""

_SCREEN_TAKES_LONGER = (
    "The bound is a sync of some tenths of a millisecond. To lay out and paint the fields, the "
    "texts and the row again takes the processor longer than that, however few the records."
)
_LONG_PART = "One part of the work in slices takes longer than the slice."
_SLOW_FRAME = (
    "One frame in some hundred waits for Python to look for garbage among the records that were "
    "just read; half of the frames take less than a third of that."
)


def window_measures(path: Path, size: int) -> Iterator[Measured]:
    """What can be measured at the desk of the project at ``path``."""
    app = make_application()
    window = MainWindow(Theme(app, "light"), Preferences(coder="bench", theme="light"))
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    window.open(path)
    view = window.view
    assert view is not None
    yield from _getting_ready(window, path, size)
    yield from table_measures(view.desk.rows)
    yield from _scrolling(app, window, view)
    yield from _editing(app, window, view)
    assert window.close_project()


def _getting_ready(window: MainWindow, path: Path, size: int) -> Iterator[Measured]:
    """Every finding, sort key and facet of every record, between the user's own doings."""
    begun = process_time()
    longest = max(_gaps_until_quiet(window))
    taken = process_time() - begun
    yield Measured("all findings, keys and facets are ready", size, taken)
    what, target = "the longest that the window is away meanwhile", "≤ 100 ms"
    yield Measured(what, size, longest, target=target, limit=0.1, why=_LONG_PART)
    what, beside = "peak memory of the window with all that", "3 × the file + 150 MB"
    allowed = 3 * path.stat().st_size + BASE_MEMORY
    yield Measured(what, size, peak_memory(), beside, allowed, unit="B")


def _gaps_until_quiet(window: MainWindow) -> list[float]:
    """The processor's time between two turns of the window, until no work is under way."""
    loop, timer = QEventLoop(), QTimer()
    moments = [process_time()]
    still = count()

    def beat() -> None:
        nonlocal still
        moments.append(process_time())
        if _is_at_work(window):
            still = count()
        elif next(still) == _QUIET:
            loop.quit()

    timer.timeout.connect(beat)
    timer.start(0)
    loop.exec()
    timer.stop()
    return [after - before for before, after in pairwise(moments)]


def _until_quiet(app: QApplication, window: MainWindow) -> None:
    """Let the window do what it has begun."""
    quiet = 0
    while quiet < _QUIET:
        app.processEvents()
        quiet = 0 if _is_at_work(window) else quiet + 1


def _is_at_work(window: MainWindow) -> bool:
    return window.scheduler.lanes.busy


def _scrolling(app: QApplication, window: MainWindow, view: DeskView) -> Iterator[Measured]:
    """A table of the size of the window, scrolled by line, then in pages through all records."""
    table = RecordTable(view.desk, window.theme)
    table.resize(1280, 800)
    table.show()
    bar = table.verticalScrollBar()

    def scroll(to: int) -> None:
        bar.setValue(to)
        app.sendPostedEvents()  # paints what has come into sight

    for how, step in (("line", 1), ("page", max(bar.maximum() // _SCROLLED, bar.pageStep()))):
        scroll(0)
        app.processEvents()
        places = (number * step % (bar.maximum() + 1) for number in range(1, _SCROLLED + 1))
        frames = [timed(partial(scroll, place)) for place in places]
        slowest, half = max(frames), median(frames)
        what = f"scroll by {how}, the slowest of {_SCROLLED} frames"
        beside, target = "half of them, at most", "≤ 16.7 ms"
        yield Measured(
            what, len(view.desk.session.ids()), slowest, beside, half, target, _FRAME, _SLOW_FRAME
        )
    table.hide()
    table.deleteLater()


def _editing(app: QApplication, window: MainWindow, view: DeskView) -> Iterator[Measured]:
    """A field committed, and the window painted anew; then whatever follows, which is not timed."""
    desk, path = view.desk, view.desk.session.path
    bare = os.open(path.with_name("bare"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    journal = path.with_name(f"{path.name}.journal")
    edits, of_the_work, bares = [], [], []
    line = b"x" * _A_STEP
    for record in islice(_entries(view), _EDITS):
        desk.select(record)
        _until_quiet(app, window)
        is_unclear = getattr(desk.record, "outcome", None) is Outcome.UNCLEAR
        new = Outcome.STALEMATE if is_unclear else Outcome.UNCLEAR
        before = _size_of(journal)
        wall, work = perf_counter(), process_time()
        desk.commit("outcome", new)
        app.sendPostedEvents()  # what has to be painted, and not yet what is done in slices
        edits.append(perf_counter() - wall)
        of_the_work.append(process_time() - work)
        line = b"x" * max(len(line), _size_of(journal) - before)
        bares.append(timed(partial(append_and_sync, bare, line), WAITING))
    os.close(bare)
    size = len(desk.session.ids())
    edit, work, sync = median(edits), median(of_the_work), median(bares)
    beside = f"append and fsync of {len(line) / 1000:.1f} kB"
    what = "one edit in the window, on disk and on screen"
    yield Measured(what, size, edit, beside, sync, "≤ 3 ×", 3 * sync, _SCREEN_TAKES_LONGER)
    yield Measured("of it the processor’s time", size, work, beside, sync)


def _size_of(journal: Path) -> int:
    """In bytes; 0 where the window has just saved the file and needs no journal."""
    return journal.stat().st_size if journal.exists() else 0


def _entries(view: DeskView) -> Iterator[int]:
    session = view.desk.session
    return (one for one in session.ids() if session.documents()[one]["kind"] == "entry")
