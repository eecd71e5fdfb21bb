"""The panel with the findings of the whole project, to review, fix and accept them."""

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

_LAST_COLUMN = 4
"""The index of the column with fixes or reasons."""


class FindingsPanel(QWidget):
    """Lists the findings. `counted` carries the number of open ones.

    `fixes_found` carries a rule and the changes of all its certain fixes, for review. ``in_table``
    gives the records that the table shows.
    """

    counted = Signal(int)
    fixes_found = Signal(str, object)

    def __init__(
        self, desk: Desk, theme: Theme, in_table: Callable[[], Collection[RecordId]]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._in_table = in_table
        self.project_findings = ProjectFindings(desk.session, desk.checks)
        self.head = FindingsHead(self)
        self.bar = ReasonBar()
        self.table = FindingsTable(FindingsModel(theme))
        self.details = QLabel()
        self.empty = QLabel()
        self.buttons = FindingButtons()
        self.lane = desk.scheduler.lane(self, background=True)
        self.finding_actions = FindingActions(desk, desk.scheduler.lane(self))
        self._grouped = GroupedFindings()
        self._progress = FindingsProgress(
            desk, self.project_findings, self.head, self.finding_actions, self.lane
        )
        self._restores_focus = False
        self._assemble()
        self._connect(theme)
        self._progress.check_next()
        self.refresh()

    def begin(self) -> None:
        """Focus the list, or the filter if there is no list."""
        if self.table.isHidden():
            self.head.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._restores_focus = True
            return
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.lines.index(0, 0))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def all_findings(self) -> list[FindingRow] | None:
        """All findings, open ones first; None while records are still being checked."""
        if self.project_findings.waiting:
            return None
        return [*self.project_findings.open(), *self.project_findings.accepted()]

    def refresh(self) -> None:
        """Apply the filters and update the list, if the panel is visible."""
        self.counted.emit(self.project_findings.open_count)
        if not self.isVisible():
            return
        findings = (
            self.project_findings.accepted()
            if self._shows_accepted
            else self.project_findings.open()
        )
        filtered = filter_findings(findings, self._filter())
        is_by_record = self.head.grouping.current == BY_RECORD
        self.table.show_lines(
            self._grouped.arrange(filtered, is_by_record=is_by_record),
            finding_columns(by_record=is_by_record, accepted=self._shows_accepted),
        )
        self._update_contents(findings, filtered)

    def selected(self) -> list[FindingRow]:
        """The findings of the selected rows; the head of a group stands for all of its findings."""
        found: dict[int, FindingRow] = {}
        for line in self.table.selected:
            found |= {id(row): row for row in self._grouped.members(line)}
        return list(found.values())

    def fix(self) -> None:
        """Apply the certain fix of the current finding."""
        line = self.table.current
        if self._desk.session.read_only or line is None:
            return
        if line.finding_row is None:
            self._desk.say("Choose one finding, or press Shift+F to mend all of a rule.")
        elif line.finding_row.finding.fix is None:
            self._desk.say(
                "What would mend it is not certain: Enter goes to the field, A accepts the finding."
            )
        else:
            apply_fix(self._desk, line.finding_row.record, line.finding_row.finding)

    def fix_all(self) -> None:
        """Plan the certain fixes of all findings shown of the current rule, and offer them."""
        rule = self.table.current.rule if self.table.current else None
        if self._desk.session.read_only or rule is None:
            return
        records = sorted({row.record for row in self._grouped.with_certain_fix(rule)})
        if not records:
            self._desk.say(f"No finding of “{rule}” has a certain fix.")
            return
        self.finding_actions.find_fixes(
            rule, records, lambda values: self.fixes_found.emit(rule, values)
        )

    def accept(self) -> None:
        """Accept the selected findings; asks for a reason if there are several or none is given."""
        selected = self.selected()
        if self._desk.session.read_only or self._shows_accepted or not selected:
            return
        if len(selected) == 1 and self._desk.reason:
            self.finding_actions.accept(selected, self._desk.reason)
            return
        self.bar.ask(
            lambda: accept_question(len(selected)),
            f"Accept {len(selected):,}",
            (self._desk.reason, None),
            lambda reason, _: self.finding_actions.accept(selected, reason),
        )

    def reopen(self) -> None:
        """Reopen the selected findings, if they were accepted."""
        selected = self.selected()
        if self._shows_accepted and selected and not self._desk.session.read_only:
            self.finding_actions.reopen(selected)

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
            severity=self.head.selected_severity,
            rule=self.head.selected_rule,
            records=frozenset(self._in_table()) if self.head.only_shown.isChecked() else None,
        )

    def _update_contents(self, findings: Sequence[FindingRow], shown: Sequence[FindingRow]) -> None:
        counts = Counter(row.finding.rule for row in findings)
        self.head.show_rules({rule: counts[rule] for rule in RULES if counts[rule]})
        accepted = len(findings) if self._shows_accepted else len(self.project_findings.accepted())
        self.head.state.set_title(OPEN, f"Open ({self.project_findings.open_count:,})")
        self.head.state.set_title(ACCEPTED, f"Accepted ({accepted:,})")
        if not self.lane.running:
            self.head.show_count(finding_count(shown, len(findings)))
        self.empty.setText(self._why_empty(bool(findings)))
        self._show_list(bool(shown))
        fixes = any(row.finding.fix for row in shown)
        self.table.setColumnHidden(_LAST_COLUMN, not (fixes or self._shows_accepted))
        self._show_current()

    def _show_list(self, any_shown: bool) -> None:
        """Show the list or why it is empty. Focus moves to the filter meanwhile, and back again."""
        had_focus = self.table.hasFocus()
        self.empty.setVisible(not any_shown)
        self.table.setVisible(any_shown)
        if had_focus and not any_shown:
            self.head.words.setFocus()
            self._restores_focus = True
        elif self._restores_focus and any_shown:
            self._restores_focus = False
            if self.head.words.hasFocus() and not self.head.words.text():
                self.begin()

    def _why_empty(self, any_findings: bool) -> str:
        if any_findings:
            return "No finding is like this. Clear the words, or choose every weight and rule."
        if self.project_findings.waiting:
            return "The records are being looked at."
        if self._shows_accepted:
            return "No finding was accepted. The key A accepts one, with a reason."
        return "Nothing was found." if self._desk.session.ids() else "There are no records yet."

    def _show_current(self) -> None:
        """Describe the current row, and select its record."""
        line = self.table.current
        self._update_buttons(line)
        if line is None or self.table.isHidden():
            self.details.hide()
            return
        self.details.setText(explanation(self._desk.session, line))
        self.details.setVisible(bool(self.details.text()))
        if line.finding_row is not None and self.table.hasFocus():
            self._desk.select(line.finding_row.record)

    def _update_buttons(self, line: FindingLine | None) -> None:
        rule = line.rule if line else None
        self.buttons.update_state(
            line,
            writable=not self._desk.session.read_only,
            accepted=self._shows_accepted,
            rule_has_fix=rule is not None and bool(self._grouped.with_certain_fix(rule)),
        )

    def _go_to(self) -> None:
        """Go to the field and the quoted words of a finding; on a group, fold or unfold it."""
        line = self.table.current
        if line is None:
            return
        if line.finding_row is None:
            self._fold(not line.is_open)
        else:
            self._desk.select(line.finding_row.record)
            self._desk.focus_field(line.finding_row.finding.field, line.finding_row.finding.quote)

    def _fold(self, is_open: bool) -> None:
        """Fold or unfold the group of the current row; folding makes its head the current row."""
        line = self.table.current
        if line is None:
            return
        if not is_open:
            self.table.select_head(line.group)
        self._grouped.fold(line.group, is_open=is_open)
        self.refresh()

    def _on_key_pressed(self, key: int, with_shift: bool) -> None:
        if key == Qt.Key.Key_A:
            self.accept()
        elif key == Qt.Key.Key_O:
            self.reopen()
        elif not self._shows_accepted:
            self.fix_all() if with_shift else self.fix()

    def _connect(self, theme: Theme) -> None:
        self.head.changed.connect(self._on_filter_changed)
        self.table.key_pressed.connect(self._on_key_pressed)
        self.table.folded.connect(self._fold)
        self.table.activated.connect(lambda _: self._go_to())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())
        self.bar.closed.connect(lambda: self.table.setFocus())
        for name, action in (
            ("fix", self.fix),
            ("all", self.fix_all),
            ("accept", self.accept),
            ("open", self.reopen),
            ("go", self._go_to),
        ):
            self.buttons[name].clicked.connect(lambda _=False, action=action: action())
        self._progress.refreshed.connect(self.refresh)
        theme.changed.connect(self.table.viewport().update)

    def _on_filter_changed(self) -> None:
        self._grouped.forget_folds()
        self.refresh()

    def _assemble(self) -> None:
        for label in (self.details, self.empty):
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
        layout.addWidget(self.details)
        layout.addLayout(self.buttons.row())
