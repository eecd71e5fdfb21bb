"""The upper half of the desk: the record table with its search, or what can take its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from mideditor.domain.counting import quantity
from mideditor.session.table.searching import understood
from mideditor.ui.desk.desk import Desk
from mideditor.ui.history.changes_panel import ChangesPanel
from mideditor.ui.history.progress_panel import ProgressPanel
from mideditor.ui.kit.views_button import ViewsButton
from mideditor.ui.look.theme import Theme
from mideditor.ui.table.facet_panel import FacetPanel
from mideditor.ui.table.record_table import RecordTable
from mideditor.ui.table.search_line import SearchLine


class DeskRecords(QStackedWidget):
    """Shows the table, the changes to review or the progress; ``facets`` stand beside all three."""

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
        self.mistake = QLabel()
        self.mistake.setProperty("role", "error")
        self.mistake.setTextFormat(Qt.TextFormat.PlainText)
        self.mistake.hide()
        self.count_label = QLabel()
        self.count_label.setProperty("role", "quiet")
        self._assemble()
        self._connect()
        self._show_count(*self.table.shown())

    def show_changes(self) -> None:
        """Show the changes to review in the place of the table, or the table again."""
        self._switch_to(self.changes)

    def show_work(self) -> None:
        """Show the progress in the place of the table, or the table again."""
        self._switch_to(self.progress)

    def show_facets(self) -> None:
        """Show the facets with the focus in them, or hide them."""
        shown = self.facets.isHidden()
        self.facets.setVisible(shown)
        if shown:
            self.facets.refresh()
            self.facets.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.table.setFocus()

    def focus_filter(self) -> None:
        """Put the focus into the search line, with its text selected."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def focus_table(self) -> None:
        """Put the focus into the table."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def offer_columns(self) -> None:
        """List the columns of the table, to sort by them and to hide or show them."""
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
        layout.addWidget(self.mistake)
        layout.addWidget(self.table, 1)
        for panel in (records, self.changes, self.progress):
            self.addWidget(panel)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.facets.narrowed.connect(self.filter.setText)
        self.facets.failed.connect(self._desk.show_failure)
        self.views.chosen.connect(self.filter.setText)
        self.views.kept.connect(lambda: self._desk.run("keep_view"))
        self.changes.closed.connect(self.show_changes)
        self.progress.closed.connect(self.show_work)
        self.table.narrowed.connect(self._show_count)
        self.table.narrowed.connect(lambda *_: self.progress.refresh())
        self.table.looking.connect(self._show_looking)

    def _switch_to(self, panel: ChangesPanel | ProgressPanel) -> None:
        if self.currentWidget() is panel:
            self.setCurrentIndex(0)
            self.focus_table()
        else:
            self.setCurrentWidget(panel)
            panel.begin()

    def _narrow(self, line: str) -> None:
        mistakes = understood(line).mistakes
        self.mistake.setText(" ".join(mistake.message for mistake in mistakes))
        self.mistake.setVisible(bool(mistakes))
        self.table.narrow(line)
        self.facets.show_line(line)

    def _show_looking(self, done: int, total: int) -> None:
        self.count_label.setText(f"Looking: {100 * done // max(total, 1)} %")

    def _show_count(self, shown: int, total: int) -> None:
        of = "" if shown == total else f"{shown:,} of "
        self.count_label.setText(f"{of}{quantity(total, 'record', separator=',')}")
