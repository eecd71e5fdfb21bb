"""Words at line ends: joined or hyphenated, with evidence and a certainty."""

from __future__ import annotations

import pytest

from mideditor.domain.states import State, StateList
from mideditor.text.line_ends import join_lines
from mideditor.text.words import Judge

STATES = StateList([State(300, "AUH", "Austria-Hungary"), State(404, "GNB", "Guinea-Bissau")])


def joined(text: str, elsewhere: str = "") -> str:
    return join_lines(text.split("\n"), Judge(f"{elsewhere}\n{text}", STATES)).text


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("removed its mis-\nsiles", "removed its missiles"),
        ("the gov-\nernment", "the government"),
        ("a two-\nday truce", "a two-day truce"),
        ("Bolivian-\ncontrolled forts", "Bolivian-controlled forts"),
        ("the Anglo-\nFrench fleet", "the Anglo-French fleet"),
        ("300 Austria-\nHungary", "300 Austria-Hungary"),
        ("404 Guinea-\nBis-\nsau", "404 Guinea-Bissau"),
        ("to Feb-\nru-\nary 3", "to February 3"),
        ("an IL-\n28 bomber", "an IL-28 bomber"),
        ("air-to-\nair missiles", "air-to-air missiles"),
        ("surface-\nto-air missiles", "surface-to-air missiles"),
        ("a well-\narmed band", "a well-armed band"),
        ("Khru-\nshchev", "Khrushchev"),
        ("the pre-\nand post-war years", "the pre- and post-war years"),
        ("mis\u00ad\nsiles", "missiles"),
        ("its reserves—\nall of them", "its reserves—all of them"),
        ("its reserves\n—all of them", "its reserves—all of them"),
        ("from 1910–\n1912", "from 1910–1912"),
        ("he left –\nas he said", "he left – as he said"),
        ("365 Russia/\n2 Cuba", "365 Russia/2 Cuba"),
        ("“a protec-\ntorate,” he said", "“a protectorate,” he said"),
        ("one\ntwo", "one two"),
    ],
)
def test_lines_are_joined(lines: str, word: str) -> None:
    assert joined(lines) == word


def test_the_text_itself_is_the_best_witness() -> None:
    assert joined("a cease-\nfire", "The cease-fire held.") == "a cease-fire"
    assert joined("a cease-\nfire", "The ceasefire held.") == "a ceasefire"
    assert joined("re-\nestablishes", "re-established") == "re-establishes"


def test_a_guess_says_how_certain_it_is() -> None:
    judge = Judge("", STATES)
    assert judge.judge("mis", "siles").certainty > 0.95
    assert judge.judge("take", "over").certainty < 0.9
    assert judge.judge("two", "day").kept


def test_both_spellings_in_one_text_leave_a_doubt() -> None:
    judge = Judge("cease-fire ceasefire cease-fire", STATES)
    verdict = judge.judge("cease", "fire")
    assert verdict.kept
    assert verdict.certainty < 0.9
