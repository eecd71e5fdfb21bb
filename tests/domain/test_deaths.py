"""Deaths reported in a narrative: the minimum number and who died; and phrases to ignore."""

from __future__ import annotations

import re

import pytest

from mideditor.domain.rules.deaths import deaths_in_paragraph, no_deaths_phrase
from mideditor.domain.rules.number_words import NUMBER, number_in_words

# Number and victims | sentence. Nothing before the bar: no deaths.
REPORTED = """\
3 soldiers | Fighters shot down a training jet, killing three American officers.
30 soldiers | Chinese soldiers ambushed a patrol there and killed about thirty men.
38 soldiers | A fourteen-hour exchange of fire left 38 soldiers dead.
2 soldiers | Two of the pilots were killed.
25 soldiers | Twenty-five Bolivian border guards were shot and killed.
5 soldiers | The death of five policemen was announced.
1 soldiers | The pilot was killed and the plane was lost.
1 soldiers | A mine killed a lieutenant.
2 soldiers | Several soldiers were killed.
1500 soldiers | The column killed 1,500 Chinese troops.
45 soldiers | It lost 45 men in the battle.
7 soldiers | The explosion claimed the lives of seven sailors.
16 soldiers | Sixteen soldiers lost their lives.
12 soldiers | At least a dozen troops were reported killed.
1 soldiers | An Ethiopian soldier died of his wounds.
2 soldiers | One Thai and two Cambodian soldiers were killed.
4 soldiers | The fire killed all four crewmen.
12 soldiers | The 12 dead soldiers were returned.
2 people | The incident left two dead and five wounded.
12 people | The raid cost 12 lives.
14 people | It resulted in 14 deaths.
6 people | The attackers lost six killed and nine wounded.
10 people | Ten of those on board died; a flying boat picked up the survivors.
200 people | They burned the town, killing at least two hundred people.
3 people | Three Canadians died.
1 people | One American was killed on the wharf.
28 civilians | Neither side admitted it, though 28 civilians were killed.
2 civilians | One trawler sank and two fishermen died.
1 civilians | The German minister was killed on June 20.
| They killed a proposal in committee.
| The plan was killed in parliament.
| Raiders killed two mules and a horse.
| Three soldiers killed two mules.
| They had killed 3 of 5 proposals.
| The road was littered with 40 dead oxen.
| The navy lost two ships.
| The loss of two aircraft was admitted.
| The king died in 1862.
| He threatened that two hostages would be killed.
| It was feared that 200 men would be killed.
| No one was killed.
| None of the 12 sailors was killed.
| None of the soldiers was killed, though several were wounded.
| Not a single soldier was killed.
| Three soldiers were wounded.
| They killed time in port for 12 days.
| The army crossed near the Dead Sea.
"""


@pytest.mark.parametrize("line", REPORTED.splitlines())
def test_deaths_in_words_and_figures(line: str) -> None:
    wanted, sentence = (part.strip() for part in line.split("|"))
    reported = [
        f"{deaths.minimum} {deaths.victims.name.lower()}"
        for deaths in deaths_in_paragraph(sentence)
    ]
    assert reported == ([wanted] if wanted else [])


def test_the_quote_is_verbatim_from_the_text() -> None:
    text = "It was quiet. Then they killed two and wounded three. On June 3, nine men died."
    quotes = [deaths.words for deaths in deaths_in_paragraph(text)]
    assert quotes == ["killed two", "nine men died"]
    assert all(quote in text for quote in quotes)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("There were no casualties.", "no casualties"),
        ("No one was killed.", "No one was killed"),
        ("It passed without loss of life.", "without loss of life"),
        ("None of the soldiers was killed.", "None of the soldiers was killed"),
        ("Nobody died.", "Nobody died"),
        ("Nobody knew of it.", ""),
        ("The casualties were heavy.", ""),
        ("No one was killed by reason alone.", "No one was killed"),
    ],
)
def test_phrases_for_no_deaths(sentence: str, words: str) -> None:
    assert no_deaths_phrase(sentence) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("three", 3),
        ("Twelve", 12),
        ("twenty-five", 25),
        ("two hundred", 200),
        ("a hundred", 100),
        ("hundred", 100),
        ("three hundred and twenty-five", 325),
        ("two thousand", 2000),
        ("two dozen", 24),
        ("dozens", 24),
        ("several", 2),
        ("1,500", 1500),
        ("38", 38),
    ],
)
def test_numbers_in_words_and_figures(text: str, number: int) -> None:
    assert re.fullmatch(NUMBER, text)
    assert number_in_words(text) == number
