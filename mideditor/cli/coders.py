"""mideditor coders: lists the coders of a project, and joins signatures of one coder."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.project import by_option, open_project, project_argument
from mideditor.domain.counting import quantity
from mideditor.files.user_error import UserError
from mideditor.session.log.coder_list import CoderRow, coder_rows
from mideditor.session.session import Session


@click.command()
@project_argument
@click.option(
    "--same",
    nargs=2,
    metavar="SIGNATURE NAME",
    help="Note that steps signed SIGNATURE are by the coder NAME.",
)
@by_option
def command(project: Path, same: tuple[str, str] | None, by: str | None) -> None:
    """List the coders of PROJECT: steps in force, first and last day (UTC), signatures.

    With --same nothing is listed. Two signatures are noted to be of one coder, who is called NAME
    from then on. This is a step like any other: the log keeps each signature, and undo takes the
    step back. What is known already is not noted again.
    """
    if same is not None:
        signature, name = same
        with open_project(project, by=by) as session:
            said = _join(session, signature, name)
        click.echo(said)
        return
    with open_project(project, read_only=True) as session:
        rows = coder_rows(session)
    for row in rows:
        click.echo(_line(row))
    if not rows:
        click.echo(f"{project}: no step has been made yet")


def _join(session: Session, signature: str, name: str) -> str:
    rows = coder_rows(session)
    coders = session.history.coders
    if not any(coders.are_one(row.name, signature) for row in rows):
        known = ", ".join(f"“{row.name}”" for row in rows) or "nobody"
        raise UserError(f"No step is signed “{signature}”. The coders are: {known}.")
    step = session.join_coders(name, signature)
    if step is None:
        return f"{signature} and {name} are known to be one coder"
    return f"step {step.number}: {signature} is {session.history.coders.name_of(name)}"


def _line(row: CoderRow) -> str:
    days = list(dict.fromkeys(f"{time:%Y-%m-%d}" for time in (row.first, row.last) if time))
    signatures = ", ".join(f"“{one}”" for one in row.signatures)
    return f"{row.name}: {quantity(row.steps, 'step')}, {' to '.join(days)}, signed {signatures}"
