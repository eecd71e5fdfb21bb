"""mideditor log: shows who changed what, when and why."""

from __future__ import annotations

from pathlib import Path

import click

from mideditor.cli.project import choice_of, open_project, project_argument
from mideditor.domain.changes import WHOLE_RECORD
from mideditor.domain.fields import FIELDS
from mideditor.export.log_formats import LOG_FORMATS
from mideditor.session.log.logbook import LogFilter, log_lines

_FIELDS = (*FIELDS, WHOLE_RECORD)


@click.command()
@project_argument
@click.option("--dispute", type=int, help="Only changes of this dispute number's records.")
@click.option(
    "--field", type=choice_of(_FIELDS), metavar="NAME", help="Only changes of this field."
)
@click.option("--by", "author", metavar="NAME", help="Only steps of this coder.")
@click.option(
    "--format", "format_name", type=choice_of(LOG_FORMATS), default="text", show_default=True
)
def command(
    project: Path, dispute: int | None, field: str | None, author: str | None, format_name: str
) -> None:
    """Show the log of PROJECT, oldest step first, one line a changed field."""
    with open_project(project, read_only=True) as session:
        wanted = LogFilter(dispute=dispute, field=field, author=author)
        click.echo(LOG_FORMATS[format_name](log_lines(session, wanted)), nl=False)
