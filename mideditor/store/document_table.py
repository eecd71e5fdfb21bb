"""A table of documents, each kept as the JSON that the project file holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Self

import orjson

Document = dict[str, Any]

Encoded = bytes | memoryview
"""A document as it stands in the file, indented to its place there."""


class DocumentTable(MutableMapping[int, Document]):
    """Documents by number, in the order in which they were put in.

    A document is read from its JSON each time it is asked for: what was never asked for costs
    neither time nor memory, and what was handed out can be changed without harm.
    """

    def __init__(self, encoded: Mapping[int, Encoded] | None = None) -> None:
        self._encoded: dict[int, Encoded] = dict(encoded or {})

    @classmethod
    def of(cls, documents: Iterable[tuple[int, Document]]) -> Self:
        """The table of these documents."""
        return cls({number: encode(document) for number, document in documents})

    def copy(self) -> Self:
        """A table of its own with the same documents."""
        return type(self)(self._encoded)

    def encoded(self) -> Mapping[int, Encoded]:
        """The JSON of every document; not to be changed."""
        return self._encoded

    def lacking(self, json: bytes) -> list[int]:
        """The numbers of the documents whose JSON does not have this piece, without reading it."""
        return [number for number, row in self._encoded.items() if json not in bytes(row)]

    def __getitem__(self, number: int) -> Document:
        document: Document = orjson.loads(self._encoded[number])
        return document

    def __setitem__(self, number: int, document: Document) -> None:
        self._encoded[number] = encode(document)

    def __delitem__(self, number: int) -> None:
        del self._encoded[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)

    def __contains__(self, number: object) -> bool:
        return number in self._encoded


def encode(document: Document) -> bytes:
    """The JSON of a document as the file has it, two levels deep."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).replace(b"\n", b"\n    ")
