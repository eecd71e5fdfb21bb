"""mideditor undo: undoes a step, by adding a step to the log."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.project import by_option, open_project, progress_bar, project_argument
from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.session import Session
from mideditor.session.undo_question import what_goes_with
from mideditor.session.undoing import OthersStep, to_undo
from mideditor.session.work import run_now


@click.command()
@project_argument
@click.option(
    "--step", "number", type=int, help="The step to take back (else: the last one of your own)."
)
@click.option("--anyone", is_flag=True, help="The last step, whoever made it.")
@by_option
def command(project: Path, number: int | None, anyone: bool, by: str | None) -> None:
    """Take back a step of PROJECT. Nothing is erased: the log gains a step that undoes it.

    Without --step it is the last one that the signer has made. If only steps of others are left,
    nothing is undone (exit code 2), unless --anyone is given.
    """
    if anyone and number is not None:
        raise click.UsageError("give either --step N or --anyone")
    with open_project(project, by=by) as session:
        if anyone:
            last = session.history.next_undo_of_anyone()
            number = last.number if last else None
        step = _undo(session, number)
        undone = session.history.reversed_by(step)
    click.echo(f"step {step.number} undoes step {undone}")


def _undo(session: Session, number: int | None) -> Step:
    try:
        step = to_undo(session.history, session.author, number)
    except OthersStep as error:
        raise UserError(f"{error} Take it back with --anyone or --step N.") from error
    if goes := what_goes_with(session, step):
        click.echo(f"mideditor: {goes}", err=True)
    with progress_bar(f"Undoing step {step.number}") as progress:
        return run_now(session.undo_work(step.number), progress)
