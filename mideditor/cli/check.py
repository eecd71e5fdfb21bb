"""mideditor check: what the checks find, and what certainly mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import orjson

from mideditor.cli.group import FINDINGS
from mideditor.cli.project import by_option, choice_of, open_project, project_argument
from mideditor.domain.excerpts import as_line, excerpts
from mideditor.domain.fields import stored_value
from mideditor.domain.record import RecordId
from mideditor.domain.rules import Finding, Fix, Severity
from mideditor.domain.rules.table import RULES
from mideditor.domain.steps import StepKind
from mideditor.files.trouble import Trouble
from mideditor.reference.state_list import load_states
from mideditor.session.checks import Checks
from mideditor.session.mending import fixes_of, preview
from mideditor.session.session import Session

_GRAVITY = [str(severity) for severity in Severity]
_AROUND = 4


class NoSuchRule(Trouble):
    """A rule that there is not."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no rule “{name}”. There are: {', '.join(RULES)}.")


@dataclass(frozen=True)
class Row:
    """A finding of a record; ``reason`` is that of one that was accepted."""

    record: RecordId
    number: Any
    finding: Finding
    reason: str | None = None


@click.command()
@project_argument
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@click.option("--group", type=choice_of(("rule", "record")), help="Group the findings, counted.")
@click.option(
    "--severity", type=choice_of(_GRAVITY), default=_GRAVITY[-1], help="Leave out what weighs less."
)
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Only this rule; repeatable.")
@click.option("--accepted", is_flag=True, help="List the accepted findings instead.")
@click.option(
    "--states",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Check against this list of state system members.",
)
@click.option("--fix", metavar="RULE", help="Do all certain fixes of this rule as one correction.")
@click.option("--why", default="", help="The reason of that correction.")
@by_option
@click.pass_context
def command(
    ctx: click.Context,
    project: Path,
    format_name: str,
    group: str | None,
    severity: str,
    rules: tuple[str, ...],
    accepted: bool,
    states: Path | None,
    fix: str | None,
    why: str,
    by: str | None,
) -> None:
    """List the findings of PROJECT; exit code 1 where there are any."""
    for name in (*rules, *([fix] if fix else [])):
        if name not in RULES:
            raise NoSuchRule(name)
    if fix and not why.strip():
        raise click.UsageError("every change needs its reason: give --why TEXT with --fix")
    state_list = load_states(states) if states else None
    with open_project(project, by=by, read_only=not fix) as session:
        checks = Checks(session, state_list)
        if fix:
            _mend(session, checks, fix, why.strip())
            return
        wanted = _GRAVITY[: _GRAVITY.index(severity) + 1]
        rows = [
            row
            for row in (_accepted if accepted else _open)(session, checks)
            if row.finding.severity in wanted and row.finding.rule in (rules or RULES)
        ]
    if format_name == "json":
        click.echo(orjson.dumps(list(map(_as_json, rows)), option=orjson.OPT_INDENT_2).decode())
    else:
        for line in _GROUPINGS[group](rows):
            click.echo(line)
    ctx.exit(FINDINGS if rows and not accepted else 0)


def _mend(session: Session, checks: Checks, rule: str, why: str) -> None:
    values = fixes_of(checks, RULES[rule], session.ids())
    lines = [
        f"record {one.record}, {one.field}: {_excerpt(one.before, one.after)}"
        for one in preview(session, values)
    ]
    step = session.edit(StepKind.CORRECTION, values, reason=why)
    if step is None:
        click.echo(f"{rule}: there is nothing that certainly mends it; nothing was changed")
        return
    for line in lines:
        click.echo(line)
    fields, records = _counted(len(lines), "field"), _counted(len(values), "record")
    click.echo(f"step {step.number}: {fields} of {records} mended")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _excerpt(before: str, after: str) -> str:
    old, new = excerpts(before, after, _AROUND)
    return f"{as_line(old)} → {as_line(new)}"


def _open(session: Session, checks: Checks) -> Iterator[Row]:
    for record, finding in checks.all():
        yield Row(record, _number(session, record), finding)


def _accepted(session: Session, checks: Checks) -> Iterator[Row]:
    for record in session.ids():
        for one in checks.accepted(record):
            yield Row(record, _number(session, record), one.finding, one.reason)


def _number(session: Session, record: RecordId) -> Any:
    return session.documents()[record].get("dispute_number")


def _as_json(row: Row) -> dict[str, Any]:
    finding = row.finding
    return {
        "record": row.record,
        "dispute_number": row.number,
        "rule": finding.rule,
        "field": finding.field,
        "severity": finding.severity,
        "message": finding.message,
        "quote": finding.quote,
        "source": RULES[finding.rule].source,
        "key": finding.key,
        "fix": _fix_as_json(finding.fix),
    } | ({} if row.reason is None else {"accepted": row.reason})


def _fix_as_json(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    values = {name: stored_value(name, value) for name, value in fix.values.items()}
    return {"label": fix.label, "values": values}


def _one_by_one(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        yield f"{_title(row)}, {_said(row)}"


def _by_rule(rows: Sequence[Row]) -> Iterator[str]:
    order = list(RULES)
    ranked = sorted(rows, key=lambda row: order.index(row.finding.rule))
    for name, group in groupby(ranked, key=lambda row: row.finding.rule):
        found = list(group)
        fixes = sum(row.finding.fix is not None for row in found)
        mendable = f", {fixes} with a certain fix" if fixes else ""
        yield f"{name}: {len(found)}{mendable} (source: {RULES[name].source})"
        yield from (f"  {_title(row)}, {_said(row)}" for row in found)


def _by_record(rows: Sequence[Row]) -> Iterator[str]:
    for _, group in groupby(rows, key=lambda row: row.record):
        found = list(group)
        yield f"{_title(found[0])}: {len(found)}"
        yield from (f"  {_said(row)}" for row in found)


def _title(row: Row) -> str:
    return f"MID {'—' if row.number is None else row.number} (record {row.record})"


def _said(row: Row) -> str:
    accepted = "" if row.reason is None else f" (accepted: {row.reason})"
    finding = row.finding
    return f"{finding.field}: {finding.severity}: {finding.message}{accepted}"


_GROUPINGS: dict[str | None, Callable[[Sequence[Row]], Iterator[str]]] = {
    None: _one_by_one,
    "rule": _by_rule,
    "record": _by_record,
}
