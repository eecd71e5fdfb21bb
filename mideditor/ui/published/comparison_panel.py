"""The project beside the published data set: looked at, taken over, accepted."""

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
_GO = "Go to the field (Enter)"


class ComparisonPanel(QWidget):
    """Shows the comparison once it has tables, or why it has none.

    `counted` tells how many differences wait, -1 where there is nothing to show. `tables_wanted`
    asks for other tables, `unwanted` to forget these.
    """

    counted = Signal(int)
    unwanted = Signal()

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk = desk
        self.comparing: PublishedComparison | None = None
        self.error = ""
        self.head = ComparisonHead(self, theme)
        self.bar = ReasonBar()
        self.views = ComparisonViews(theme)
        self.record = self.views.record
        self.matrix = self.views.matrix
        self.differences = self.views.differences
        self.buttons = {name: QPushButton() for name in ("take", "accept", "go")}
        self.lane = desk.scheduler.lane(self)
        self.taking = PublishedActions(desk, self.bar, self.lane, lambda: self._citation)
        self._origin: QWidget = self.record.list.table
        self._assemble()
        self._connect()
        self._show_state()

    @property
    def is_shown(self) -> bool:
        """Whether there are tables, or something to say about them."""
        return self.comparing is not None or bool(self.error)

    @property
    def table(self) -> ComparedTable:
        """The list in front."""
        return self.views.table

    def compare_with(self, tables: PublishedTables) -> None:
        """Compare the project with these tables from now on."""
        self._let_go()
        session = self._desk.session
        self.comparing = PublishedComparison(session, tables)
        session.subscribe(self._follow)
        self._show_state()
        self._go_on()

    def show_error(self, message: str) -> None:
        """Say why there is nothing to compare with."""
        self._let_go()
        self.error = message
        self._show_state()

    def put_away(self) -> None:
        """Compare no more."""
        self._let_go()
        self._show_state()

    def whole(self) -> Work[Comparison] | None:
        """All that the comparison says; None while records are still being compared."""
        if self.comparing is None or self.comparing.waiting:
            return None
        return self.comparing.whole()

    def begin(self) -> None:
        """Put the cursor into the view in front, or where there is none on the way out."""
        if self.comparing is None:
            self.head.choose.setFocus()
        else:
            self.views.view.begin()

    def turn_to(self, place: int) -> None:
        """Turn to the record, the matrix or all differences, and put the cursor there."""
        self.head.mark(place)
        self.views.setCurrentIndex(place)
        self.refresh()
        self.begin()

    def take(self) -> None:
        """Take over what is chosen in front: a cell of the matrix, or lines of a list."""
        self._origin = self.views.focused
        if self._desk.session.read_only:
            return
        if self.views.is_cell:
            self.taking.take_cell(self.matrix.cell, self.matrix.in_cell)
        else:
            self.taking.take(self.table.chosen)

    def accept(self) -> None:
        """Accept what is chosen in front; differences that are accepted are opened again."""
        self._origin = self.views.focused
        if not self._desk.session.read_only:
            self.taking.accept(self.views.selected)

    def refresh(self) -> None:
        """Bring up to date what is in front."""
        comparing = self.comparing
        if comparing is None or not self.isVisible():
            return
        if self.views.view is self.record:
            record = self._desk.record_id
            fields = () if record is None else comparing.of(record)
            self.record.show_fields(fields, self._why_no_field())
        elif self.views.view is self.matrix:
            self.matrix.show_fields(comparing.fields())
        else:
            unpublished, missing, _ = ((), (), 0) if comparing.waiting else comparing.unmatched()
            self.differences.show_fields(comparing.fields(), (unpublished, missing))
        self._weigh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # Helpers, in call order

    @property
    def _citation(self) -> str:
        return self.comparing.tables.citation if self.comparing else ""

    def _let_go(self) -> None:
        self.error = ""
        if self.comparing is not None:
            self.comparing.close()
            self._desk.session.unsubscribe(self._follow)
            self.comparing = None
        self.lane.drop()
        self.bar.dismiss()

    def _follow(self, _: Changed) -> None:
        """Compare anew what a step has changed: at once, or much of it in slices."""
        comparing = self.comparing
        if comparing is None:
            return
        if comparing.waiting <= FEW_RECORDS:
            comparing.compare_next(FEW_RECORDS)
            self._show_count()
            self.refresh()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Compare what waits, a slice at a time."""
        comparing = self.comparing
        if comparing is None or not comparing.waiting or self.lane.running:
            return
        total = comparing.waiting
        if total > FEW_RECORDS:
            self.head.show_work(f"Comparing {total:,} records")
        self.lane.run(comparing.compare_waiting(), lambda _: None, self._desk.show_failure)

    def _end_work(self) -> None:
        self.head.show_rest(self._citation, self._notes(), there=self.comparing is not None)
        self._show_count()
        if self.comparing is None or not self.comparing.waiting:
            self.refresh()
        self._go_on()

    def _stop(self) -> None:
        """Stop taking over, with nothing changed; where records are compared, put all away."""
        comparing = self.comparing is not None and bool(self.comparing.waiting)
        if comparing:
            self.unwanted.emit()
        else:
            self.lane.drop()
            self._desk.say("Stopped; nothing was changed.")

    def _show_state(self) -> None:
        """Show the comparison, or in its place why there is none."""
        there = self.comparing is not None
        self.head.show_rest(self._citation, self._notes(), there=there)
        for widget in (self.views, *self.buttons.values()):
            widget.setVisible(there)
        self._show_count()
        self.refresh()

    def _notes(self) -> str:
        if self.comparing is None:
            return self.error
        notices = self.comparing.tables.notices
        rest = [f"… and {len(notices) - _NOTICES:,} more"] if len(notices) > _NOTICES else []
        return "\n".join([*notices[:_NOTICES], *rest])

    def _show_count(self) -> None:
        comparing = self.comparing
        if comparing is None:
            self.counted.emit(0 if self.is_shown else -1)
            return
        self.counted.emit(comparing.open_count)

    def _why_no_field(self) -> str:
        record = self._desk.record
        if record is None:
            return "No record is chosen."
        title = self._desk.title(self._desk.record_id or 0)
        if not isinstance(record, Entry):
            return f"{title}: only entries are compared."
        return f"{title}: the published tables have no dispute of this number."

    def _choose(self, table: ComparedTable) -> None:
        """Put the record of the line on the desk, where a person has gone to it."""
        self._weigh()
        line = table.current
        if table.hasFocus() and line is not None and line.record is not None:
            self._desk.select(line.record)

    def _go(self) -> None:
        """Go from a cell to its records, from a line to its field."""
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

    def _weigh(self) -> None:
        """Let only those buttons be pressed that would do something, and say what."""
        line, writable = self.table.current, not self._desk.session.read_only
        chosen = self.views.selected
        differing = [one for one in chosen if one.differs]
        what = " the cell" if self.views.is_cell else f" {len(chosen):,}" if len(chosen) > 1 else ""
        opens = bool(differing) and all(one.accepted for one in differing)
        self.buttons["take"].setText(f"Take{what} over (T)")
        self.buttons["accept"].setText(f"Open{what} again (A)" if opens else f"Accept{what}… (A)")
        self.buttons["go"].setText("Its records (Enter)" if self.views.is_cell else _GO)
        self.buttons["take"].setEnabled(writable and any(one.to_apply for one in differing))
        self.buttons["accept"].setEnabled(writable and bool(differing))
        self.buttons["go"].setEnabled(line is not None and line.record is not None)

    def _connect(self) -> None:
        self.views.apply_requested.connect(self.take)
        self.views.accept_requested.connect(self.accept)
        self.views.field_requested.connect(self._go_to)
        self.views.row_changed.connect(self._choose)
        self.views.selection_changed.connect(self._weigh)
        self.buttons["take"].clicked.connect(self.take)
        self.buttons["accept"].clicked.connect(self.accept)
        self.buttons["go"].clicked.connect(self._go)
        self.bar.closed.connect(lambda: self._origin.setFocus())
        self.taking.begun.connect(self.head.show_work)
        self.taking.made.connect(lambda: self.table.lines.mark_all(False))
        self.lane.progressed.connect(self.head.show_progress)
        self.lane.ended.connect(self._end_work)
        self.head.turned.connect(self.turn_to)
        self.head.stopped.connect(self._stop)
        self.head.tables_wanted.connect(lambda: self._desk.run("compare_published"))
        self.head.unwanted.connect(self.unwanted)
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
