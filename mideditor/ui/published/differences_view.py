"""The list of all differences from the published tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mideditor.domain.fields import FIELDS
from mideditor.domain.reports.comparison import FieldComparison, Unmatched, Verdict
from mideditor.ui.kit.choice_box import ChoiceBox
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.compared_list import compared_row, unmatched_rows
from mideditor.ui.published.field_choice import field_choices
from mideditor.ui.published.record_view import ListWithNote

UnmatchedPair = tuple[Sequence[Unmatched], Sequence[Unmatched]]
"""Entries that are not published, and published disputes that are not in the project."""

Condition = Callable[[FieldComparison], bool]
OPEN, ACCEPTED, UNMATCHED = "All that wait", "Accepted", "On one side only"


def _open_with(verdict: Verdict) -> Condition:
    return lambda one: one.is_open and one.verdict is verdict


_CONDITIONS: dict[str, Condition] = {
    OPEN: lambda one: one.is_open,
    **{
        str(verdict).capitalize(): _open_with(verdict)
        for verdict in Verdict
        if verdict is not Verdict.AGREE
    },
    ACCEPTED: lambda one: bool(one.accepted),
    UNMATCHED: lambda _: False,
}
"""The choices of the verdict filter, with the condition of each."""


class DifferencesView(QWidget):
    """All differences, filtered by field and by verdict."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fields: Sequence[FieldComparison] = ()
        self._unmatched: UnmatchedPair = ((), ())
        self.field = ChoiceBox("Show differences of this field")
        self.verdict = ChoiceBox("Show differences with this verdict")
        self.list = ListWithNote(theme, "Differences")
        self._all = QPushButton("Mark all (Ctrl+A)")
        self._assemble()
        self.verdict.offer([(name, name) for name in _CONDITIONS], OPEN)
        self.field.activated.connect(lambda _: self._show())
        self.verdict.activated.connect(lambda _: self._show())
        self._all.clicked.connect(lambda: self.list.table.lines.mark_all(True))

    def show_fields(self, fields: Sequence[FieldComparison], unmatched: UnmatchedPair) -> None:
        """Show the differences among these fields, and the unmatched entries and disputes."""
        self._fields, self._unmatched = fields, unmatched
        open_counts = Counter(one.field for one in fields if one.is_open)
        names = dict.fromkeys(one.field for one in fields)
        selected = self.field.currentData()
        choices = field_choices(list(names), open_counts)
        self.field.offer([(None, "All fields"), *choices], selected)
        self._show()

    def begin(self) -> None:
        """Focus the list."""
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        field, selected = self.field.currentData(), self.verdict.currentData()
        if selected == UNMATCHED:
            lines = [line for part in self._unmatched for line in unmatched_rows(part)]
        else:
            fields = (one for one in self._fields if field in (None, one.field))
            lines = [compared_row(one) for one in fields if _CONDITIONS[selected](one)]
        self.field.setEnabled(selected != UNMATCHED)
        self.list.show_lines(lines, _why_empty(field, selected))
        self._all.setEnabled(any(line.can_apply for line in lines))

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.field)
        top.addWidget(self.verdict)
        top.addStretch()
        top.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.list, 1)


def _why_empty(field: str | None, selected: str) -> str:
    if selected == OPEN:
        of_field = f" of {FIELDS[field].label}" if field else ""
        return f"No difference{of_field} waits to be looked at."
    if selected == ACCEPTED:
        return "No difference has been accepted. The key A accepts one, with a reason."
    if selected == UNMATCHED:
        return "Every entry is published, and no dispute of these dyads is lacking."
    return f"None: {selected.lower()}."
