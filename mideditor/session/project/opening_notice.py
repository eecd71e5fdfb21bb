"""The notice to the user when a project was not found as it was last saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mideditor.domain.changes import WHOLE_RECORD
from mideditor.domain.counting import quantity
from mideditor.domain.fields import FIELDS
from mideditor.domain.record import RecordId
from mideditor.domain.steps import Step
from mideditor.domain.titles import record_title
from mideditor.session.session import Session
from mideditor.store.opening import Opened

_SHOWN = 6


def opening_notice(session: Session) -> list[str]:
    """One line for each repair, then one for each recovered record; [] if there is nothing."""
    file = session.file
    if file is None:
        return []
    return [*_faults(session, file.opened), *_recovered(session, file.opened)]


def _faults(session: Session, opened: Opened) -> Iterator[str]:
    name = session.path.name
    names = " and ".join(path.name for path in opened.set_aside)
    aside = f"as {names}" if names else "among the backups"
    if opened.migrated_from is not None and not session.read_only:
        yield (
            f"{name} was of project version {opened.migrated_from} and is now of the present one. "
            "A copy of the older file is among the backups."
        )
    if opened.backup is not None:
        made = opened.backup.time.astimezone()
        what = "gone" if opened.data is None else "damaged"
        kept = "" if opened.data is None else f" The damaged file is kept {aside}."
        yield (
            f"{name} was {what}. It was opened from its newest backup, of {made:%d %B %Y, %H:%M} "
            f"(step {opened.backup.steps}).{kept}"
        )
    if opened.from_journal:
        yield (
            f"{name} was damaged, and there was no backup yet. It was made again from the journal, "
            f"which has all steps. The damaged file is kept {aside}."
        )
    yield from _changed_file(name, aside, opened, read_only=session.read_only)
    yield from _strange_backups(name, opened)
    if not opened.journal_is_intact:
        rest = (
            " File > Changes from outside shows what can be read of it."
            if opened.outside is not None and not opened.altered
            else ""
        )
        kept = f"it is kept {aside}" if names else "it is left where it is"
        yield f"A part of the journal could not be put back; {kept}.{rest}"


def _changed_file(name: str, aside: str, opened: Opened, *, read_only: bool) -> Iterator[str]:
    if opened.replaced_by is not None:
        yield (
            f"Another copy of {name}, with {quantity(opened.replaced_by, 'step')}, was put in its "
            f"place. The project was opened as it was left here; that copy is kept {aside}. "
            "File > Changes from outside shows what it has otherwise, to be taken over or left."
        )
    elif opened.altered and opened.outside is not None:
        yield (
            f"{name} was changed by another program after it was saved. It was opened as it was "
            f"saved; the changed file is kept {aside}. File > Changes from outside shows what "
            "it has otherwise, to be taken over or left."
        )
    elif opened.altered and read_only:
        yield (
            f"{name} was changed after it was saved, by another program or a fault of the disk. "
            "Open it to be changed, and what was saved is compared with it."
        )
    elif opened.altered:
        yield (
            f"{name} was changed after it was saved, by another program or a fault of the disk, "
            "and there is no backup to tell what was changed. “mideditor verify” names what does "
            f"not agree with the log. A copy of the file as it was found is kept {aside}."
        )


def _strange_backups(name: str, opened: Opened) -> Iterator[str]:
    if opened.backups_set_aside is not None and opened.are_of_another:
        yield (
            f"There are backups of another project, in whose place {name} was put. They are kept "
            f"in {opened.backups_set_aside.name}."
        )
    elif opened.backups_set_aside is not None:
        yield (
            f"There are backups of later steps than {name} has: it was put in the place of another "
            f"file. They are kept in {opened.backups_set_aside.name}."
        )


def _recovered(session: Session, opened: Opened) -> Iterator[str]:
    count = opened.recovered
    if not count or session.read_only:
        return
    steps = session.history.steps[-count:]
    recovered = quantity(count, "step was", "steps were")
    complete = "; nothing is missing" if opened.journal_is_intact else ""
    yield f"The editor was not closed the last time. {recovered} put back{complete}:"
    lines = _by_record(session, steps)
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"and {len(lines) - _SHOWN} more; the log of the project lists every step."


def _by_record(session: Session, steps: list[Step]) -> list[str]:
    fields: defaultdict[RecordId, dict[str, None]] = defaultdict(dict)
    whole = 0
    for step in steps:
        for change in step.record_changes:
            if change.field == WHOLE_RECORD:
                whole += 1
            elif change.field in FIELDS:
                fields[change.record][FIELDS[change.field].label] = None
    existing = session.documents()
    lines = [
        f"{record_title(session.record(record))}: {', '.join(labels)}"
        for record, labels in fields.items()
        if record in existing
    ]
    if whole:
        lines.insert(0, f"{quantity(whole, 'record')} added or taken out")
    return lines
