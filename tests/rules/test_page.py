"""docs/rules.md lists every rule as it is in the code."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.rules.table import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_every_rule_is_on_the_page_with_its_severity_and_source() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("| Rule |")) + 2
    table = lines[begin : lines.index("", begin)]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")[:4]) for line in table]
    assert rows == [
        (rule.name, rule.what.replace("'", "’"), str(rule.severity), rule.source)
        for rule in RULES.values()
    ]
