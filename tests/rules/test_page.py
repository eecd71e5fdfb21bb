"""docs/rules.md has every rule as it is."""

from __future__ import annotations

from pathlib import Path

from mideditor.domain.rules.table import RULES

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_every_rule_is_on_the_page_with_its_weight_and_source() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("| Rule |")) + 2
    table = lines[begin : lines.index("", begin)]
    told = [tuple(cell.strip() for cell in line.strip("|").split("|")[:4]) for line in table]
    assert told == [
        (rule.name, rule.what.replace("'", "’"), str(rule.severity), rule.source)
        for rule in RULES.values()
    ]
