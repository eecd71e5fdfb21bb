"""The three ways to look at the comparison: one record, the matrix of a field, all differences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from mideditor.domain.fields import FIELDS
from mideditor.domain.reports.comparison import (
    CODED,
    Cell,
    FieldComparison,
    Unmatched,
    Verdict,
    matrix_of,
    open_differences_in,
)
from mideditor.ui.look.text_size import FollowTextSize, scaled
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.compared_list import (
    ComparedModel,
    ComparedRow,
    ComparedTable,
    line_of,
    lines_of_unmatched,
)
from mideditor.ui.published.matrix_table import MatrixModel, MatrixTable, cell_in_words

_WIDE, _LOWEST = 1_100, 210
"""Pixels of width from which the records of a cell stand beside the matrix, and of both in height;
with less they are scrolled."""

Unmatcheds = tuple[Sequence[Unmatched], Sequence[Unmatched]]
"""Entries that are not published, and published disputes that are not here."""

Shows = Callable[[FieldComparison], bool]
OPEN, ACCEPTED, UNMATCHED = "All that wait", "Accepted", "On one side only"


def _waiting_with(verdict: Verdict) -> Shows:
    return lambda one: one.is_open and one.verdict is verdict


_SHOWN: dict[str, Shows] = {
    OPEN: lambda one: one.is_open,
    **{
        str(verdict).capitalize(): _waiting_with(verdict)
        for verdict in Verdict
        if verdict is not Verdict.AGREE
    },
    ACCEPTED: lambda one: bool(one.accepted),
    UNMATCHED: lambda _: False,
}
"""The choices of the list, with what each shows of the compared fields."""


class ListWithNote(QWidget):
    """A list, with what is to be said of the chosen line below it."""

    def __init__(self, theme: Theme, name: str, *, of_one_record: bool = False) -> None:
        super().__init__()
        model = ComparedModel(theme, of_one_record=of_one_record)
        self.table = ComparedTable(model, theme, name)
        self.note = _label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        self.table.selectionModel().currentRowChanged.connect(self.show_note)
        self.show_note()

    def show_lines(self, lines: Sequence[ComparedRow], why_empty: str) -> None:
        """Show these lines, or say why there are none."""
        self.table.show_lines(lines, why_empty)
        self.show_note()

    def show_note(self) -> None:
        """Say what is to be said of the chosen line."""
        line = self.table.current
        self.note.setText(line.told if line else "")
        self.note.setHidden(line is None or not line.told)


class RecordView(QWidget):
    """Every compared field of the record on the desk."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list = ListWithNote(theme, "Fields of the record", of_one_record=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)

    def show_fields(self, fields: Sequence[FieldComparison], why_empty: str) -> None:
        """Show the fields of one record, those that agree too."""
        self.list.show_lines([line_of(one) for one in fields], why_empty)

    def begin(self) -> None:
        """Put the cursor into the list."""
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)


class MatrixView(QWidget):
    """The matrix of a coded field, and below or beside it the records of the chosen cell.

    `in_list` is whether the cursor was last in that list, so that a key or a button is for one
    record; else it is for the whole cell. `entered` tells that this changed.
    """

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fields: Sequence[FieldComparison] = ()
        self.field = _combo("Field of the matrix")
        self.model = MatrixModel(theme)
        self.table = MatrixTable(self.model, theme)
        self.sentence = _label()
        self.list = ListWithNote(theme, "Records of the chosen cell")
        self.list.table.hideColumn(1)  # the field is that of the matrix
        self.in_list = False
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._assemble()
        self.field.activated.connect(lambda _: self._show_matrix())
        self.table.selectionModel().currentChanged.connect(self.show_cell)
        self.table.opened.connect(self.list.table.setFocus)
        self.table.entered.connect(lambda: self._enter(False))
        self.list.table.entered.connect(lambda: self._enter(True))

    @property
    def cell(self) -> Cell | None:
        """The chosen cell."""
        return self.table.chosen

    @property
    def in_cell(self) -> list[FieldComparison]:
        """The differences of the chosen cell that nobody has edited or accepted."""
        cell = self.cell
        if cell is None:
            return []
        return open_differences_in(self._fields, cell.field, cell.printed, cell.published)

    def show_fields(self, fields: Sequence[FieldComparison]) -> None:
        """Count these; at first those of the field with most that waits."""
        self._fields = fields
        waiting = Counter(one.field for one in fields if one.is_open)
        there = {one.field for one in fields}
        names = [name for name in CODED if name in there]
        chosen = self.field.currentData()
        if chosen not in names and names:
            chosen = max(names, key=lambda name: waiting[name])
        _offer(self.field, [(name, _counted(FIELDS[name].label, waiting[name])) for name in names])
        self.field.setCurrentIndex(max(self.field.findData(chosen), 0))
        self._show_matrix()

    def show_cell(self) -> None:
        """Show the records of the chosen cell."""
        cell, matrix = self.cell, self.model.matrix
        members = [
            one
            for one in self._fields
            if cell is not None
            and one.field == cell.field
            and one.cell == (cell.printed, cell.published)
        ]
        if cell is None or matrix is None:
            self.sentence.setText("Choose a cell with the arrow keys.")
        else:
            self.sentence.setText(cell_in_words(cell, matrix.label))
        self.list.show_lines(
            [line_of(one) for one in members], "No record has this pair of values."
        )

    def begin(self) -> None:
        """Put the cursor into the matrix."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= scaled(_WIDE)
        self._parts.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _enter(self, in_list: bool) -> None:
        self.in_list = in_list
        self.entered.emit()

    def _show_matrix(self) -> None:
        name = self.field.currentData()
        if name is None:
            return
        matrix = matrix_of(self._fields, name)
        self.model.show_matrix(matrix)
        self.table.fit()
        if not self.table.currentIndex().isValid():
            waiting = [cell for cell in matrix.faults if cell.left]
            start = next(iter([*waiting, *matrix.faults]), None)
            index = self.model.index_of(start)
            self.table.setCurrentIndex(index if index.isValid() else self.model.index(0, 0))
        self.show_cell()

    def _assemble(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(self.field)
        above.addWidget(self.sentence, 1)
        matrix = QWidget()
        upper = QVBoxLayout(matrix)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.addWidget(self.table, 1)
        upper.addStretch()
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(8)
        self._parts.addWidget(matrix)
        self._parts.addWidget(self.list)
        self._parts.setSizes([600, 400])
        FollowTextSize(self._parts, lambda _: self._parts.setMinimumHeight(scaled(_LOWEST)))
        self._parts.setMinimumHeight(scaled(_LOWEST))
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(self._parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addWidget(scrolled, 1)


class DifferencesView(QWidget):
    """All differences, narrowed by field and by verdict."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fields: Sequence[FieldComparison] = ()
        self._unmatched: Unmatcheds = ((), ())
        self.field = _combo("Show differences of this field")
        self.verdict = _combo("Show differences with this verdict")
        self.list = ListWithNote(theme, "Differences")
        self._all = QPushButton("Mark all (Ctrl+A)")
        self._assemble()
        _offer(self.verdict, [(name, name) for name in _SHOWN])
        self.field.activated.connect(lambda _: self._show())
        self.verdict.activated.connect(lambda _: self._show())
        self._all.clicked.connect(lambda: self.list.table.lines.mark_all(True))

    def show_fields(self, fields: Sequence[FieldComparison], unmatched: Unmatcheds) -> None:
        """Show the differences among these, and what stands on one side only."""
        self._fields, self._unmatched = fields, unmatched
        waiting = Counter(one.field for one in fields if one.is_open)
        there = {one.field: None for one in fields}
        chosen = self.field.currentData()
        rows = [(name, _counted(FIELDS[name].label, waiting[name])) for name in there]
        _offer(self.field, [(None, "All fields"), *rows])
        self.field.setCurrentIndex(max(self.field.findData(chosen), 0))
        self._show()

    def begin(self) -> None:
        """Put the cursor into the list."""
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        field, chosen = self.field.currentData(), self.verdict.currentData()
        if chosen == UNMATCHED:
            lines = [line for part in self._unmatched for line in lines_of_unmatched(part)]
        else:
            fields = (one for one in self._fields if field in (None, one.field))
            lines = [line_of(one) for one in fields if _SHOWN[chosen](one)]
        self.field.setEnabled(chosen != UNMATCHED)
        self.list.show_lines(lines, _why_empty(field, chosen))
        self._all.setEnabled(any(line.can_be_taken for line in lines))

    def _assemble(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(self.field)
        above.addWidget(self.verdict)
        above.addStretch()
        above.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addWidget(self.list, 1)


def _why_empty(field: str | None, chosen: str) -> str:
    if chosen == OPEN:
        of_field = f" of {FIELDS[field].label}" if field else ""
        return f"No difference{of_field} waits to be looked at."
    if chosen == ACCEPTED:
        return "No difference has been accepted. The key A accepts one, with a reason."
    if chosen == UNMATCHED:
        return "Every entry is published, and no dispute of these dyads is lacking."
    return f"None: {chosen.lower()}."


def _counted(label: str, count: int) -> str:
    return f"{label} ({count:,})" if count else label


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo


def _offer(combo: QComboBox, rows: Sequence[tuple[str | None, str]]) -> None:
    """Put rows of data and text into a list of choices; the caller chooses one."""
    combo.clear()
    for data, text in rows:
        combo.addItem(text, data)
