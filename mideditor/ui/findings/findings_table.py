"""The table of findings under the heads of their groups, which can be folded."""

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
"""Icon and colour role of each severity; the icon is always shown with the word."""
_INDENT = "      "
_WHAT, _WEIGHT = "What is found", "Weight"


@dataclass(frozen=True)
class FindingLine:
    """A row: a finding, or the head of a group, with its counts and no ``finding_row``."""

    group: str
    title: str
    severity: Severity
    finding_row: FindingRow | None = None
    count: int = 0
    fixes: int = 0
    is_open: bool = False

    @property
    def rule(self) -> str | None:
        """The rule of the finding or of the group; None for the group of a record."""
        if self.finding_row is not None:
            return self.finding_row.finding.rule
        return self.group if self.group in RULES else None


def lines_of_group(group: FindingGroup, *, is_open: bool) -> list[FindingLine]:
    """The rows of a group: its head, and its findings if the group is unfolded."""
    fixes = sum(member.finding.fix is not None for member in group.members)
    count = len(group.members)
    head = FindingLine(group.key, group.title, group.severity, None, count, fixes, is_open)
    if not is_open:
        return [head]
    return [
        head,
        *(FindingLine(group.key, "", row.finding.severity, row) for row in group.members),
    ]


def finding_columns(*, by_record: bool, accepted: bool) -> tuple[ListColumn[FindingLine], ...]:
    """The columns; the rule is shown if findings are grouped by record, else the record."""
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
    if line.finding_row is None:
        return line.title
    return _INDENT + line.finding_row.finding.message


def _counted(line: FindingLine) -> str:
    return quantity(line.count, "finding", separator=",")


def _record(line: FindingLine) -> str:
    return _counted(line) if line.finding_row is None else line.finding_row.title


def _rule(line: FindingLine) -> str:
    return _counted(line) if line.finding_row is None else line.finding_row.finding.rule


def _field(line: FindingLine) -> str:
    return "" if line.finding_row is None else FIELDS[line.finding_row.finding.field].label


def _fix(line: FindingLine) -> str:
    if line.finding_row is None:
        return f"{line.fixes:,}" if line.fixes else ""
    return line.finding_row.finding.fix.label if line.finding_row.finding.fix else ""


def _reason(line: FindingLine) -> str:
    return "" if line.finding_row is None else line.finding_row.reason or ""


class FindingsModel(ListModel[FindingLine]):
    """One row per finding or group, with an icon of its severity."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(finding_columns(by_record=False, accepted=False))
        self._theme = theme
        self._icons: dict[str, QIcon] = {}
        theme.changed.connect(self._icons.clear)

    def show_lines(
        self, lines: Sequence[FindingLine], shown: Sequence[ListColumn[FindingLine]]
    ) -> bool:
        """Show these rows in these columns; False if nothing has changed."""
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
        if (
            role == Qt.ItemDataRole.AccessibleTextRole
            and line.finding_row is None
            and not index.column()
        ):
            return f"{line.title}, {'unfolded' if line.is_open else 'folded'}"
        return super().data(index, role)

    @override
    def tip(self, item: FindingLine, column: str) -> str | None:
        if item.finding_row is None:
            return None
        shown = {one.title: one.text for one in self.columns}
        return plain_tip(
            item.finding_row.finding.message if column == _WHAT else shown[column](item)
        )

    @override
    def color(self, item: FindingLine, column: str) -> QColor | None:
        if column == _WEIGHT:
            return self._theme.tokens.color(SEVERITY_ICONS[item.severity][1])
        quiet = item.finding_row is None and column != _WHAT
        return self._theme.tokens.color("text-quiet") if quiet else None

    @override
    def font(self, item: FindingLine, column: str) -> QFont | None:
        if item.finding_row is not None or column != _WHAT:
            return None
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _sign(self, line: FindingLine, column: str) -> QIcon | None:
        if column == _WEIGHT:
            return self._icon(*SEVERITY_ICONS[line.severity])
        if column == _WHAT and line.finding_row is None:
            return self._icon("next" if line.is_open else "folded", "text-quiet")
        return None

    def _icon(self, meaning: str, role: str) -> QIcon:
        if meaning not in self._icons:
            self._icons[meaning] = icon(meaning, self._theme.tokens.color(role))
        return self._icons[meaning]


class FindingsTable(QTableView):
    """`key_pressed` carries the key of an action and whether Shift was held.

    `folded` carries whether the group of the current row is to be unfolded.
    """

    key_pressed = Signal(int, bool)
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
        """The current row."""
        row = self.currentIndex().row()
        return self.lines.items[row] if 0 <= row < len(self.lines.items) else None

    @property
    def selected(self) -> list[FindingLine]:
        """The selected rows, top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.lines.items[row] for row in rows]

    def show_lines(
        self, lines: Sequence[FindingLine], shown: Sequence[ListColumn[FindingLine]]
    ) -> None:
        """Show these rows and keep the current row and the selection, if they still exist."""
        current, row = self.current, self.currentIndex().row()
        selected = {_row_key(line) for line in self.selected}
        if not self.lines.show_lines(lines, shown) or not lines:
            return
        places = {_row_key(line): number for number, line in enumerate(lines)}
        if current is not None and _row_key(current) in places:
            row = places[_row_key(current)]
        row = min(max(row, 0), len(lines) - 1)
        flags = QItemSelectionModel.SelectionFlag
        self.setCurrentIndex(self.lines.index(row, 0))
        selection = self._ranges(sorted(places[key] for key in selected if key in places))
        if len(selected) > 1:
            self.selectionModel().select(selection, flags.Select | flags.Rows)

    def select_head(self, group: str) -> None:
        """Make the head of a group the current row."""
        for row, line in enumerate(self.lines.items):
            if line.finding_row is None and line.group == group:
                self.setCurrentIndex(self.lines.index(row, 0))
                return

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        is_plain = not held & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if is_plain and key in (Qt.Key.Key_F, Qt.Key.Key_A, Qt.Key.Key_O):
            self.key_pressed.emit(int(key), bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.folded.emit(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _ranges(self, rows: Sequence[int]) -> QItemSelection:
        """The selection of these rows, in as few ranges as possible."""
        found = QItemSelection()
        first = 0
        for at, row in enumerate(rows):
            if at + 1 == len(rows) or rows[at + 1] != row + 1:
                found.select(self.lines.index(rows[first], 0), self.lines.index(row, 0))
                first = at + 1
        return found


def _row_key(line: FindingLine) -> tuple[object, ...]:
    """Identifies a row across updates."""
    row = line.finding_row
    return (line.group,) if row is None else (line.group, row.record, row.finding)
