"""Coders, by the names that they sign their steps with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

CoderKey = str
"""What identifies a signature: “Ana” and “ ana ” have one key."""


@lru_cache
def coder_key(name: str) -> CoderKey:
    """The key of a signature."""
    return " ".join(name.split()).casefold()


class Coders:
    """Which signatures are of one coder: those with the same key, and those joined as aliases.

    ``joined`` are names with their aliases, oldest first; ``signed`` has the signatures by their
    keys, each as it was signed first.
    """

    def __init__(
        self, joined: Iterable[tuple[str, str]] = (), signed: Mapping[CoderKey, str] | None = None
    ) -> None:
        self._groups: dict[CoderKey, frozenset[CoderKey]] = {}
        self._names: dict[CoderKey, str] = {}
        self._signed = {} if signed is None else signed
        for name, alias in joined:
            group = self.keys_of(name) | self.keys_of(alias)
            self._groups.update(dict.fromkeys(group, group))
            self._names.update(dict.fromkeys(group, name))

    def keys_of(self, name: str) -> frozenset[CoderKey]:
        """The keys of all signatures of the coder with this name."""
        key = coder_key(name)
        if key not in self._groups:
            self._groups[key] = frozenset({key})
        return self._groups[key]

    def are_one(self, name: str, other: str) -> bool:
        """Whether two signatures are of the same coder."""
        return coder_key(other) in self.keys_of(name)

    def name_of(self, signature: str) -> str:
        """What to call the coder: by the name chosen last, or else as the coder signed first."""
        key = coder_key(signature)
        return self._names.get(key) or self._signed.get(key, signature)
