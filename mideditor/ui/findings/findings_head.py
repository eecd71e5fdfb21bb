"""The head of the findings panel: grouping, filters, and progress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mideditor.domain.rules import Severity
from mideditor.ui.kit.flow_row import FlowRow
from mideditor.ui.kit.switch import Switch
from mideditor.ui.kit.work_bar import WorkBar
from mideditor.ui.look.text_size import FollowTextSize, scaled

EVERY_WEIGHT, EVERY_RULE = "every weight", "every rule"
BY_RULE, BY_RECORD = 0, 1
OPEN, ACCEPTED = 0, 1
_WORDS_WIDTH, _RULE_LETTERS = 190, 16


class FindingsHead(QWidget):
    """`changed` is emitted when a filter or the grouping changes.

    `stopped` is emitted by the button that stops the running work. Keys 1 to 4 click the buttons of
    the switches anywhere in ``panel``.
    """

    changed = Signal()
    stopped = Signal()

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.grouping = Switch("Group", ("By rule", "By record"), 1, panel)
        self.state = Switch("Show", ("Open", "Accepted"), 3, panel)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words of a finding")
        self.words.setAccessibleName("Narrow the findings by words")
        self.words.setClearButtonEnabled(True)
        self.severity = QComboBox()
        self.severity.setAccessibleName("Weight")
        self.severity.addItem(EVERY_WEIGHT, None)
        for severity in Severity:
            self.severity.addItem(f"only {severity}s", severity)
        self.rule = QComboBox()
        self.rule.setAccessibleName("Rule")
        self.rule.setMinimumContentsLength(_RULE_LETTERS)
        self.rule.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.only_shown = QCheckBox("only of the records in the table")
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.progress = WorkBar()
        self.stop = QPushButton("Stop")
        self.show_rules({})
        self._assemble()
        self._connect()
        self.show_rest()

    @property
    def chosen_rule(self) -> str:
        """The rule to filter by, "" for all."""
        return self.rule.currentData() or ""

    @property
    def chosen_severity(self) -> Severity | None:
        """The severity to filter by, None for all."""
        # Qt returns a string enumeration as a plain string.
        severity = self.severity.currentData()
        return None if severity is None else Severity(severity)

    def show_rules(self, counts: dict[str, int]) -> None:
        """Offer these rules with their counts; the selected one stays, even without findings."""
        selected = self.chosen_rule
        offered: Sequence[str] = [
            *counts,
            *([selected] if selected and selected not in counts else []),
        ]
        texts = [EVERY_RULE, *(f"{rule} ({counts.get(rule, 0):,})" for rule in offered)]
        if texts == [self.rule.itemText(row) for row in range(self.rule.count())]:
            return
        self.rule.blockSignals(True)
        self.rule.clear()
        for text, rule in zip(texts, ("", *offered), strict=True):
            self.rule.addItem(text, rule)
        self.rule.setCurrentIndex(max(self.rule.findData(selected), 0))
        self.rule.blockSignals(False)

    def show_count(self, text: str) -> None:
        """Show how many findings there are."""
        self.count.setText(text)

    def show_work(self, *, may_stop: bool) -> None:
        """Show the progress bar, and with ``may_stop`` the button to stop the work."""
        self.progress.show()
        self.stop.setVisible(may_stop)

    def show_progress(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` is done."""
        self.progress.show_progress(done, total)

    def show_rest(self) -> None:
        """Hide the progress; no work is running."""
        self.progress.hide()
        self.stop.hide()

    def _assemble(self) -> None:
        FollowTextSize(self.words, lambda _: self.words.setFixedWidth(scaled(_WORDS_WIDTH)))
        self.words.setFixedWidth(scaled(_WORDS_WIDTH))
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        FollowTextSize(self.count, lambda _: self._align())
        self._align()
        switches = FlowRow(self.grouping, self.state, self.progress, self.stop, self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(switches)
        layout.addLayout(FlowRow(self.words, self.severity, self.rule, self.only_shown))

    def _align(self) -> None:
        """Centre text vertically in rows with taller widgets."""
        self.count.setMinimumHeight(self.grouping.sizeHint().height())
        self.only_shown.setMinimumHeight(self.words.sizeHint().height())

    def _connect(self) -> None:
        self.grouping.switched.connect(self.changed)
        self.state.switched.connect(self.changed)
        self.words.textChanged.connect(lambda _: self.changed.emit())
        for box in (self.severity, self.rule):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.only_shown.toggled.connect(lambda _: self.changed.emit())
        self.stop.clicked.connect(self.stopped)
