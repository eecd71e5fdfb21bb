"""What a project is to the rest of the program, however it is stored."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from mideditor.domain.changes import Digest
from mideditor.domain.record import RecordId
from mideditor.domain.sources import Source
from mideditor.domain.steps import Step, StepDraft
from mideditor.files.user_error import UserError

Document = dict[str, Any]
"""A record in its stored form: plain JSON values."""

Row = object
"""A record as it is stored now: another object, though maybe an equal one, once it has changed.

Rows that are equal, even of different projects, are those of equal records.
"""

Capability = TypeVar("Capability")


class StaleStep(UserError):
    """A value that the step starts from has been changed since."""

    def __init__(self) -> None:
        super().__init__("Records were changed meanwhile. Nothing was changed; do it again.")


class DamagedProject(UserError):
    """The project cannot be read."""

    def __init__(self, name: object, why: str) -> None:
        super().__init__(
            f"{name} is damaged: {why}. It has been left as it is. "
            "Open a copy kept elsewhere, or import the chapter's text into a new project."
        )


class ReadOnlyProject(UserError):
    """The project is open for reading only, or closed."""

    def __init__(self, name: object) -> None:
        super().__init__(f"{name} is open for reading only. Open it anew to change it.")


class Records(Mapping[RecordId, Document], ABC):
    """The records of a project by id. A document is read anew on each access."""

    @abstractmethod
    def ids(self) -> list[RecordId]:
        """The ids in the order of the book."""

    @abstractmethod
    def row(self, record: RecordId) -> Row | None:
        """A record as it is stored now, to see whether it has changed; None if there is none."""

    @abstractmethod
    def with_items(self, field: str) -> list[RecordId]:
        """The records in which the list of a field is stored and not empty, in any order."""


class State(Protocol):
    """The records, steps and sources of a project at one moment."""

    @property
    def name(self) -> str:
        """What messages call it: a path, or an address."""

    @property
    def records(self) -> Records:
        """The records."""

    def steps(self, since: int = 0) -> Sequence[Step]:
        """The steps of the log after the first ``since``; raises DamagedProject."""

    def sources(self) -> Sequence[Source]:
        """The imported texts, in the order of their import."""

    def original(self, digest: Digest) -> Document | None:
        """A record as it was added or taken out, by its digest; None if it is not kept."""

    def missing(self, digests: Iterable[Digest]) -> list[Digest]:
        """Those of the digests under which no record is kept."""


class Project(State, Protocol):
    """An open project. Only `append` changes it."""

    @property
    def read_only(self) -> bool:
        """Whether the project cannot be changed here."""

    def append(
        self,
        draft: StepDraft,
        records: Mapping[RecordId, Document | None],
        *,
        based_on: Mapping[RecordId, Row | None] = ...,
        sources: Sequence[Source] = ...,
        originals: Mapping[Digest, Document] = ...,
    ) -> Step:
        """Commit a step with the records as it leaves them (None: taken out).

        ``based_on`` has the rows that the records were worked out from: a record whose row has
        changed since is worked out anew, if the values that the step changes are still the same.
        ``originals`` are the records that it adds or takes out, where the project does not have
        them under their digest. Returns the step with its number and link; it is durable then.
        Raises StaleStep or another UserError, with nothing changed.
        """

    def snapshot(self) -> State:
        """The project as it is now; later steps do not change it."""

    def capability(self, kind: type[Capability]) -> Capability | None:
        """What this project can do beside, such as `ProjectFile`; None if it cannot."""

    def close(self) -> None:
        """Finish; raises UserError with nothing lost."""

    def abandon(self) -> None:
        """Let go of the project and leave everything as it is."""
