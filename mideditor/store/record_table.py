"""The table of records, in the order of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Self

from typing_extensions import override

from mideditor.domain.book_order import PlaceKey, in_book_order, place_key
from mideditor.domain.record import RecordId
from mideditor.store.document_table import DocumentTable, Encoded
from mideditor.store.project import Records


class RecordTable(DocumentTable, Records):
    """Records by id. `ids` gives them in the order of the book.

    The project file keeps that order, so that it need not be worked out on opening; ``is_ordered``
    says that the rows are in it. Setting a record keeps its place until `reorder` is called.
    """

    def __init__(
        self, encoded: Mapping[int, Encoded] | None = None, *, is_ordered: bool = False
    ) -> None:
        super().__init__(encoded)
        self._is_ordered = is_ordered
        self._keys: dict[RecordId, PlaceKey] = {}
        self.source_names: Callable[[], Mapping[str, str]] = dict
        """Gives the names of the sources by their ids, for the order."""

    @override
    def copy(self) -> Self:
        copy = type(self)(self._encoded, is_ordered=self._is_ordered)
        copy._keys = dict(self._keys)
        return copy

    def reorder(self, records: Iterable[RecordId]) -> None:
        """Note that these records may have another place in the order now."""
        for record in records:
            self._keys.pop(record, None)
        self._is_ordered = False

    @override
    def ids(self) -> list[RecordId]:
        if not self._is_ordered:
            keys = {record: self._key_of(record) for record in self._encoded}
            self._keys = keys
            self._encoded = {
                record: self._encoded[record] for record in in_book_order(keys, self.source_names())
            }
            self._is_ordered = True
        return list(self._encoded)

    @override
    def row(self, record: RecordId) -> Encoded | None:
        return self._encoded.get(record)

    @override
    def with_items(self, field: str) -> list[RecordId]:
        return self.numbers_with(b'"%b": [\n' % field.encode("ascii"))

    def _key_of(self, record: RecordId) -> PlaceKey:
        known = self._keys.get(record)
        return place_key(self[record]) if known is None else known
