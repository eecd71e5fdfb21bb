"""mideditor verify: checks the chain of steps, and the records against the log."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import open_project, project_argument
from mideditor.domain.counting import quantity
from mideditor.session.project.repairing import repair
from mideditor.session.project.verifying import faults


@click.command()
@project_argument
@click.option(
    "--repair",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="NEW.mid.json",
    help="Write what an older PROJECT with an altered log has to a new one.",
)
@click.pass_context
def command(ctx: click.Context, project: Path, target: Path | None) -> None:
    """Check that no step of PROJECT was altered, removed or moved, and no record changed by hand.

    Exit code 1 and the faults where something does not hold. With --repair, a project of an older
    version that can only be read is written to a new file, which can be changed; PROJECT stays.
    """
    if target is not None:
        steps = repair(project, target)
        click.echo(f"{target}: {quantity(steps, 'step')} of {project}")
        return
    with open_project(project, read_only=True) as session:
        found = list(faults(session))
        steps = len(session.history.steps)
    for fault in found:
        click.echo(fault)
    if not found:
        click.echo(f"{project}: {quantity(steps, 'step')}, all in order")
    ctx.exit(FINDINGS if found else 0)
