"""Opening projects, importing and exporting, and the messages when that fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tinydb import TinyDB

from mideditor.domain.changes import ChangeKind
from mideditor.session.work import Work, in_one_part
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Answers, Person, record_of

OTHER_PAGE = """\
Major States 951
MID#9110
Dispute Number: 9110
Date(s): May 1970
Participants: 200 United Kingdom/365 Russia
Outcome (and Settlement): Stalemate (None)
Fatalities: None
Narrative: A patrol boat was followed for two days.
"""


def answers(window: MainWindow) -> Answers:
    assert isinstance(window.dialogs, Answers)
    return window.dialogs


def wait_for_job(person: Person) -> None:
    person.bot.waitUntil(lambda: not person.window.scheduler.running)


def test_a_new_project_imports_a_text_and_reports_what_was_found(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, page: Path
) -> None:
    answers(window).project = tmp_path / "Kapitel sieben é.mid.json"
    answers(window).texts = [page]
    window.new_project()
    person = Person(window, qtbot)
    assert "nothing in this project yet" in person.view.table.empty_text()
    window.run("import_texts")
    wait_for_job(person)
    assert person.view.banner.text.startswith(
        "page-950.txt: 1 fragment, 2 entries, 1 cross-reference"
    )
    assert person.view.count.text() == "4 records"
    assert window.close_project()
    with TinyDB(str(tmp_path / "Kapitel sieben é.mid.json")) as database:
        assert len(database.table("records")) == 4
        assert len(database.table("log")) == 1


def test_the_same_text_again_adds_nothing(person: Person, page: Path) -> None:
    person.answers.texts = [page]
    person.window.run("import_texts")
    wait_for_job(person)
    assert person.view.banner.text == "page-950.txt: already imported"
    assert person.view.count.text() == "4 records"


def test_one_undo_reverts_an_import_and_redo_restores_it(person: Person, tmp_path: Path) -> None:
    other = tmp_path / "page-951.txt"
    other.write_text(OTHER_PAGE, encoding="utf-8")
    person.answers.texts = [other]
    person.window.run("import_texts")
    wait_for_job(person)
    assert person.title() == "MID 9110", "the first new record is selected"
    added = record_of(person, 9110)
    person.window.run("undo")
    assert person.view.banner.text == "Undo of step 2 takes 1 record out of the project."
    assert person.view.count.text() == "5 records"
    person.answer_banner()
    assert person.view.count.text() == "4 records"
    assert person.view.desk.record_id is None
    person.window.run("redo")
    assert person.view.count.text() == "5 records"
    assert record_of(person, 9110) == added


def test_a_file_that_is_no_chapter_is_refused_and_the_window_stays_usable(
    person: Person, tmp_path: Path
) -> None:
    for name, data in (
        ("empty.txt", b""),
        ("binary.txt", bytes(range(256)) * 8),
        ("letter.txt", b"Dear colleague,\nthank you for the book.\n"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        person.answers.texts = [path]
        person.window.run("import_texts")
        wait_for_job(person)
        assert name in person.view.banner.text
        assert "Nothing was imported" in person.view.banner.text
    assert person.view.count.text() == "4 records"
    assert person.view.desk.commit("chapter", 6)


def test_a_running_job_can_be_cancelled(person: Person) -> None:
    stopped = []

    def endless() -> Work[None]:
        try:
            while True:
                yield 1, 2
        finally:
            stopped.append(True)

    person.window.scheduler.run_in_thread("Counting", endless(), lambda result: None)
    cancel = person.window.job_status.findChild(QPushButton)
    assert cancel is not None
    assert cancel.isVisible()
    cancel.click()
    wait_for_job(person)
    assert stopped == [True]
    assert person.status() == "Counting: cancelled, nothing was changed."


def test_clean_text_and_json_are_exported(person: Person, tmp_path: Path) -> None:
    text, records = tmp_path / "out.txt", tmp_path / "out.json"
    for person.answers.target in ((text, "text"), (records, "json")):
        person.window.run("export_text")
        wait_for_job(person)
    assert text.read_text(encoding="utf-8").startswith("the two fleets had left the strait")
    assert [row["kind"] for row in json.loads(records.read_text(encoding="utf-8"))] == [
        "fragment",
        "entry",
        "entry",
        "cross_reference",
    ]


def test_an_export_that_cannot_be_written_shows_an_error(person: Person, tmp_path: Path) -> None:
    person.answers.target = (tmp_path / "no such folder" / "out.txt", "text")
    person.window.run("export_text")
    wait_for_job(person)
    assert "out.txt" in person.view.banner.text
    assert "Choose another place" in person.view.banner.text


def test_projects_that_cannot_be_opened_get_one_message(
    window: MainWindow, tmp_path: Path, project: Path
) -> None:
    newer = json.loads(project.read_bytes())
    newer["meta"]["1"]["version"] = 99
    cases = {
        "damaged.mid.json": (project.read_bytes()[:-20], "is damaged"),
        "list.mid.json": (b"[1, 2]", "is not a mideditor project"),
        "newer.mid.json": (json.dumps(newer).encode(), "newer mideditor"),
    }
    for name, (data, message) in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert not window.open(path)
        assert name in answers(window).shown[-1]
        assert message in answers(window).shown[-1]
        assert path.read_bytes() == data, "a refused file is unchanged"
    assert window.open(project), "the window is still usable"


def test_stock_tinydb_reads_a_saved_project(person: Person, project: Path) -> None:
    person.view.desk.select(record_of(person, 9101))
    person.view.desk.commit("fatalities", "1–25 deaths")
    person.window.run("save")
    wait_for_job(person)
    assert person.status() == "Saved page.mid.json"
    with TinyDB(str(project)) as database:
        found = database.table("records").get(doc_id=record_of(person, 9101))
        assert isinstance(found, dict)
        assert found["fatalities"] == "1–25 deaths"


def test_steps_carry_the_name_of_the_coder(person: Person) -> None:
    person.answers.name = "Béla"
    person.window.name_coder()
    person.view.desk.select(record_of(person, 9101))
    person.view.desk.commit("chapter", 6)
    step = person.view.desk.session.history.steps[-1]
    assert (step.author, step.kind) == ("Béla", ChangeKind.CORRECTION)


def test_the_sample_is_opened_as_a_copy(window: MainWindow, qtbot: QtBot) -> None:
    window.open_sample()
    person = Person(window, qtbot)
    assert len(person.view.desk.session.ids()) >= 14
    assert "data" not in {part.name for part in person.view.desk.session.path.parents[:1]}


def test_the_window_restores_its_layout_and_sorting(person: Person, project: Path) -> None:
    person.view.halves.setSizes([400, 300])
    person.view.table.horizontalHeader().resizeSection(3, 177)
    person.view.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert person.window.close_project()
    assert person.window.settings.preferences.last_project == project
    assert person.window.open(project)
    assert person.view.halves.sizes()[0] == pytest.approx(400, abs=10)
    assert person.view.table.columnWidth(3) == 177
    assert person.view.table.model().index(1, 0).data() == "9103"


def test_an_error_in_a_job_is_one_sentence(person: Person) -> None:
    work = in_one_part(lambda: 1 / 0)
    person.window.scheduler.run_in_thread("Dividing", work, lambda result: None)
    wait_for_job(person)
    assert person.view.banner.text.startswith("Something went wrong that should not have (ZeroD")
    assert "Traceback" not in person.view.banner.text
