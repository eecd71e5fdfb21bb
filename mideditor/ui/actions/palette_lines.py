"""The lines of the command palette: commands, fields of the record, records by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QKeySequence

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.kinds import KINDS
from mideditor.domain.one_line import one_line, shortened
from mideditor.domain.record import RecordId
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.ui.actions.palette import PaletteLine
from mideditor.ui.commands.commands import COMMANDS, MENU_OF
from mideditor.ui.desk_view import DeskView

_MAX_VALUE_LENGTH = 60
_EXCLUDED = ("show_palette",)


def command_lines(
    actions: Mapping[str, QAction], run: Callable[[str], object]
) -> list[PaletteLine]:
    """All commands, with menu, first key, and the reason if a command is disabled."""
    return [
        PaletteLine(
            name,
            command.label,
            partial(run, name),
            MENU_OF[name],
            actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            command.icon,
            "" if actions[name].isEnabled() else command.needs.value,
        )
        for name, command in COMMANDS.items()
        if name not in _EXCLUDED
    ]


def field_lines(view: DeskView, go_to: str = "") -> list[PaletteLine]:
    """The fields of the current record with their values; ``go_to`` is a prefix for the titles."""
    record = view.desk.record
    names = [*view.form.boxes, *view.texts.panels]
    return [
        PaletteLine(
            f"field {name}",
            f"{go_to}{FIELDS[name].label}",
            partial(view.focus_field, name),
            _short(printed_value(FIELDS[name], getattr(record, name))) or "empty",
        )
        for name in names
        if record is not None and hasattr(record, name)
    ]


def record_lines(view: DeskView, typed: str) -> list[PaletteLine]:
    """The records with the dispute number that the typed text ends in."""
    number = re.search(r"\d+$", typed.strip())
    if number is None:
        return []
    session = view.desk.session
    found, rows = session.with_number(int(number[0])), view.desk.rows
    dates = next(column.text for column in RECORD_COLUMNS if column.name == "dates")
    return [
        PaletteLine(
            f"record {record}",
            f"Go to MID {number[0]}",
            partial(_go_to, view, record),
            f"{KINDS[session.record(record).kind].label}, {dates(rows.row(record))}",
        )
        for record in found
    ]


def _go_to(view: DeskView, record: RecordId) -> None:
    field = view.field_with_focus()
    view.desk.select(record)
    if field is not None:
        view.focus_field(field)


def _short(value: str) -> str:
    return shortened(one_line(value[: 2 * _MAX_VALUE_LENGTH]), _MAX_VALUE_LENGTH)
