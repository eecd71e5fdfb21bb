"""The differences from another state of the project, as a list whose rows can be marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor
from typing_extensions import override

from mideditor.domain.excerpts import differing_words
from mideditor.session.project.project_diff import FieldDiff
from mideditor.ui.kit.list_model import ListColumn
from mideditor.ui.kit.marked_list import MarkedModel
from mideditor.ui.look.theme import Theme

_SHORT = 40


def differing_part(text: str, other: str) -> str:
    """All of a short text; of a long text only the parts that the other lacks."""
    if not text:
        return "—"
    return differing_words(text, other, around=1, short=_SHORT)


def _state(one: FieldDiff) -> str:
    if not one.fits:
        return "no value of the field"
    return "changed here too" if one.both else ""


def diff_columns(here: str, there: str) -> list[ListColumn[FieldDiff]]:
    """The columns, with the names of the two states as titles."""
    return [
        ListColumn("Record", 110, lambda one: one.title),
        ListColumn("Field", 120, lambda one: one.label),
        ListColumn(here, 230, lambda one: differing_part(one.here, one.there)),
        ListColumn(there, 230, lambda one: differing_part(one.there, one.here)),
    ]


_STATE = ListColumn("", 130, _state)


class DiffModel(MarkedModel[FieldDiff]):
    """One row per difference. With ``markable``, rows can be marked in their first cell."""

    def __init__(self, theme: Theme, here: str, there: str, *, markable: bool) -> None:
        shown = [*diff_columns(here, there), *([_STATE] if markable else [])]
        super().__init__(shown, lambda one: markable and one.fits)
        self._theme = theme

    @override
    def show_items(self, items: Sequence[FieldDiff]) -> None:
        self.marked = {row for row, one in enumerate(items) if one.fits and not one.both}
        super().show_items(items)

    @override
    def color(self, item: FieldDiff, column: str) -> QColor | None:
        tokens = self._theme.tokens
        if not item.fits:
            return tokens.color("text-quiet")
        return tokens.color("coding") if item.both and not column else None
