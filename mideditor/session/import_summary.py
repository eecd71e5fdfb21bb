"""What an import brought, in a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from mideditor.session.importing import ImportedText

_WORDS = {
    "entry": ("entry", "entries"),
    "cross_reference": ("cross-reference", "cross-references"),
    "fragment": ("fragment", "fragments"),
}


def import_summary(texts: Sequence[ImportedText], fresh: Collection[str]) -> str:
    """One line a text: what was found in it, what is doubtful, what was there already."""
    return "\n".join(
        text_summary(text) if text.source in fresh else f"{text.name}: already imported"
        for text in texts
    )


def text_summary(text: ImportedText) -> str:
    """What was found in one text, and what the reader noticed about it."""
    kinds = Counter(record.kind for record in text.reading.records)
    counts = [f"{n} {_WORDS[kind][n != 1]}" for kind, n in kinds.items()]
    doubts = sum(len(record.doubts) for record in text.reading.records)
    unplaced = sum(last - first + 1 for first, last in text.reading.unplaced)
    counts += [f"{doubts} doubtful readings"] if doubts else []
    counts += [f"{unplaced} lines not placed"] if unplaced else []
    return f"{text.name}: {', '.join(counts)}" + "".join(f"\n– {note}" for note in text.notices)
