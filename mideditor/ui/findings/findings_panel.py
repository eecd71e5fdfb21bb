"""The findings of the whole project: looked at by rule or by record, mended, accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from mideditor.domain.counting import plural, quantity
from mideditor.domain.excerpts import as_line, excerpts
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import RecordId
from mideditor.domain.reports.finding_row import FindingRow
from mideditor.domain.rules.table import RULES
from mideditor.session.checks.finding_groups import (
    FindingFilter,
    FindingGroup,
    by_record,
    by_rule,
    filter_findings,
)
from mideditor.session.checks.fixes import FieldValues, preview
from mideditor.session.checks.project_findings import ProjectFindings
from mideditor.session.session import Changed
from mideditor.session.work import FEW_RECORDS
from mideditor.ui.desk.desk import Desk
from mideditor.ui.findings.findings_head import ACCEPTED, BY_RECORD, OPEN, FindingsHead
from mideditor.ui.findings.findings_table import (
    FindingLine,
    FindingsModel,
    FindingsTable,
    finding_columns,
    lines_of_group,
)
from mideditor.ui.findings.fixes import FindingActions, apply_fix
from mideditor.ui.kit.flow_row import FlowRow
from mideditor.ui.kit.reason_bar import ReasonBar
from mideditor.ui.look.theme import Theme

_UNFOLDED = 40
"""So many findings are shown unfolded without being asked for."""
_REPAINT = 0.3
"""Seconds between two looks at what is being gathered."""
_AROUND = 4
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
        self.buttons = {
            "fix": QPushButton("Fix (F)"),
            "all": QPushButton("Fix all of the rule… (Shift+F)"),
            "accept": QPushButton("Accept… (A)"),
            "open": QPushButton("Open again (O)"),
            "go": QPushButton("Go to the field (Enter)"),
        }
        self.lane = desk.scheduler.lane(self, background=True)
        self.mending = FindingActions(desk, desk.scheduler.lane(self))
        self._groups: dict[str, FindingGroup] = {}
        self._unfolded: dict[str, bool] = {}
        self._painted = 0.0
        self._comes_back = False
        self._assemble()
        self._connect(theme)
        self._go_on()
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
        self._painted = monotonic()
        if not self.isVisible():
            return
        there = self.gathering.accepted() if self._shows_accepted else self.gathering.open()
        wanted = filter_findings(there, self._filter())
        is_by_record = self.head.grouping.current == BY_RECORD
        groups = by_record(wanted) if is_by_record else by_rule(wanted)
        self._groups = {group.key: group for group in groups}
        unfolded = is_by_record or len(wanted) <= _UNFOLDED
        lines = [
            line
            for group in groups
            for line in lines_of_group(group, is_open=self._unfolded.get(group.key, unfolded))
        ]
        self.table.show_lines(
            lines, finding_columns(by_record=is_by_record, accepted=self._shows_accepted)
        )
        self._tell(there, wanted)

    def chosen(self) -> list[FindingRow]:
        """The findings of the selected rows; of the head of a group all that it has."""
        found: dict[int, FindingRow] = {}
        for line in self.table.chosen:
            its = self._groups[line.group].members if line.told is None else (line.told,)
            found |= {id(told): told for told in its}
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
        rule = self._rule()
        if self._desk.session.read_only or rule is None:
            return
        records = self._with_fixes(rule)
        if not records:
            self._desk.say(f"No finding of “{rule}” has a certain fix.")
            return
        self.mending.find_fixes(rule, records, lambda values: self._offer(rule, values))

    def accept(self) -> None:
        """Accept the chosen findings, with the reason of the edit bar or one that is asked for."""
        chosen = self.chosen()
        if self._desk.session.read_only or self._shows_accepted or not chosen:
            return
        if len(chosen) == 1 and self._desk.reason:
            self.mending.accept(chosen, self._desk.reason)
            return
        one = "Accept the finding, and say why. It stays quiet until what it speaks of changes."
        many = (
            f"Accept {len(chosen):,} findings, and say why. "
            "They stay quiet until what they speak of changes."
        )
        self.bar.ask(
            lambda: one if len(chosen) == 1 else many,
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
            self.head.show_count(_count(len(shown), len(there), len({one.record for one in shown})))
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
        self._weigh(line)
        if line is None or self.table.isHidden():
            self.told.hide()
            return
        self.told.setText(self._all_about(line))
        self.told.setVisible(bool(self.told.text()))
        if line.told is not None and self.table.hasFocus():
            self._desk.select(line.told.record)

    def _all_about(self, line: FindingLine) -> str:
        if line.told is None:
            rule = RULES.get(line.group)
            return f"{rule.what} Source: {rule.source}." if rule else ""
        finding = line.told.finding
        parts = [f"{finding.message} ({finding.rule}; source: {RULES[finding.rule].source})"]
        if line.told.reason is not None:
            parts.append(f"Accepted: {line.told.reason}")
        elif finding.fix is not None:
            parts.append(f"F, as a correction: {self._fix_in_words(line.told)}")
        return "\n".join(parts)

    def _fix_in_words(self, told: FindingRow) -> str:
        fix = told.finding.fix
        assert fix is not None
        changes = []
        for one in preview(self._desk.session, {told.record: fix.values}):
            old, new = map(as_line, excerpts(one.before, one.after, _AROUND))
            changes.append(f"{FIELDS[one.field].label}, {old or '—'} → {new or '—'}")
        return f"{fix.label}. {'; '.join(changes)}"

    def _weigh(self, line: FindingLine | None) -> None:
        """Let only those buttons be pressed that would do something."""
        can = not self._desk.session.read_only and line is not None
        told = line.told if line else None
        rule = self._rule()
        is_open = can and not self._shows_accepted
        self.buttons["fix"].setEnabled(is_open and told is not None and bool(told.finding.fix))
        self.buttons["all"].setEnabled(is_open and rule is not None and bool(self._fixes(rule)))
        self.buttons["accept"].setEnabled(is_open)
        self.buttons["open"].setEnabled(can and self._shows_accepted)
        self.buttons["go"].setEnabled(told is not None)
        for name, button in self.buttons.items():
            button.setVisible(name == "go" or (name == "open") == self._shows_accepted)

    def _rule(self) -> str | None:
        """The rule of the row on which the cursor is."""
        line = self.table.current
        if line is None:
            return None
        if line.told is not None:
            return line.told.finding.rule
        return line.group if line.group in RULES else None

    def _fixes(self, rule: str) -> list[FindingRow]:
        return [
            told
            for group in self._groups.values()
            for told in group.members
            if told.finding.fix is not None and told.finding.rule == rule
        ]

    def _with_fixes(self, rule: str) -> list[RecordId]:
        return sorted({told.record for told in self._fixes(rule)})

    def _offer(self, rule: str, values: FieldValues) -> None:
        self.fixes_found.emit(rule, values)

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
            heads = [one.group for one in self.table.lines.items if one.told is None]
            rows = [row for row, one in enumerate(self.table.lines.items) if one.told is None]
            row = rows[heads.index(line.group)]
            self.table.setCurrentIndex(self.table.lines.index(row, 0))
        self._unfolded[line.group] = is_open
        self.refresh()

    def _take_key(self, key: int, with_shift: bool) -> None:
        if key == Qt.Key.Key_A:
            self.accept()
        elif key == Qt.Key.Key_O:
            self.open_again()
        elif not self._shows_accepted:
            self.fix_all() if with_shift else self.fix()

    def _follow(self, _: Changed) -> None:
        """Look again at what a step has touched: at once, or at many records in slices."""
        if self.gathering.waiting <= FEW_RECORDS:
            self.gathering.check_next(FEW_RECORDS)
            self.refresh()
        else:
            self._go_on()

    def _go_on(self) -> None:
        """Look at the records that wait, a slice at a time."""
        gathering = self.gathering
        if gathering.waiting <= FEW_RECORDS:
            gathering.check_next(FEW_RECORDS)
        elif not self.lane.running:
            self.head.show_work(may_stop=False)
            self.lane.run(gathering.find_all(), lambda _: None, self._desk.show_failure)

    def _show_progress(self, done: int, total: int) -> None:
        if monotonic() - self._painted > _REPAINT:
            self.head.show_progress(done, total)
            self.head.show_count(f"{done:,} of {total:,} records looked at")
            self.refresh()

    def _end_work(self) -> None:
        self.head.show_rest()
        self.refresh()

    def _show_mending(self, what: str) -> None:
        self.head.show_work(may_stop=True)
        self.head.show_count(f"{what} …")

    def _stop(self) -> None:
        self.mending.lane.drop()
        self._desk.say("Stopped; nothing was changed.")

    def _connect(self, theme: Theme) -> None:
        self.head.changed.connect(self._narrow)
        self.head.stopped.connect(self._stop)
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
        self.lane.progressed.connect(self._show_progress)
        self.lane.ended.connect(self._end_work)
        self.mending.begun.connect(self._show_mending)
        self.mending.lane.progressed.connect(self.head.show_progress)
        self.mending.lane.ended.connect(self._end_work)
        theme.changed.connect(self.table.viewport().update)
        self._desk.session.subscribe(self._follow)

    def _narrow(self) -> None:
        self._unfolded.clear()
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
        layout.addLayout(FlowRow(*self.buttons.values()))


def _count(shown: int, there: int, records: int) -> str:
    if not there:
        return ""
    of = f"{shown:,}" if shown == there else f"{shown:,} of {there:,}"
    where = quantity(records, "record", separator=",")
    return f"{of} {plural(there, 'finding')} in {where}"
