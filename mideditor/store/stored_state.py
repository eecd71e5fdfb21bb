"""A state of a project file, as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from mideditor.domain.changes import Digest
from mideditor.domain.sources import Source
from mideditor.domain.steps import Step
from mideditor.store.document_table import Encoded
from mideditor.store.documents import Contents, sources_of
from mideditor.store.project import DamagedProject, Document, Records


def read_steps(path: Path, rows: Iterable[Encoded]) -> list[Step]:
    """The steps of rows of the log; raises DamagedProject."""
    steps: list[Step] = []
    try:
        for row in rows:
            steps.append(Step.model_validate_json(bytes(row)))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(map(str, detail["loc"]))
        why = f"{where}: {detail['msg']}"
        if detail["type"] == "union_tag_invalid":
            kind = detail["ctx"]["tag"]
            why = f"there is a change of a kind that this mideditor does not know, “{kind}”"
        raise DamagedProject(path, f"the log cannot be read ({why})") from error
    return steps


class StoredState:
    """The contents of the file at ``path``."""

    def __init__(self, path: Path, contents: Contents, steps: Sequence[Step] = ()) -> None:
        self.path = path
        self.contents = contents
        self._steps = list(steps)
        """The steps that have been read."""

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self.path)

    @property
    def records(self) -> Records:
        """The records."""
        return self.contents.records

    def steps(self, since: int = 0) -> Sequence[Step]:
        """The steps after the first ``since``; raises DamagedProject."""
        rows = islice(self.contents.log.encoded().values(), len(self._steps), None)
        self._steps += read_steps(self.path, rows)
        return self._steps[since:]

    def sources(self) -> Sequence[Source]:
        """The imported texts, in the order of their import; raises DamagedProject."""
        return sources_of(self.path, self.contents.sources.values())

    def original(self, digest: Digest) -> Document | None:
        """A record as it was added or taken out; None if it is not kept."""
        return self.contents.originals.record(digest)

    def missing(self, digests: Iterable[Digest]) -> list[Digest]:
        """Those of the digests under which no record is kept."""
        return self.contents.originals.missing(digests)
