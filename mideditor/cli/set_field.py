"""mideditor set: changes one field of one record, with a reason."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.project import by_option, open_project, project_argument
from mideditor.domain.changes import ChangeKind
from mideditor.domain.kinds import KINDS
from mideditor.domain.record import RecordId
from mideditor.domain.record_ids import handle
from mideditor.domain.titles import printed_dates, printed_participants
from mideditor.files.user_error import UserError
from mideditor.session.edits.field_edit import printed_text, typed_value
from mideditor.session.record_handles import record_with_handle
from mideditor.session.session import Session

_KINDS = {"correction": ChangeKind.CORRECTION, "coding": ChangeKind.CODING}


class WhichRecord(UserError):
    """No record or several records have the dispute number."""

    def __init__(self, session: Session, number: int, found: list[RecordId]) -> None:
        if not found:
            super().__init__(f"{session.path}: no record has the dispute number {number}.")
            return
        lines = "".join(
            f"\n  --record {handle(record)}  {KINDS[session.record(record).kind].label}, "
            f"{printed_dates(session.record(record))}, "
            f"{printed_participants(session.record(record))}"
            for record in found
        )
        super().__init__(f"{len(found)} records have the number {number}; choose one:{lines}")


def _require_reason(_ctx: click.Context, _option: click.Parameter, reason: str) -> str:
    if not reason.strip():
        raise click.BadParameter("every change needs its reason.")
    return reason.strip()


@click.command()
@project_argument
@click.argument("field")
@click.argument("value")
@click.option("--dispute", type=int, help="The dispute number of the record.")
@click.option("--record", help="The record's name, where a number is not enough.")
@click.option("--kind", type=click.Choice(list(_KINDS)), required=True)
@click.option("--why", required=True, callback=_require_reason, help="The reason.")
@click.option("--cite", default="", help="What the reason rests on.")
@by_option
def command(
    project: Path,
    field: str,
    value: str,
    dispute: int | None,
    record: str | None,
    kind: str,
    why: str,
    cite: str,
    by: str | None,
) -> None:
    """Set FIELD (named as in the JSON export) of a record of PROJECT to VALUE."""
    if (dispute is None) == (record is None):
        raise click.UsageError("give either --dispute N or --record NAME")
    with open_project(project, by=by) as session:
        selected = _selected(session, record, dispute)
        new = _typed(session, selected, field, value)
        before = _shown(session, selected, field)
        step = session.edit(_KINDS[kind], {selected: {field: new}}, reason=why, citation=cite)
        after, name = _shown(session, selected, field), session.name_of(selected)
    if step is None:
        click.echo(f"{name}, {field}: it is {after} already; nothing was changed")
    else:
        click.echo(f"step {step.number}: {name}, {field}: {before} → {after}")


def _selected(session: Session, name: str | None, number: int | None) -> RecordId:
    if name is not None:
        return record_with_handle(session, name)
    return _record_with_number(session, number or 0)


def _record_with_number(session: Session, number: int) -> RecordId:
    found = session.with_number(number)
    if len(found) != 1:
        raise WhichRecord(session, number, found)
    return found[0]


def _typed(session: Session, record: RecordId, field: str, value: str) -> object:
    try:
        return typed_value(session, record, field, value)
    except ValueError as error:
        raise UserError(f"{session.name_of(record)}, {field}: {error}") from error


def _shown(session: Session, record: RecordId, field: str) -> str:
    return printed_text(session, record, field) or "—"
