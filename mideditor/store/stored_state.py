"""A state of a project file, as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from mideditor.domain.changes import Digest
from mideditor.domain.sources import Source, source_of
from mideditor.domain.steps import Step
from mideditor.store.documents import Contents
from mideditor.store.project import DamagedProject, Document, Records


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
        try:
            self._steps += [Step.model_validate_json(bytes(row)) for row in rows]
            return self._steps[since:]
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            where = ".".join(map(str, detail["loc"]))
            why = f"the log cannot be read ({where}: {detail['msg']})"
            raise DamagedProject(self.path, why) from error

    def sources(self) -> Sequence[Source]:
        """The imported texts, in the order of their import."""
        return [source_of(one) for one in self.contents.sources.values()]

    def original(self, digest: Digest) -> Document | None:
        """A record as it was added or taken out; None if it is not kept."""
        return self.contents.originals.record(digest)

    def missing(self, digests: Iterable[Digest]) -> list[Digest]:
        """Those of the digests under which no record is kept."""
        return self.contents.originals.missing(digests)
