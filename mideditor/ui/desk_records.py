"""The upper half of the desk: the record table with its search, or a panel in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from mideditor.domain.counting import quantity
from mideditor.session.table.searching import parse_query
from mideditor.ui.desk.desk import Desk
from mideditor.ui.history.changes_panel import ChangesPanel
from mideditor.ui.history.progress_panel import ProgressPanel
from mideditor.ui.kit.views_button import ViewsButton
from mideditor.ui.look.theme import Theme
from mideditor.ui.table.facet_panel import FacetPanel
from mideditor.ui.table.record_table import RecordTable
from mideditor.ui.table.search_line import SearchLine


class DeskRecords(QStackedWidget):
    """Shows the table, the changes to review or the progress; ``facets`` is a separate panel."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.table = RecordTable(desk, theme)
        self.filter = SearchLine(desk.rows, self.table, theme)
        self.views = ViewsButton(theme)
        self.facets = FacetPanel(desk.rows, desk.scheduler, theme)
        self.facets.hide()
        self.changes = ChangesPanel(desk, theme, self.table.shown_records)
        self.progress = ProgressPanel(desk, theme, self.table.shown_records)
        self.search_error = QLabel()
        self.search_error.setProperty("role", "error")
        self.search_error.setTextFormat(Qt.TextFormat.PlainText)
        self.search_error.hide()
        self.count_label = QLabel()
        self.count_label.setProperty("role", "quiet")
        self._assemble()
        self._connect()
        self._show_count(*self.table.counts())

    def show_changes(self) -> None:
        """Toggle between the table and the changes to review."""
        self._toggle(self.changes)

    def show_progress(self) -> None:
        """Toggle between the table and the progress charts."""
        self._toggle(self.progress)

    def show_facets(self) -> None:
        """Show and focus the facets, or hide them."""
        shown = self.facets.isHidden()
        self.facets.setVisible(shown)
        if shown:
            self.facets.refresh()
            self.facets.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.table.setFocus()

    def focus_filter(self) -> None:
        """Focus the search line and select its text."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def focus_table(self) -> None:
        """Focus the table."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def offer_columns(self) -> None:
        """Open the list of columns, to sort, show and hide them."""
        self.setCurrentIndex(0)
        self.table.offer_columns()

    # Helpers, in call order

    def _assemble(self) -> None:
        search = QHBoxLayout()
        search.setSpacing(12)
        search.addWidget(self.filter, 1)
        search.addWidget(self.count_label)
        search.addWidget(self.views)
        records = QWidget()
        layout = QVBoxLayout(records)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(search)
        layout.addWidget(self.search_error)
        layout.addWidget(self.table, 1)
        for panel in (records, self.changes, self.progress):
            self.addWidget(panel)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.facets.line_changed.connect(self.filter.setText)
        self.facets.failed.connect(self._desk.show_failure)
        self.views.chosen.connect(self.filter.setText)
        self.views.kept.connect(lambda: self._desk.run("keep_view"))
        self.changes.closed.connect(self.show_changes)
        self.progress.closed.connect(self.show_progress)
        self.table.filtered.connect(self._show_count)
        self.table.filtered.connect(lambda *_: self.progress.refresh())
        self.table.search_progressed.connect(self._show_search_progress)

    def _toggle(self, panel: ChangesPanel | ProgressPanel) -> None:
        if self.currentWidget() is panel:
            self.setCurrentIndex(0)
            self.focus_table()
        else:
            self.setCurrentWidget(panel)
            panel.begin()

    def _filter(self, line: str) -> None:
        mistakes = parse_query(line).mistakes
        self.search_error.setText(" ".join(mistake.message for mistake in mistakes))
        self.search_error.setVisible(bool(mistakes))
        self.table.filter(line)
        self.facets.show_line(line)

    def _show_search_progress(self, done: int, total: int) -> None:
        self.count_label.setText(f"Looking: {100 * done // max(total, 1)} %")

    def _show_count(self, shown: int, total: int) -> None:
        of = "" if shown == total else f"{shown:,} of "
        self.count_label.setText(f"{of}{quantity(total, 'record', separator=',')}")
