"""The panel that compares the project with the published data set."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.domain.record import Entry
from mideditor.domain.reports.comparison import Comparison
from mideditor.reference.published import PublishedTables
from mideditor.session.published.published_comparison import PublishedComparison
from mideditor.session.session import Changed
from mideditor.session.work import FEW_RECORDS, Work
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.flow_row import FlowRow
from mideditor.ui.kit.reason_bar import ReasonBar
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.apply_published import PublishedActions
from mideditor.ui.published.compared_list import ComparedRow, ComparedTable
from mideditor.ui.published.comparison_head import ComparisonHead
from mideditor.ui.published.comparison_views import ComparisonViews

_NOTICES = 3
_GO_LABEL = "Go to the field (Enter)"


class ComparisonPanel(QWidget):
    """Shows the comparison once it has tables, or why it has none.

    `counted` carries the number of open differences, -1 if there is nothing to show;
    `close_requested` is emitted when the user closes the tables.
    """

    counted = Signal(int)
    close_requested = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.comparison: PublishedComparison | None = None
        self.error = ""
        self.head = ComparisonHead(self, theme)
        self.bar = ReasonBar()
        self.views = ComparisonViews(theme)
        self.record = self.views.record
        self.matrix = self.views.matrix
        self.differences = self.views.differences
        self.buttons = {name: QPushButton() for name in ("take", "accept", "go")}
        self.lane = desk.scheduler.lane(self)
        self._actions = PublishedActions(desk, self.bar, self.lane, lambda: self._citation)
        self._origin: QWidget = self.record.list.table
        self._assemble()
        self._connect()
        self._show_state()

    @property
    def is_shown(self) -> bool:
        """Whether there are tables, or an error about them."""
        return self.comparison is not None or bool(self.error)

    @property
    def table(self) -> ComparedTable:
        """The list in front."""
        return self.views.table

    def compare_with(self, tables: PublishedTables) -> None:
        """Compare the project with these tables."""
        self._close_comparison()
        session = self._desk.session
        self.comparison = PublishedComparison(session, tables)
        session.subscribe(self._on_changed)
        self._show_state()
        self._compare_next()

    def show_error(self, message: str) -> None:
        """Show why there is nothing to compare with."""
        self._close_comparison()
        self.error = message
        self._show_state()

    def close_tables(self) -> None:
        """Stop comparing and clear the panel."""
        self._close_comparison()
        self._show_state()

    def full_comparison(self) -> Work[Comparison] | None:
        """The work that makes the whole comparison; None while records are still being compared."""
        if self.comparison is None or self.comparison.waiting:
            return None
        return self.comparison.whole()

    def begin(self) -> None:
        """Focus the view in front, or without tables the button to select them."""
        if self.comparison is None:
            self.head.tables_button.setFocus()
        else:
            self.views.view.begin()

    def show_view(self, index: int) -> None:
        """Show the record (0), the matrix (1) or all differences (2), and focus it."""
        self.head.select_view(index)
        self.views.setCurrentIndex(index)
        self.refresh()
        self.begin()

    def apply(self) -> None:
        """Apply the selected published values: a cell of the matrix, or rows of a list."""
        self._origin = self.views.focused
        if self._desk.session.read_only:
            return
        if self.views.is_cell:
            self._actions.apply_cell(self.matrix.cell, self.matrix.cell_differences)
        else:
            self._actions.apply(self.table.selected)

    def accept(self) -> None:
        """Accept the selected differences, or reopen them if they are already accepted."""
        self._origin = self.views.focused
        if not self._desk.session.read_only:
            self._actions.accept(self.views.selected)

    def refresh(self) -> None:
        """Update the view in front, if the panel is visible."""
        comparison = self.comparison
        if comparison is None or not self.isVisible():
            return
        if self.views.view is self.record:
            record = self._desk.record_id
            fields = () if record is None else comparison.of(record)
            self.record.show_fields(fields, self._why_no_field())
        elif self.views.view is self.matrix:
            self.matrix.show_fields(comparison.fields())
        else:
            unpublished, missing, _ = ((), (), 0) if comparison.waiting else comparison.unmatched()
            self.differences.show_fields(comparison.fields(), (unpublished, missing))
        self._update_buttons()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # Helpers, in call order

    @property
    def _citation(self) -> str:
        return self.comparison.tables.citation if self.comparison else ""

    def _close_comparison(self) -> None:
        self.error = ""
        if self.comparison is not None:
            self.comparison.close()
            self._desk.session.unsubscribe(self._on_changed)
            self.comparison = None
        self.lane.drop()
        self.bar.dismiss()

    def _on_changed(self, _: Changed) -> None:
        """Compare again what a step has changed: at once, or in slices for many records."""
        comparison = self.comparison
        if comparison is None:
            return
        if comparison.waiting <= FEW_RECORDS:
            comparison.compare_next(FEW_RECORDS)
            self._show_count()
            self.refresh()
        else:
            self._compare_next()

    def _compare_next(self) -> None:
        """Compare the remaining records in slices."""
        comparison = self.comparison
        if comparison is None or not comparison.waiting or self.lane.running:
            return
        total = comparison.waiting
        if total > FEW_RECORDS:
            self.head.show_work(f"Comparing {total:,} records")
        self.lane.run(comparison.compare_waiting(), lambda _: None, self._desk.show_failure)

    def _end_work(self) -> None:
        self.head.show_idle(self._citation, self._notes(), has_tables=self.comparison is not None)
        self._show_count()
        if self.comparison is None or not self.comparison.waiting:
            self.refresh()
        self._compare_next()

    def _stop(self) -> None:
        """Stop the running work; if records are being compared, request to close the tables."""
        is_comparing = self.comparison is not None and bool(self.comparison.waiting)
        if is_comparing:
            self.close_requested.emit()
        else:
            self.lane.drop()
            self._desk.say("Stopped; nothing was changed.")

    def _show_state(self) -> None:
        """Show the comparison, or why there is none."""
        has_tables = self.comparison is not None
        self.head.show_idle(self._citation, self._notes(), has_tables=has_tables)
        for widget in (self.views, *self.buttons.values()):
            widget.setVisible(has_tables)
        self._show_count()
        self.refresh()

    def _notes(self) -> str:
        if self.comparison is None:
            return self.error
        notices = self.comparison.tables.notices
        rest = [f"… and {len(notices) - _NOTICES:,} more"] if len(notices) > _NOTICES else []
        return "\n".join([*notices[:_NOTICES], *rest])

    def _show_count(self) -> None:
        comparison = self.comparison
        if comparison is None:
            self.counted.emit(0 if self.is_shown else -1)
            return
        self.counted.emit(comparison.open_count)

    def _why_no_field(self) -> str:
        record = self._desk.record
        if record is None:
            return "No record is chosen."
        title = self._desk.title(self._desk.record_id or 0)
        if not isinstance(record, Entry):
            return f"{title}: only entries are compared."
        return f"{title}: the published tables have no dispute of this number."

    def _on_row_changed(self, table: ComparedTable) -> None:
        """Select the record of the current row, if the user moved there."""
        self._update_buttons()
        line = table.current
        if table.hasFocus() and line is not None and line.record is not None:
            self._desk.select(line.record)

    def _open_current(self) -> None:
        """Go from a cell to its records, or from a row to its field."""
        if self.views.is_cell:
            self.table.setFocus()
        else:
            self._go_to(self.table.current)

    def _go_to(self, line: ComparedRow | None) -> None:
        if line is None or line.record is None:
            self._desk.say(f"{line.title if line else 'The dispute'} is not in this project.")
        elif line.one is None:
            self._desk.select(line.record)
        else:
            self._desk.go_to(line.record, line.one.field)

    def _update_buttons(self) -> None:
        """Enable the buttons that would do something, and update their labels."""
        line, writable = self.table.current, not self._desk.session.read_only
        selected = self.views.selected
        differing = [one for one in selected if one.differs]
        count = f" {len(selected):,}" if len(selected) > 1 else ""
        what = " the cell" if self.views.is_cell else count
        opens = bool(differing) and all(one.accepted for one in differing)
        self.buttons["take"].setText(f"Take{what} over (T)")
        self.buttons["accept"].setText(f"Open{what} again (A)" if opens else f"Accept{what}… (A)")
        self.buttons["go"].setText("Its records (Enter)" if self.views.is_cell else _GO_LABEL)
        self.buttons["take"].setEnabled(writable and any(one.to_apply for one in differing))
        self.buttons["accept"].setEnabled(writable and bool(differing))
        self.buttons["go"].setEnabled(line is not None and line.record is not None)

    def _connect(self) -> None:
        self.views.apply_requested.connect(self.apply)
        self.views.accept_requested.connect(self.accept)
        self.views.field_requested.connect(self._go_to)
        self.views.row_changed.connect(self._on_row_changed)
        self.views.selection_changed.connect(self._update_buttons)
        self.buttons["take"].clicked.connect(self.apply)
        self.buttons["accept"].clicked.connect(self.accept)
        self.buttons["go"].clicked.connect(self._open_current)
        self.bar.closed.connect(lambda: self._origin.setFocus())
        self._actions.begun.connect(self.head.show_work)
        self._actions.made.connect(lambda: self.table.lines.mark_all(False))
        self.lane.progressed.connect(self.head.show_progress)
        self.lane.ended.connect(self._end_work)
        self.head.view_selected.connect(self.show_view)
        self.head.stop_requested.connect(self._stop)
        self.head.tables_requested.connect(lambda: self._desk.run("compare_published"))
        self.head.close_requested.connect(self.close_requested)
        self._desk.record_selected.connect(
            lambda _: self.refresh() if self.views.view is self.record else None
        )

    def _assemble(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.head)
        layout.addWidget(self.bar)
        layout.addWidget(self.views, 1)
        layout.addLayout(FlowRow(*self.buttons.values()))
        layout.addStretch()
