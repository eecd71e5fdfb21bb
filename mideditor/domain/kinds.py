"""The kinds of record, one row each: its model, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass

from mideditor.domain.record import CrossReference, Entry, Fragment, Record


@dataclass(frozen=True)
class RecordKind:
    """A kind of record: its name in the export, its model, and what people call it.

    ``whole``: its text is complete in print, so a required field that is empty is a finding.
    """

    name: str
    model: type[Record]
    label: str
    plural: str
    article: str = "a"
    whole: bool = True

    @property
    def title(self) -> str:
        """The kind as a title: “Cross-reference”."""
        return self.label.capitalize()

    @property
    def with_article(self) -> str:
        """The kind in a sentence: “an entry”, “a cross-reference”."""
        return f"{self.article} {self.label}"


KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        RecordKind("entry", Entry, "entry", "entries", "an"),
        RecordKind("cross_reference", CrossReference, "cross-reference", "cross-references"),
        RecordKind("fragment", Fragment, "fragment", "fragments", whole=False),
    )
}
