"""The findings of the whole project: looked at by rule or by record, mended, accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules.table import RULES
from mideditor.session.checks.finding_groups import FindingFilter, filter_findings
from mideditor.session.checks.project_findings import ProjectFindings
from mideditor.ui.desk.desk import Desk
from mideditor.ui.findings.finding_buttons import FindingButtons
from mideditor.ui.findings.finding_texts import accept_question, explanation, finding_count
from mideditor.ui.findings.findings_head import ACCEPTED, BY_RECORD, OPEN, FindingsHead
from mideditor.ui.findings.findings_progress import FindingsProgress
from mideditor.ui.findings.findings_table import (
    FindingLine,
    FindingsModel,
    FindingsTable,
    finding_columns,
)
from mideditor.ui.findings.fixes import FindingActions, apply_fix
from mideditor.ui.findings.grouped_findings import GroupedFindings
from mideditor.ui.kit.reason_bar import ReasonBar
from mideditor.ui.look.theme import Theme

_LAST = 4
"""The column of fixes and reasons."""


class FindingsPanel(QWidget):
    """Lists the findings. `counted` tells how many are open.

    `fixes_found` carries a rule and what all its certain fixes would change, to be looked at.
    ``in_table`` gives the records that the table shows.
    """

    counted = Signal(int)
    fixes_found = Signal(str, object)

    def __init__(
        self, desk: Desk, theme: Theme, in_table: Callable[[], Collection[RecordId]]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._in_table = in_table
        self.gathering = ProjectFindings(desk.session, desk.checks)
        self.head = FindingsHead(self)
        self.bar = ReasonBar()
        self.table = FindingsTable(FindingsModel(theme))
        self.told = QLabel()
        self.empty = QLabel()
        self.buttons = FindingButtons()
        self.lane = desk.scheduler.lane(self, background=True)
        self.mending = FindingActions(desk, desk.scheduler.lane(self))
        self._grouped = GroupedFindings()
        self._progress = FindingsProgress(desk, self.gathering, self.head, self.mending, self.lane)
        self._comes_back = False
        self._assemble()
        self._connect(theme)
        self._progress.go_on()
        self.refresh()

    def begin(self) -> None:
        """Put the cursor into the list."""
        if self.table.isHidden():
            self.head.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._comes_back = True
            return
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.lines.index(0, 0))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def whole(self) -> list[FindingRow] | None:
        """All findings, those that were accepted last; None while they are being gathered."""
        if self.gathering.waiting:
            return None
        return [*self.gathering.open(), *self.gathering.accepted()]

    def refresh(self) -> None:
        """Show what is wanted of the findings, if the panel is in front."""
        self.counted.emit(self.gathering.open_count)
        if not self.isVisible():
            return
        there = self.gathering.accepted() if self._shows_accepted else self.gathering.open()
        wanted = filter_findings(there, self._filter())
        is_by_record = self.head.grouping.current == BY_RECORD
        self.table.show_lines(
            self._grouped.arrange(wanted, is_by_record=is_by_record),
            finding_columns(by_record=is_by_record, accepted=self._shows_accepted),
        )
        self._tell(there, wanted)

    def chosen(self) -> list[FindingRow]:
        """The findings of the selected rows; of the head of a group all that it has."""
        found: dict[int, FindingRow] = {}
        for line in self.table.chosen:
            found |= {id(told): told for told in self._grouped.members(line)}
        return list(found.values())

    def fix(self) -> None:
        """Do what certainly mends the finding on which the cursor is."""
        line = self.table.current
        if self._desk.session.read_only or line is None:
            return
        if line.told is None:
            self._desk.say("Choose one finding, or press Shift+F to mend all of a rule.")
        elif line.told.finding.fix is None:
            self._desk.say(
                "What would mend it is not certain: Enter goes to the field, A accepts the finding."
            )
        else:
            apply_fix(self._desk, line.told.record, line.told.finding)

    def fix_all(self) -> None:
        """Work out what would mend all findings of the rule that are shown, and offer it."""
        rule = self.table.current.rule if self.table.current else None
        if self._desk.session.read_only or rule is None:
            return
        records = sorted({row.record for row in self._grouped.with_fix(rule)})
        if not records:
            self._desk.say(f"No finding of “{rule}” has a certain fix.")
            return
        self.mending.find_fixes(rule, records, lambda values: self.fixes_found.emit(rule, values))

    def accept(self) -> None:
        """Accept the chosen findings, with the reason of the edit bar or one that is asked for."""
        chosen = self.chosen()
        if self._desk.session.read_only or self._shows_accepted or not chosen:
            return
        if len(chosen) == 1 and self._desk.reason:
            self.mending.accept(chosen, self._desk.reason)
            return
        self.bar.ask(
            lambda: accept_question(len(chosen)),
            f"Accept {len(chosen):,}",
            (self._desk.reason, None),
            lambda reason, _: self.mending.accept(chosen, reason),
        )

    def open_again(self) -> None:
        """Take back that the chosen findings were accepted."""
        chosen = self.chosen()
        if self._shows_accepted and chosen and not self._desk.session.read_only:
            self.mending.open_again(chosen)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # Helpers, in call order

    @property
    def _shows_accepted(self) -> bool:
        return self.head.state.current == ACCEPTED

    def _filter(self) -> FindingFilter:
        return FindingFilter(
            words=self.head.words.text(),
            severity=self.head.chosen_severity,
            rule=self.head.chosen_rule,
            records=frozenset(self._in_table()) if self.head.only_shown.isChecked() else None,
        )

    def _tell(self, there: Sequence[FindingRow], shown: Sequence[FindingRow]) -> None:
        counts = Counter(told.finding.rule for told in there)
        self.head.show_rules({rule: counts[rule] for rule in RULES if counts[rule]})
        accepted = len(there) if self._shows_accepted else len(self.gathering.accepted())
        self.head.state.set_title(OPEN, f"Open ({self.gathering.open_count:,})")
        self.head.state.set_title(ACCEPTED, f"Accepted ({accepted:,})")
        if not self.lane.running:
            self.head.show_count(finding_count(shown, len(there)))
        self.empty.setText(self._why_empty(bool(there)))
        self._show_list(bool(shown))
        fixes = any(told.finding.fix for told in shown)
        self.table.setColumnHidden(_LAST, not (fixes or self._shows_accepted))
        self._show_one()

    def _show_list(self, any_shown: bool) -> None:
        """Show the list, or why it is empty; the cursor stays in the panel, and comes back."""
        was_there = self.table.hasFocus()
        self.empty.setVisible(not any_shown)
        self.table.setVisible(any_shown)
        if was_there and not any_shown:
            self.head.words.setFocus()
            self._comes_back = True
        elif self._comes_back and any_shown:
            self._comes_back = False
            if self.head.words.hasFocus() and not self.head.words.text():
                self.begin()

    def _why_empty(self, any_there: bool) -> str:
        if any_there:
            return "No finding is like this. Clear the words, or choose every weight and rule."
        if self.gathering.waiting:
            return "The records are being looked at."
        if self._shows_accepted:
            return "No finding was accepted. The key A accepts one, with a reason."
        return "Nothing was found." if self._desk.session.ids() else "There are no records yet."

    def _show_one(self) -> None:
        """Say all about the row of the cursor, and put its record on the desk."""
        line = self.table.current
        self._show_possible(line)
        if line is None or self.table.isHidden():
            self.told.hide()
            return
        self.told.setText(explanation(self._desk.session, line))
        self.told.setVisible(bool(self.told.text()))
        if line.told is not None and self.table.hasFocus():
            self._desk.select(line.told.record)

    def _show_possible(self, line: FindingLine | None) -> None:
        rule = line.rule if line else None
        self.buttons.show_possible(
            line,
            writable=not self._desk.session.read_only,
            accepted=self._shows_accepted,
            rule_has_fix=rule is not None and bool(self._grouped.with_fix(rule)),
        )

    def _go_to(self) -> None:
        """Go to the field of a finding, with the words in question; fold or unfold a group."""
        line = self.table.current
        if line is None:
            return
        if line.told is None:
            self._fold(not line.is_open)
        else:
            self._desk.select(line.told.record)
            self._desk.focus_field(line.told.finding.field, line.told.finding.quote)

    def _fold(self, is_open: bool) -> None:
        """Fold or unfold the group of the row; folded from within, the cursor goes to its head."""
        line = self.table.current
        if line is None:
            return
        if not is_open:
            self.table.select_head(line.group)
        self._grouped.fold(line.group, is_open=is_open)
        self.refresh()

    def _take_key(self, key: int, with_shift: bool) -> None:
        if key == Qt.Key.Key_A:
            self.accept()
        elif key == Qt.Key.Key_O:
            self.open_again()
        elif not self._shows_accepted:
            self.fix_all() if with_shift else self.fix()

    def _connect(self, theme: Theme) -> None:
        self.head.changed.connect(self._narrow)
        self.table.pressed_key.connect(self._take_key)
        self.table.folded.connect(self._fold)
        self.table.activated.connect(lambda _: self._go_to())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_one())
        self.bar.closed.connect(lambda: self.table.setFocus())
        for name, action in (
            ("fix", self.fix),
            ("all", self.fix_all),
            ("accept", self.accept),
            ("open", self.open_again),
            ("go", self._go_to),
        ):
            self.buttons[name].clicked.connect(lambda _=False, action=action: action())
        self._progress.refreshed.connect(self.refresh)
        theme.changed.connect(self.table.viewport().update)

    def _narrow(self) -> None:
        self._grouped.forget_folds()
        self.refresh()

    def _assemble(self) -> None:
        for label in (self.told, self.empty):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.empty.setProperty("role", "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.head)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.told)
        layout.addLayout(self.buttons.row())
