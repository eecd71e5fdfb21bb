"""The two texts of a record: the narrative and the printed coding changes."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter
from typing_extensions import override

from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS, fields_with_sentences
from mideditor.domain.printed_changes import sentences_of
from mideditor.domain.record import CodingChange
from mideditor.session.session import Changed
from mideditor.ui.desk.desk import Desk
from mideditor.ui.look.theme import Theme
from mideditor.ui.texts.find_replace import FindReplace
from mideditor.ui.texts.narrative_panel import NarrativePanel
from mideditor.ui.texts.text_panel import TextPanel

_MIN_HEIGHT = 40
_MAX_LINES = 6
_MAX_SHARE = 0.45


_FIELD_OF = {kind: row.name for row in reversed(fields_with_sentences()) for kind in row.sentences}
"""The field that a kind of sentence is about; side A for sentences about participants."""


class CodingChangesPanel(TextPanel):
    """The printed paragraph: sentences from the source and from the log, which can be reworded."""

    points = 10.0
    gap = 3

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(FIELDS["coding_changes"], desk, theme)
        self.editor.setMinimumHeight(_MIN_HEIGHT)

    @property
    def preferred_height(self) -> int:
        """The height in pixels that shows all of a paragraph of normal length."""
        return (
            self.box.sizeHint().height()
            - self.editor.sizeHint().height()
            + max(_MIN_HEIGHT, self.editor.preferred_height(_MAX_LINES))
        )

    @override
    def placeholder(self, has_text: bool) -> str:
        return "No coding changes." if has_text else super().placeholder(has_text)

    @override
    def remark(self) -> str:
        """The number of sentences that come from the log."""
        record = self.desk.record
        own = sentences_of(record) if record else ()
        logged = [sentence for sentence in self._sentences() if sentence not in own]
        if not logged:
            return ""
        come = quantity(len(logged), "sentence comes", "sentences come")
        return f"{come} from the coding changes in the log."

    def sentence_field(self) -> str:
        """The field that the sentence at the caret is about, or the coding changes."""
        offset = self.editor.textCursor().position()
        for sentence in self._sentences():
            offset -= len(sentence.text) + 1
            if offset < 0:
                return _FIELD_OF[sentence.field] if sentence.field else self.field.name
        return self.field.name

    def _sentences(self) -> tuple[CodingChange, ...]:
        return self.desk.session.printed_changes(self.desk.record_id or 0)


class TextPanels(QSplitter):
    """The narrative above the coding changes, which are as high as their text.

    Once the user has moved the splitter handle, its position is kept.
    """

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.narrative = NarrativePanel(desk, theme)
        self.coding_changes = CodingChangesPanel(desk, theme)
        self.finder = FindReplace(
            desk, self.narrative.find_bar, self.narrative.marks, lambda: self.panels
        )
        self._was_moved = False
        self.setChildrenCollapsible(False)
        self.addWidget(self.narrative)
        self.addWidget(self.coding_changes)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._on_splitter_moved)

    @property
    def panels(self) -> dict[str, TextPanel]:
        """The texts by the name of their field."""
        return {panel.field.name: panel for panel in (self.narrative, self.coding_changes)}

    def show_record(self) -> None:
        """Show both texts of the current record."""
        for panel in self.panels.values():
            panel.show_record()
        self.balance()

    def show_changed(self, changed: Changed) -> None:
        """Update the texts that a step changed, except texts with pending edits."""
        record = self.narrative.desk.record_id
        for panel in self.panels.values():
            if changed.touches(record, *panel.shown_fields) and not panel.is_modified:
                panel.show_record()
        if changed.touches(record, *self.coding_changes.shown_fields):
            self.balance()

    def balance(self) -> None:
        """Give the coding changes the height of their text, and the narrative the rest."""
        height = sum(self.sizes())
        if height and not self._was_moved:
            lower = min(self.coding_changes.preferred_height, round(height * _MAX_SHARE))
            if self.sizes() != [height - lower, lower]:
                self.setSizes([height - lower, lower])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.balance()

    @override
    def saveState(self) -> QByteArray:
        """The state of the splitter; empty if the user never moved its handle."""
        return super().saveState() if self._was_moved else QByteArray()

    @override
    def restoreState(self, state: QByteArray | bytes | bytearray | memoryview) -> bool:
        self._was_moved = super().restoreState(state)
        return self._was_moved

    def _on_splitter_moved(self) -> None:
        self._was_moved = True
