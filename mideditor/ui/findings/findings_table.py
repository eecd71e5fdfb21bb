"""Findings under their groups, one a row; a group is folded and unfolded in its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules import Severity
from mideditor.domain.rules.table import RULES
from mideditor.session.checks.finding_groups import FindingGroup
from mideditor.ui.kit.keep_colour import KeepColour
from mideditor.ui.kit.list_model import ListColumn, ListModel
from mideditor.ui.kit.list_table import shape_table
from mideditor.ui.kit.model_index import Index
from mideditor.ui.kit.plain import plain_tip
from mideditor.ui.look.icons import icon
from mideditor.ui.look.theme import Theme

SEVERITY_ICONS = {
    Severity.ERROR: ("error", "error"),
    Severity.WARNING: ("warning", "coding"),
    Severity.NOTICE: ("notice", "text-quiet"),
}
"""Icon and colour role of a severity; its word stands beside them."""
_INDENT = "      "
_WHAT, _WEIGHT = "What is found", "Weight"


@dataclass(frozen=True)
class FindingLine:
    """A row: a finding, or the head of its group (``told`` None) with the counts of the group."""

    group: str
    title: str
    severity: Severity
    told: FindingRow | None = None
    count: int = 0
    fixes: int = 0
    is_open: bool = False

    @property
    def rule(self) -> str | None:
        """The rule of the finding or of the group; None for the group of a record."""
        if self.told is not None:
            return self.told.finding.rule
        return self.group if self.group in RULES else None


def lines_of_group(group: FindingGroup, *, is_open: bool) -> list[FindingLine]:
    """The rows of a group: its head, and its findings if it is open."""
    fixes = sum(told.finding.fix is not None for told in group.members)
    count = len(group.members)
    head = FindingLine(group.key, group.title, group.severity, None, count, fixes, is_open)
    if not is_open:
        return [head]
    return [
        head,
        *(FindingLine(group.key, "", told.finding.severity, told) for told in group.members),
    ]


def finding_columns(*, by_record: bool, accepted: bool) -> tuple[ListColumn[FindingLine], ...]:
    """The columns; of a finding that is grouped by record its rule is told, else its record."""
    other = ListColumn("Rule", 112, _rule) if by_record else ListColumn("Record", 112, _record)
    last = ListColumn("Reason", 150, _reason) if accepted else ListColumn("Certain fix", 124, _fix)
    return (
        ListColumn(_WHAT, 300, _what),
        ListColumn(_WEIGHT, 96, lambda line: str(line.severity)),
        other,
        ListColumn("Field", 112, _field),
        last,
    )


def _what(line: FindingLine) -> str:
    if line.told is None:
        return line.title
    return _INDENT + line.told.finding.message


def _counted(line: FindingLine) -> str:
    return quantity(line.count, "finding", separator=",")


def _record(line: FindingLine) -> str:
    return _counted(line) if line.told is None else line.told.title


def _rule(line: FindingLine) -> str:
    return _counted(line) if line.told is None else line.told.finding.rule


def _field(line: FindingLine) -> str:
    return "" if line.told is None else FIELDS[line.told.finding.field].label


def _fix(line: FindingLine) -> str:
    if line.told is None:
        return f"{line.fixes:,}" if line.fixes else ""
    return line.told.finding.fix.label if line.told.finding.fix else ""


def _reason(line: FindingLine) -> str:
    return "" if line.told is None else line.told.reason or ""


class FindingsModel(ListModel[FindingLine]):
    """Rows with a sign of how much they weigh."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(finding_columns(by_record=False, accepted=False))
        self._theme = theme
        self._icons: dict[str, QIcon] = {}
        theme.changed.connect(self._icons.clear)

    def show_lines(
        self, lines: Sequence[FindingLine], shown: Sequence[ListColumn[FindingLine]]
    ) -> bool:
        """Show these rows in these columns; False where nothing is otherwise than before."""
        titles = [column.title for column in shown]
        if list(lines) == self.items and titles == [column.title for column in self.columns]:
            return False
        self.columns = shown
        self.show_items(lines)
        return True

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.items[index.row()]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(line, self.columns[index.column()].title)
        if role == Qt.ItemDataRole.AccessibleTextRole and line.told is None and not index.column():
            return f"{line.title}, {'unfolded' if line.is_open else 'folded'}"
        return super().data(index, role)

    @override
    def tip(self, item: FindingLine, column: str) -> str | None:
        if item.told is None:
            return None
        shown = {one.title: one.text for one in self.columns}
        return plain_tip(item.told.finding.message if column == _WHAT else shown[column](item))

    @override
    def color(self, item: FindingLine, column: str) -> QColor | None:
        if column == _WEIGHT:
            return self._theme.tokens.color(SEVERITY_ICONS[item.severity][1])
        quiet = item.told is None and column != _WHAT
        return self._theme.tokens.color("text-quiet") if quiet else None

    @override
    def font(self, item: FindingLine, column: str) -> QFont | None:
        if item.told is not None or column != _WHAT:
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _sign(self, line: FindingLine, column: str) -> QIcon | None:
        if column == _WEIGHT:
            return self._icon(*SEVERITY_ICONS[line.severity])
        if column == _WHAT and line.told is None:
            return self._icon("next" if line.is_open else "folded", "text-quiet")
        return None

    def _icon(self, meaning: str, role: str) -> QIcon:
        if meaning not in self._icons:
            self._icons[meaning] = icon(meaning, self._theme.tokens.color(role))
        return self._icons[meaning]


class FindingsTable(QTableView):
    """Several rows can be chosen. `pressed_key` carries the key of a decision and whether Shift
    was held, `folded` whether the group of the row is to be open.
    """

    pressed_key = Signal(int, bool)
    folded = Signal(bool)

    def __init__(self, model: FindingsModel) -> None:
        super().__init__()
        self.lines = model
        self.setModel(model)
        self.setObjectName("findings")
        self.setAccessibleName("Findings")
        shape_table(self, (column.width for column in model.columns))
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(KeepColour(self))
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    @property
    def current(self) -> FindingLine | None:
        """The row on which the cursor is."""
        row = self.currentIndex().row()
        return self.lines.items[row] if 0 <= row < len(self.lines.items) else None

    @property
    def chosen(self) -> list[FindingLine]:
        """The selected rows, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.lines.items[row] for row in rows]

    def show_lines(
        self, lines: Sequence[FindingLine], shown: Sequence[ListColumn[FindingLine]]
    ) -> None:
        """Show these rows; cursor and selection stay with theirs, or else in the same place."""
        current, row = self.current, self.currentIndex().row()
        chosen = {_place(line) for line in self.chosen}
        if not self.lines.show_lines(lines, shown) or not lines:
            return
        places = {_place(line): number for number, line in enumerate(lines)}
        if current is not None and _place(current) in places:
            row = places[_place(current)]
        row = min(max(row, 0), len(lines) - 1)
        flags = QItemSelectionModel.SelectionFlag
        self.setCurrentIndex(self.lines.index(row, 0))
        again = self._ranges(sorted(places[place] for place in chosen if place in places))
        if len(chosen) > 1:
            self.selectionModel().select(again, flags.Select | flags.Rows)

    def select_head(self, group: str) -> None:
        """Move the cursor to the head of a group."""
        for row, line in enumerate(self.lines.items):
            if line.told is None and line.group == group:
                self.setCurrentIndex(self.lines.index(row, 0))
                return

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        is_plain = not held & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if is_plain and key in (Qt.Key.Key_F, Qt.Key.Key_A, Qt.Key.Key_O):
            self.pressed_key.emit(int(key), bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.folded.emit(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _ranges(self, rows: Sequence[int]) -> QItemSelection:
        """Rows as few ranges as can be."""
        found = QItemSelection()
        first = 0
        for at, row in enumerate(rows):
            if at + 1 == len(rows) or rows[at + 1] != row + 1:
                found.select(self.lines.index(rows[first], 0), self.lines.index(row, 0))
                first = at + 1
        return found


def _place(line: FindingLine) -> tuple[object, ...]:
    """By what a row is known again."""
    told = line.told
    return (line.group,) if told is None else (line.group, told.record, told.finding)
