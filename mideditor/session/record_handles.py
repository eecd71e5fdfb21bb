"""Finds a record by the short name that reports and messages give it."""

from __future__ import annotations

from mideditor.domain.record import RecordId
from mideditor.domain.record_ids import digits
from mideditor.files.user_error import UserError
from mideditor.session.project_view import ProjectView


class NoSuchHandle(UserError):
    """No record, or several, have a name that begins like this."""

    def __init__(self, view: ProjectView, typed: str, found: list[RecordId]) -> None:
        names = ", ".join(f"{digits(one)} ({view.name_of(one)})" for one in found)
        super().__init__(
            f"{view.name}: several records begin with “{typed}”: {names}. Write more of one."
            if found
            else f"{view.name}: no record is named “{typed}”. “mideditor set” with --dispute lists "
            "the records of a number; the reports of “check” and “compare” name them, too."
        )


def record_with_handle(view: ProjectView, typed: str) -> RecordId:
    """The record whose handle begins with ``typed``, or whose id it is; raises NoSuchHandle."""
    begin = typed.strip().lower()
    found = [record for record in view.ids() if begin and digits(record).startswith(begin)]
    if len(found) != 1:
        found = [record for record in view.ids() if str(record) == begin] or found
    if len(found) != 1:
        raise NoSuchHandle(view, typed, found)
    return found[0]
