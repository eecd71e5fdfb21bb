"""The reader's accuracy on natural prose, set in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import mean

import pytest

from mideditor.domain.states import StateList
from mideditor.text.reader import read_chapter
from mideditor.text.word_doubts import DOUBTFUL
from tests.text.figures import PROSE, PROSE_OF_OTHERS, prose_figures, regrouped_figures
from tests.text.natural import (
    Break,
    Compositor,
    Narrative,
    own_prose,
    prose_held_back,
    prose_of_development,
    python_prose,
)

_NO_STATES = StateList([])


_OURS = {name: prose for name, prose in PROSE.items() if prose is not python_prose}
"""Without Python's manual, which differs between versions of Python."""


@pytest.fixture(scope="module", params=list(_OURS.values()), ids=list(_OURS))
def figures(request: pytest.FixtureRequest) -> Counter[str]:
    prose: Sequence[Narrative] = request.param()
    return prose_figures(prose)


def test_few_joins_are_wrong_and_most_of_those_are_doubts(figures: Counter[str]) -> None:
    assert figures["joins"] > 400
    assert figures["wrong"] < 0.02 * figures["joins"]
    assert figures["caught"] >= 0.8 * figures["wrong"]
    assert figures["flagged"] <= 0.1 * figures["joins"]


def test_nearly_all_narratives_are_read_exactly(figures: Counter[str]) -> None:
    assert figures["exact"] >= 0.985 * figures["narratives"]
    assert figures["right number"] >= 0.95 * figures["narratives"]


def test_nearly_all_wrong_joins_in_prose_of_others_are_doubts() -> None:
    figures = prose_figures(prose_of_development()) + prose_figures(prose_held_back())
    assert figures["wrong"] > 0
    assert figures["caught"] >= 0.95 * figures["wrong"]
    assert figures["flagged"] <= 0.1 * figures["joins"]


@pytest.mark.parametrize("prose", PROSE_OF_OTHERS.values(), ids=list(PROSE_OF_OTHERS))
def test_nearly_all_paragraphs_are_found_with_as_many_as_in_the_book(
    prose: Callable[[], Sequence[Narrative]],
) -> None:
    figures = regrouped_figures(prose())
    assert figures["right number"] >= 0.97 * figures["narratives"]
    assert figures["exact"] >= 0.985 * figures["narratives"]


def test_a_longer_text_is_read_with_more_certainty() -> None:
    prose = [*own_prose(), *prose_of_development(), *prose_held_back()]
    setting = Compositor(columns=86, hyphenation=1.0, seed=1)
    parts = [setting.set(prose[start::4]).text for start in range(4)]
    assert _uncertain(setting.set(prose).text) < 0.9 * mean(map(_uncertain, parts))


def _uncertain(text: str) -> float:
    """The share of uncertain joins."""
    joins = read_chapter(text, "s", _NO_STATES).joins
    return sum(join.certainty < DOUBTFUL for join in joins) / len(joins)


def test_the_compositor_records_its_word_breaks() -> None:
    chapter = Compositor(columns=40, hyphenation=1.0, seed=0).set(
        [("The government sent a well-armed patrol to the northern boundary in a two-day march.",)]
    )
    assert chapter.text.split("\n")[-3:] == [
        "Narrative: The government sent a well-",
        "armed patrol to the northern boundary in",
        "a two-day march.",
    ]
    assert chapter.breaks == (Break("well", "armed", kept=True),)


def test_a_typeset_chapter_is_read_back() -> None:
    chapter = Compositor(columns=60, hyphenation=0.5, seed=3).set(own_prose())
    reading = read_chapter(chapter.text, "s", _NO_STATES)
    assert len(reading.records) == len(chapter.narratives)
    assert reading.unplaced == ()
