"""A made-up book: records generated from a seed, and printed like the chapters.

States are drawn from the whole list with unequal weights, so that some dyads have many records and
most have few.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import accumulate
from random import Random

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.coding_sentences import change_sentence
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import CrossReference, Dyad, Entry, Participant, Record
from mideditor.reference.state_list import bundled_states
from mideditor.text.writer import write_records
from tests.text.typesetter import Press

_WHO = (
    "A survey party",
    "The harbor garrison",
    "Two armed trawlers",
    "The customs ambassador",
    "A well-armed patrol",
    "The provincial government",
    "A reconnaissance plane",
    "Several hundred herdsmen",
    "The lighthouse crew",
    "A battery of coastal guns",
)
_DID = (
    "crossed the marsh near",
    "fired warning shots toward",
    "was escorted away from",
    "negotiated the surrender of",
    "claimed the fishing grounds off",
    "cut the telegraph line to",
    "occupied for a two-day period",
    "withdrew its boats from",
    "refused to leave the territory around",
    "laid new boundary stones beside",
)
_WHERE = (
    "the salt lake",
    "the northern ferry",
    "a disputed sandbank",
    "the railway bridge",
    "the old quarantine station",
    "an unmarked boundary",
    "the estuary",
    "three villages on the plateau",
)
_AFTER = (
    "before the rains made the road impassable.",
    "and the consul sent a long-winded note about it.",
    "although nobody had been told to do so.",
    "while the newspapers spoke of something else.",
    "but a joint commission found no damage.",
    "and the matter rested there until autumn.",
    "after which both governments recalled their ministers.",
)

_MEAN_DAYS = 150
"""Half of the published disputes end within four months; few last for years."""


def made_up_records(count: int, seed: int = 1) -> list[Record]:
    """Generate ``count`` records under dyad headings; one in six is a cross-reference."""
    random = Random(seed)
    records: list[Record] = []
    heading = _dyad(random)
    for number in range(1, count + 1):
        if random.random() < 0.3:
            heading = _dyad(random)
        if random.random() < 1 / 6:
            records.append(_cross_reference(number, heading, random))
        else:
            records.append(_entry(number, heading, random))
    return records


def printed(records: list[Record], seed: int = 1) -> str:
    """The text of a book with these records, laid out in pages."""
    sentences = [record.coding_changes if isinstance(record, Entry) else () for record in records]
    text = write_records(list(zip(records, sentences, strict=True)))
    return Press(columns=86, page_lines=44, site=False, seed=seed).set(text)


def _entry(number: int, heading: Dyad, random: Random) -> Entry:
    start = _date(random)
    end = _days_later(start, int(random.expovariate(1 / _MEAN_DAYS)))
    changed = random.random() < 0.7
    return Entry(
        dispute_number=number,
        heading=heading,
        start_date=start,
        end_date=end,
        side_a=(heading.a, *_allies(random)),
        side_b=(heading.b,),
        outcome=random.choice(list(Outcome)),
        settlement=random.choice(list(Settlement)),
        fatalities=random.choice(list(Fatalities)),
        narrative=tuple(
            " ".join(_sentence(random) for _ in range(random.randint(3, 9)))
            for _ in range(random.choice((1, 1, 1, 2, 3)))
        ),
        coding_changes=(change_sentence("start_date", str(_date(random))),) if changed else (),
    )


def _cross_reference(number: int, heading: Dyad, random: Random) -> CrossReference:
    date = _date(random)
    started = PartialDate(date.year, date.month)
    return CrossReference(
        dispute_number=number, heading=heading, started=started, see=_dyad(random)
    )


def _sentence(random: Random) -> str:
    words = [random.choice(part) for part in (_WHO, _DID, _WHERE, _AFTER)]
    if random.random() < 0.3:
        words[0] = f"On {_date(random)}, {words[0][0].lower()}{words[0][1:]}"
    return " ".join(words)


def _date(random: Random) -> PartialDate:
    return PartialDate(random.randint(1816, 2010), random.randint(1, 12), random.randint(1, 28))


def _days_later(start: PartialDate, days: int) -> PartialDate:
    end = start.earliest + timedelta(days=days)
    return PartialDate(end.year, end.month, end.day)


def _dyad(random: Random) -> Dyad:
    first, second = sorted(_states(random, 2), key=lambda state: state.code or 0)
    return Dyad(a=first, b=second)


def _allies(random: Random) -> list[Participant]:
    return _states(random, random.choice((0, 0, 0, 0, 1, 3)))


def _states(random: Random, count: int) -> list[Participant]:
    """Draw ``count`` different states."""
    draw_plot: dict[int | None, Participant] = {}
    states, weights = _drawing()
    while len(draw_plot) < count:
        (state,) = random.choices(states, cum_weights=weights)
        draw_plot[state.code] = state
    return list(draw_plot.values())


@cache
def _drawing() -> tuple[list[Participant], list[float]]:
    """All states in a fixed random order, with their cumulative weights."""
    states = [Participant(code=state.code, name=state.name) for state in bundled_states()]
    Random(1816).shuffle(states)
    return states, list(accumulate(1 / (place + 5) for place in range(len(states))))
