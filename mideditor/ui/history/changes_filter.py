"""Above the changes: which of them are listed, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mideditor.domain.record import RecordId
from mideditor.session.log.reviewing import PERIODS, REVIEWED, Reviewed, ReviewFilter
from mideditor.ui.kit.choice_box import ChoiceBox
from mideditor.ui.kit.flow_row import FlowRow

SortKey = Callable[[Reviewed], tuple[int, ...]]

ORDERS: dict[str, SortKey] = {
    "by time": lambda one: (one.step.number,),
    "by record": lambda one: (one.line.record or 0, one.step.number),
}
"""Sort keys of the list, by name."""

EVERYBODY, EVERY_KIND = "everybody", "every kind"


class ChangesFilter(QWidget):
    """`changed` is emitted when the filter or the order was changed.

    ``shown`` gives the records that the table shows.
    """

    changed = Signal()

    def __init__(self, shown: Callable[[], Sequence[RecordId]]) -> None:
        super().__init__()
        self._shown = shown
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words of a change, its reason, its record")
        self.words.setAccessibleName("Narrow the changes by words")
        self.words.setClearButtonEnabled(True)
        self.author = ChoiceBox("Coder")
        self.kind = ChoiceBox("Kind", [EVERY_KIND, *(kind.label for kind in REVIEWED)])
        self.period = ChoiceBox("Period", PERIODS)
        self.order = ChoiceBox("Order", ORDERS)
        self.only_open = QCheckBox("only open")
        self.only_open.setChecked(True)
        self.only_shown = QCheckBox("only of the table")
        self.only_shown.setToolTip("Only of the records that the table is narrowed to")
        self._assemble()
        self._connect()

    @property
    def order_key(self) -> SortKey:
        """By what the changes are sorted."""
        return ORDERS[self.order.currentText()]

    def current(self) -> ReviewFilter:
        """The filter that is set."""
        kinds = {kind.label: kind for kind in REVIEWED}
        author = self.author.currentText()
        return ReviewFilter(
            words=self.words.text(),
            author="" if author == EVERYBODY else author,
            kind=kinds.get(self.kind.currentText()),
            since=PERIODS[self.period.currentText()](datetime.now().astimezone()),
            only_open=self.only_open.isChecked(),
            records=frozenset(self._shown()) if self.only_shown.isChecked() else None,
        )

    def offer_authors(self, authors: Sequence[str]) -> None:
        """Offer these coders; the selected one stays if it is among them."""
        selected = self.author.currentText()
        self.author.blockSignals(True)
        self.author.clear()
        self.author.addItems([EVERYBODY, *authors])
        self.author.setCurrentIndex(max(self.author.findText(selected), 0))
        self.author.blockSignals(False)

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _: self.changed.emit())
        for box in (self.author, self.kind, self.period, self.order):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        for tick in (self.only_open, self.only_shown):
            tick.toggled.connect(lambda _: self.changed.emit())

    def _assemble(self) -> None:
        filter_row = QHBoxLayout()
        filter_row.setSpacing(8)
        filter_row.addWidget(self.words, 1)
        choices = (self.author, self.kind, self.period, self.order)
        for widget in choices:
            filter_row.addWidget(widget)
        ticks = FlowRow(self.only_open, self.only_shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(filter_row)
        layout.addLayout(ticks)
