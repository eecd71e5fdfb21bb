"""Random work of two coders on one project: `python -m tests.session.random_work 20000 SEED`.

They edit fields and the lists of the work on a record, undo their own steps and by number those of
others, redo, restore backups, import texts and import them again after an undo, explain and review
steps, and open the project anew. The records must always be what replaying the log gives, the
printed sentences and the undo what a fresh reading of the log gives.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from mideditor.domain.changes import ChangeKind
from mideditor.domain.codes import Fatalities, Outcome
from mideditor.domain.record import Acceptance, Entry, RecordId
from mideditor.domain.steps import Step
from mideditor.session.edits import questions
from mideditor.session.history import History
from mideditor.session.imports.import_plan import add_texts
from mideditor.session.imports.importing import read_text
from mideditor.session.project.restoring import list_backups, read_backup, restore
from mideditor.session.project.verifying import faults
from mideditor.session.project_view import ProjectView
from mideditor.session.session import Session
from mideditor.session.texts.marking_evidence import toggle
from mideditor.session.undoing import CannotUndo
from mideditor.session.work import run_now
from tests.session.chapters import CHAPTER, one_entry, opener

CODERS = ("Ana", "ana", "Ben")
TEXTS = [CHAPTER, *map(one_entry, range(100, 112))]
CHECKS = 40
"""How often the whole log is replayed on the way."""


class Difference(AssertionError):
    """The records or the undo are not what the log says."""


class RandomWork:
    """A project that random steps are made on; `made` counts them by kind."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = Random(seed)
        self.now = datetime(2026, 3, 14, tzinfo=UTC)
        self.made: Counter[str] = Counter()
        self.refused = 0
        self.session = self._opened("Ana")
        self._import(CHAPTER)

    def run(self, steps: int) -> None:
        """Make so many steps, and check them."""
        checked = 0
        while (count := len(self.session.history.steps)) < steps:
            action = self.random.choice(_ACTIONS)
            try:
                step = action(self)
            except CannotUndo:
                self.refused += 1
                continue
            if step is not None:
                self.made[step.kind.value] += 1
            if count - checked >= steps / CHECKS:
                checked = count
                self.check()
        self.check()

    def check(self) -> None:
        """Raise Difference if anything is not what replaying the log gives."""
        found = list(faults(self.session))
        if found:
            raise Difference("; ".join(found[:5]))
        history, again = self.session.history, History(self.session.history.steps)
        for author in CODERS:
            if history.next_undo(author) != again.next_undo(author):
                raise Difference(f"another step would be undone for {author}")
            if history.next_redo(author) != again.next_redo(author):
                raise Difference(f"another step would be redone for {author}")
        fresh = ProjectView(self.session.frozen()._project, self.session.states)
        for record in self.session.ids():
            if fresh.printed_changes(record) != self.session.printed_changes(record):
                raise Difference(f"other sentences are printed of record {record}")
            if fresh.original(record) != self.session.original(record):
                raise Difference(f"record {record} has another original")

    def edit(self) -> Step | None:
        """Change a field or two of one or two records."""
        kind = self.random.choice((ChangeKind.CORRECTION, ChangeKind.CODING))
        records = self.random.sample(self._entries(), k=min(2, len(self._entries())))
        values = {record: self._values(kind) for record in records[: self.random.randint(1, 2)]}
        reason = self.random.choice(("", "misread", "new source"))
        return self.session.edit(kind, values, reason=reason) if values else None

    def edit_list(self) -> Step | None:
        """Accept, ask, answer, close, mark as evidence."""
        if not (entries := self._entries()):
            return None
        record = self.random.choice(entries)
        entry, pick = self.session.record(record), self.random.randint(0, 4)
        if pick == 0:
            key = f"rule | field | {self.random.randint(1, 4)}"
            accepted = [one for one in entry.accepted if one.key != key]
            accepted.insert(self.random.randint(0, len(accepted)), Acceptance(key=key, reason="so"))
            return self.session.edit(ChangeKind.REVIEW, {record: {"accepted": tuple(accepted)}})
        if pick == 1:
            return self.session.edit(ChangeKind.REVIEW, {record: {"accepted": entry.accepted[1:]}})
        if pick == 2 or not entry.questions:
            return questions.ask(self.session, record, "outcome", "Is this so?")
        question = self.random.choice(entry.questions)
        if pick == 3:
            return questions.answer(self.session, record, question, "It is.")
        other = questions.reopen if question.closed else questions.close
        return other(self.session, record, question)

    def mark(self) -> Step | None:
        """Mark words of a narrative, or drop the mark."""
        if not (entries := self._entries()):
            return None
        start = self.random.randint(0, 3)
        return toggle(self.session, self.random.choice(entries), "outcome", start, start + 12)

    def undo(self) -> Step | None:
        """Take back the last step of the coder's own."""
        return self.session.undo()

    def undo_any(self) -> Step | None:
        """Take back one of the last steps, whoever made it."""
        steps = self.session.history.steps
        return self.session.undo(self.random.randint(max(1, len(steps) - 20), len(steps)))

    def redo(self) -> Step | None:
        """Repeat what the coder undid last."""
        return self.session.redo()

    def import_text(self) -> Step | None:
        """Import a text, also one whose import was undone."""
        return self._import(self.random.choice(TEXTS))

    def note(self) -> Step | None:
        """Explain or review steps, or add a word."""
        steps = self.random.sample(self.session.history.steps, k=1)
        pick = self.random.randint(0, 2)
        if pick == 0:
            return self.session.explain(steps, "for this reason")
        if pick == 1:
            return self.session.accept(steps)
        return self.session.add_word(f"word{self.random.randint(1, 30)}")

    def restore(self) -> Step | None:
        """Go back to one of the last backups."""
        backups = list_backups(self.session)[:3]
        if not backups:
            return None
        backup = self.random.choice(backups)
        return run_now(restore(self.session, backup, run_now(read_backup(backup))))

    def save(self) -> None:
        """Write the file; an hour passes, so that its backup is kept."""
        self.now += timedelta(hours=1)
        self.session.save()

    def turn(self) -> None:
        """Another coder signs the next steps; at times the project is opened anew."""
        author = self.random.choice(CODERS)
        if self.random.random() < 0.9:
            self.session.author = author
            return
        crashed = self.random.random() < 0.5
        before = dict(self.session.documents())
        self.session.abandon() if crashed else self.session.close()
        self.session = self._opened(author)
        if dict(self.session.documents()) != before:
            raise Difference("the records are others after the project was opened anew")

    def _opened(self, author: str) -> Session:
        path = self.folder / "random.mid.json"
        return Session(opener.get()(path, True, lambda: self.now), author, self._tick)

    def _tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def _import(self, text: str) -> Step | None:
        path = self.folder / f"text {TEXTS.index(text)}.txt"
        path.write_text(text, encoding="utf-8")
        return add_texts(self.session, [run_now(read_text(path, self.session.states))])

    def _entries(self) -> list[RecordId]:
        ids = self.session.ids()
        return [record for record in ids if isinstance(self.session.record(record), Entry)]

    def _values(self, kind: ChangeKind) -> dict[str, object]:
        values: dict[str, object] = {"outcome": self.random.choice(list(Outcome))}
        if self.random.random() < 0.5:
            values["fatalities"] = self.random.choice(list(Fatalities))
        if kind is ChangeKind.CORRECTION and self.random.random() < 0.4:
            values["page"] = self.random.randint(940, 944)
        if kind is ChangeKind.CORRECTION and self.random.random() < 0.3:
            values["dispute_number"] = self.random.randint(2898, 2900)
        return values


_ACTIONS: list[Callable[[RandomWork], Step | None]] = [
    *[RandomWork.edit] * 8,
    *[RandomWork.edit_list] * 4,
    RandomWork.mark,
    *[RandomWork.undo] * 4,
    RandomWork.undo_any,
    *[RandomWork.redo] * 3,
    RandomWork.import_text,
    RandomWork.note,
    RandomWork.restore,
    RandomWork.save,
    *[RandomWork.turn] * 3,
]


def main(steps: int, seed: int) -> None:
    """Make so many random steps and print how many of each kind there were."""
    with tempfile.TemporaryDirectory() as folder:
        work = RandomWork(Path(folder), seed)
        work.run(steps)
        work.session.close()
    kinds = ", ".join(f"{count} {kind}" for kind, count in work.made.most_common())
    sys.stdout.write(
        f"{steps} steps, seed {seed}: no difference ({kinds}; {work.refused} refused)\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
