"""The figures of docs/reading.md: `python -m tests.text.figures` prints them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mideditor.domain.record import Entry, Fragment, Record
from mideditor.reference.state_list import bundled_states
from mideditor.text.building import DOUBTFUL_WORD
from mideditor.text.reader import read_chapter
from mideditor.text.spelling import Parts, likely_hyphen

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
_WORDS = Path(__file__).with_name("broken_words.txt")
_SHARES = {"soft": 0.83, "closed": 0.03, "kept": 0.14}
"""How often each kind stands at line ends; in prose there are fewer compounds, in the book more."""


@dataclass(frozen=True)
class Joins:
    """Shares of all words at line ends: joined wrongly, shown to the coder; and of the wrong."""

    wrong: float
    flagged: float
    wrong_flagged: float


def judged_by_spelling() -> Joins:
    """The broken words of the list, each as if it stood in the text only once."""
    wrong = flagged = both = 0.0
    for kind, words in broken_words().items():
        for word in words:
            left, right = word.split("|")
            chance = likely_hyphen(Parts(left, right))
            weight = _SHARES[kind] / len(words)
            is_wrong = (chance >= 0.5) is not (kind == "kept")
            is_flagged = max(chance, 1 - chance) < DOUBTFUL_WORD
            wrong += weight * is_wrong
            flagged += weight * is_flagged
            both += weight * (is_wrong and is_flagged)
    return Joins(wrong, flagged, both / wrong)


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


def paragraph_figures(layout: str) -> Counter[str]:
    """Narratives and paragraph ends of a corpus, and what the reader made of them."""
    figures: Counter[str] = Counter()
    truth = (json.loads(line) for line in _lines(CORPUS / layout / "truth.jsonl"))
    for record, expected in zip(_records(layout), truth, strict=True):
        if not isinstance(record, Entry):
            continue
        right, found = _ends(expected["narrative"]), _ends(record.narrative)
        figures["narratives"] += 1
        figures["with the right number"] += len(right) == len(found)
        figures["true ends"] += len(right)
        figures["missed"] += len(right - found)
        figures["false"] += len(found - right)
    return figures


def join_figures(layout: str) -> Counter[str]:
    """Words at line ends of a corpus: all, and those shown to the coder."""
    figures: Counter[str] = Counter()
    for path in sorted((CORPUS / layout).glob("*.txt")):
        for join in read_chapter(path.read_text(encoding="utf-8"), "s", bundled_states()).joins:
            figures["joins"] += 1
            figures["flagged"] += join.certainty < DOUBTFUL_WORD
    return figures


def _records(layout: str) -> Iterator[Record]:
    for path in sorted((CORPUS / layout).glob("*.txt")):
        reading = read_chapter(path.read_text(encoding="utf-8"), "s", bundled_states())
        yield from (record for record in reading.records if not isinstance(record, Fragment))


def _ends(paragraphs: list[str] | tuple[str, ...]) -> set[int]:
    """Where paragraphs end, counted in letters and digits."""
    ends: set[int] = set()
    letters = 0
    for paragraph in paragraphs[:-1]:
        letters += sum(map(str.isalnum, paragraph))
        ends.add(letters)
    return ends


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def main() -> None:
    """Print the figures."""
    joins = judged_by_spelling()
    print(  # noqa: T201
        f"listed words: {joins.wrong:.1%} wrong, {joins.flagged:.1%} flagged, "
        f"of the wrong {joins.wrong_flagged:.1%}"
    )
    for layout in ("book", "site", "lossy") if CORPUS.is_dir() else ():
        for figures in (paragraph_figures(layout), join_figures(layout)):
            print(f"{layout}: " + ", ".join(f"{n} {name}" for name, n in figures.items()))  # noqa: T201


if __name__ == "__main__":
    main()
