"""All that a project shows, as plain JSON, to compare before and after a change of the format.

Records are named by their place in the order in which the log added them, counted from 1; records
that are not in the project now count down from -1, in the order in which the log first names them.
So nothing here depends on the ids of records. What knows the steps of the log and the ids stands
in the first part; adapt that part to a new format, and keep the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import count
from typing import Any

import orjson

from mideditor.domain.changes import ChangeKind, RecordAdded, RecordTakenOut, StepsExplained
from mideditor.domain.record import RecordId, document_of
from mideditor.domain.record_ids import handle
from mideditor.domain.reports.log_line import LogLine
from mideditor.domain.sources import Source
from mideditor.domain.steps import Step
from mideditor.export.log_formats import log_as_text
from mideditor.files.user_error import UserError
from mideditor.session.checks.checks import Checks
from mideditor.session.log.logbook import log_lines
from mideditor.session.log.reviewing import ReviewFilter, authors, changes
from mideditor.session.project.exporting import export
from mideditor.session.project.restoring import (
    find_changes_back,
    list_backups,
    read_backup,
    restore,
)
from mideditor.session.project.verifying import faults
from mideditor.session.session import Session
from mideditor.session.work import run_now

Truth = dict[str, Any]
"""Plain JSON values."""

Names = Mapping[RecordId, int]
"""The name of each record in a truth: above 0 in the project, below 0 not in it."""

# What knows the format of steps, ids and keys


def steps_of(session: Session) -> Sequence[Step]:
    """All steps of the log, the oldest first."""
    return session.history.steps


def number_of(step: Step) -> int:
    """The number of a step in its log."""
    return step.number


def kind_of(step: Step) -> str:
    """The kind of a step, as the log names it."""
    return step.kind.value


def undone_by(session: Session, step: Step) -> int | None:
    """The number of the step that an undo, redo or restore is about."""
    return session.history.reversed_by(step)


def fields_changed(step: Step) -> Iterator[tuple[RecordId, str]]:
    """The records and fields that a step changes, in order, each once."""
    places = ((change.record, change.field) for change in step.record_changes)
    return iter(dict.fromkeys(places))


def newly_added(step: Step) -> Iterator[RecordId]:
    """The records that a step adds, but not those that it brings back."""
    if step.kind not in (ChangeKind.UNDO, ChangeKind.REDO, ChangeKind.RESTORE):
        for change in step.record_changes:
            if isinstance(change, RecordAdded):
                yield change.record


def in_order_of_addition(session: Session) -> list[RecordId]:
    """The records of the project, those that the log added last at the end."""
    added: dict[RecordId, None] = {}
    for step in steps_of(session):
        for record in newly_added(step):
            added.pop(record, None)
            added[record] = None
    known = [record for record in added if record in session.documents()]
    return known + [record for record in session.ids() if record not in added]


_RECORD_IN_KEY = re.compile(r"\b((?:number|reference) once \| dispute_number \| \d+ \| )(\d+)\b")
"""The keys of the findings that name another record by its id."""


def key_with_names(text: str, names: Names) -> str:
    """The keys of accepted findings in a text, with names in place of ids."""
    return _RECORD_IN_KEY.sub(lambda found: f"{found[1]}record {names.get(int(found[2]))}", text)


def with_names(text: str, names: Names) -> str:
    """A message, with names in place of the short names of records."""
    for record, name in names.items():
        text = text.replace(f"record {handle(record)}", f"record {name}")
    return text


def log_with_names(session: Session, names: Names) -> tuple[list[Truth], list[str]]:
    """The lines of the log, and the log as text."""
    lines = [_line_with_names(line, names) for line in log_lines(session)]
    text = with_names(log_as_text(log_lines(session)), names)
    return [_columns(line) for line in lines], key_with_names(text, names).splitlines()


def _line_with_names(line: LogLine, names: Names) -> LogLine:
    return replace(
        line,
        record=None if line.record is None else names[line.record],
        original=key_with_names(line.original, names),
        old=key_with_names(line.old, names),
        new=key_with_names(line.new, names),
    )


def _columns(line: LogLine) -> Truth:
    """The columns of a line that are not empty."""
    return _without_empty({**asdict(line), "time": line.time.isoformat()})


def _without_empty(values: Truth) -> Truth:
    return {name: value for name, value in values.items() if value not in (None, "")}


def undo_next(session: Session) -> Step | None:
    """Undo the step that Ctrl+Z undoes, whoever made it; the step undone, or None."""
    undone = session.history.next_undo_of_anyone()
    if undone is not None:
        session.undo(undone.number)
    return undone


def redo_next(session: Session) -> Step | None:
    """Redo the step that was undone last, whoever undid it; the step, or None."""
    redone = session.history.next_redo(session.author)
    if redone is not None:
        session.redo()
    return redone


def removed_documents(session: Session) -> dict[RecordId, Truth]:
    """The records that the log has taken out, as they were then."""
    removed: dict[RecordId, Truth] = {}
    for step in steps_of(session):
        for change in step.record_changes:
            if isinstance(change, RecordTakenOut) and change.record not in session.documents():
                removed[change.record] = session.kept(change.document) or {}
    return removed


# The truth of a project


def names_of(session: Session) -> Names:
    """The name of each record that is in the project or in its log."""
    names = {record: place for place, record in enumerate(in_order_of_addition(session), start=1)}
    gone = count(1)
    for step in steps_of(session):
        for record, _ in fields_changed(step):
            if record not in names:
                names[record] = -next(gone)
    return names


def truth_of(session: Session) -> Truth:
    """All that a project shows, without changing it."""
    names = names_of(session)
    lines, text = log_with_names(session, names)
    checks = Checks(session)
    return {
        "order": [names[record] for record in session.ids()],
        "records": {
            str(names[record]): _record(session, names, record, checks)
            for record in sorted(session.ids(), key=names.__getitem__)
        },
        "removed": {
            str(names[record]): _removed(session, names, record)
            for record in sorted(removed_documents(session), key=lambda one: -names[one])
        },
        "sources": [_source(source) for source in session.sources],
        "steps": [_step(session, names, step) for step in steps_of(session)],
        "log": lines,
        "log as text": text,
        **_history(session, names),
        "text": run_now(export(session, "text")).decode("utf-8").splitlines(),
        "json": _json(session, names),
        "verify": [with_names(fault, names) for fault in faults(session)],
    }


def undo_trail(session: Session) -> list[Truth]:
    """Undo step after step down to the first, then redo; what each gives.

    Each row names the step, and has a digest of the exported text, of the records in their
    stored form, and of their printed sentences. The last row has the message if a step cannot be
    undone.
    """
    names = names_of(session)
    return [*_trail(session, names, "undo", undo_next), *_trail(session, names, "redo", redo_next)]


def backups_trail(session: Session) -> Truth:
    """What each backup of the project has otherwise, and what going back to it gives, by its file.

    Each restore is undone before the next.
    """
    names = names_of(session)
    rows: Truth = {}
    for backup in list_backups(session):
        contents = run_now(read_backup(backup))
        found = run_now(find_changes_back(session, contents))
        step = run_now(restore(session, backup, contents))
        restored = _digests(session, names) if step else None
        if step:
            undo_next(session)
        rows[backup.path.name] = {
            "steps": backup.steps,
            "differences": [[names[one.record], one.field, one.here, one.there] for one in found],
            "restored": restored,
            "undone": _digests(session, names),
        }
    return rows


def first_difference(expected: Any, found: Any, path: str = "") -> str | None:
    """Where two truths first differ, as a path such as “records › 2 › document › page”."""
    if isinstance(expected, dict) and isinstance(found, dict):
        parts: Iterator[tuple[str, Any, Any]] = (
            (str(key), expected.get(key, _ABSENT), found.get(key, _ABSENT))
            for key in {**expected, **found}
        )
    elif isinstance(expected, list) and isinstance(found, list):
        longest = max(len(expected), len(found))
        parts = ((str(place), _at(expected, place), _at(found, place)) for place in range(longest))
    elif expected == found and type(expected) is type(found):
        return None
    else:
        return f"{path}: {expected!r} before, {found!r} now"
    different = (
        first_difference(before, now, f"{path} › {part}" if path else part)
        for part, before, now in parts
    )
    return next(filter(None, different), None)


# Helpers, in call order

_ABSENT = "(nothing)"

_DIGITS = 16
"""Of a SHA-256 in hex, so many digits are kept."""


def _at(items: list[Any], place: int) -> Any:
    return items[place] if place < len(items) else _ABSENT


def _record(session: Session, names: Names, record: RecordId, checks: Checks) -> Truth:
    coding = session.coding(record)
    document = _document(session.documents()[record], names)
    original = _document(document_of(session.original(record)), names)
    return {
        "document": document,
        "original": {
            name: original.get(name)
            for name in {**document, **original}
            if original.get(name) != document.get(name)
        },
        "changed fields": list(session.changed_fields(record)),
        "edited fields": sorted(session.history.edited_fields(record)),
        "printed changes": [sentence.text for sentence in session.printed_changes(record)],
        "coding": [[change.field, change.old, change.new] for change in coding.changes],
        "source sentences": {
            place: [sentence.text for sentence in sentences]
            for place, sentences in coding.source.items()
        },
        "findings": [
            [key_with_names(one.key, names), one.severity.value, with_names(one.message, names)]
            for one in checks.of(record)
        ],
        "accepted findings": [
            [key_with_names(one.finding.key, names), one.reason] for one in checks.accepted(record)
        ],
    }


def _document(document: Mapping[str, Any], names: Names) -> Truth:
    """A record as stored, with names in place of the ids in its keys."""
    accepted = [
        {"key": key_with_names(one["key"], names), "reason": one["reason"]}
        for one in document.get("accepted") or ()
    ]
    return {**document, **({"accepted": accepted} if accepted else {})}


def _removed(session: Session, names: Names, record: RecordId) -> Truth:
    """A removed record, and the record of the project that begins at the same place, if any."""
    document = removed_documents(session)[record]
    same = [
        names[other]
        for other, there in session.documents().items()
        if _beginning(there) == _beginning(document)
    ]
    return {"document": _document(document, names), "same place as": same}


def _beginning(document: Mapping[str, Any]) -> tuple[str, int] | None:
    place = document.get("place")
    if not place:
        return None
    lines = [first for name, (first, _) in place["lines"].items() if name != "heading"]
    return place["source"], min(lines, default=0)


def _source(source: Source) -> Truth:
    kept = {name: source.document()[name] for name in ("id", "name", "encoding", "unplaced")}
    return kept | {"is whole": source.is_intact}


def _step(session: Session, names: Names, step: Step) -> Truth:
    history = session.history
    reason, accepted = _reason_step(session, step), history.accepted_by(step)
    changed = [[names[record], field] for record, field in fields_changed(step)]
    values = {
        "number": number_of(step),
        "time": step.time.isoformat(),
        "author": step.author,
        "kind": kind_of(step),
        "undoes": undone_by(session, step),
        "stands": history.stands(step),
        "reason in step": reason,
        "accepted in step": number_of(accepted) if accepted else None,
        "changes": changed,
    }
    return _without_empty(values)


def _reason_step(session: Session, step: Step) -> int | None:
    """The number of the last step in force that explains a step."""
    explains = [
        later.number
        for later in steps_of(session)
        for change in later.changes
        if isinstance(change, StepsExplained) and step.id in change.steps
        if session.history.stands(later)
    ]
    return explains[-1] if explains else None


def _history(session: Session, names: Names) -> Truth:
    history = session.history
    next_undo, next_redo = history.next_undo_of_anyone(), history.next_redo(session.author)
    return {
        "next undo": [number_of(next_undo), kind_of(next_undo)] if next_undo else None,
        "next redo": [number_of(next_redo), kind_of(next_redo)] if next_redo else None,
        "standing": [number_of(step) for step in steps_of(session) if history.stands(step)],
        "words": sorted(history.words()),
        "skipped records": sorted(history.skipped_records()),
        "needing reason": [number_of(step) for step in history.needing_reason()],
        "authors": authors(session),
        "review": _review(session, names, ReviewFilter()),
        "open review": _review(session, names, ReviewFilter(only_open=True)),
    }


def _review(session: Session, names: Names, criteria: ReviewFilter) -> list[list[Any]]:
    return [
        [
            number_of(one.step),
            None if one.line.record is None else names[one.line.record],
            one.line.field,
            one.accepted_by,
        ]
        for one in changes(session, criteria)
    ]


def _json(session: Session, names: Names) -> Truth:
    """A digest of each record of the JSON export: nearly all of it stands in “records” too."""
    exported = orjson.loads(run_now(export(session, "json")))
    return {
        str(names[record["id"]]): _digest(_document(record, names) | {"id": names[record["id"]]})
        for record in exported
    }


def _trail(
    session: Session, names: Names, what: str, go: Callable[[Session], Step | None]
) -> list[Truth]:
    rows: list[Truth] = []
    while True:
        try:
            step = go(session)
        except UserError as error:
            return [*rows, {"what": what, "refused": with_names(str(error), names)}]
        if step is None:
            return rows
        rows.append({"what": what, "step": number_of(step), **_digests(session, names)})


def _digests(session: Session, names: Names) -> Truth:
    ids = sorted(session.ids(), key=names.__getitem__)
    documents = [[names[one], _document(session.documents()[one], names)] for one in ids]
    printed = [[sentence.text for sentence in session.printed_changes(one)] for one in ids]
    return {
        "text": sha256(run_now(export(session, "text"))).hexdigest()[:_DIGITS],
        "records": _digest(documents),
        "printed changes": _digest(printed),
    }


def _digest(value: Any) -> str:
    return sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:_DIGITS]
