"""The tabs beside the form: texts, logs, source, and the lists of things to decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget
from typing_extensions import override

from mideditor.domain.record import RecordId
from mideditor.ui.desk.desk import Desk
from mideditor.ui.findings.findings_panel import FindingsPanel
from mideditor.ui.history.log_panel import LogPanel
from mideditor.ui.look.theme import Theme
from mideditor.ui.published.comparison_panel import ComparisonPanel
from mideditor.ui.sources.doubts_panel import DoubtsPanel
from mideditor.ui.sources.import_review_panel import ImportReviewPanel
from mideditor.ui.sources.source_panel import SourcePanel
from mideditor.ui.texts.text_panels import TextPanels


class DeskTabs(QTabWidget):
    """Tabs whose titles count the open items; some tabs are hidden while they are empty.

    `current_hidden` is emitted when the current tab was hidden, `state_changed` when commands may
    have become available or unavailable.
    """

    current_hidden = Signal()
    state_changed = Signal()

    def __init__(
        self, desk: Desk, theme: Theme, shown_records: Callable[[], Sequence[RecordId]]
    ) -> None:
        super().__init__()
        self._desk = desk
        self._room: tuple[int, QSize, QSize] | None = None
        self.texts = TextPanels(desk, theme)
        self.record_log = LogPanel(desk, theme, of_project=False)
        self.project_log = LogPanel(desk, theme, of_project=True)
        self.source = SourcePanel(desk, theme)
        self.doubts = DoubtsPanel(desk, theme)
        self.review = ImportReviewPanel(desk, theme)
        self.published = ComparisonPanel(desk, theme)
        self.findings = FindingsPanel(desk, theme, shown_records)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.tabBar().setAccessibleName("Texts, logs, source and lists")
        self.addTab(self.texts, "Text")
        self.addTab(self.record_log, "Record log")
        self.addTab(self.project_log, "Project log")
        self.addTab(self.source, "Source")
        self.addTab(self.doubts, "")
        self.addTab(self.review, "")
        self.addTab(self.published, "")
        self.addTab(self.findings, "Findings")
        self._connect()

    def show_log(self, panel: LogPanel) -> None:
        """Show and focus a log."""
        self.setCurrentWidget(panel)
        panel.show_log()
        panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_source(self, field: str | None) -> None:
        """Show the source, with the lines of ``field`` highlighted."""
        self.setCurrentWidget(self.source)
        self.source.show_record(field)

    def show_doubts(self) -> None:
        """Show the uncertain readings."""
        self.setCurrentWidget(self.doubts)
        self.doubts.begin()

    def show_review(self) -> None:
        """Show the differences from newer texts."""
        self.setCurrentWidget(self.review)
        self.review.begin()

    def show_published(self) -> None:
        """Show the comparison with the published data set."""
        self.setCurrentWidget(self.published)
        self.published.begin()

    def show_findings(self) -> None:
        """Show the findings of the whole project."""
        self.setCurrentWidget(self.findings)
        self.findings.begin()

    def refresh(self, field: str | None) -> None:
        """Update the current tab for the current record and the focused ``field``."""
        shown = self.currentWidget()
        if isinstance(shown, LogPanel):
            shown.show_log()
        elif shown is self.source:
            self.source.show_record(field)
        record = self._desk.record_id
        edits = 0 if record is None else len(self._desk.session.standing_edits(record))
        self._set_title(self.record_log, f"Record log ({edits})" if edits else "Record log")

    def follow_focus(self, field: str | None) -> None:
        """Highlight the source lines of the newly focused field."""
        if self.currentWidget() is self.source and field is not None:
            self.source.show_record(field)

    @override
    def event(self, event: QEvent) -> bool:
        """Lay out the tabs only where that makes a difference.

        Qt would also do it, and paint the whole tab in front, for another count in a title.
        """
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._room = None  # in between the bar was laid out for another style
        if event.type() == QEvent.Type.LayoutRequest:
            # The bar is as wide as the tabs, whatever their titles.
            room = self.tabBar().sizeHint().height(), self.minimumSizeHint(), self.sizeHint()
            if room == self._room:
                return True
            self._room = room
        return super().event(event)

    def _connect(self) -> None:
        for panel, count in (
            (self.doubts, self._count_doubts),
            (self.review, self._count_differences),
            (self.published, self._count_published),
            (self.findings, self._count_findings),
        ):
            panel.counted.connect(count)
        self._count_doubts(len(self.doubts.model.items))
        self._count_differences(0)
        self._count_published(-1)
        self._count_findings(self.findings.project_findings.open_count)

    def _count_doubts(self, count: int) -> None:
        self._set_title(self.doubts, f"Doubts ({count})" if count else "Doubts")

    def _count_differences(self, count: int) -> None:
        self._set_title(self.review, f"Import review ({count})")
        self._set_shown(self.review, count > 0)

    def _count_published(self, count: int) -> None:
        """Show the tab if there are tables to compare with: then ``count`` is not negative."""
        self._set_title(self.published, f"Published ({count:,})" if count > 0 else "Published")
        self._set_shown(self.published, count >= 0)

    def _count_findings(self, count: int) -> None:
        self._set_title(self.findings, f"Findings ({count:,})" if count else "Findings")

    def _set_title(self, panel: QWidget, title: str) -> None:
        tab = self.indexOf(panel)
        if title != self.tabText(tab):
            self.tabBar().setTabText(tab, title)  # that of QTabWidget paints the tab in front

    def _set_shown(self, panel: QWidget, shown: bool) -> None:
        if not shown and self.currentWidget() is panel:
            self.setCurrentWidget(self.texts)
            self.current_hidden.emit()
        self.setTabVisible(self.indexOf(panel), shown)
        self.state_changed.emit()
