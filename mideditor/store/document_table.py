"""A table of documents, held as the JSON of the project file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Self

import orjson

Document = dict[str, Any]

Encoded = bytes | memoryview
"""The JSON of a document, as in the project file."""


class DocumentTable(MutableMapping[int, Document]):
    """Documents by number, in insertion order.

    A document is decoded from its JSON on every access. So unread documents cost no time or memory,
    and callers may change what they get.
    """

    def __init__(self, encoded: Mapping[int, Encoded] | None = None) -> None:
        self._encoded: dict[int, Encoded] = dict(encoded or {})

    @classmethod
    def of(cls, documents: Iterable[tuple[int, Document]]) -> Self:
        """A table of these documents."""
        return cls({number: cls.encode(document) for number, document in documents})

    @staticmethod
    def encode(document: Document) -> bytes:
        """The JSON of a document in the project file, indented by two levels."""
        return encode(document)

    def copy(self) -> Self:
        """An independent table with the same documents."""
        return type(self)(self._encoded)

    def encoded(self) -> Mapping[int, Encoded]:
        """The JSON of every document; read-only."""
        return self._encoded

    def numbers_with(self, json: bytes) -> list[int]:
        """The numbers of the documents whose JSON contains these bytes; decodes none."""
        return [number for number, row in self._encoded.items() if json in bytes(row)]

    def is_same(self, number: int, other: DocumentTable) -> bool:
        """Whether both tables have a document of this number, and with the same JSON."""
        mine, others = self._encoded.get(number), other._encoded.get(number)
        return mine is not None and others is not None and bytes(mine) == bytes(others)

    def holds(self, number: int, row: Encoded) -> bool:
        """Whether the document of this number has exactly this JSON."""
        mine = self._encoded.get(number)
        return mine is not None and bytes(mine) == bytes(row)

    def __getitem__(self, number: int) -> Document:
        document: Document = orjson.loads(self._encoded[number])
        return document

    def __setitem__(self, number: int, document: Document) -> None:
        self._encoded[number] = self.encode(document)

    def __delitem__(self, number: int) -> None:
        del self._encoded[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._encoded)

    def __len__(self) -> int:
        return len(self._encoded)

    def __contains__(self, number: object) -> bool:
        return number in self._encoded


def encode(document: Document) -> bytes:
    """The JSON of a document, indented by two levels."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).replace(b"\n", b"\n    ")
