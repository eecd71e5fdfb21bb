"""Marks words of the narrative as evidence for a field, and finds them again."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from mideditor.domain.evidence import CharSpan, find_evidence
from mideditor.domain.fields import FIELDS
from mideditor.domain.one_line import shortened
from mideditor.domain.record import Evidence, Record, RecordId
from mideditor.domain.steps import Step
from mideditor.session.texts.marking_evidence import fields_with_evidence, forget, places, toggle
from mideditor.ui.desk.desk import Desk
from mideditor.ui.kit.plain import captions_with_keys, plain_caption
from mideditor.ui.kit.text_editor import TextEditor

_MAX_QUOTE = 40


class EvidenceMarker(QObject):
    """Handles evidence in the editor of the narrative. ``menu`` is the open menu of fields."""

    def __init__(self, editor: TextEditor, desk: Desk) -> None:
        super().__init__(editor)
        self.menu: QMenu | None = None
        self._editor = editor
        self._desk = desk

    def open_menu(self) -> None:
        """Open a menu of the fields that the selected words can be evidence for."""
        record, record_id = self._desk.record, self._desk.record_id
        if record is None or record_id is None:
            return
        if not fields_with_evidence(record):
            self._desk.say("Only the fields of an entry rest on its narrative.")
            return
        span = self._current_span(record)
        lost = self._lost(record)
        if span is None and not lost:
            self._desk.say("Choose the words in the narrative first.")
            return
        menu = self._menu(record, record_id, span)
        for one in lost:
            menu.addAction(self._forget_action(menu, record_id, one))
        self.menu = menu
        menu.popup(self._editor.mapToGlobal(self._editor.cursorRect().bottomLeft()))

    def show_for(self, field: str) -> None:
        """Select the next words that are evidence for a field."""
        record = self._desk.record
        text = self._editor.typed_text()
        found = sorted(span for _, span in places(record, text, field)) if record else []
        if not found:
            label = FIELDS[field].label
            self._desk.say(
                f"No words are marked as evidence for {label}. Choose some and mark them"
                f"{self._desk.keys.hint('mark_evidence')}."
            )
            return
        cursor = self._editor.textCursor()
        current = cursor.selectionStart(), cursor.selectionEnd()
        span = next((span for span in found if span > current), found[0])
        self._desk.go_to(self._desk.record_id or 0, "narrative")
        self._editor.select_span(*span)

    def _current_span(self, record: Record) -> CharSpan | None:
        """The selected words, or the evidence at the caret."""
        cursor = self._editor.textCursor()
        if cursor.hasSelection():
            return cursor.selectionStart(), cursor.selectionEnd()
        at = cursor.position()
        marked = [span for _, span in places(record, self._editor.typed_text())]
        return next((span for span in marked if span[0] <= at <= span[1]), None)

    def _lost(self, record: Record) -> list[Evidence]:
        text = self._editor.typed_text()
        return [one for one in record.evidence if find_evidence(one, text) is None]

    def _menu(self, record: Record, record_id: RecordId, span: CharSpan | None) -> QMenu:
        menu = QMenu(self._editor)
        menu.setAccessibleName("Evidence for a field")
        menu.aboutToHide.connect(self._clear_menu)
        if span is not None:
            fields = fields_with_evidence(record)
            captions = captions_with_keys([FIELDS[field].label for field in fields])
            for field, caption in zip(fields, captions, strict=True):
                action = QAction(caption, menu)
                self._mark_with(action, record, record_id, field, span)
                menu.addAction(action)
        return menu

    def _mark_with(
        self, action: QAction, record: Record, record_id: RecordId, field: str, span: CharSpan
    ) -> None:
        marked = [one for _, one in places(record, self._editor.typed_text(), field)]
        action.setCheckable(True)
        action.setChecked(span in marked)
        action.triggered.connect(lambda: self._toggle(record_id, field, span))

    def _forget_action(self, menu: QMenu, record_id: RecordId, one: Evidence) -> QAction:
        quote = shortened(one.quote, _MAX_QUOTE)
        label = FIELDS[one.field].label
        action = QAction(plain_caption(f"Forget “{quote}” for {label}, which is lost"), menu)
        action.triggered.connect(
            lambda: self._desk.attempt(lambda: forget(self._desk.session, record_id, one))
        )
        return action

    def _toggle(self, record_id: RecordId, field: str, span: CharSpan) -> None:
        session, label = self._desk.session, FIELDS[field].label
        before = len(session.record(record_id).evidence)
        step = self._desk.attempt(lambda: toggle(session, record_id, field, *span))
        if isinstance(step, Step):
            was_added = len(session.record(record_id).evidence) > before
            word = "Marked as evidence" if was_added else "No longer evidence"
            self._desk.say(f"{word} for {label} · step {step.number}, on disk")

    def _clear_menu(self) -> None:
        self.menu = None
