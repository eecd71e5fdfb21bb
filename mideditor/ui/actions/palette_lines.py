"""What the command palette offers: the commands, the fields of the record, records by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction, QKeySequence

from mideditor.domain.fields import FIELDS, printed_value
from mideditor.domain.record import RecordId
from mideditor.session.table.columns import RECORD_COLUMNS
from mideditor.ui.actions.palette import PaletteLine
from mideditor.ui.commands.commands import COMMANDS, MENU_OF
from mideditor.ui.desk_view import DeskView

_LONGEST_VALUE = 60
_NOT_OFFERED = ("show_palette",)


def command_lines(
    actions: Mapping[str, QAction], run: Callable[[str], object]
) -> list[PaletteLine]:
    """Every command, with its menu and its first key, and why it cannot be used now."""
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
        if name not in _NOT_OFFERED
    ]


def field_lines(view: DeskView, go_to: str = "") -> list[PaletteLine]:
    """The fields of the record on the desk, each with its value; ``go_to`` stands before them."""
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
    """The records that bear a number, where what was typed ends in one."""
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
            f"{session.record(record).kind.replace('_', '-')}, {dates(rows.row(record))}",
        )
        for record in found
    ]


def _go_to(view: DeskView, record: RecordId) -> None:
    field = view.field_with_focus()
    view.desk.select(record)
    if field is not None:
        view.focus_field(field)


def _short(value: str) -> str:
    line = " ".join(value[: 2 * _LONGEST_VALUE].split())
    return line if len(line) <= _LONGEST_VALUE else f"{line[:_LONGEST_VALUE]}…"
