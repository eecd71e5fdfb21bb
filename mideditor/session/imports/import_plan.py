"""Imports texts in two stages: plans what they add to a project, then applies it in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mideditor.domain.steps import Step
from mideditor.files.user_error import UserError
from mideditor.session.imports.dismissed_readings import not_dismissed
from mideditor.session.imports.importing import (
    ImportedText,
    read_any,
    refuse_without_entry,
    sources_in_use,
)
from mideditor.session.imports.page_joining import (
    ContinuedText,
    JoinedTexts,
    import_changes,
    read_runs,
)
from mideditor.session.imports.reextraction import (
    ProjectKeys,
    ReadingDifference,
    Reextraction,
    gather_taken,
    reading_differences,
)
from mideditor.session.session import Session
from mideditor.session.work import Work, as_share, run_now


class OutdatedPlan(UserError):
    """Records that the texts were read together with are gone, or the texts are imported now."""

    def __init__(self) -> None:
        super().__init__(
            "While the text was read, an import was undone or made. Nothing was changed. "
            "Import it again."
        )


@dataclass(frozen=True)
class ImportPlan:
    """What texts would add to a project.

    ``texts`` are read together where their pages are consecutive; ``known`` are the sources that
    the project has already; ``newer`` are texts of records that it has from another source.
    """

    texts: tuple[ImportedText, ...]
    known: frozenset[str]
    runs: tuple[JoinedTexts, ...]
    newer: tuple[Reextraction, ...]


def read_texts(session: Session, paths: Sequence[Path]) -> Work[ImportPlan]:
    """Read chapter texts, joined with each other and with the project's, without changing it.

    A page from the middle of a record is accepted if the page before or after it is available.
    Raises as `read_text`.
    """
    texts: list[ImportedText] = []
    for path in paths:
        reading = read_any(path, session.states)
        texts.append((yield from as_share(reading, len(texts), 1, len(paths) + 1)))
    planning = plan_import(session, texts)
    plan = yield from as_share(planning, len(paths), 1, len(paths) + 1)
    read_with_others = {source for run in plan.runs for source in run.readings if run.is_joint}
    for path, text in zip(paths, texts, strict=True):
        if text.source not in read_with_others | plan.known:
            refuse_without_entry(path, text)
    return plan


def plan_import(session: Session, texts: Sequence[ImportedText]) -> Work[ImportPlan]:
    """Plan what texts would add to the project as it is at the beginning."""
    unique = _without_duplicates(texts)
    project = session.frozen()
    known = sources_in_use(project)
    keys = ProjectKeys(project)
    newer: dict[str, Reextraction] = {}
    for text in unique:
        extraction = keys.newer_extraction(text.as_source(), text.reading.records)
        if extraction is not None:
            newer[text.source] = extraction
    fresh = [text for text in unique if text.source not in known | newer.keys()]
    continuing = [ContinuedText(text.source, text.text, text.reading) for text in fresh]
    if fresh:
        stored = [one for one in project.sources if one.id in known]
        continuing += [ContinuedText(source.id, source.text, None) for source in stored]
    runs = yield from read_runs(continuing, session.states)
    joint = {source: reading for run in runs for source, reading in run.readings.items()}
    read = tuple(replace(text, reading=joint.get(text.source, text.reading)) for text in texts)
    return ImportPlan(read, frozenset(known - newer.keys()), tuple(runs), tuple(newer.values()))


def carry_out(
    session: Session, plan: ImportPlan, taken: Sequence[ReadingDifference] = ()
) -> Step | None:
    """Add the new records and the ``taken`` differences in one step; None if there are none.

    Raises OutdatedPlan or FileError, with nothing changed.
    """
    _check_still_fits(session, plan)
    gathered = import_changes(session, plan.runs)
    gather_taken(session, taken, gathered)
    if not (gathered.added or gathered.values or gathered.removed):
        return None
    fresh = _fresh(plan)
    sources = {text.source: text.as_source() for text in fresh}
    sources |= {one.extraction.source.id: one.extraction.source for one in taken}
    kept = {source.id for source in session.sources}
    names = dict.fromkeys(one.extraction.name for one in taken if not one.edited)
    reasons = [f"Imported {', '.join(text.name for text in fresh)}"] if fresh else []
    reasons += [f"Taken from {', '.join(names)}"] if names else []
    return session.add(
        gathered.added,
        values=gathered.values,
        removed=gathered.removed,
        sources=[source for source in sources.values() if source.id not in kept],
        reason="; ".join(reasons),
    )


def take(session: Session, taken: Sequence[ReadingDifference]) -> Step | None:
    """Apply differences from a newer extraction in one step; None if none can be applied."""
    return carry_out(session, ImportPlan((), frozenset(), (), ()), taken)


def add_texts(session: Session, texts: Sequence[ImportedText]) -> Step | None:
    """Add the records that are new to the project in one step; None if there are none."""
    plan = run_now(plan_import(session, texts))
    return carry_out(session, plan, new_records(session, plan))


def new_records(session: Session, plan: ImportPlan) -> list[ReadingDifference]:
    """The records of newer extractions that the project does not have."""
    return [one for one in open_differences(session, plan) if one.record is None]


def open_differences(session: Session, plan: ImportPlan) -> list[ReadingDifference]:
    """All differences in newer extractions, without those dismissed before."""
    found = [one for extraction in plan.newer for one in reading_differences(session, extraction)]
    return not_dismissed(session, found)


def _check_still_fits(session: Session, plan: ImportPlan) -> None:
    """Raise OutdatedPlan if records of the texts have come or gone since they were read."""
    in_use = sources_in_use(session) if plan.runs else set()
    for run in plan.runs:
        new = run.alone.keys() or run.readings.keys()
        if run.readings.keys() - new - in_use or new & in_use:
            raise OutdatedPlan


def _fresh(plan: ImportPlan) -> list[ImportedText]:
    """The new texts in the given order, each once."""
    joint = {source for run in plan.runs for source in run.readings}
    return _without_duplicates([text for text in plan.texts if text.source in joint])


def _without_duplicates(texts: Sequence[ImportedText]) -> list[ImportedText]:
    first: dict[str, ImportedText] = {}
    for text in texts:
        first.setdefault(text.source, text)
    return list(first.values())
