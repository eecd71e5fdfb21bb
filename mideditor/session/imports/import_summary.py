"""The summary of an import in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from mideditor.domain.counting import quantity
from mideditor.domain.kinds import KINDS
from mideditor.session.imports.dismissed_readings import not_dismissed
from mideditor.session.imports.import_plan import ImportPlan
from mideditor.session.imports.importing import ImportedText
from mideditor.session.imports.reextraction import Reextraction, equal_count, reading_differences
from mideditor.session.session import Session

_MOST_LINES = 6


def import_summary(texts: Sequence[ImportedText], fresh: Collection[str]) -> str:
    """One line per text: the records found, the doubts, or that it was imported already."""
    return "\n".join(
        text_summary(text) if text.source in fresh else f"{text.name}: already imported"
        for text in texts
    )


def plan_summary(session: Session, plan: ImportPlan) -> str:
    """One line per text of an import: what it adds, or how it differs from the project."""
    newer = {extraction.source.id: extraction for extraction in plan.newer}
    lines: list[str] = []
    for text in plan.texts:
        if text.source in newer:
            lines.append(newer_summary(session, newer[text.source]))
        elif text.source in plan.known:
            lines.append(f"{text.name}: already imported")
        else:
            lines.append(text_summary(text))
    return "\n".join(lines)


def first_lines(summary: str) -> str:
    """A summary shortened to fit into a message bar."""
    lines = summary.split("\n")
    if len(lines) <= _MOST_LINES:
        return summary
    remaining = len(lines) - _MOST_LINES + 1
    return "\n".join([*lines[: _MOST_LINES - 1], f"… and {remaining} more lines"])


def newer_summary(session: Session, extraction: Reextraction) -> str:
    """How a newer text of existing records compares with them."""
    found = reading_differences(session, extraction)
    differing = len({one.record for one in found if one.record is not None})
    new = len(extraction.new)
    equal = equal_count(extraction, found)
    skipped = len(found) - len(not_dismissed(session, found))
    return (
        f"{extraction.name}: another text of records that the project has: "
        f"{equal} equal, {differing} differing, {new} new"
    ) + (f"; {skipped} skipped before" if skipped else "")


def text_summary(text: ImportedText) -> str:
    """The records found in one text, and the reader's notices."""
    kinds = Counter(record.kind for record in text.reading.records)
    counts = [quantity(n, KINDS[kind].label, KINDS[kind].plural) for kind, n in kinds.items()]
    doubts = sum(len(record.doubts) for record in text.reading.records)
    unplaced = sum(last - first + 1 for first, last in text.reading.unplaced)
    counts += [quantity(doubts, "doubtful reading")] if doubts else []
    counts += [f"{quantity(unplaced, 'line')} not placed"] if unplaced else []
    return f"{text.name}: {', '.join(counts)}" + "".join(f"\n– {note}" for note in text.notices)
