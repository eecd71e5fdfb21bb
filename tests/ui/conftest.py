"""Fixtures for tests of the window: a real project on disk, real widgets, canned answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from mideditor.domain.record import RecordId
from mideditor.domain.reports.backup_row import BackupRow
from mideditor.reference.state_list import bundled_states
from mideditor.session.checks.fixes import FieldValues
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.log.record_versions import RecordVersion
from mideditor.session.preferences import Preferences, preferences_path
from mideditor.session.project.project_diff import FieldDiff
from mideditor.session.project.restoring import list_backups
from mideditor.session.session import Session
from mideditor.session.work import run_now
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk_view import DeskView
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.findings.fixes_dialog import FixesDialog
from mideditor.ui.history.reasons_dialog import GivenReason, ReasonsDialog
from mideditor.ui.history.versions_dialog import VersionsDialog
from mideditor.ui.look.text_size import NORMAL
from mideditor.ui.look.theme import Theme
from mideditor.ui.project.coders_dialog import CodersDialog
from mideditor.ui.table.bulk_edit_dialog import BulkEdit, BulkEditDialog
from mideditor.ui.window import MainWindow

PAGE = """\
950 Chapter 7
the two fleets had left the strait by the end of the week.
Coding changes: Start Date changed from March 3, 1958.
2 United States of America/365 Russia
MID#9101
Dispute Number: 9101
Date(s): March 15, 1963
Participants: 365 Russia/2 United States of America
Outcome (and Settlement): Unclear (None)
Fatalities: None
Narrative: Two bombers crossed the coast and turned back. Nobody was hurt.
MID#9102
Dispute Number: 9102
Date(s): January 28, 1964 to March 27, 1964
Participants: 2 United States of America, 200 United Kingdom/365 Russia
Outcome (and Settlement): Released (None)
Fatalities: 1–25 deaths
Narrative: A trainer was shot down after it had strayed over the border.
Coding changes: End Date changed from March 1964.
MID#9103
Started in May 1964. See the narrative in the 2 United States of America/816 Vietnam
dyad dispute list.
"""


@dataclass
class Answers(Dialogs):
    """Dialogs with canned answers; records all messages that were shown."""

    window: QWidget
    project: Path | None = None
    texts: list[Path] = field(default_factory=list)
    target: tuple[Path, str] | None = None
    width: int | None = 0
    name: str | None = None
    discards_drafts: bool = False
    save_path: Path | None = None
    other_copy: Path | None = None
    tables: list[Path] = field(default_factory=list)
    report: Path | None = None
    unsaved: str = "close"
    applies_differences: bool = True
    given_reason: GivenReason | None = None
    typed_reason: str = ""
    versions: Callable[[VersionsDialog], None] = lambda dialog: None
    fill_bulk_edit: Callable[[BulkEditDialog], None] = lambda dialog: None
    join_coders: Callable[[CodersDialog], None] = lambda dialog: None
    fixes: Callable[[FixesDialog], None] = lambda dialog: None
    state_answer: str = ""
    states_file: Path | None = None
    shown: list[str] = field(default_factory=list)

    def new_project(self, folder: Path) -> Path | None:
        return self.project

    def project_to_open(self, folder: Path) -> Path | None:
        return self.project

    def texts_to_import(self, folder: Path) -> list[Path]:
        return self.texts

    def export_target(self, suggestion: Path) -> tuple[Path, str] | None:
        return self.target

    def published_tables(self, folder: Path) -> list[Path]:
        return self.tables

    def report_target(self, suggestion: Path) -> Path | None:
        return self.report

    def findings_target(self, suggestion: Path) -> Path | None:
        return self.report

    def fixes_to_make(
        self, desk: Desk, rule: str, values: FieldValues
    ) -> tuple[FieldValues, str] | None:
        dialog = FixesDialog(self.window, desk, rule, values)
        self.fixes(dialog)
        return dialog.answer

    def state_list(self, summary: str, is_own: bool) -> str:
        self.shown.append(summary)
        return self.state_answer

    def state_list_file(self, folder: Path) -> Path | None:
        return self.states_file

    def line_width(self) -> int | None:
        return self.width

    def coder_name(self, name: str) -> str | None:
        return self.name

    def project_coders(self, desk: Desk) -> None:
        dialog = CodersDialog(self.window, desk)
        dialog.show()
        self.join_coders(dialog)
        dialog.close()

    def view_name(self, line: str) -> str | None:
        return self.name

    def discard_drafts(self, drafts: list[str]) -> bool:
        self.shown += drafts
        return self.discards_drafts

    def save_as(self, path: Path) -> Path | None:
        return self.save_path

    def copy_to_merge(self, folder: Path) -> Path | None:
        return self.other_copy

    def backup_to_restore(self, theme: Theme, desk: Desk) -> BackupRow | None:
        return list_backups(desk.session)[-1]

    def differences_to_apply(
        self, theme: Theme, source: str, found: Sequence[FieldDiff]
    ) -> list[FieldDiff] | None:
        self.shown += [f"{one.title}, {one.label}: {one.here} → {one.there}" for one in found]
        return list(found) if self.applies_differences else []

    def bulk_edit(self, desk: Desk, records: Sequence[RecordId]) -> BulkEdit | None:
        dialog = BulkEditDialog(self.window, desk, records)
        self.fill_bulk_edit(dialog)
        return dialog.bulk_edit

    def version_to_restore(self, theme: Theme, desk: Desk) -> RecordVersion | None:
        dialog = VersionsDialog(self.window, theme, desk, desk.record_id or 0)
        self.versions(dialog)
        return dialog.earlier

    def missing_reason(self, desk: Desk) -> GivenReason | None:
        if not self.typed_reason:
            return self.given_reason
        dialog = ReasonsDialog(self.window, desk)
        dialog.reason.setEditText(self.typed_reason)
        return dialog.given

    def picture_target(self, suggestion: Path) -> Path | None:
        return self.save_path

    def close_unsaved(self, message: str) -> str:
        self.shown.append(message)
        return self.unsaved

    def error(self, message: str) -> None:
        self.shown.append(message)


class Person:
    """A user at the window, who presses keys and reads the screen."""

    def __init__(self, window: MainWindow, bot: QtBot) -> None:
        self.window = window
        self.bot = bot

    @property
    def view(self) -> DeskView:
        assert self.window.view is not None
        return self.window.view

    @property
    def answers(self) -> Answers:
        assert isinstance(self.window.dialogs, Answers)
        return self.window.dialogs

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key in the focused widget."""
        combined = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            combined |= modifier
        self.bot.keyClick(self.focused, key, combined)

    def ctrl(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.ControlModifier)

    def alt(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.AltModifier)

    def type(self, text: str) -> None:
        """Type ASCII text into the focused widget; paste other characters."""
        self.bot.keyClicks(self.focused, text)

    def paste(self, text: str) -> None:
        QApplication.clipboard().setText(text)
        self.ctrl(Qt.Key.Key_V)

    def retype(self, text: str) -> None:
        """Replace the content of the focused field by typing."""
        self.ctrl(Qt.Key.Key_A)
        self.press(Qt.Key.Key_Delete)
        self.type(text)

    def go(self, field: str) -> None:
        """Focus a field."""
        self.view.focus_field(field)
        assert self.window.isActiveWindow()

    def read(self, field: str) -> str:
        """The text shown in a field."""
        panels, boxes = self.view.texts.panels, self.view.form.boxes
        editor = panels[field].editor if field in panels else boxes[field].editor
        return editor.typed_text()

    def note(self, field: str) -> str:
        """The note below a field, '' if it is hidden."""
        panels, boxes = self.view.texts.panels, self.view.form.boxes
        note = panels[field].note if field in panels else boxes[field].note
        return "" if note.isHidden() else note.text

    def choose_word(self, word: str) -> None:
        """Select a word in the focused combo box by its first letters."""
        combo = self.focused
        assert isinstance(combo, QComboBox)
        self.type(word)
        assert combo.currentText().casefold().startswith(word.casefold())

    def title(self) -> str:
        """The title of the current record."""
        return self.view.desk.title(self.view.desk.record_id or 0)

    def answer_banner(self) -> None:
        """Press the button of the message bar."""
        self.bot.keyClick(self.view.banner.remedy, Qt.Key.Key_Space)

    def wait_for_job(self) -> None:
        """Wait until the job in the foreground has ended, with all that it goes on to."""
        self.bot.waitUntil(lambda: not self.window.scheduler.running)

    def status(self) -> str:
        return self.window.statusBar().currentMessage()

    @property
    def focused(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "no widget has the focus"
        return found


@pytest.fixture(autouse=True)
def _delete_preferences() -> Iterator[None]:
    """Delete stored preferences after each test."""
    yield
    preferences_path().unlink(missing_ok=True)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A file with the text of a page."""
    path = tmp_path / "page-950.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path, page: Path) -> Path:
    """A project with the imported page."""
    path = tmp_path / "page.mid.json"
    with Session.open(path, "Importer", create=True) as session:
        add_texts(session, [run_now(read_text(page, bundled_states()))])
    return path


_STYLE_SHEETS: dict[str, str] = {}


@pytest.fixture(scope="session")
def shared_theme(qapp: QApplication) -> Theme:
    """One theme for all tests, because applying a theme takes a tenth of a second."""
    return Theme(qapp, "light")


@pytest.fixture
def theme(shared_theme: Theme, qapp: QApplication) -> Theme:
    """The light theme at the normal text size; reset if the previous test changed it."""
    current = (shared_theme.choice, shared_theme.text_size, qapp.styleSheet())
    if current != ("light", NORMAL, _STYLE_SHEETS.get("light")):
        shared_theme.set_text_size(NORMAL)
        shared_theme.apply("light")
        _STYLE_SHEETS["light"] = qapp.styleSheet()
    return shared_theme


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> MainWindow:
    """The window without a project."""
    made = MainWindow(theme, Preferences(coder="Anna"), Answers)
    qtbot.addWidget(made, before_close_func=lambda _: _discard_drafts(made))
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
    return made


@pytest.fixture
def person(window: MainWindow, qtbot: QtBot, project: Path) -> Person:
    """A user with the project of the page open and its first record selected."""
    assert window.open(project)
    return Person(window, qtbot)


def reopened(person: Person) -> Session:
    """Close the project and open it read-only from disk."""
    path = person.view.desk.session.path
    assert person.window.close_project()
    return Session.open(path, "Reader", read_only=True)


def record_of(person: Person, number: int) -> RecordId:
    """The id of the record with that dispute number."""
    return person.view.desk.session.with_number(number)[0]


def _discard_drafts(window: MainWindow) -> None:
    assert isinstance(window.dialogs, Answers)
    window.dialogs.discards_drafts = True
