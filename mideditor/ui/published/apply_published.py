"""Applying published values and accepting differences, after a question in the panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mideditor.domain.changes import ChangeKind
from mideditor.domain.counting import plural, quantity
from mideditor.domain.reports.comparison import Cell, FieldComparison
from mideditor.domain.steps import Step
from mideditor.session.published.apply_published import (
    accept_differences,
    apply_published,
    reopen_differences,
)
from mideditor.session.work import Work
from mideditor.ui.desk.desk import Desk
from mideditor.ui.desk.step_actions import StepActions
from mideditor.ui.kit.lanes import Lane
from mideditor.ui.kit.reason_bar import ReasonBar

REASON = "As in the published data set"
_MESSAGE_ROLES = {ChangeKind.CORRECTION: "done", ChangeKind.CODING: "notice"}
"""Message roles with the background colours of the edit bar."""


class PublishedActions(StepActions):
    """Asks in ``bar``, runs in ``lane``; ``citation`` gives the citation of the current tables."""

    def __init__(self, desk: Desk, bar: ReasonBar, lane: Lane, citation: Callable[[], str]) -> None:
        super().__init__(desk, lane)
        self._bar = bar
        self._citation = citation
        desk.kind_changed.connect(self._on_kind_changed)

    def apply(self, selected: Sequence[FieldComparison]) -> None:
        """Apply values; asks first if there are several or the edit bar has no reason."""
        applicable = [one for one in selected if one.differs and one.to_apply]
        if not applicable:
            self._desk.say("There is no published value to take over.")
        elif len(applicable) == 1 and self._desk.reason:
            self._apply(applicable, self._desk.reason, self._desk.citation or self._citation())
        else:
            self._ask_to_apply(applicable)

    def apply_cell(self, cell: Cell | None, members: Sequence[FieldComparison]) -> None:
        """Apply the published value to the ``members`` of a cell that nobody has edited."""
        applicable = [one for one in members if one.to_apply]
        if cell is None or not applicable:
            self._desk.say("Nothing in this cell waits to be taken over.")
            return
        rest = cell.count - len(applicable)
        stay = f" {rest:,} others of the cell stay as they are." if rest else ""
        what = f" {applicable[0].label}: {cell.printed} → {cell.published}.{stay}"
        self._ask_to_apply(applicable, what)

    def accept(self, selected: Sequence[FieldComparison]) -> None:
        """Accept differences with a reason; if all are already accepted, reopen them."""
        differing = [one for one in selected if one.differs]
        if not differing:
            self._desk.say("There is no difference to accept.")
        elif all(one.accepted for one in differing):
            work = reopen_differences(self._desk.session, differing)
            self._change(work, differing, "opened again")
        else:
            them = plural(len(differing), "it is", "they are")
            self._bar.set_role(_MESSAGE_ROLES[ChangeKind.CORRECTION])
            self._bar.ask(
                lambda: f"Leave {_differences(len(differing))} as {them} here, and say why.",
                f"Accept {len(differing):,}",
                (self._desk.reason, None),
                lambda reason, _: self._accept(differing, reason),
            )

    def _accept(self, selected: Sequence[FieldComparison], reason: str) -> None:
        work = accept_differences(self._desk.session, selected, reason)
        self._change(work, selected, "accepted")

    def _on_kind_changed(self, kind: ChangeKind) -> None:
        """Update an open question for the new kind of edit."""
        if self._bar.citation.isVisible():
            self._bar.set_role(_MESSAGE_ROLES[kind])
            self._bar.refresh_question()

    def _ask_to_apply(self, selected: Sequence[FieldComparison], what: str = "") -> None:
        def question() -> str:
            values = quantity(len(selected), "published value", separator=",")
            label = self._desk.kind.label
            kind = plural(len(selected), f"a {label}", f"{label}s")
            switches = self._desk.keys.hint("switch_kind", "switches")
            return f"Take {values} over, as {kind}{switches}.{what}"

        reason = self._desk.reason or REASON
        citation = self._desk.citation or self._citation()
        self._bar.set_role(_MESSAGE_ROLES[self._desk.kind])
        self._bar.ask(
            question,
            f"Take {len(selected):,} over",
            (reason, citation),
            lambda reason, citation: self._apply(selected, reason, citation),
        )

    def _apply(self, selected: Sequence[FieldComparison], reason: str, citation: str) -> None:
        session, kind = self._desk.session, self._desk.kind
        work = apply_published(session, selected, kind, reason, citation)
        self.make(f"Taking {len(selected):,} values over", work, _describe_applied)

    def _change(
        self, work: Work[Step | None], selected: Sequence[FieldComparison], done: str
    ) -> None:
        records = len({one.record for one in selected})
        what = f"{_differences(len(selected))} {done}"
        self.make(f"Changing {records:,} records", work, lambda _: what)


def _describe_applied(step: Step) -> str:
    return f"{quantity(len(step.record_changes), 'value', separator=',')} taken over"


def _differences(count: int) -> str:
    return quantity(count, "difference", separator=",")
