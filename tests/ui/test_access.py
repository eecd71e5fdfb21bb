"""Accessibility of every screen: names, tab order and focus rings of all controls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QColor, QImage, QRegion, QTextCharFormat
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mideditor.domain.changes import ChangeKind
from mideditor.session.project.merging import find_changes, read_copy
from mideditor.session.project.project_diff import FieldDiff
from mideditor.session.texts.replacing_text import FindQuery, TextSearch
from mideditor.session.work import run_now
from mideditor.ui.commands.shortcuts_dialog import ShortcutsDialog
from mideditor.ui.dialogs import Dialogs
from mideditor.ui.history.reasons_dialog import ReasonsDialog
from mideditor.ui.look.theme import THEMES, Theme
from mideditor.ui.project.coders_dialog import CodersDialog
from mideditor.ui.project.merge_dialog import MergeDialog
from mideditor.ui.project.restore_dialog import RestoreDialog
from mideditor.ui.texts.replace_dialog import ReplaceDialog
from mideditor.ui.window import MainWindow
from tests.session.chapters import file_of
from tests.ui.conftest import Person, record_of
from tests.ui.contrast import contrast

NAMED_THEMES = [name for name in THEMES if name != "system"]
_ENTRY = 9101
RECORDS = (None, _ENTRY, 9103)
"""A fragment, an entry and a cross-reference."""


def controls(root: QWidget) -> list[QWidget]:
    """The focusable controls of a screen, without internal parts of Qt widgets."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root) and widget.isEnabledTo(root) and not is_part(widget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def is_part(widget: QWidget) -> bool:
    """Whether a widget is an internal part of another or only passes the focus on."""
    parent = widget.parent()
    return (
        widget.objectName().startswith("qt_")
        or isinstance(widget, QTabWidget)
        or isinstance(parent, QComboBox | QAbstractSpinBox | QKeySequenceEdit | QLineEdit)
    )


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()} “{name_of(widget)}”"


def name_of(widget: QWidget) -> str:
    """The accessible name of a control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name))


def without_name(root: QWidget) -> list[str]:
    return [describe(widget) for widget in controls(root) if not name_of(widget)]


def without_key(root: QWidget) -> list[str]:
    """Buttons that cannot get the focus and whose tool tip names no key."""
    return [
        describe(button)
        for button in root.findChildren(QToolButton)
        if button.isVisibleTo(root) and button.focusPolicy() == Qt.FocusPolicy.NoFocus
        if not button.toolTip().endswith(")") and not is_part(button)
        if not isinstance(button.parent(), QTabBar)
    ]


def not_reached_by_tab(root: QWidget, bot: QtBot) -> list[str]:
    """The controls that Tab does not reach, starting from the first one."""
    wanted = controls(root)
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = []
    for _ in range(3 * len(wanted)):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused)
        bot.keyClick(focused, Qt.Key.Key_Tab)
    return [
        describe(widget)
        for widget in wanted
        if not is_unchecked_in_group(widget)
        and not any(widget is one or widget.isAncestorOf(one) for one in seen)
    ]


def is_unchecked_in_group(widget: QWidget) -> bool:
    """Whether a button is reached by arrow keys from the checked button of its group."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()  # type: ignore[attr-defined]


def without_ring(root: QWidget, theme: Theme) -> list[str]:
    """The controls without a visible focus ring."""
    found = []
    for widget in controls(root):
        widget.clearFocus()
        before = edge(widget, theme)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        after = edge(widget, theme)
        if not has_ring(before, after):
            found.append(f"{describe(widget)}: {before} → {after}")
        widget.clearFocus()
    return found


def edge(widget: QWidget, theme: Theme) -> list[str]:
    """The colours at the left edge of a control, from the outside in, at half its height."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(theme.tokens.color("window"))
    widget.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    left, middle = 0, widget.height() // 2
    if isinstance(widget, QTabBar):
        left = widget.tabRect(widget.currentIndex()).left()
    return [QColor(image.pixel(left + x, middle)).name() for x in range(_EDGE)]


_EDGE = 8


def has_ring(before: list[str], after: list[str]) -> bool:
    """Whether a contrasting line of at least two pixels appeared."""
    has_changed = any(
        contrast(one, other) >= _VISIBLE for one, other in zip(before, after, strict=True)
    )
    runs = [(colour, len(list(same))) for colour, same in groupby(after)]
    lines = [
        colour
        for place, (colour, length) in enumerate(runs)
        if length >= 2 and any(contrast(colour, inner) >= _VISIBLE for inner, _ in runs[place:])
    ]
    return has_changed and bool(lines)


_VISIBLE = 2.95
"""The required contrast of 3:1, minus rounding."""


@dataclass
class Screen:
    """A named state of the window."""

    name: str
    root: QWidget


def desk_screens(person: Person) -> Iterator[Screen]:
    """The desk with each kind of record and each tab."""
    view = person.view
    for number in RECORDS:
        view.desk.select(record_of(person, number) if number else view.desk.session.ids()[0])
        for tab in range(view.tabs.count() if number == _ENTRY else 1):
            if view.tabs.isTabVisible(tab):
                view.tabs.setCurrentIndex(tab)
                yield Screen(f"{person.title()}, {view.tabs.tabText(tab)}", person.window)


def make_edits(person: Person) -> None:
    """Make edits so that every panel has content: a change, a finding, a message, log lines."""
    view = person.view
    view.desk.select(record_of(person, 9101))
    view.desk.commit("outcome", "Released")
    view.desk.commit("end_date", view.desk.parse("end_date", "March 1, 1963"))
    view.banner.show_error("Something to see.", ("A way out", lambda: None))
    view.texts.finder.begin()


def test_the_desk_has_names_and_keys_for_everything(person: Person) -> None:
    make_edits(person)
    for screen in desk_screens(person):
        assert without_name(screen.root) == [], screen.name
        assert without_key(screen.root) == [], screen.name


def test_tab_reaches_everything_on_the_desk(person: Person, qtbot: QtBot) -> None:
    make_edits(person)
    for screen in desk_screens(person):
        assert not_reached_by_tab(screen.root, qtbot) == [], screen.name


@pytest.mark.parametrize("name", NAMED_THEMES)
def test_a_ring_shows_the_focus_on_the_desk(person: Person, theme: Theme, name: str) -> None:
    theme.apply(name)
    make_edits(person)
    for screen in desk_screens(person):
        assert without_ring(screen.root, theme) == [], screen.name


@pytest.mark.parametrize("name", NAMED_THEMES)
def test_the_welcome_page(window: MainWindow, theme: Theme, qtbot: QtBot, name: str) -> None:
    theme.apply(name)
    assert without_name(window) == []
    assert not_reached_by_tab(window, qtbot) == []
    assert without_ring(window, theme) == []


@pytest.mark.parametrize("name", ["light", "dark_contrast"])
def test_the_palette(person: Person, theme: Theme, name: str) -> None:
    theme.apply(name)
    person.ctrl(Qt.Key.Key_K)
    palette = person.window.view_commands.palette
    assert without_name(palette) == []
    assert without_ring(palette, theme) == []


def make_shortcuts(person: Person) -> QDialog:
    return ShortcutsDialog(person.window, {"quit": ("F9",)}, lambda _: None)


def make_restore(person: Person) -> QDialog:
    person.view.desk.session.save()
    make_edits(person)
    dialog = RestoreDialog(person.window, person.window.theme, person.view.desk)
    person.bot.waitUntil(lambda: dialog.restore_button.isEnabled())
    return dialog


def make_merge(person: Person) -> QDialog:
    return MergeDialog(person.window, person.window.theme, "A copy", differences(person))


def make_reasons(person: Person) -> QDialog:
    person.view.desk.select(record_of(person, 9101))
    person.press(Qt.Key.Key_F4)
    person.view.desk.commit("outcome", "Released")
    return ReasonsDialog(person.window, person.view.desk)


def make_replace(person: Person) -> QDialog:
    session = person.view.desk.session
    hits = TextSearch(session).hits(FindQuery("the"), session.ids())
    return ReplaceDialog(person.window, person.view.desk, hits, "a")


def make_coders(person: Person) -> QDialog:
    """With two coders marked, so that all buttons but one are enabled."""
    dialog = CodersDialog(person.window, person.view.desk)
    dialog.model.mark_all(True)
    return dialog


def differences(person: Person) -> list[FieldDiff]:
    """The differences from a copy that was made before the edits."""
    session = person.view.desk.session
    copy = session.path.with_name("copy.mid.json")
    file_of(session).copy_to(copy)
    make_edits(person)
    return run_now(find_changes(session, run_now(read_copy(copy))))


MADE: dict[str, Callable[[Person], QDialog]] = {
    "shortcuts": make_shortcuts,
    "restore": make_restore,
    "merge": make_merge,
    "reasons": make_reasons,
    "replace": make_replace,
    "coders": make_coders,
}


@pytest.mark.parametrize("name", ["light", "dark", "dark_contrast"])
@pytest.mark.parametrize("make", MADE.values(), ids=MADE)
def test_a_dialog(
    person: Person, theme: Theme, qtbot: QtBot, make: Callable[[Person], QDialog], name: str
) -> None:
    theme.apply(name)
    dialog = make(person)
    qtbot.addWidget(dialog)
    dialog.show()
    assert faults(dialog, theme, qtbot) == []


ASKED: dict[str, Callable[[Dialogs], object]] = {
    "line width": Dialogs.line_width,
    "about": Dialogs.about,
    "coder": lambda dialogs: dialogs.coder_name("Anna"),
    "drafts": lambda dialogs: dialogs.discard_drafts(["MID 1, Outcome: “x”"]),
    "unsaved": lambda dialogs: dialogs.close_unsaved("The disk is full."),
    "replace": lambda dialogs: dialogs.may_replace(Path("out.txt")),
    "error": lambda dialogs: dialogs.error("That is no project."),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_question(
    person: Person, theme: Theme, qtbot: QtBot, ask: Callable[[Dialogs], object]
) -> None:
    found: list[list[str]] = []

    def check() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        found.append(faults(dialog, theme, qtbot))
        dialog.reject()

    QTimer.singleShot(0, check)
    ask(Dialogs(person.window))
    assert found == [[]]


def faults(dialog: QDialog, theme: Theme, bot: QtBot) -> list[str]:
    """The accessibility faults of a dialog."""
    dialog.activateWindow()
    bot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return [
        *(f"no name: {one}" for one in without_name(dialog)),
        *(f"not reached: {one}" for one in not_reached_by_tab(dialog, bot)),
        *(f"no ring: {one}" for one in without_ring(dialog, theme)),
        *([] if dialog.windowTitle() else ["no title"]),
    ]


class TestEmptyStates:
    def test_a_project_without_records(self, window: MainWindow, tmp_path: Path) -> None:
        assert window.open(tmp_path / "new.mid.json", create=True)
        view = window.view
        assert view is not None
        assert "Import a chapter’s text" in view.table.empty_text()
        window.run("go_to_project_log")
        assert "Import" in texts_of(view.project_log)
        window.run("go_to_doubts")
        assert "after an import" in texts_of(view.doubts)
        view.tabs.setCurrentWidget(view.source)
        assert "Choose a record" in view.source.remark

    def test_a_record_without_changes(self, person: Person) -> None:
        person.view.desk.select(record_of(person, 9101))
        person.ctrl(Qt.Key.Key_5)
        assert "Changes to it will stand here" in texts_of(person.view.record_log)

    def test_a_filter_without_matches(self, person: Person) -> None:
        person.ctrl(Qt.Key.Key_F)
        person.type("xyzzy")
        assert "Esc in the filter shows them all" in person.view.table.empty_text()

    def test_no_findings(self, person: Person) -> None:
        person.view.filter.setText("9102")
        person.press(Qt.Key.Key_F8)
        assert person.status() == "No record in the table has a finding."


def texts_of(panel: QWidget) -> str:
    """The visible label texts of a panel."""
    return "\n".join(
        label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)
    )


class TestColourIsNeverTheOnlyCue:
    """The kind of an edit is a word (test_editing), an undone step is struck through (test_table),
    an invalid field has a note below it (test_editing); the rest is tested here."""

    def test_the_button_of_the_current_kind_is_checked(self, person: Person) -> None:
        buttons = person.view.edit_bar.buttons
        person.press(Qt.Key.Key_F4)
        assert {kind.value: button.isChecked() for kind, button in buttons.items()} == {
            "correction": False,
            "coding": True,
        }
        assert buttons[ChangeKind.CODING].text() == "Coding change"

    def test_the_lines_of_the_focused_field_are_underlined_in_the_source(
        self, person: Person
    ) -> None:
        person.view.desk.select(record_of(person, 9101))
        person.go("outcome")
        person.ctrl(Qt.Key.Key_7)
        marks = person.view.source.editor.extraSelections()
        lines = {mark.cursor.selectedText(): mark.format.underlineStyle() for mark in marks}
        under = QTextCharFormat.UnderlineStyle
        assert lines["Outcome (and Settlement): Unclear (None)"] is under.SingleUnderline
        assert under.NoUnderline in lines.values(), "the rest of the record"
