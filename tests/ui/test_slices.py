"""Work in slices on the window's own thread."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mideditor.ui.slices import Slices


def counting(to: int, fails: bool = False) -> Generator[int, None, str]:
    yield from range(1, to + 1)
    if fails:
        raise ValueError("no more")
    return "counted"


@pytest.fixture
def slices(qtbot: QtBot) -> Iterator[Slices]:
    owner = QObject()
    yield Slices(owner)
    owner.deleteLater()


class Heard:
    """What the work said at its end."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failed: list[str] = []

    def run(self, slices: Slices, work: Generator[int, None, str]) -> None:
        slices.run(work, 5, self.done.append, lambda error: self.failed.append(str(error)))


def test_the_result_is_handed_on(slices: Slices, qtbot: QtBot) -> None:
    heard, told = Heard(), list[tuple[int, int]]()
    slices.progressed.connect(lambda done, total: told.append((done, total)))
    heard.run(slices, counting(5))
    assert slices.running
    assert told == [(0, 5)]
    qtbot.waitUntil(lambda: not slices.running)
    assert (heard.done, heard.failed) == (["counted"], [])


def test_what_goes_wrong_is_told(slices: Slices, qtbot: QtBot) -> None:
    heard = Heard()
    heard.run(slices, counting(5, fails=True))
    qtbot.waitUntil(lambda: not slices.running)
    assert (heard.done, heard.failed) == ([], ["no more"])


def test_dropped_work_says_nothing(slices: Slices, qtbot: QtBot) -> None:
    heard = Heard()
    heard.run(slices, counting(5))
    with qtbot.waitSignal(slices.ended):
        slices.drop()
    heard_later = Heard()
    heard_later.run(slices, counting(1))
    qtbot.waitUntil(lambda: not slices.running)
    assert (heard.done, heard_later.done) == ([], ["counted"])


def test_work_that_begins_at_the_end_of_other_work_is_another(slices: Slices, qtbot: QtBot) -> None:
    first, second = Heard(), Heard()

    def begin() -> None:
        slices.ended.disconnect(begin)
        second.run(slices, counting(1))

    slices.ended.connect(begin)
    first.run(slices, counting(1))
    qtbot.waitUntil(lambda: bool(second.done))
    assert (first.done, second.done) == (["counted"], ["counted"])
