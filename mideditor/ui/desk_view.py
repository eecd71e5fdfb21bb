"""The desk on screen: the edit bar, the table with its filter, the form, the texts and the logs."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.session.session import Changed
from mideditor.ui.banner import Banner
from mideditor.ui.desk import Desk
from mideditor.ui.doubts_panel import DoubtsPanel
from mideditor.ui.edit_bar import EditBar
from mideditor.ui.icons import icon
from mideditor.ui.import_review_panel import ImportReviewPanel
from mideditor.ui.log_panel import LogPanel
from mideditor.ui.record_form import RecordForm
from mideditor.ui.record_table import RecordTable
from mideditor.ui.source_panel import SourcePanel
from mideditor.ui.text_panels import TextPanels
from mideditor.ui.theme import Theme
from mideditor.ui.undo_keys import UndoKeys

_SLICE = 40
"""Records prepared at a time: a few milliseconds."""


class FilterLine(QLineEdit):
    """Words that narrow the table. Esc clears them, Down goes to the table."""

    def __init__(self, table: RecordTable, theme: Theme) -> None:
        super().__init__()
        self._table = table
        self._theme = theme
        self._sign = QAction(self)
        UndoKeys(self)
        self.setObjectName("filter")
        self.setAccessibleName("Filter the records")
        self.setPlaceholderText("Filter: number, state, outcome, any word of the text (Ctrl+F)")
        self.setClearButtonEnabled(True)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        theme.changed.connect(self._recolour)
        self._recolour()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self._table.setFocus()
        else:
            super().keyPressEvent(event)

    def _recolour(self) -> None:
        self._sign.setIcon(icon("search", self._theme.tokens.color("text-quiet")))


class DeskView(QWidget):
    """All panels of one open project."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self.desk = desk
        self.banner = Banner(theme)
        self.edit_bar = EditBar(desk, theme)
        self.table = RecordTable(desk, theme)
        self.filter = FilterLine(self.table, theme)
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.form = RecordForm(desk, theme)
        self.texts = TextPanels(desk, theme)
        self.record_log = LogPanel(desk, theme, of_project=False)
        self.project_log = LogPanel(desk, theme, of_project=True)
        self.source = SourcePanel(desk, theme)
        self.doubts = DoubtsPanel(desk, theme)
        self.review = ImportReviewPanel(desk, theme)
        if desk.session.read_only:
            self.edit_bar.hide()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.texts, "Text")
        self.tabs.addTab(self.record_log, "Log of the record")
        self.tabs.addTab(self.project_log, "Log of the project")
        self.tabs.addTab(self.source, "Source")
        self.tabs.addTab(self.doubts, "")
        self.tabs.addTab(self.review, "")
        self.lower_half = QSplitter(Qt.Orientation.Horizontal)
        self.halves = QSplitter(Qt.Orientation.Vertical)
        self._unprepared = list(desk.session.ids())
        self._idle = QTimer(self)
        self._assemble()
        self._connect()
        self._show_count(*self.table.shown())

    def show_record(self) -> None:
        """Show the record on the desk in every panel."""
        self.form.show_record()
        self.texts.show_record()
        self._show_tab()

    def focus_field(self, field: str, quote: str = "") -> None:
        """Put the cursor into a field, wherever it is shown, and choose the quoted words there."""
        if field in self.texts.panels:
            self.tabs.setCurrentWidget(self.texts)
            editor = self.texts.panels[field].editor
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            editor.choose_words(quote)
        else:
            self.form.focus(field)

    def field_with_focus(self) -> str | None:
        """The field in which the cursor is."""
        for name, panel in self.texts.panels.items():
            if panel.editor.hasFocus():
                return name
        return self.form.field_with_focus()

    def commit_field(self) -> None:
        """Commit the field in which the cursor is."""
        self.form.commit_pending()
        for panel in self.texts.panels.values():
            panel.commit_pending()

    def show_log(self, panel: LogPanel) -> None:
        """Turn to a log and put the cursor there."""
        self.tabs.setCurrentWidget(panel)
        panel.show_log()
        panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_source(self) -> None:
        """Turn to the source, with the field lit up in which the cursor is."""
        field = self.field_with_focus()
        self.tabs.setCurrentWidget(self.source)
        self.source.show_record(field)

    def show_doubts(self) -> None:
        """Turn to the doubtful readings."""
        self.tabs.setCurrentWidget(self.doubts)
        self.doubts.begin()

    def show_review(self) -> None:
        """Turn to what newer texts tell otherwise."""
        self.tabs.setCurrentWidget(self.review)
        self.review.begin()

    def _assemble(self) -> None:
        narrowing = QHBoxLayout()
        narrowing.setSpacing(12)
        narrowing.addWidget(self.filter, 1)
        narrowing.addWidget(self.count)
        above = QWidget()
        top = QVBoxLayout(above)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        top.addLayout(narrowing)
        top.addWidget(self.table, 1)
        for splitter, parts, sizes in (
            (self.lower_half, (self.form, self.tabs), [480, 700]),
            (self.halves, (above, self.lower_half), [250, 470]),
        ):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(10)
            for part in parts:
                splitter.addWidget(part)
            splitter.setStretchFactor(1, 1)
            splitter.setSizes(sizes)
        self.form.setMinimumWidth(400)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 4)
        layout.setSpacing(8)
        layout.addWidget(self.edit_bar)
        layout.addWidget(self.banner)
        layout.addWidget(self.halves, 1)

    def _connect(self) -> None:
        desk = self.desk
        desk.chosen.connect(self.show_record)
        desk.changed.connect(self._take)
        desk.pointed.connect(self.focus_field)
        desk.troubled.connect(self.banner.show_trouble)
        self.filter.textChanged.connect(self.table.narrow)
        self.table.narrowed.connect(self._show_count)
        self.doubts.counted.connect(self._count_doubts)
        self._count_doubts(len(self.doubts.model.items))
        self.review.counted.connect(self._count_differences)
        self._count_differences(0)
        self.tabs.currentChanged.connect(self._show_tab)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_cursor)
        self._idle.timeout.connect(self._prepare_some)
        self._idle.start(0)

    def _prepare_some(self) -> None:
        """Make the first keystroke in the filter as quick as the second, while nothing else is."""
        known = self.desk.session.documents()
        some, self._unprepared = self._unprepared[:_SLICE], self._unprepared[_SLICE:]
        self.desk.rows.prepare(record for record in some if record in known)
        if not self._unprepared:
            self._idle.stop()

    def _follow_cursor(self) -> None:
        if self.tabs.currentWidget() is self.source and self.field_with_focus() is not None:
            self.source.show_record(self.field_with_focus())

    def _take(self, changed: Changed) -> None:
        if self.desk.record_id in changed.records:
            self.form.refresh()
            for panel in self.texts.panels.values():
                if not panel.is_being_typed:
                    panel.show_record()
        self._show_tab()

    def _show_tab(self) -> None:
        """Bring up to date what the tab in front shows; the others wait until they are."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, LogPanel):
            shown.show_log()
        elif shown is self.source:
            self.source.show_record(self.field_with_focus())
        record = self.desk.record_id
        edits = 0 if record is None else len(self.desk.session.history.standing_edits_of(record))
        self.tabs.setTabText(1, f"Log of the record ({edits})" if edits else "Log of the record")

    def _count_doubts(self, count: int) -> None:
        title = f"Doubtful readings ({count})" if count else "Doubtful readings"
        self.tabs.setTabText(self.tabs.indexOf(self.doubts), title)

    def _count_differences(self, count: int) -> None:
        """Show the tab of the import review while something in it is to be decided."""
        if not count and self.tabs.currentWidget() is self.review:
            self.tabs.setCurrentWidget(self.texts)
            self.table.setFocus()
        self.tabs.setTabText(self.tabs.indexOf(self.review), f"Import review ({count})")
        self.tabs.setTabVisible(self.tabs.indexOf(self.review), count > 0)

    def _show_count(self, shown: int, total: int) -> None:
        noun = "record" if total == 1 else "records"
        self.count.setText(f"{total} {noun}" if shown == total else f"{shown} of {total} {noun}")
