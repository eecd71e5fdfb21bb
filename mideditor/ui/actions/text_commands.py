"""The commands that work on the texts of the record, each named as in the command table."""

from __future__ import annotations

from mideditor.ui.commands.registry import Handlers
from mideditor.ui.desk_view import DeskView


class TextCommands:
    """Acts on the narrative and the Coding changes of the open desk."""

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
        """Open the bar to find and replace."""
        self._turn_to_texts()
        self._texts.finder.begin()

    def find_next(self) -> None:
        """Go to the next place that was found."""
        self._turn_to_texts()
        self._texts.finder.step(1)

    def find_previous(self) -> None:
        """Go to the place before."""
        self._turn_to_texts()
        self._texts.finder.step(-1)

    def show_difference(self) -> None:
        """Show what differs from the original, or the text again."""
        self._turn_to_texts()
        self._texts.narrative.toggle_difference()

    def follow_mark(self) -> None:
        """Go to the record that is named at the cursor, or tell what is marked there."""
        self._texts.narrative.follow()

    def mark_evidence(self) -> None:
        """Mark the chosen words as evidence for a field."""
        self._texts.narrative.mark_evidence()

    def go_to_evidence(self) -> None:
        """Go to the words that are evidence for the field at the cursor, or from them to it."""
        field = self._view.field_with_focus()
        if field in self._texts.panels:
            self._texts.narrative.follow()
        elif field is None:
            self._view.desk.say("Put the cursor into the field first.")
        else:
            self._turn_to_texts()
            self._texts.narrative.evidence.show_for(field)

    def next_misspelling(self) -> None:
        """Go to the next word that looks misspelt."""
        self._turn_to_texts()
        self._texts.narrative.next_word()

    def add_to_words(self) -> None:
        """Take the word at the cursor into the word list."""
        self._texts.narrative.add_word()

    def split_paragraph(self) -> None:
        """Begin a new paragraph with the sentence at the cursor."""
        self._texts.narrative.split()

    def join_paragraph(self) -> None:
        """Join the paragraph at the cursor with the next."""
        self._texts.narrative.join()

    def _turn_to_texts(self) -> None:
        self._tabs.setCurrentWidget(self._texts)
