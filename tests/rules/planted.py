"""Errors planted into clean records: ``python -m tests.rules.planted [DYADS] [SEED]``.

Prints the share of each kind of error that the rules find, and the share of clean records with a
false finding.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.coding_sentences import split_sentences
from mideditor.domain.partial_date import PartialDate, is_after
from mideditor.domain.record import (
    CrossReference,
    Dyad,
    Entry,
    Participant,
    Record,
    RecordId,
    document_of,
)
from mideditor.domain.rules import Finding
from mideditor.domain.rules.context import RuleContext
from mideditor.domain.rules.record_index import RecordIndex
from mideditor.domain.rules.table import findings_of
from mideditor.reference.state_list import bundled_states
from tests.rules.clean_records import DEATHS, clean_records, in_words

Values = dict[str, Any]
Plant = Callable[[Any, Random], Values | None]
"""Returns the changed fields of a clean record; None if the error cannot be planted in it."""

_STATES = bundled_states()


@dataclass(frozen=True)
class Planted:
    """How often one kind of error was planted, and how often found."""

    kind: str
    planted: int
    found: int


class IndexedRecords:
    """Clean records with their index, as in a project; errors are planted in one at a time."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.records: dict[RecordId, Record] = dict(enumerate(records, start=1))
        self.index = RecordIndex(self.records.__getitem__)
        for record_id, record in self.records.items():
            self.index.update(record_id, document_of(record))

    def findings(self, record_id: RecordId) -> list[Finding]:
        """The findings about a record."""
        record = self.records[record_id]
        return findings_of(RuleContext(record, record, _STATES, id=record_id, index=self.index))

    def put(self, record_id: RecordId, record: Record) -> None:
        """Replace a record."""
        self.records[record_id] = record
        self.index.update(record_id, document_of(record))


def planted(records: Sequence[Record], seed: int) -> list[Planted]:
    """Plant every kind of error in every suitable record, one at a time."""
    chance, indexed, kinds = Random(seed), IndexedRecords(records), kinds_among(records)
    counts: Counter[tuple[str, bool]] = Counter()
    for record_id, record in list(indexed.records.items()):
        before = {finding.key for finding in indexed.findings(record_id)}
        for kind in kinds:
            values = kind.plant(record, chance) if isinstance(record, kind.into) else None
            if values is None:
                continue
            indexed.put(record_id, record.replace(**values))
            new = [one for one in indexed.findings(record_id) if one.key not in before]
            counts[kind.name, any(one.rule in kind.rules for one in new)] += 1
            indexed.put(record_id, record)
    return [
        Planted(
            kind.name, counts[kind.name, True] + counts[kind.name, False], counts[kind.name, True]
        )
        for kind in kinds
    ]


def false_findings(records: Sequence[Record]) -> list[tuple[Record, Finding]]:
    """What the rules find in clean records."""
    indexed = IndexedRecords(records)
    return [
        (record, finding)
        for record_id, record in indexed.records.items()
        for finding in indexed.findings(record_id)
    ]


# The errors. Each takes a record and a random generator, and returns the changed fields.


def _first(entry: Entry, *, code: int | None = None, name: str | None = None) -> Values:
    """Side B with another code or name for its first state."""
    state = entry.side_b[0]
    changed = Participant(
        code=state.code if code is None else code, name=state.name if name is None else name
    )
    return {"side_b": (changed, *entry.side_b[1:])}


def unknown_code(entry: Entry, chance: Random) -> Values:
    free = [code for code in range(2, 1000) if _STATES.get(code) is None]
    return _first(entry, code=chance.choice(free))


def code_of_another(entry: Entry, chance: Random) -> Values:
    others = [state.code for state in _STATES if state.code != entry.side_b[0].code]
    return _first(entry, code=chance.choice(others))


def misspelt_name(entry: Entry, chance: Random) -> Values | None:
    name = entry.side_b[0].name
    place = chance.randrange(1, len(name) - 1)
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    misspelled = chance.choice(
        [swapped, name[:place] + name[place + 1 :], name[:place] + "x" + name[place:]]
    )
    return None if misspelled == name else _first(entry, name=misspelled)


def swapped_dates(entry: Entry, _chance: Random) -> Values | None:
    start, end = entry.start_date, entry.end_date
    if not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
        return None
    return {"start_date": end, "end_date": start} if is_after(end, start) else None


def killed_and_none(entry: Entry, chance: Random) -> Values | None:
    if entry.fatalities != Fatalities.NONE:
        return None
    number = chance.choice([2, 3, 4, 7, 11, 14, 22, 40, 63, 180, 1200])
    return {"narrative": _with_sentence(entry, _deaths(number, chance), chance)}


def level_too_low(entry: Entry, chance: Random) -> Values | None:
    if entry.fatalities != Fatalities.NONE:
        return None
    sentence = _deaths(chance.randint(30, 900), chance)
    return {"fatalities": Fatalities.TO_25, "narrative": _with_sentence(entry, sentence, chance)}


def no_deaths(entry: Entry, chance: Random) -> Values | None:
    text = " ".join(entry.narrative)
    silent = not any(word in text for word in ("were killed by", "died when", "killed 12"))
    if entry.fatalities != Fatalities.NONE or not silent:
        return None
    sentence = chance.choice(["No one was killed.", "There were no fatalities.", "Nobody died."])
    level = chance.choice(list(Fatalities)[1:-1])
    return {"fatalities": level, "narrative": _with_sentence(entry, sentence, chance)}


def not_yet_a_member(entry: Entry, chance: Random) -> Values | None:
    start, end = entry.start_date, entry.end_date
    assert isinstance(start, PartialDate)
    assert isinstance(end, PartialDate)
    outside = [state for state in _STATES if not state.is_member(start, end)]
    if not outside:
        return None
    state = chance.choice(outside)
    return _first(entry, code=state.code, name=state.name)


def on_both_sides(entry: Entry, _chance: Random) -> Values:
    members = (*entry.side_b, _of(entry.side_a)[0])
    return {"side_b": tuple(sorted(members, key=lambda member: str(member.code)))}


def disordered_side(entry: Entry, _chance: Random) -> Values | None:
    side = _of(entry.side_a)
    return {"side_a": side[::-1]} if len(side) > 1 else None


def foreign_heading(entry: Entry, chance: Random) -> Values:
    taking_part = {member.code for member in (*_of(entry.side_a), *entry.side_b)}
    state = chance.choice([state for state in _STATES if state.code not in taking_part])
    heading = entry.heading
    assert heading is not None
    return {"heading": Dyad(a=heading.a, b=Participant(code=state.code, name=state.name))}


def excluded_pair(_entry: Entry, chance: Random) -> Values:
    outcome = chance.choice([Outcome.STALEMATE, Outcome.COMPROMISE, Outcome.JOINS_WAR])
    return {"outcome": outcome, "settlement": Settlement.IMPOSED}


def number_of_another(entry: Entry, chance: Random, numbers: Sequence[int]) -> Values:
    return {"dispute_number": chance.choice([n for n in numbers if n != entry.dispute_number])}


def other_period(entry: Entry, chance: Random) -> Values:
    assert isinstance(entry.start_date, PartialDate)
    late = entry.start_date.year >= 1993
    return {"dispute_number": chance.randint(2, 3900) if late else chance.randint(4710, 4990)}


def lost_quotation_mark(entry: Entry, chance: Random) -> Values | None:
    return _with_change(entry, [(mark, "") for mark in "“”"], chance)


def repeated_word(entry: Entry, chance: Random) -> Values | None:
    words = ["the", "and", "of", "a", "on", "to", "that both", "no", "was"]
    return _with_change(
        entry, [(f" {word} ", f" {word} {word.split()[-1]} ") for word in words], chance
    )


def double_space(entry: Entry, chance: Random) -> Values | None:
    return _with_change(entry, [(". ", ".  "), (" the ", " the  "), (", ", " , ")], chance)


def page_furniture(entry: Entry, chance: Random) -> Values | None:
    heads = ["942 Chapter 7 ", "Major States 941 ", "(Marcin) #1 ", "Fatalities: None "]
    return _with_change(entry, [(" the ", f" the {head}") for head in heads], chance)


def broken_word(entry: Entry, chance: Random) -> Values | None:
    words = ["soldiers", "government", "frontier", "commander", "minister", "troops", "neither"]
    return _with_change(
        entry,
        [(word, f"{word[: len(word) // 2]}- {word[len(word) // 2 :]}") for word in words],
        chance,
    )


def narrative_of_another(entry: Entry, chance: Random, others: Sequence[Entry]) -> Values | None:
    taking_part = {member.code for member in (*_of(entry.side_a), *entry.side_b)}
    far = [
        other
        for other in chance.sample(others, min(20, len(others)))
        if not taking_part & {member.code for member in (*_of(other.side_a), *other.side_b)}
        and sum(map(len, other.narrative)) > 300
    ]
    return {"narrative": far[0].narrative} if far else None


def untrue_sentence(entry: Entry, chance: Random) -> Values:
    taking_part = {member.code for member in (*_of(entry.side_a), *entry.side_b)}
    state = chance.choice([state for state in _STATES if state.code not in taking_part])
    text = chance.choice(
        [
            f"Added to the dispute: {state}.",
            f"Dropped from the dispute: {entry.side_b[0]}.",
            f"Start Date changed from {entry.start_date}.",
            f"Fatalities changed from {entry.fatalities}.",
            "Settlement changed from Mediated.",
            "End Date changed from Febuary 30, 1962.",
        ]
    )
    return {"coding_changes": split_sentences(text)}


def wrong_start_month(reference: CrossReference, chance: Random) -> Values:
    started = reference.started
    assert isinstance(started, PartialDate)
    months = [month for month in range(1, 13) if month != started.month]
    return {"started": PartialDate(started.year, chance.choice(months))}


def reference_to_nothing(reference: CrossReference, chance: Random) -> Values:
    return {"dispute_number": chance.randint(4801, 4999)}


def reference_to_another_dyad(reference: CrossReference, chance: Random) -> Values:
    assert isinstance(reference.see, Dyad)
    state = chance.choice([state for state in _STATES if state.code != reference.see.b.code])
    return {"see": Dyad(a=reference.see.b, b=Participant(code=state.code, name=state.name))}


def _of(side: Any) -> tuple[Participant, ...]:
    assert isinstance(side, tuple)
    return side


def _deaths(number: int, chance: Random) -> str:
    sentence = chance.choice(DEATHS)
    names = {"a": "Ruritanian", "b": "Graustarkian"}
    return sentence.format(n=f"{number:,}", w=in_words(number), **names)


def _with_sentence(entry: Entry, sentence: str, chance: Random) -> tuple[str, ...]:
    *before, last = entry.narrative
    pieces = last.split(". ")
    pieces.insert(chance.randint(1, len(pieces)), sentence.removesuffix("."))
    text = ". ".join(piece.removesuffix(".") for piece in pieces)
    return (*before, text + ".")


def _with_change(entry: Entry, changes: Sequence[tuple[str, str]], chance: Random) -> Values | None:
    """The narrative with one of the changes made in one place."""
    applicable = [
        (number, old, new)
        for number, paragraph in enumerate(entry.narrative)
        for old, new in changes
        if old in paragraph
    ]
    if not applicable:
        return None
    number, old, new = chance.choice(applicable)
    paragraphs = list(entry.narrative)
    paragraphs[number] = paragraphs[number].replace(old, new, 1)
    return {"narrative": tuple(paragraphs)}


@dataclass(frozen=True)
class Kind:
    """A kind of error: how to plant it, in which records, and rules of which one must find it."""

    name: str
    plant: Plant
    rules: tuple[str, ...]
    into: type[Record] = Entry


def kinds_among(records: Sequence[Record]) -> list[Kind]:
    """Every kind of error; some take a value from another record."""
    entries = [record for record in records if isinstance(record, Entry)]
    numbers = [entry.dispute_number for entry in entries if isinstance(entry.dispute_number, int)]
    deaths = ("deaths and level", "level without deaths")
    narrative_rules = ("states told", "dates told", "states not taking part")
    return [
        Kind("a code that there is not", unknown_code, ("state code",)),
        Kind("the code of another state", code_of_another, ("state name",)),
        Kind("a misspelt name", misspelt_name, ("state name",)),
        Kind("a state that is no member then", not_yet_a_member, ("system member",)),
        Kind("a state on both sides", on_both_sides, ("participants once",)),
        Kind("a side out of order", disordered_side, ("order within a side",)),
        Kind("a heading of another dyad", foreign_heading, ("heading takes part",)),
        Kind("start and end swapped", swapped_dates, ("dates in order",)),
        Kind("a number of another period", other_period, ("number and period", "number once")),
        Kind(
            "the number of another entry",
            lambda entry, chance: number_of_another(entry, chance, numbers),
            ("number once",),
        ),
        Kind("soldiers killed, Fatalities None", killed_and_none, deaths),
        Kind("more killed than the level has", level_too_low, deaths),
        Kind("a level, though nobody died", no_deaths, deaths),
        Kind("outcome with another settlement", excluded_pair, ("outcome and settlement",)),
        Kind(
            "the narrative of another dispute",
            lambda entry, chance: narrative_of_another(entry, chance, entries),
            narrative_rules,
        ),
        Kind("an untrue sentence of coding changes", untrue_sentence, ("sentence and fields",)),
        Kind("a quotation mark lost", lost_quotation_mark, ("quotation marks",)),
        Kind("a word repeated", repeated_word, ("repeated words",)),
        Kind("a space too many", double_space, ("double spaces",)),
        Kind("a leftover of the page", page_furniture, ("leftovers",)),
        Kind("a word broken in two", broken_word, ("broken words",)),
        Kind("another start month", wrong_start_month, ("reference month",), CrossReference),
        Kind(
            "a reference to no entry",
            reference_to_nothing,
            ("reference has its entry",),
            CrossReference,
        ),
        Kind(
            "a reference to another dyad",
            reference_to_another_dyad,
            ("reference has its entry", "reference dyads"),
            CrossReference,
        ),
    ]


def main(dyads: int = 400, seed: int = 1) -> None:
    """Print the shares."""
    records = clean_records(dyads, seed)
    results = planted(records, seed)
    for result in results:
        print(f"{result.found / result.planted:7.1%}  {result.planted:5}  {result.kind}")  # noqa: T201
    all_planted, all_found = sum(r.planted for r in results), sum(r.found for r in results)
    print(f"{all_found / all_planted:7.1%}  {all_planted:5}  planted errors found")  # noqa: T201
    false_positives = false_findings(records)
    affected = len({id(record) for record, _ in false_positives})
    print(f"{affected / len(records):7.1%}  {len(records):5}  clean records with a false finding")  # noqa: T201
    for rule, count in Counter(finding.rule for _, finding in false_positives).most_common():
        print(f"         {count:5}  {rule}")  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
