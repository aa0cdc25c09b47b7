"""Faults of reports/catalog.yml, each with the line of its key or value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml.comments import CommentedMap

from psanalysis.errors import Fault

SHOWN_CHARACTERS = 200


@dataclass
class Faults:
    """The faults of one file, collected in one pass, so that all are reported together.

    Attributes
    ----------
    file
        The name of the file in faults.
    found
        The faults, in the order in which they were found.
    """

    file: str
    found: list[Fault] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.found)

    def add(self, line: int, column: str, value: object, rule: str, remedy: str) -> None:
        """Add a fault; a long value is cut."""
        shown = "" if value is None else str(value)[:SHOWN_CHARACTERS]
        self.found.append(Fault(self.file, line, column, shown, rule, remedy))

    def mapping(self, entry: CommentedMap, key: str) -> CommentedMap:
        """The mapping under a key of an entry; an empty one if there is none, or a value of another
        kind.
        """
        value = entry.get(key)
        if value is None:
            return CommentedMap()
        if not isinstance(value, CommentedMap):
            rule, remedy = "must be a mapping of parameters", "write `name: value` lines below it"
            self.add(key_line(entry, key), key, value, rule, remedy)
            return CommentedMap()
        return value


def key_line(mapping: CommentedMap, key: object) -> int:
    """The line of a key, counted from 1."""
    return int(mapping.lc.key(key)[0]) + 1


def value_line(mapping: CommentedMap, key: object) -> int:
    """The line in which the value of a key begins, counted from 1."""
    return int(mapping.lc.value(key)[0]) + 1
