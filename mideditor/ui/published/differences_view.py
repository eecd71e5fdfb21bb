"""All differences with the published tables, as one list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mideditor.domain.fields import FIELDS
from mideditor.domain.reports.comparison import FieldComparison, Unmatched, Verdict
from mideditor.ui.kit.choice_box import ChoiceBox
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.compared_list import line_of, lines_of_unmatched
from mideditor.ui.published.field_choice import field_choices
from mideditor.ui.published.record_view import ListWithNote

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


class DifferencesView(QWidget):
    """All differences, narrowed by field and by verdict."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._fields: Sequence[FieldComparison] = ()
        self._unmatched: Unmatcheds = ((), ())
        self.field = ChoiceBox("Show differences of this field")
        self.verdict = ChoiceBox("Show differences with this verdict")
        self.list = ListWithNote(theme, "Differences")
        self._all = QPushButton("Mark all (Ctrl+A)")
        self._assemble()
        self.verdict.offer([(name, name) for name in _SHOWN], OPEN)
        self.field.activated.connect(lambda _: self._show())
        self.verdict.activated.connect(lambda _: self._show())
        self._all.clicked.connect(lambda: self.list.table.lines.mark_all(True))

    def show_fields(self, fields: Sequence[FieldComparison], unmatched: Unmatcheds) -> None:
        """Show the differences among these, and what stands on one side only."""
        self._fields, self._unmatched = fields, unmatched
        waiting = Counter(one.field for one in fields if one.is_open)
        there = {one.field: None for one in fields}
        chosen = self.field.currentData()
        choices = field_choices(list(there), waiting)
        self.field.offer([(None, "All fields"), *choices], chosen)
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
