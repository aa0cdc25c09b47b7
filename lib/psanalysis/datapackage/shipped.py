"""The columns that this version of the library reads: those of the data that it is shipped with, with their types.

A data package of one's own has a descriptor of its own, which may be of another version. It may have more columns, but not fewer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from psanalysis.about import DESCRIPTOR
from psanalysis.datapackage.schema import Package
from psanalysis.errors import Fault

PACKAGED = Path(__file__).parents[1] / "data"
BUNDLED = PACKAGED if PACKAGED.is_dir() else Path(__file__).parents[3] / "data"


def unread(package: Package) -> Iterator[Fault]:
    """A fault for each column that the library reads and a descriptor does not have, or has as another type.

    Examples
    --------
    >>> import psanalysis as ps
    >>> list(unread(ps.load().package))
    []
    """
    for table, columns in _columns().items():
        resource = package.by_name.get(table)
        there = {} if resource is None else {field.name: field.type for field in resource.fields}
        for column, kind in columns.items():
            at = f"{table}.{column}"
            if column not in there:
                yield Fault(
                    str(package.path), 0, at, "",
                    f"{table} has no column {column}, which this version of psanalysis reads",
                    f"add it to the descriptor and to {table}.csv, as the shipped data have it",
                )  # fmt: skip
            elif there[column] != kind:
                yield Fault(
                    str(package.path), 0, at, there[column],
                    f"is of another type than this version of psanalysis reads, which is {kind}",
                    f"write {kind}, as the shipped data have it",
                )  # fmt: skip


@cache
def _columns() -> dict[str, dict[str, str]]:
    """Type of each column, by table; none where the library stands without its data."""
    try:
        descriptor = json.loads((BUNDLED / DESCRIPTOR).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {
        resource["name"]: {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        for resource in descriptor["resources"]
    }
