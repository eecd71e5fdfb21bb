"""Checks that the log, the records and the sources of a project agree, by replaying the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from mideditor.domain.changes import ChangeKind, RecordAdded, SourceAdded
from mideditor.domain.record import RecordId
from mideditor.domain.record_ids import handle
from mideditor.domain.replay import (
    Document,
    NotAsLogged,
    apply,
    changes_between,
    digest_of_document,
)
from mideditor.domain.steps import first_broken_link
from mideditor.session.session import Session


def faults(session: Session) -> Iterator[str]:
    """A message for each inconsistency.

    The file must have the digest that it was saved with. The links of the steps reveal one that was
    altered, removed or moved. Every record must be as the log leaves it, from the record as it was
    added on; every source that a step imported must be there under its name, with the bytes that
    its id stands for.
    """
    opened = session.file.opened if session.file else None
    if opened is not None and opened.altered and session.read_only:  # else it is saved anew
        yield "the file is not as it was saved: another program or a fault of the disk changed it"
    broken = first_broken_link(session.history.steps)
    if broken is not None:
        yield broken[1]
    elif opened is not None and opened.broken:
        yield opened.broken
    yield from _source_faults(session)
    yield from _record_faults(session)


def _source_faults(session: Session) -> Iterator[str]:
    kept = {source.id: source for source in session.sources}
    for source in kept.values():
        if not source.is_intact:
            yield f"the source “{source.name}” is not what was imported"
    for step in session.history.steps:
        for change in step.changes:
            if not isinstance(change, SourceAdded):
                continue
            found = kept.get(change.source)
            if found is None:
                yield f"the source “{change.name}” of step {step.number} is not in the project"
            elif found.name != change.name:
                yield (
                    f"the source “{change.name}” of step {step.number} is now “{found.name}”: it "
                    "was changed outside the editor"
                )


def _record_faults(session: Session) -> Iterator[str]:
    replay = _Replay(session)
    replay.run()
    yield from replay.faults
    documents = session.documents()
    for record in session.ids():
        if record not in replay.faulty:
            yield from _differences(session, record, documents[record], replay.records.get(record))
    for record, document in replay.records.items():
        if record not in documents and record not in replay.faulty:
            yield f"{_named(record, document)} is in the log but not in the project"


class _Replay:
    """The records as the log leaves them. A record is followed up to its first fault."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._added: dict[str, Document | None] = {}
        self.records: dict[RecordId, Document] = {}
        self.faulty: set[RecordId] = set()
        self.faults: list[str] = []

    def run(self) -> None:
        for step in self._session.history.steps:
            for change in step.record_changes:
                if change.record in self.faulty:
                    continue
                if isinstance(change, RecordAdded):
                    self._check_original(change)
                before = self.records.pop(change.record, None)
                try:
                    after = apply(change, before, self._kept)
                except (NotAsLogged, ValidationError):
                    self._blame(change.record, before, f"step {step.number}, {change.field}")
                else:
                    if after is not None:
                        self.records[change.record] = after

    def _kept(self, digest: str) -> Document | None:
        return self._added.get(digest)

    def _check_original(self, change: RecordAdded) -> None:
        if change.document in self._added:
            return
        document = self._session.kept(change.document)
        if document is not None and _digest_of(document) != change.document:
            self.faults.append(
                f"{_named(change.record, document)} is not kept as it was when it was added: "
                "it was changed outside the editor"
            )
        self._added[change.document] = document

    def _blame(self, record: RecordId, document: Document | None, where: str) -> None:
        self.faulty.add(record)
        self.faults.append(f"{_named(record, document)}: {where} does not follow from the log")


def _differences(
    session: Session,
    record: RecordId,
    document: Mapping[str, Any],
    expected: Mapping[str, Any] | None,
) -> Iterator[str]:
    name = session.name_of(record)
    if expected is None:
        known = bool(session.history.changes_of(record))
        yield f"{name} was taken out by the log" if known else f"{name} is in no step of the log"
        return
    fields = {
        change.field
        for change in changes_between(record, expected, document, lambda _: ChangeKind.IMPORT)
    }
    if document.get("dyad") != expected.get("dyad"):  # follows from the heading
        fields.add("dyad")
    for field in sorted(fields):
        yield f"{name}, {field}, does not agree with the log: it was changed outside the editor"


def _digest_of(document: Mapping[str, Any]) -> str:
    try:
        return digest_of_document(document)
    except ValidationError:
        return ""


def _named(record: RecordId, document: Mapping[str, Any] | None) -> str:
    number = (document or {}).get("dispute_number")
    return f"MID {number}" if isinstance(number, int) else f"record {handle(record)}"
