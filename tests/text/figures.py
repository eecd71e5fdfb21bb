"""The figures of docs/reading.md: `python -m tests.text.figures` prints them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mideditor.domain.record import Entry, Fragment
from mideditor.reference.state_list import bundled_states
from mideditor.text.hyphen_model import WordHalves, hyphen_odds
from mideditor.text.reader import Join, read_chapter
from mideditor.text.word_doubts import DOUBTFUL, ONE_IN
from tests.text.natural import (
    Compositor,
    Narrative,
    as_in_the_book,
    figures_of,
    join_compared,
    narrative_compared,
    own_prose,
    prose_held_back,
    prose_of_development,
    python_prose,
)

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
_WORDS = Path(__file__).with_name("broken_words.txt")
_SHARES = {"soft": 0.83, "closed": 0.03, "kept": 0.14}
"""How often each kind stands at line ends; in prose there are fewer compounds, in the book more."""

PROSE_OF_OTHERS: Mapping[str, Callable[[], list[Narrative]]] = {
    "prose of development": prose_of_development,
    "prose held back": prose_held_back,
}
PROSE: Mapping[str, Callable[[], list[Narrative]]] = {
    "own prose": own_prose,
    **PROSE_OF_OTHERS,
    "Python's manual": python_prose,
}
_MEASURES = (72, 76, 80, 83, 86, 90, 94)


@dataclass(frozen=True)
class Joins:
    """Shares of all words at line ends: joined wrongly, shown to the coder; and of the wrong."""

    wrong: float
    flagged: float
    wrong_flagged: float


def judged_by_spelling() -> Joins:
    """The broken words of the list, each as if it stood in the text only once.

    Shown is the least certain tenth, as of a text.
    """
    wrong = flagged = both = 0.0
    for certainty, weight, is_wrong in sorted(_judged()):
        is_flagged = certainty < DOUBTFUL and flagged + weight <= 1 / ONE_IN
        wrong += weight * is_wrong
        flagged += weight * is_flagged
        both += weight * (is_wrong and is_flagged)
    return Joins(wrong, flagged, both / wrong)


def _judged() -> Iterator[tuple[float, float, bool]]:
    """Each word's certainty, its share of all words at line ends, and whether it is wrong."""
    for kind, words in broken_words().items():
        for left, _, right in (word.partition("|") for word in words):
            chance = 1 / (1 + math.exp(-hyphen_odds(WordHalves(left, right))))
            is_wrong = (chance >= 0.5) is not (kind == "kept")
            yield max(chance, 1 - chance), _SHARES[kind] / len(words), is_wrong


def broken_words() -> dict[str, list[str]]:
    """The broken words by kind, each half parted from the other by a bar."""
    words: dict[str, list[str]] = {}
    kind = ""
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif not line.startswith("#"):
            words.setdefault(kind, []).extend(line.split())
    return words


def corpus_figures(layout: str) -> Counter[str]:
    """Joins, narratives and paragraphs of a corpus, and what the reader made of them."""
    figures: Counter[str] = Counter()
    truth = (json.loads(line) for line in _lines(CORPUS / layout / "truth.jsonl"))
    for path in sorted((CORPUS / layout).glob("*.txt")):
        reading = read_chapter(path.read_text(encoding="utf-8"), "s", bundled_states())
        expected = {
            index: next(truth)
            for index, record in enumerate(reading.records)
            if not isinstance(record, Fragment)
        }
        for join in reading.joins:
            figures += join_compared(join, _is_wrong(join, expected.get(join.record, {})))
        for index, record in enumerate(reading.records):
            if isinstance(record, Entry):
                figures += narrative_compared(record.narrative, expected[index]["narrative"])
    return figures


def _is_wrong(join: Join, expected: Mapping[str, Any]) -> bool:
    """Whether a word of a narrative stands in the truth only as it was not joined."""
    text = " ".join(expected.get("narrative", ()))
    joints = ("-", "") if join.kept else ("", "-")
    found, otherwise = (f"{join.left}{joint}{join.right}" in text for joint in joints)
    return otherwise and not found


def prose_figures(prose: Sequence[Narrative]) -> Counter[str]:
    """The same for natural prose, set in several measures by two kinds of typesetter."""
    figures: Counter[str] = Counter()
    for columns in _MEASURES:
        for parting in (1.0, 0.6):
            figures += figures_of(Compositor(columns, parting, columns).set(prose))
    return figures


def regrouped_figures(prose: Sequence[Narrative]) -> Counter[str]:
    """The same with as many paragraphs to a narrative as in the book, in three orders."""
    paragraphs = [paragraph for narrative in prose for paragraph in narrative]
    figures: Counter[str] = Counter()
    for seed in range(3):
        figures += prose_figures(as_in_the_book(paragraphs, seed))
    return figures


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _said(name: str, figures: Counter[str]) -> str:
    joins, wrong, narratives = figures["joins"], figures["wrong"], figures["narratives"]
    of_the_wrong = f"{figures['caught'] / wrong:.1%} of the wrong" if wrong else "none wrong"
    return (
        f"{name}: {joins} joins, {wrong} wrong ({wrong / joins:.2%}), "
        f"{figures['flagged'] / joins:.1%} flagged, {of_the_wrong}; {narratives} narratives, "
        f"{figures['exact'] / narratives:.2%} exact, {figures['right number'] / narratives:.2%} "
        f"with the right number of paragraphs; {figures['true ends']} ends of paragraphs, "
        f"{figures['missed']} missed, {figures['false']} false"
    )


def main() -> None:
    """Print the figures."""
    joins = judged_by_spelling()
    print(  # noqa: T201
        f"listed words: {joins.wrong:.1%} wrong, {joins.flagged:.1%} flagged, "
        f"of the wrong {joins.wrong_flagged:.1%}"
    )
    for name, prose in PROSE.items():
        print(_said(name, prose_figures(prose())))  # noqa: T201
    for name, prose in PROSE_OF_OTHERS.items():
        figures = regrouped_figures(prose())
        print(_said(f"{name}, paragraphs as in the book", figures))  # noqa: T201
    for layout in ("book", "site", "lossy") if CORPUS.is_dir() else ():
        print(_said(layout, corpus_figures(layout)))  # noqa: T201


if __name__ == "__main__":
    main()
