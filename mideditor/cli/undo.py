"""mideditor undo: undoes a step, by adding a step to the log."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.project import by_option, open_project, progress_bar, project_argument
from mideditor.domain.steps import Step
from mideditor.session.session import Session
from mideditor.session.undoing import to_undo
from mideditor.session.work import run_now


@click.command()
@project_argument
@click.option("--step", "number", type=int, help="The step to take back (else: the last one).")
@by_option
def command(project: Path, number: int | None, by: str | None) -> None:
    """Take back a step of PROJECT. Nothing is erased: the log gains a step that undoes it."""
    with open_project(project, by=by) as session:
        step = _undo(session, number)
    click.echo(f"step {step.number} undoes step {step.undoes}")


def _undo(session: Session, number: int | None) -> Step:
    step = to_undo(session.history, number)
    with progress_bar(f"Undoing step {step.number}") as progress:
        return run_now(session.undo_work(step.number), progress)
