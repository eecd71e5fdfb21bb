"""Natural prose, set in lines: what the reader promises holds where nobody chose the words."""

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
"""Not the manual, of which each version of Python has another."""


@pytest.fixture(scope="module", params=list(_OURS.values()), ids=list(_OURS))
def figures(request: pytest.FixtureRequest) -> Counter[str]:
    prose: Sequence[Narrative] = request.param()
    return prose_figures(prose)


def test_few_words_are_joined_wrongly_and_most_of_them_are_doubts(figures: Counter[str]) -> None:
    assert figures["joins"] > 400
    assert figures["wrong"] < 0.02 * figures["joins"]
    assert figures["caught"] >= 0.8 * figures["wrong"]
    assert figures["flagged"] <= 0.1 * figures["joins"]


def test_nearly_all_narratives_are_as_they_were(figures: Counter[str]) -> None:
    assert figures["exact"] >= 0.985 * figures["narratives"]
    assert figures["right number"] >= 0.95 * figures["narratives"]


def test_of_the_wrong_words_in_prose_of_others_nearly_all_are_doubts() -> None:
    figures = prose_figures(prose_of_development()) + prose_figures(prose_held_back())
    assert figures["wrong"] > 0
    assert figures["caught"] >= 0.95 * figures["wrong"]
    assert figures["flagged"] <= 0.1 * figures["joins"]


@pytest.mark.parametrize("prose", PROSE_OF_OTHERS.values(), ids=list(PROSE_OF_OTHERS))
def test_with_as_many_paragraphs_as_in_the_book_nearly_all_are_found(
    prose: Callable[[], Sequence[Narrative]],
) -> None:
    figures = regrouped_figures(prose())
    assert figures["right number"] >= 0.97 * figures["narratives"]
    assert figures["exact"] >= 0.985 * figures["narratives"]


def test_a_longer_text_is_more_certain_than_its_parts() -> None:
    prose = [*own_prose(), *prose_of_development(), *prose_held_back()]
    setting = Compositor(columns=86, parting=1.0, seed=1)
    parts = [setting.set(prose[start::4]).text for start in range(4)]
    assert _uncertain(setting.set(prose).text) < 0.9 * mean(map(_uncertain, parts))


def _uncertain(text: str) -> float:
    """The share of joins of which the reader is not certain."""
    joins = read_chapter(text, "s", _NO_STATES).joins
    return sum(join.certainty < DOUBTFUL for join in joins) / len(joins)


def test_the_compositor_says_what_it_parted() -> None:
    chapter = Compositor(columns=40, parting=1.0, seed=0).set(
        [("The government sent a well-armed patrol to the northern boundary in a two-day march.",)]
    )
    assert chapter.text.split("\n")[-3:] == [
        "Narrative: The government sent a well-",
        "armed patrol to the northern boundary in",
        "a two-day march.",
    ]
    assert chapter.breaks == (Break("well", "armed", kept=True),)


def test_what_it_set_is_read_again() -> None:
    chapter = Compositor(columns=60, parting=0.5, seed=3).set(own_prose())
    reading = read_chapter(chapter.text, "s", _NO_STATES)
    assert len(reading.records) == len(chapter.narratives)
    assert reading.unplaced == ()
