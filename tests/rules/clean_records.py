"""Made-up records without errors, generated from a seed, with much that is nearly wrong.

The narratives mention the dates, states and deaths of their dispute, but also mules, proposals,
earlier treaties and third states, which no rule may report.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import CrossReference, Dyad, Entry, Participant, Record
from mideditor.domain.states import State
from mideditor.reference.state_list import bundled_states

_STATES = [state for state in bundled_states() if state.mentions]
_THIRD_CODING = 1993

_VALID_PAIRS = (
    *((Outcome.STALEMATE, Settlement.NONE), (Outcome.STALEMATE, Settlement.NEGOTIATED)),
    *((Outcome.COMPROMISE, Settlement.NEGOTIATED), (Outcome.VICTORY_A, Settlement.IMPOSED)),
    *((Outcome.YIELD_B, Settlement.NEGOTIATED), (Outcome.YIELD_A, Settlement.NONE)),
    *((Outcome.RELEASED, Settlement.NEGOTIATED), (Outcome.RELEASED, Settlement.NONE)),
    *((Outcome.UNCLEAR, Settlement.NONE), (Outcome.MISSING, Settlement.MISSING)),
    (Outcome.JOINS_WAR, Settlement.NONE),
)
_OPENINGS = (
    "On {start}, a column of {a} cavalry rode over the frontier that {b} had closed in spring.",
    "The quarrel began on {start}, when a gunboat from {a_name} anchored off a {b} lighthouse.",
    "{a_name} called up two classes of reserves on {start} and moved them towards {b_name}.",
    "A {b} customs launch was stopped by {a} sailors on {start} in waters that both claimed.",
    "Early in the morning of {start}, shots were exchanged between {a} and {b} patrols.",
)
_MIDDLES = (
    "The {b} cabinet had had no warning, and the note that that evening went out was mild.",
    "A proposal to lay the matter before a court was killed in committee by the {a} senate.",
    "Two mules and a field telephone were lost in the river.",
    "“We shall not be moved,” the {a} commander told a correspondent.",
    "Under a treaty of {earlier}, neither side was to keep troops within ten miles of the river.",
    "The press of {third_name} spoke of a comedy, which did not please anybody.",
    "The {b} minister (a former admiral) asked for an apology and got none.",
    "Some 4,000 men stood on either side, three- or four-deep in places.",
    "Neither government wished to go further, and both said so in long-winded letters.",
    "The blockade killed the trade in salt for a season.",
    "It was feared that hundreds would be killed if the dam gave way; it held.",
    "The road to the pass was littered with 40 dead oxen.",
    "Its presence killed 3 of 5 proposals that the {a} side had made.",
    "Farmers of the district complained that 38 sheep had died.",
    "“It is a very, very small island,” wrote the {b} consul, “and nobody lives on it.”",
    "The {a} foreign office (see MID#{other}) had used the same words before.",
)
_ENDINGS = (
    "The {a} troops were withdrawn on {end}, and the posts were handed back.",
    "On {end}, the commanders of {a_name} and {b_name} signed a protocol and went home.",
    "An exchange of notes on {end} closed the affair.",
    "After {end} no more was heard of it on the {b} side.",
)
_CIVILIANS = (
    "Three {b} fishermen died when their boat was run down.",
    "Shells that fell short killed 12 villagers.",
    "One woman and two children were killed by a stray round.",
)
_NOBODY = (
    "No one was killed.",
    "There were no casualties on either side.",
    "The shooting went on for an hour without loss of life.",
    "None of the soldiers was killed, though several were wounded.",
)
# A number of military deaths in different wordings; {n} is in figures, {w} in words.
DEATHS = (
    "In the fighting, {n} {a} soldiers were killed.",
    "The battery opened fire, killing {w} {b} sailors.",
    "An ambush at the ford left {w} border guards dead and more wounded.",
    "A mine killed {n} infantrymen of the {a} garrison.",
    "According to the {b} staff, {w} of its officers were shot and killed.",
    "The landing cost the lives of {n} marines.",
    "Their barracks collapsed under the shelling, and {w} conscripts died.",
    "A {b} court later counted {n} policemen killed.",
    "The deaths of {w} airmen were announced the next day.",
    "At dusk {w} sentries were found dead at their posts.",
    "The {a} side lost {n} men before it fell back.",
    "Of the crew, {w} seamen perished.",
    "The clash claimed {w} soldiers on the first day.",
    "The attackers lost {n} killed and many wounded.",
    "Casualties on the {a} side were {n} killed and a few dozen wounded.",
    "In all, {n} troops were reported killed.",
    "The fire in the magazine killed all {w} crewmen.",
    "By nightfall {w} {a} infantrymen had been slain.",
)
_RANGES = {
    Fatalities.TO_25: (1, 25),
    Fatalities.TO_100: (26, 100),
    Fatalities.TO_250: (101, 250),
    Fatalities.TO_500: (251, 500),
    Fatalities.TO_999: (501, 999),
    Fatalities.OVER_999: (1000, 4000),
}
_ONES = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "no ten twenty thirty forty fifty sixty seventy eighty ninety"


@dataclass(frozen=True)
class Scene:
    """The facts of a narrative."""

    a: State
    b: State
    third: State
    start: PartialDate
    end: PartialDate
    other: int

    def filled(self, sentence: str, deaths: int = 0) -> str:
        """A sentence with these names, dates and numbers filled in."""
        return sentence.format(
            a=_adjective(self.a),
            b=_adjective(self.b),
            a_name=self.a.name,
            b_name=self.b.name,
            third_name=self.third.name,
            start=_day_and_month(self.start),
            end=_day_and_month(self.end),
            earlier=self.start.year - 40,
            other=self.other,
            n=f"{deaths:,}",
            w=in_words(deaths),
        )


def clean_records(dyads: int, seed: int) -> list[Record]:
    """The lists of a number of dyads, ordered by date, with cross-references between them."""
    chance = Random(seed)
    numbers = {late: _numbers(chance, late) for late in (False, True)}
    lists: dict[tuple[int, int], list[Record]] = {}
    for _ in range(dyads):
        a, b, year = _opponents(chance)
        for _ in range(chance.randint(1, 5)):
            entry, ally = _entry(chance, a, b, year, numbers)
            lists.setdefault(_codes(entry.heading), []).append(entry)
            if ally is not None:
                lists.setdefault(_codes(ally.heading), []).append(ally)
            year += chance.randint(1, 6)
            if not _both_members(a, b, year) or year > 2010:
                break
    return [record for listed in lists.values() for record in sorted(listed, key=_start)]


def in_words(number: int) -> str:
    """A number in words up to 99, in figures above."""
    if number < 20:
        return _ONES.split()[number]
    if number > 99:
        return f"{number:,}"
    tens = _TENS.split()[number // 10]
    return f"{tens}-{_ONES.split()[number % 10]}" if number % 10 else tens


def _entry(
    chance: Random, a: State, b: State, year: int, numbers: dict[bool, list[int]]
) -> tuple[Entry, CrossReference | None]:
    start_day = date(year, chance.randint(1, 12), chance.randint(1, 28))
    end_day = min(start_day + timedelta(days=chance.randint(0, 200)), date(year, 12, 31))
    start, end = (PartialDate(day.year, day.month, day.day) for day in (start_day, end_day))
    number = numbers[year >= _THIRD_CODING].pop()
    level = chance.choice([Fatalities.NONE] * 6 + list(_RANGES))
    scene = Scene(a, b, _third(chance, a, b), start, end, chance.randint(1, 4000))
    heading = Dyad(a=_participant(min(a, b, key=_code)), b=_participant(max(a, b, key=_code)))
    ally = _third(chance, a, b) if chance.random() < 0.25 else None
    if ally is not None and not ally.is_member(start, end):
        ally = None
    outcome, settlement = chance.choice(_VALID_PAIRS)
    side_a = sorted((a, *([ally] if ally else [])), key=lambda state: str(state.code))
    entry = Entry(
        dispute_number=number,
        heading=heading,
        start_date=start,
        end_date=end,
        side_a=tuple(map(_participant, side_a)),
        side_b=(_participant(b),),
        outcome=outcome,
        settlement=settlement,
        fatalities=level,
        narrative=_narrative(chance, scene, level, ally),
    )
    return entry, None if ally is None else _cross_reference(entry, ally, b)


def _cross_reference(entry: Entry, ally: State, b: State) -> CrossReference:
    under = Dyad(a=_participant(min(ally, b, key=_code)), b=_participant(max(ally, b, key=_code)))
    start = entry.start_date
    assert isinstance(start, PartialDate)
    return CrossReference(
        dispute_number=entry.dispute_number if isinstance(entry.dispute_number, int) else None,
        heading=under,
        started=PartialDate(start.year, start.month),
        see=entry.heading,
    )


def _narrative(
    chance: Random, scene: Scene, level: Fatalities, ally: State | None
) -> tuple[str, ...]:
    middles = chance.sample(_MIDDLES, chance.randint(2, 6))
    if level is Fatalities.NONE:
        middles += [chance.choice(_NOBODY)] if chance.random() < 0.3 else []
        middles += [chance.choice(_CIVILIANS)] if chance.random() < 0.2 else []
    else:
        deaths = chance.randint(*_RANGES[level])
        middles.append(scene.filled(chance.choice(DEATHS), deaths))
    if ally is not None:
        middles.append(f"{ally.name} sent two ships and much advice.")
    chance.shuffle(middles)
    sentences = [chance.choice(_OPENINGS), *middles, chance.choice(_ENDINGS)]
    filled = [scene.filled(sentence) for sentence in sentences]
    cut = chance.randint(1, len(filled) - 1)
    if chance.random() < 0.5:
        return " ".join(filled[:cut]), " ".join(filled[cut:])
    return (" ".join(filled),)


def _opponents(chance: Random) -> tuple[State, State, int]:
    while True:
        a, b = chance.sample(_STATES, 2)
        year = chance.randint(1816, 2009)
        if _both_members(a, b, year) and not set(a.mentions) & set(b.mentions):
            return a, b, year


def _both_members(a: State, b: State, year: int) -> bool:
    whole_year = PartialDate(year, 1, 1), PartialDate(year, 12, 31)
    return all(
        spell.since.earliest <= whole_year[0].earliest
        and (spell.until is None or spell.until.latest >= whole_year[1].latest)
        for state in (a, b)
        for spell in state.memberships
        if spell.overlaps(*whole_year)
    ) and all(state.is_member(*whole_year) for state in (a, b))


def _third(chance: Random, a: State, b: State) -> State:
    return chance.choice([state for state in _STATES if state.code not in (a.code, b.code)])


def _numbers(chance: Random, late: bool) -> list[int]:
    numbers = list(range(4000, 4700) if late else range(2, 4000))
    chance.shuffle(numbers)
    return numbers


def _participant(state: State) -> Participant:
    return Participant(code=state.code, name=state.name)


def _adjective(state: State) -> str:
    return state.mentions[0]


def _day_and_month(day: PartialDate) -> str:
    return str(day).rsplit(",", 1)[0]


def _codes(heading: Dyad | None) -> tuple[int, int]:
    codes = heading.codes if heading else None
    assert codes is not None
    return codes


def _code(state: State) -> int:
    return state.code


def _start(record: Record) -> date:
    start = getattr(record, "start_date", None) or getattr(record, "started", None)
    assert isinstance(start, PartialDate)
    return start.earliest
