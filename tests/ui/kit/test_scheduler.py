"""Long work of a window: in slices on its own thread, or in worker threads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event, get_ident

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mideditor.files.user_error import UserError
from mideditor.session.work import Work, in_one_part
from mideditor.ui.kit.lanes import Lane
from mideditor.ui.kit.scheduler import Scheduler


def counting(to: int, fails: bool = False) -> Work[str]:
    for number in range(1, to + 1):
        yield number, to
    if fails:
        raise ValueError("no more")
    return "counted"


@pytest.fixture
def scheduler(qtbot: QtBot) -> Iterator[Scheduler]:
    owner = QObject()
    yield Scheduler(owner)
    owner.deleteLater()


@pytest.fixture
def lane(scheduler: Scheduler) -> Lane:
    return scheduler.lane(scheduler)


class Outcome:
    """Collects the results and errors of work."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failed: list[str] = []

    def run(self, lane: Lane, work: Work[str]) -> None:
        lane.run(work, self.done.append, lambda error: self.failed.append(str(error)))


def test_progress_and_result_are_reported(scheduler: Scheduler, lane: Lane, qtbot: QtBot) -> None:
    outcome, progress = Outcome(), list[tuple[int, int]]()
    scheduler.lanes.slice_seconds = 0.0
    lane.progressed.connect(lambda done, total: progress.append((done, total)))
    outcome.run(lane, counting(3))
    assert lane.running
    assert progress == []
    qtbot.waitUntil(lambda: not lane.running)
    assert progress == [(1, 3), (2, 3), (3, 3)]
    assert (outcome.done, outcome.failed) == (["counted"], [])


def test_an_error_is_reported(lane: Lane, qtbot: QtBot) -> None:
    outcome = Outcome()
    outcome.run(lane, counting(5, fails=True))
    qtbot.waitUntil(lambda: not lane.running)
    assert (outcome.done, outcome.failed) == ([], ["no more"])


def test_dropped_work_reports_nothing(lane: Lane, qtbot: QtBot) -> None:
    outcome = Outcome()
    outcome.run(lane, counting(5))
    with qtbot.waitSignal(lane.ended):
        lane.drop()
    later = Outcome()
    later.run(lane, counting(1))
    qtbot.waitUntil(lambda: not lane.running)
    assert (outcome.done, later.done) == ([], ["counted"])


def test_work_can_start_when_other_work_ends(lane: Lane, qtbot: QtBot) -> None:
    first, second = Outcome(), Outcome()

    def start() -> None:
        lane.ended.disconnect(start)
        second.run(lane, counting(1))

    lane.ended.connect(start)
    first.run(lane, counting(1))
    qtbot.waitUntil(lambda: bool(second.done))
    assert (first.done, second.done) == (["counted"], ["counted"])


def _record(calls: list[str], name: str, *_: object) -> None:
    calls.append(name)


def _no_failure(error: Exception) -> None:
    raise error


def test_background_work_waits_for_foreground_work_and_its_turn(
    scheduler: Scheduler, qtbot: QtBot
) -> None:
    calls = list[str]()
    scheduler.lanes.slice_seconds = 0.0
    first, second = (scheduler.lane(scheduler, background=True) for _ in range(2))
    foreground = scheduler.lane(scheduler)
    for name, one in (("first", first), ("second", second), ("foreground", foreground)):
        one.run(counting(3), partial(_record, calls, name), _no_failure)
    qtbot.waitUntil(lambda: not second.running)
    assert calls == ["foreground", "first", "second"]


def test_foreground_lanes_take_turns(scheduler: Scheduler, qtbot: QtBot) -> None:
    calls = list[str]()
    scheduler.lanes.slice_seconds = 0.0
    lanes = {name: scheduler.lane(scheduler) for name in "ab"}
    for name, one in lanes.items():
        one.progressed.connect(partial(_record, calls, name))
        one.run(counting(3), lambda _: None, _no_failure)
    qtbot.waitUntil(lambda: not scheduler.lanes.busy)
    assert calls == ["a", "b"] * 3


def test_background_work_pauses_while_a_job_runs_in_a_thread(
    scheduler: Scheduler, qtbot: QtBot
) -> None:
    released, outcome = Event(), Outcome()
    background = scheduler.lane(scheduler, background=True)
    scheduler.run_in_thread("Waiting", in_one_part(released.wait), lambda _: None)
    outcome.run(background, counting(1))
    for _ in range(5):
        qtbot.wait(0)
    assert outcome.done == []
    released.set()
    qtbot.waitUntil(lambda: not background.running)
    assert outcome.done == ["counted"]


def test_work_of_a_deleted_owner_does_not_block_other_work(
    scheduler: Scheduler, qtbot: QtBot
) -> None:
    owner, outcome = QObject(), Outcome()
    gone = scheduler.lane(owner, background=True)
    gone.run(counting(3), lambda _: None, lambda _: None)
    with qtbot.waitSignal(gone.destroyed):
        owner.deleteLater()
    after = scheduler.lane(scheduler, background=True)
    outcome.run(after, counting(5))
    qtbot.waitUntil(lambda: not after.running)
    assert outcome.done == ["counted"]


def test_short_work_ends_before_run_returns(scheduler: Scheduler, lane: Lane) -> None:
    outcome = Outcome()
    scheduler.lanes.at_once = 60.0
    lane.run(counting(5), outcome.done.append, lambda _: None, at_once=True)
    assert outcome.done == ["counted"]
    assert not lane.running


def test_the_result_of_a_thread_arrives_on_the_windows_thread(lane: Lane, qtbot: QtBot) -> None:
    threads = list[int]()

    def work() -> Work[int]:
        yield 0, 1
        return get_ident()

    def done(thread: int) -> None:
        threads.extend((thread, get_ident()))

    lane.run_in_thread(work(), done, _no_failure)
    assert lane.running
    qtbot.waitUntil(lambda: not lane.running)
    assert threads[0] != threads[1] == get_ident()


def test_replaced_work_in_a_thread_reports_nothing(lane: Lane, qtbot: QtBot) -> None:
    released, calls = Event(), list[str]()
    first = in_one_part(lambda: released.wait() and "first")
    lane.run_in_thread(first, partial(_record, calls, "first"), _no_failure)
    lane.run_in_thread(counting(2), partial(_record, calls, "second"), _no_failure)
    released.set()
    qtbot.waitUntil(lambda: not lane.running)
    lane.run_in_thread(counting(2), partial(_record, calls, "third"), _no_failure)
    qtbot.waitUntil(lambda: not lane.running)
    assert calls == ["second", "third"]


def test_a_dialog_opened_by_a_result_does_not_block_other_work(
    scheduler: Scheduler, lane: Lane, qtbot: QtBot
) -> None:
    """Like a dialog, the first result runs an event loop of its own until the other is done."""
    outcome = Outcome()
    other = scheduler.lane(scheduler)

    def wait_for_other(_: object) -> None:
        outcome.run(other, counting(3))
        qtbot.waitUntil(lambda: bool(outcome.done))

    lane.run(counting(1), wait_for_other, _no_failure)
    qtbot.waitUntil(lambda: not scheduler.lanes.busy)
    assert outcome.done == ["counted"]


def test_a_job_can_start_the_next_but_only_one_runs_at_a_time(
    scheduler: Scheduler, qtbot: QtBot
) -> None:
    shown, said, calls = list[str](), list[str](), list[str]()
    scheduler.started.connect(shown.append)
    scheduler.said.connect(said.append)
    scheduler.lanes.at_once = 0.0

    def start_next(_: object) -> None:
        scheduler.run_in_slices("Second", counting(2), partial(_record, calls, "second"))

    assert scheduler.run_in_thread("First", counting(2), start_next)
    assert not scheduler.run_in_slices("Other", counting(2), partial(_record, calls, "other"))
    assert said == ["Wait for the running job, or cancel it first."]
    qtbot.waitUntil(lambda: not scheduler.running)
    assert (shown, calls) == (["First", "Second"], ["second"])


def test_the_error_of_a_job_is_shown_as_text(scheduler: Scheduler, qtbot: QtBot) -> None:
    def failing() -> Work[None]:
        yield 0, 1
        raise UserError("The disk is full.")

    with qtbot.waitSignal(scheduler.failed) as caught:
        scheduler.run_in_thread("Saving", failing(), lambda _: None)
    assert caught.args == ["The disk is full."]
    with pytest.raises(UserError, match="full"):
        scheduler.run_and_wait("Saving", failing())
    assert not scheduler.running


def test_a_waiting_scheduler_calls_back_no_job(scheduler: Scheduler, qtbot: QtBot) -> None:
    """As when a project is closed just after its copy was read."""
    calls = list[str]()
    scheduler.run_in_thread("Reading", counting(2), partial(_record, calls, "read"))
    scheduler.lanes.wait_for_workers()
    scheduler.wait()
    assert not scheduler.running
    qtbot.wait(0)
    assert calls == []
