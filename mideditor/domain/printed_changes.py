"""The printed *Coding changes* paragraph: the source's own sentences and those from the log.

A field whose coding changed gets one sentence that names its *first* old value; once the field is
changed back, the sentence disappears. If the source already has a sentence for the field, the value
named there is the first one. A sentence that the coder has reworded replaces the one from the log,
and disappears together with it.

Start date and start day share a place in the paragraph, as do end date and end day: one sentence
covers both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mideditor.domain.changes import ChangeKind, FieldChanged, RecordChange
from mideditor.domain.coded_fields import code_sentence, date_sentence
from mideditor.domain.coded_sides import side_sentences
from mideditor.domain.fields import Editor, decisions, fields_with_sentences
from mideditor.domain.record import ChangedField, CodingChange, Entry, Record
from mideditor.domain.steps import Step

LoggedSentences = dict[ChangedField, CodingChange | None]
"""What the log requires in each place of the paragraph: a sentence, or None for no sentence."""

_SHARED_PLACES: dict[ChangedField, ChangedField] = {
    row.sentences[1]: row.sentences[0]
    for row in decisions().values()
    if row.editor is Editor.DATE and row.sentences
}
"""A date and its day have one place."""


@dataclass(frozen=True)
class Coding:
    """The coding changes of a record according to the log.

    ``changes`` are the changes of its coding steps in force, oldest first. ``source`` holds, for
    each place in the paragraph whose field has ever been coded, the sentences that were there
    before the first coding change: the source's own, with corrections up to then.
    """

    changes: tuple[FieldChanged, ...] = ()
    source: Mapping[ChangedField, tuple[CodingChange, ...]] = field(default_factory=dict)


def coding_from_log(
    original: Record,
    logged: Iterable[tuple[Step, RecordChange]],
    stands: Callable[[Step], bool],
) -> Coding:
    """The coding of a record from all changes ever made to it, oldest first.

    ``stands`` says whether a step is in force, that is, not undone.
    """
    sentences = sentences_of(original)
    source: dict[ChangedField, tuple[CodingChange, ...]] = {}
    changes: list[FieldChanged] = []
    for step, change in logged:
        if not isinstance(change, FieldChanged):
            continue
        if change.kind is ChangeKind.CODING and step.reversal is None:
            row = decisions().get(change.field)
            for kind in row.sentences if row else ():
                place = _SHARED_PLACES.get(kind, kind)
                source.setdefault(place, tuple(s for s in sentences if sentence_slot(s) == place))
            if stands(step):
                changes.append(change)
        elif change.field == "coding_changes":
            sentences = tuple(map(CodingChange.model_validate, change.new))
    return Coding(tuple(changes), source)


def printed_coding_changes(record: Record, coding: Coding) -> tuple[CodingChange, ...]:
    """The sentences to print for a record."""
    own = sentences_of(record)
    wanted = wanted_sentences(record, coding)
    wanted_places = {place for place, sentence in wanted.items() if sentence is not None}
    reworded_places = {sentence_slot(s) for s in own if is_reworded(s, coding)} & wanted_places
    printed: list[CodingChange | None] = []
    for sentence in own:
        place = sentence_slot(sentence)
        if is_reworded(sentence, coding):
            if place in reworded_places or _rewords_source(sentence, own, wanted, coding):
                printed.append(sentence)
        elif place not in reworded_places:
            printed.append(wanted.pop(place, sentence) if place else sentence)
    logged = [sentence for place, sentence in wanted.items() if place not in reworded_places]
    return tuple(sentence for sentence in (*printed, *logged) if sentence)


def wanted_sentences(record: Record, coding: Coding) -> LoggedSentences:
    """What the log requires in the paragraph, for each field whose coding has changed."""
    if not isinstance(record, Entry):
        return {}
    first_old: dict[str, Any] = {}
    for change in coding.changes:
        first_old.setdefault(change.field, change.old)
    source = {place: sentences[0] for place, sentences in coding.source.items() if sentences}
    wanted: LoggedSentences = {}
    coded = [row for row in fields_with_sentences() if row.name in first_old]
    if any(row.editor is Editor.PARTICIPANTS for row in coded):
        wanted |= side_sentences(record, coding.changes, source)
    for row in coded:
        if row.editor is not Editor.PARTICIPANTS:
            sentence = date_sentence if row.editor is Editor.DATE else code_sentence
            wanted |= sentence(record, row, first_old[row.name], source.get(row.sentences[0]))
    return wanted


def sentences_of(record: Record) -> tuple[CodingChange, ...]:
    """The record's own sentences; none for a cross-reference."""
    return getattr(record, "coding_changes", ())


def sentence_slot(sentence: CodingChange) -> ChangedField | None:
    """The place of a sentence in the paragraph; None for a sentence without a field."""
    return _SHARED_PLACES.get(sentence.field, sentence.field) if sentence.field else None


def is_reworded(sentence: CodingChange, coding: Coding) -> bool:
    """Whether a record's own sentence reports a coding change in the coder's words."""
    place = sentence_slot(sentence)
    return place is not None and sentence not in coding.source.get(place, (sentence,))


def _rewords_source(
    sentence: CodingChange, own: Sequence[CodingChange], wanted: LoggedSentences, coding: Coding
) -> bool:
    """Whether a reworded sentence replaces one of the source that no change affects any more."""
    place = sentence_slot(sentence)
    if place is None or place in wanted or not coding.source[place]:
        return False
    return not any(original in own for original in coding.source[place])


def own_sentences(
    typed: Sequence[CodingChange], own: Sequence[CodingChange], printed: Sequence[CodingChange]
) -> tuple[CodingChange, ...]:
    """The record's own sentences after a coder has edited the printed paragraph to ``typed``.

    Sentences from the log that the coder left unchanged are not stored; the record's own sentences
    that the log had replaced or hidden are kept; everything the coder wrote is now the record's
    own.
    """
    hidden = {sentence_slot(sentence): sentence for sentence in own if sentence not in printed}
    kept: list[CodingChange] = []
    for sentence in typed:
        if sentence not in printed or sentence in own:
            kept.append(sentence)
        elif sentence_slot(sentence) in hidden:
            kept.append(hidden.pop(sentence_slot(sentence)))
    return (*kept, *hidden.values())
