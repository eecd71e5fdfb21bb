"""Random records: natural ones as in print, and odd ones that the form allows."""

from __future__ import annotations

from enum import StrEnum

from hypothesis import strategies as st

from mideditor.domain.codes import Fatalities, Outcome, Settlement
from mideditor.domain.coding_sentences import OPENINGS, change_sentence, parse_sentence
from mideditor.domain.partial_date import PartialDate
from mideditor.domain.record import (
    ChangedField,
    CodingChange,
    CrossReference,
    Dyad,
    Entry,
    Fragment,
    Participant,
    Record,
    Unread,
)

NAMES = {
    2: "United States of America",
    40: "Cuba",
    200: "United Kingdom",
    300: "Austria-Hungary",
    365: "Russia",
    404: "Guinea-Bissau",
    437: "Ivory Coast",
    640: "Turkey",
    732: "South Korea",
}
SENTENCES = (
    "Gunboats entered the lagoon at dawn and withdrew before the garrison could answer.",
    "The ambassador negotiated for a two-day truce along the river.",
    "A well-armed patrol crossed the boundary near the ferry (see MID#4503).",
    "“We shall not yield,” said President Núñez, who had 1,200 men with him.",
    "On July 4, 1911, the Bolivian-controlled customs house was shelled.",
    "Both governments recalled their ministers—and then said nothing for a year.",
    "Missiles were removed from the territory, and the government apologized.",
    "It failed.",
)
UNREADABLE = ("see the text", "about Christmas", "?", "n.d. (unknown", "early in the year")
ODD_TEXTS = (
    "MID#12",
    "Narrative: of a kind",
    "Dispute Number: 12",
    "942 Chapter 7",
    "Europe 313",
    "2 Cuba/40 Canada",
    "Free download pdf",
    "(Marcin) #1",
    "Started in May 1964. See the narrative in the 2 Cuba/40 Canada dyad dispute list.",
    "- a dash",
    "1. an item",
    "lower case, no end",
    "The pre- and post-war years; anti-",
    "Coding changes: none",
    "2. May we",
    "/",
    "two  spaces.  Here",
)

codes = st.sampled_from(sorted(NAMES))
states = codes.map(lambda code: Participant(code=code, name=NAMES[code]))
sides = st.lists(states, min_size=1, max_size=12).map(tuple)
dyads = st.builds(Dyad, a=states, b=states)
dates = st.builds(
    PartialDate,
    st.integers(1816, 2010),
    st.integers(1, 12),
    st.one_of(st.none(), st.integers(1, 28)),
)
numbers = st.integers(0, 5000)
unread = st.sampled_from(UNREADABLE).map(lambda text: Unread(unread=text))
long_paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=4, max_size=9).map(" ".join)
natural_narratives = st.lists(long_paragraphs, min_size=1, max_size=4).map(tuple)
odd_text = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.sampled_from(SENTENCES),
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1)
    .map(str.strip)
    .filter(bool),
)
odd_narratives = st.lists(odd_text, max_size=5).map(tuple)


def _old_value(changed: ChangedField) -> st.SearchStrategy[str]:
    if changed in ("added", "dropped"):
        return st.lists(states.map(str), min_size=1, max_size=2).map(" and ".join)
    if changed == "participant_changed":
        return st.sampled_from(("side: B, not A. The list was wrong", "2 Cuba to 40 Cuba"))
    if changed in ("start_day", "end_day"):
        return st.just("Missing")
    if changed in ("start_date", "end_date"):
        return dates.map(str)
    words: dict[str, type[StrEnum]] = {
        "outcome": Outcome,
        "settlement": Settlement,
        "fatalities": Fatalities,
    }
    return st.sampled_from([str(word) for word in words[changed]])


@st.composite
def sentences(draw: st.DrawFn, remarks: bool = False) -> tuple[CodingChange, ...]:
    """Coding changes in printed order; with ``remarks``, sometimes after a free remark."""
    chosen = draw(st.sets(st.sampled_from(list(OPENINGS))))
    changes = [change_sentence(name, draw(_old_value(name))) for name in OPENINGS if name in chosen]
    if remarks and draw(st.booleans()):
        changes.insert(0, parse_sentence("The maps disagree."))
    return tuple(changes)


natural_entries = st.builds(
    Entry,
    dispute_number=numbers,
    mid_number=st.one_of(st.none(), numbers),
    heading=dyads,
    start_date=dates,
    end_date=dates,
    side_a=sides,
    side_b=sides,
    outcome=st.sampled_from(Outcome),
    settlement=st.sampled_from(Settlement),
    fatalities=st.sampled_from(Fatalities),
    narrative=natural_narratives,
    coding_changes=sentences(),
)
natural_references = st.builds(
    CrossReference,
    dispute_number=numbers,
    heading=dyads,
    started=dates.map(lambda date: PartialDate(date.year, date.month)),
    see=dyads,
)
odd_members = st.one_of(
    states,
    st.sampled_from(["Hawaii", "the rebels"]).map(lambda name: Participant(code=None, name=name)),
    codes.map(lambda code: Participant(code=code, name="")),
)
odd_sides = st.lists(odd_members, max_size=4).map(tuple)
odd_entries = st.builds(
    Entry,
    dispute_number=st.one_of(st.none(), unread, numbers),
    mid_number=st.one_of(st.none(), numbers),
    heading=st.one_of(st.none(), dyads),
    start_date=st.one_of(st.none(), unread, dates),
    end_date=st.one_of(st.none(), unread, dates),
    side_a=odd_sides,
    side_b=odd_sides,
    outcome=st.one_of(st.none(), unread, st.sampled_from(Outcome)),
    settlement=st.one_of(st.none(), st.sampled_from(Settlement)),
    fatalities=st.one_of(st.none(), unread, st.sampled_from(Fatalities)),
    narrative=odd_narratives,
    coding_changes=sentences(remarks=True),
)
odd_references = st.builds(
    CrossReference,
    dispute_number=st.one_of(st.none(), numbers),
    heading=st.one_of(st.none(), dyads),
    started=st.one_of(st.none(), unread, dates),
    see=st.one_of(st.none(), unread, dyads),
)
odd_fragments = st.builds(
    Fragment,
    heading=st.one_of(st.none(), dyads),
    narrative=odd_narratives,
    coding_changes=sentences(remarks=True),
).filter(lambda record: bool(record.narrative or record.coding_changes))
natural_records: st.SearchStrategy[list[Record]] = st.lists(
    st.one_of(natural_entries, natural_references), min_size=1, max_size=6
)
odd_records: st.SearchStrategy[list[Record]] = st.lists(
    st.one_of(odd_entries, odd_references, odd_fragments), max_size=6
)
