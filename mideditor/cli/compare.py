"""mideditor compare: compares the project with the published data set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import by_option, choice_of, open_project, progress_bar
from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import NotACode, parse_code
from mideditor.domain.counting import quantity
from mideditor.domain.fields import published_codes, published_fields
from mideditor.domain.reports.comparison import (
    BLANK,
    Comparison,
    FieldComparison,
    open_differences_in,
)
from mideditor.export.comparison_reports import COMPARISON_FORMATS, TABLE_FORMATS
from mideditor.files.outputs import Output
from mideditor.reference.published import PublishedTables
from mideditor.reference.published_files import read_tables
from mideditor.reference.published_rules import table_findings
from mideditor.reference.state_list import bundled_states
from mideditor.session.project.exporting import ExportFilter, export_output
from mideditor.session.published.apply_published import applicable, apply_published
from mideditor.session.published.published_comparison import compare
from mideditor.session.session import Session
from mideditor.session.undoing import records_of
from mideditor.session.work import run_now

_KINDS = {"correction": ChangeKind.CORRECTION, "coding": ChangeKind.CODING}
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("project", type=_FILE, required=False)
@click.option("--disputes", type=_FILE, required=True, help="The published table of disputes.")
@click.option("--participants", type=_FILE, help="That of participants (else no side is compared).")
@click.option("--chapter", type=int, help="Only the records of this chapter.")
@click.option("--dispute", type=int, help="Only the records of this dispute number.")
@click.option(
    "--field", "fields", multiple=True, type=choice_of(published_fields()), help="Only this field."
)
@click.option("--matrix", is_flag=True, help="Only the counts of printed × published values.")
@click.option(
    "--format",
    "format_name",
    type=choice_of(COMPARISON_FORMATS),
    default="text",
    show_default=True,
)
@click.option("--to", "target", type=_FILE, help="The file to write (else: standard output).")
@click.option(
    "--take",
    multiple=True,
    metavar="FIELD[=PRINTED:PUBLISHED]",
    help="Take over the published values of a field, or of a cell of its matrix; never in the "
    "place of an edit.",
)
@click.option("--kind", type=click.Choice(list(_KINDS)), help="With --take: what the step is.")
@click.option("--why", default="", help="With --take: the reason.")
@click.option("--cite", default="", help="With --take: else the tables and their version.")
@click.option("--check-tables", is_flag=True, help="Check the tables themselves; needs no PROJECT.")
@by_option
@click.pass_context
def command(
    ctx: click.Context,
    project: Path | None,
    disputes: Path,
    participants: Path | None,
    chapter: int | None,
    dispute: int | None,
    fields: tuple[str, ...],
    matrix: bool,
    format_name: str,
    target: Path | None,
    take: tuple[str, ...],
    kind: str | None,
    why: str,
    cite: str,
    check_tables: bool,
    by: str | None,
) -> None:
    """Compare PROJECT with the published tables, or take values over from them.

    Exit code 1 where something differs. --take makes one step, which one undo takes back.
    """
    read = [path for path in (disputes, participants) if path is not None]
    output = export_output(target, project=project, reading=read) if target is not None else None
    tables = read_tables(disputes, participants)
    for notice in tables.notices:
        click.echo(f"mideditor: {notice}", err=True)
    if check_tables:
        findings = table_findings(tables, bundled_states())
        _write(TABLE_FORMATS[format_name](findings), output)
        ctx.exit(FINDINGS if findings else 0)
    if project is None:
        raise click.UsageError("name the PROJECT to compare, or give --check-tables")
    choices = [_parse_choice(text) for text in take]
    _check_take_options(take, kind, why)
    selection = ExportFilter(chapter=chapter, dispute=dispute)
    with open_project(project, by=by, read_only=not take) as session:
        found = _compare(session, tables, selection, fields)
        if kind is not None:
            click.echo(_apply(session, found, choices, _KINDS[kind], why, cite))
            return
        report = COMPARISON_FORMATS[format_name](found, only_matrices=matrix)
        _write(report, output)
    ctx.exit(0 if found.agrees else FINDINGS)


CellChoice = tuple[str, tuple[str, str] | None]
"""A field, and optionally a cell of its matrix: the printed and the published value."""


def _parse_choice(text: str) -> CellChoice:
    field, equals, cell = text.partition("=")
    if field not in published_fields():
        raise click.UsageError(
            f"--take {text}: “{field}” is none of {', '.join(published_fields())}"
        )
    if not equals:
        return field, None
    printed, colon, published = cell.partition(":")
    if field not in published_codes() or not colon:
        cells = ", ".join(published_codes())
        raise click.UsageError(
            f"--take {text}: write FIELD=PRINTED:PUBLISHED, for one of {cells}, or FIELD alone"
        )
    return field, (_parse_code(text, field, printed), _parse_code(text, field, published))


def _parse_code(text: str, field: str, value: str) -> str:
    if value.strip() in ("", BLANK):
        return BLANK
    try:
        return str(parse_code(value, published_codes()[field]))
    except NotACode as error:
        raise click.UsageError(f"--take {text}: {error}") from error


def _check_take_options(take: Sequence[str], kind: str | None, why: str) -> None:
    if take and (kind is None or not why.strip()):
        raise click.UsageError("--take needs --kind correction or coding, and --why with a reason")
    if kind is not None and not take:
        raise click.UsageError("--kind belongs to --take: say which values to take over")


def _compare(
    session: Session, tables: PublishedTables, selection: ExportFilter, fields: Sequence[str]
) -> Comparison:
    with progress_bar("Comparing") as progress:
        found = run_now(compare(session, tables, selection), progress)
    return found.only(fields) if fields else found


def _apply(
    session: Session,
    found: Comparison,
    choices: Sequence[CellChoice],
    kind: ChangeKind,
    why: str,
    cite: str,
) -> str:
    selected = [one for field, cell in choices for one in _chosen(found, field, cell)]
    with progress_bar("Taking values over") as progress:
        work = apply_published(session, selected, kind, why, cite or found.citation)
        step = run_now(work, progress)
    if step is None:
        return "nothing to take over; nothing was changed"
    values = quantity(len(step.record_changes), "value")
    records = quantity(records_of(step), "record")
    return f"step {step.number}: {values} of {records} taken over"


def _chosen(
    found: Comparison, field: str, cell: tuple[str, str] | None
) -> Sequence[FieldComparison]:
    if cell is None:
        return applicable(found.fields, field)
    return applicable(open_differences_in(found.fields, field, *cell))


def _write(report: str, output: Output | None) -> None:
    if output is None:
        click.echo(report, nl=False)
    else:
        output.write(report.encode("utf-8"))
