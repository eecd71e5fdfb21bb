"""Texts read as one: the same records as for the joined text, and every line accounted for."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from mideditor.domain.record import Place
from mideditor.reference.state_list import bundled_states
from mideditor.session.sample import sample_text
from mideditor.session.work import run_now
from mideditor.text.page_joining import Part, read_jointly
from mideditor.text.reader import Reading, read_chapter

LINES = sample_text().read_text(encoding="utf-8").splitlines(keepends=True)
STATES = bundled_states()


def placed_lines(source: str, readings: tuple[Reading, ...], part: int) -> set[int]:
    """The lines of a source that are in a record, in the furniture or unplaced."""
    places: list[Place] = [
        place
        for reading in readings
        for record in reading.records
        for place in (record.place.parts if record.place else ())
        if place.source == source
    ]
    spans = [span for place in places for span in place.lines.values()]
    spans += [*readings[part].furniture, *readings[part].unplaced]
    return {line for first, last in spans for line in range(first, last + 1)}


@settings(max_examples=40)
@given(
    cuts=st.sets(st.integers(1, len(LINES) - 1), max_size=6),
    blank=st.sampled_from(["", "\n", "\n\n"]),
)
def test_a_chapter_cut_anywhere_reads_like_the_whole(cuts: set[int], blank: str) -> None:
    bounds = [0, *sorted(cuts), len(LINES)]
    texts = [
        blank + "".join(LINES[bounds[n] : bounds[n + 1]]) + blank for n in range(len(bounds) - 1)
    ]
    parts = [Part(str(number), text) for number, text in enumerate(texts)]
    readings = run_now(read_jointly(parts, STATES))
    whole = read_chapter("".join(LINES), "", STATES)
    joined = [record for reading in readings for record in reading.records]
    if not blank:
        assert [record.content() for record in joined] == [
            record.content() for record in whole.records
        ]
        assert [record.page for record in joined] == [record.page for record in whole.records]
    for number, text in enumerate(texts):
        placed = placed_lines(str(number), readings, number)
        own = text.split("\n")
        assert all(1 <= line <= len(own) for line in placed)
        assert {n for n, line in enumerate(own, start=1) if line.strip()} <= placed


def test_joins_refer_to_the_records_of_their_text() -> None:
    middle = len(LINES) // 2
    parts = [Part("a", "".join(LINES[:middle])), Part("b", "".join(LINES[middle:]))]
    readings = run_now(read_jointly(parts, STATES))
    whole = read_chapter("".join(LINES), "", STATES)
    assert Counter(join.left for reading in readings for join in reading.joins) == Counter(
        join.left for join in whole.joins
    )
    for reading in readings:
        assert all(join.record < len(reading.records) for join in reading.joins)
