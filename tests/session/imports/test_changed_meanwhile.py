"""Steps are made while texts are read in a thread: the import still fits, or is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from mideditor.files.user_error import UserError
from mideditor.session.imports.import_plan import (
    ImportPlan,
    OutdatedPlan,
    carry_out,
    open_differences,
    read_texts,
)
from mideditor.session.imports.import_review import ImportReview
from mideditor.session.imports.import_summary import plan_summary
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.work import Work, run_now
from tests.session.chapters import one_entry
from tests.session.imports.test_page_joining import FIRST, LAST, MIDDLE, contents_of, take, written

NEWER = LAST.replace("A trainer was shot down", "A trainer was shot down again")


def interrupted(work: Work[ImportPlan], at: int, change: Callable[[], object]) -> ImportPlan:
    """Run the work, and make a change after so many parts of it."""
    for _ in range(at):
        try:
            next(work)
        except StopIteration as end:
            change()
            plan: ImportPlan = end.value
            return plan
    change()
    return run_now(work)


def parts_of(work: Work[ImportPlan]) -> int:
    return sum(1 for _ in work)


def test_an_import_undone_meanwhile_is_not_continued(tmp_path: Path) -> None:
    """At every part of the reading: the pages before and after are gone, or come back."""
    for text in (MIDDLE, LAST, NEWER):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        session = Session.open(folder / "p.mid.json", "Ana", create=True)
        first, second, third = written(folder, [FIRST, MIDDLE, LAST])
        new = folder / "new.txt"
        new.write_text(text, encoding="utf-8")
        others = [path for path in (first, second, third) if path.read_text("utf-8") != text]
        take(session, *others)
        for at in range(parts_of(read_texts(session, [new])) + 1):
            for change in (session.undo, session.redo):
                reading = read_texts(session, [new])
                steps = len(session.history.steps) + 1
                with suppress(UserError):
                    plan = interrupted(reading, at, change)
                    plan_summary(session, plan)
                    open_differences(session, plan)
                    carry_out(session, plan)
                assert list(faults(session)) == []
                if len(session.history.steps) > steps:
                    session.undo()
        session.abandon()


def test_what_would_continue_a_text_that_is_gone_is_refused(tmp_path: Path) -> None:
    session = Session.open(tmp_path / "p.mid.json", "Ana", create=True)
    first, second = written(tmp_path, [FIRST, MIDDLE + LAST])
    take(session, first)
    plan = run_now(read_texts(session, [second]))
    session.undo()
    with pytest.raises(OutdatedPlan, match="Import it again"):
        carry_out(session, plan)
    assert contents_of(session) == []
    session.close()


def test_a_text_that_was_imported_meanwhile_is_not_imported_twice(tmp_path: Path) -> None:
    session = Session.open(tmp_path / "p.mid.json", "Ana", create=True)
    (path,) = written(tmp_path, [FIRST + MIDDLE + LAST])
    plan = run_now(read_texts(session, [path]))
    take(session, path)
    before = contents_of(session)
    with pytest.raises(OutdatedPlan):
        carry_out(session, plan)
    assert contents_of(session) == before
    session.close()


def test_differences_of_records_that_are_gone_are_not_taken(tmp_path: Path) -> None:
    session = Session.open(tmp_path / "p.mid.json", "Ana", create=True)
    old, new = written(tmp_path, [FIRST + MIDDLE + LAST, FIRST + MIDDLE + NEWER])
    take(session, old)
    review = ImportReview(session)
    review.offer(run_now(read_texts(session, [new])).newer)
    shown = review.open()
    assert shown
    session.undo()
    assert review.take(shown) is None
    assert review.open() == []
    session.close()


def test_a_text_is_read_in_a_thread_while_an_import_is_undone_and_redone(tmp_path: Path) -> None:
    session = Session.open(tmp_path / "p.mid.json", "Ana", create=True)
    book = "951 Chapter 7\n" + "".join(one_entry(number) for number in range(1000, 1100))
    old, new = written(tmp_path, [book, book.replace("Unclear", "Stalemate")])
    take(session, old)
    faults_of_thread: list[Exception] = []
    stop = Event()

    def read() -> None:
        while not stop.is_set():
            try:
                run_now(read_texts(session, [new]))
            except Exception as error:
                faults_of_thread.append(error)

    reader = Thread(target=read)
    reader.start()
    for _ in range(40):
        session.undo()
        session.redo()
    stop.set()
    reader.join()
    assert faults_of_thread == []
    session.close()
