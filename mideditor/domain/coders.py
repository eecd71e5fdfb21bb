"""Coders, by the names that they sign their steps with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

CoderKey = str
"""What identifies a signature: “Ana” and “ ana ” have one key."""


@lru_cache
def coder_key(name: str) -> CoderKey:
    """The key of a signature."""
    return " ".join(name.split()).casefold()


class Coders:
    """Which signatures are of one coder: those with the same key, and those joined as aliases."""

    def __init__(self, joined: Iterable[tuple[str, str]] = ()) -> None:
        self._groups: dict[CoderKey, frozenset[CoderKey]] = {}
        for name, alias in joined:
            group = self.keys_of(name) | self.keys_of(alias)
            for key in group:
                self._groups[key] = group

    def keys_of(self, name: str) -> frozenset[CoderKey]:
        """The keys of all signatures of the coder with this name."""
        key = coder_key(name)
        if key not in self._groups:
            self._groups[key] = frozenset({key})
        return self._groups[key]

    def are_one(self, name: str, other: str) -> bool:
        """Whether two signatures are of the same coder."""
        return coder_key(other) in self.keys_of(name)
