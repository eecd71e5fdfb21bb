"""A coding and a review session by keyboard; the file is checked after each part."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.domain.record import Entry
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.ui.form.field_questions import FieldQuestions
from mideditor.ui.table.bulk_edit_dialog import BulkEditDialog
from mideditor.ui.window import MainWindow
from tests.ui.conftest import Answers, Person

Key = Qt.Key
Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

COUNT = 42
FIRST = 8001

ENTRY = """\
MID#{number}
Dispute Number: {number}
Date(s): March {day}, 1963 to May {day}, 1963
Participants: 365 Russia/2 United States of America
Outcome (and Settlement): Unclear (None)
Fatalities: None
Narrative: On March {day}, the goverment of Russia sent a trawler past the buoys of number {number}.
It was led back to the harbor, and nobody was hurt.
Coding changes: Start Date changed from February 1963.
"""


def chapter() -> str:
    entries = [ENTRY.format(number=FIRST + n, day=n % 28 + 1) for n in range(COUNT)]
    heading = "950 Chapter 7\n2 United States of America/365 Russia\n"
    return heading + "".join(entries)


class Coder(Person):
    """A user with the key sequences of coding, who also checks the file."""

    def to_field(self, letters: str) -> None:
        """Go to a field by its first letters."""
        self.ctrl(Key.Key_J)
        self.type(letters)
        self.press(Key.Key_Return)

    def commit_and_next(self) -> None:
        self.press(Key.Key_Return, Ctrl, Shift)

    def to_record(self, number: int) -> None:
        """Go to a record by its number."""
        self.ctrl(Key.Key_K)
        self.type(str(number))
        self.press(Key.Key_Return)
        assert self.title() == f"MID {number}"

    def give_reason(self, reason: str) -> None:
        self.press(Key.Key_F6)
        self.ctrl(Key.Key_A)
        if reason:
            self.type(reason)
        else:
            self.press(Key.Key_Delete)

    def on_disk(self) -> Session:
        """The session as read from file and journal, which must be valid."""
        session = Session.open(self.view.desk.session.path, "Reader", read_only=True)
        assert list(faults(session)) == []
        return session


def entry(session: Session, number: int) -> Entry:
    (record,) = session.with_number(number)
    found = session.record(record)
    assert isinstance(found, Entry)
    return found


def printed(session: Session, number: int) -> list[str]:
    (record,) = session.with_number(number)
    return [sentence.text for sentence in session.printed_changes(record)]


@pytest.fixture
def coder(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Coder:
    """Anna, who created a project and imported a chapter of forty-two entries."""
    assert isinstance(window.dialogs, Answers)
    text = tmp_path / "chapter-7.txt"
    text.write_text(chapter(), encoding="utf-8")
    window.dialogs.project = tmp_path / "chapter 7.mid.json"
    window.dialogs.texts = [text]
    person = Coder(window, qtbot)
    qtbot.keyClick(window, Key.Key_N, Ctrl)
    person.ctrl(Key.Key_I)
    qtbot.waitUntil(lambda: not window.scheduler.running)
    assert person.view.count.text() == f"{COUNT} records"
    return person


START = "Start Date changed from February 1963."


def code_dates(coder: Coder) -> None:
    """Code the end dates of five records, with one reason."""
    coder.press(Key.Key_F4)
    coder.give_reason("The note is dated so")
    coder.to_record(8001)
    coder.to_field("end date")
    for day in range(5):
        coder.retype(f"June {day + 1}, 1963")
        coder.commit_and_next()
    assert coder.title() == "MID 8006"
    assert coder.view.field_with_focus() == "end_date", "the field is kept"
    session = coder.on_disk()
    for number in range(8001, 8006):
        assert str(entry(session, number).end_date) == f"June {number - 8000}, 1963"
        sentence = f"End Date changed from May {number - 8000}, 1963."
        assert printed(session, number) == [START, sentence]


def add_a_state(coder: Coder) -> None:
    """Add a state to four records."""
    coder.give_reason("Named in the reply")
    for number in range(8006, 8010):
        coder.to_record(number)
        coder.to_field("side b")
        coder.press(Key.Key_Tab)
        coder.type("20")
        coder.press(Key.Key_Return)
    session = coder.on_disk()
    for number in range(8006, 8010):
        members = ", ".join(map(str, entry(session, number).side_b))
        assert members == "2 United States of America, 20 Canada"
        assert printed(session, number) == [START, "Added to the dispute: 20 Canada."]


def code_outcomes_and_give_the_reason_later(coder: Coder) -> None:
    """Code five outcomes without a reason, and give them one reason afterwards."""
    coder.give_reason("")
    coder.to_record(8010)
    coder.to_field("outcome")
    for _ in range(5):
        coder.type("st")
        coder.commit_and_next()
    coder.answers.typed_reason = "Nobody gave in"
    coder.press(Key.Key_R, Ctrl, Shift)
    assert coder.status().startswith("Reason given for 5 steps")
    session = coder.on_disk()
    assert session.history.needing_reason() == []
    for number in range(8010, 8015):
        assert printed(session, number) == [START, "Outcome changed from Unclear."]


def correct_narratives(coder: Coder) -> None:
    """Correct three narratives."""
    coder.press(Key.Key_F4)
    for number in range(8015, 8018):
        coder.to_record(number)
        coder.ctrl(Key.Key_3)
        coder.ctrl(Key.Key_End)
        coder.type(" The buoys stayed.")
        coder.ctrl(Key.Key_Return)
    session = coder.on_disk()
    for number in range(8015, 8018):
        assert entry(session, number).narrative[-1].endswith("hurt. The buoys stayed.")
        assert printed(session, number) == [START], "a correction is not printed"


def reword_one_and_revert_two(coder: Coder) -> None:
    """Reword a sentence; revert a coding change and a correction."""
    worded = "End Date changed from May 1, 1963, by the second note."
    coder.to_record(8001)
    coder.ctrl(Key.Key_4)
    coder.retype(f"{START} {worded}")
    coder.ctrl(Key.Key_Return)
    coder.to_record(8002)
    coder.to_field("end date")
    coder.ctrl(Key.Key_R)
    coder.to_record(8015)
    coder.ctrl(Key.Key_3)
    coder.ctrl(Key.Key_R)
    session = coder.on_disk()
    assert printed(session, 8001) == [START, worded]
    assert printed(session, 8002) == [START]
    assert entry(session, 8015).narrative[-1].endswith("nobody was hurt.")


def replace_in_the_project(coder: Coder) -> None:
    """Fix a misprint in all records, in one step."""
    coder.give_reason("Misprint")
    coder.ctrl(Key.Key_3)
    coder.ctrl(Key.Key_H)
    coder.retype("goverment")
    bar, finder = coder.view.texts.narrative.find_bar, coder.view.texts.finder
    coder.alt(Key.Key_O)
    coder.bot.waitUntil(lambda: bar.count.text() == f"{COUNT} places in {COUNT} records")
    coder.press(Key.Key_Tab)
    while coder.focused is not bar.replacement:
        coder.press(Key.Key_Tab)
    coder.type("government")
    coder.alt(Key.Key_A)
    coder.bot.waitUntil(lambda: finder.dialog is not None)
    assert finder.dialog is not None
    coder.bot.keyClick(finder.dialog, Key.Key_Return)
    coder.bot.waitUntil(lambda: finder.dialog is None)
    session = coder.on_disk()
    step = session.history.steps[-1]
    assert (step.kind, step.reason) == (ChangeKind.CORRECTION, "Misprint")
    assert {change.record for change in step.record_changes} == set(session.ids())
    for number in range(FIRST, FIRST + COUNT):
        assert "goverment" not in " ".join(entry(session, number).narrative)


def test_twenty_records_are_edited_by_keyboard(coder: Coder) -> None:
    code_dates(coder)
    add_a_state(coder)
    code_outcomes_and_give_the_reason_later(coder)
    correct_narratives(coder)
    reword_one_and_revert_two(coder)
    replace_in_the_project(coder)


def type_without_pause(coder: Coder, text: str) -> None:
    """Type into a list, whose search by first letters a busy machine must not take for two."""
    interval = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(60_000)
    coder.type(text)
    QApplication.setKeyboardInputInterval(interval)


def set_the_outcome_of_all(coder: Coder) -> None:
    """Filter the table by a facet, select all rows, and set one field with one reason."""
    coder.press(Key.Key_F9)
    coder.bot.waitUntil(lambda: coder.view.facets.tree.topLevelItemCount() > 0)
    type_without_pause(coder, "outc")
    coder.press(Key.Key_Down)
    coder.press(Key.Key_Space)
    assert coder.view.filter.text() == "outcome:Unclear"
    coder.press(Key.Key_F9)
    coder.ctrl(Key.Key_1)
    coder.ctrl(Key.Key_A)
    coder.press(Key.Key_F4)
    coder.answers.fill_bulk_edit = stalemate
    coder.press(Key.Key_E, Ctrl, Shift)
    assert coder.status().startswith(f"Outcome of {COUNT} records")
    session = coder.on_disk()
    for number in range(FIRST, FIRST + COUNT):
        assert printed(session, number) == [START, "Outcome changed from Unclear."]


def stalemate(dialog: BulkEditDialog) -> None:
    dialog.field.setCurrentText("Outcome")
    dialog.code.setCurrentText("Stalemate")
    dialog.reason.setEditText("As published")


def mark_states_and_ask(coder: Coder) -> None:
    """Mark three records as coded; leave an edit and a question for the reviewer."""
    coder.ctrl(Key.Key_F)
    coder.ctrl(Key.Key_A)
    coder.press(Key.Key_Delete)
    coder.to_record(8001)
    for _ in range(3):
        coder.ctrl(Key.Key_M)
    coder.to_record(8004)
    coder.to_field("fatalities")
    coder.type("1")
    coder.ctrl(Key.Key_Return)
    coder.press(Key.Key_Q, Ctrl, Shift)
    write(coder, "Was the crew counted?")
    session = coder.on_disk()
    states = [str(entry(session, number).review) for number in range(8001, 8005)]
    assert states == ["coded", "coded", "coded", "imported"]
    (question,) = entry(session, 8004).questions
    assert (question.field, question.author) == ("fatalities", "Anna")


def review(coder: Coder) -> None:
    """Cora undoes one change, asks about one, accepts one, and answers the question."""
    path = coder.view.desk.session.path
    assert coder.window.close_project()
    coder.answers.name = "Cora"
    coder.window.name_coder()
    assert coder.window.open(path)
    with coder.bot.waitActive(coder.window):  # offscreen nothing else does after a popup was closed
        coder.window.activateWindow()
    coder.view.table.setFocus()
    coder.press(Key.Key_L, Ctrl, Shift)
    changes = coder.view.changes
    assert changes.model.rowCount() == COUNT + 1
    filter_changes(coder, "fatalities")
    assert coder.title() == "MID 8004"
    coder.press(Key.Key_U)
    filter_changes(coder, "8002")
    coder.press(Key.Key_Q)
    write(coder, "On which page?")
    filter_changes(coder, "8001")
    coder.press(Key.Key_A)
    assert coder.status().startswith("1 step accepted")
    coder.press(Key.Key_Escape)
    coder.to_record(8004)
    coder.to_field("fatalities")
    coder.press(Key.Key_A, Ctrl, Shift)
    write(coder, "Yes. Nobody died.")
    session = coder.on_disk()
    kinds = [(step.kind, step.author) for step in session.history.steps[-4:]]
    assert kinds == [
        (ChangeKind.UNDO, "Cora"),
        (ChangeKind.REVIEW, "Cora"),
        (ChangeKind.ACCEPT, "Cora"),
        (ChangeKind.REVIEW, "Cora"),
    ]
    assert str(entry(session, 8004).fatalities) == "None"


def write(coder: Coder, text: str) -> None:
    """Type into the popup below the field and press Enter."""
    (frame,) = [one for one in coder.view.findChildren(FieldQuestions) if one.isVisible()]
    coder.bot.keyClicks(frame.line, text)
    coder.bot.keyClick(frame.line, Key.Key_Return)


def filter_changes(coder: Coder, words: str) -> None:
    """Type words into the filter of the changes and go back to the list."""
    changes = coder.view.changes
    changes.filters.words.setFocus(Qt.FocusReason.TabFocusReason)
    coder.retype(words)
    changes.table.setFocus(Qt.FocusReason.TabFocusReason)


def export(coder: Coder, target: Path) -> None:
    coder.answers.target = (target, "text")
    coder.ctrl(Key.Key_E)
    coder.bot.waitUntil(lambda: not coder.window.scheduler.running)
    clean = target.read_text(encoding="utf-8")
    assert clean.count("Outcome (and Settlement): Stalemate (None)") == COUNT
    assert clean.count("Outcome changed from Unclear.") == COUNT


def test_records_are_coded_and_reviewed_by_keyboard(coder: Coder, tmp_path: Path) -> None:
    set_the_outcome_of_all(coder)
    mark_states_and_ask(coder)
    review(coder)
    export(coder, tmp_path / "clean.txt")
