"""Commands on the texts of the current record."""

from __future__ import annotations

from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView


class TextCommands:
    """Handles commands on the narrative and the coding changes."""

    def __init__(self, view: DeskView) -> None:
        self._view = view
        self._texts = view.texts
        self._tabs = view.tabs

    @property
    def handlers(self) -> Handlers:
        """The handlers of these commands."""
        return {
            "find_and_replace": self.find_and_replace,
            "find_next": self.find_next,
            "find_previous": self.find_previous,
            "show_difference": self.show_difference,
            "follow_mark": self.follow_mark,
            "mark_evidence": self.mark_evidence,
            "go_to_evidence": self.go_to_evidence,
            "next_misspelling": self.next_misspelling,
            "add_to_words": self.add_to_words,
            "split_paragraph": self.split_paragraph,
            "join_paragraph": self.join_paragraph,
        }

    def find_and_replace(self) -> None:
        """Open the find bar."""
        self._show_texts()
        self._texts.finder.begin()

    def find_next(self) -> None:
        """Go to the next match."""
        self._show_texts()
        self._texts.finder.step(1)

    def find_previous(self) -> None:
        """Go to the previous match."""
        self._show_texts()
        self._texts.finder.step(-1)

    def show_difference(self) -> None:
        """Toggle between the text and its difference from the original."""
        self._show_texts()
        self._texts.narrative.toggle_difference()

    def follow_mark(self) -> None:
        """Go to the record referenced at the caret, or describe the mark there."""
        self._texts.narrative.follow()

    def mark_evidence(self) -> None:
        """Mark the selected words as evidence for a field."""
        self._texts.narrative.mark_evidence()

    def go_to_evidence(self) -> None:
        """Go from the focused field to its evidence, or from evidence to its field."""
        field = self._view.field_with_focus()
        if field in self._texts.panels:
            self._texts.narrative.follow()
        elif field is None:
            self._view.desk.say("Put the cursor into the field first.")
        else:
            self._show_texts()
            self._texts.narrative.evidence.show_for(field)

    def next_misspelling(self) -> None:
        """Go to the next possibly misspelt word."""
        self._show_texts()
        self._texts.narrative.next_word()

    def add_to_words(self) -> None:
        """Add the word at the caret to the word list."""
        self._texts.narrative.add_word()

    def split_paragraph(self) -> None:
        """Start a new paragraph at the sentence with the caret."""
        self._texts.narrative.split()

    def join_paragraph(self) -> None:
        """Join the paragraph with the caret and the next one."""
        self._texts.narrative.join()

    def _show_texts(self) -> None:
        self._tabs.setCurrentWidget(self._texts)
