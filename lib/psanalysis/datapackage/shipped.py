"""The columns, types, keys and codes that this version of the library relies on: those of the data
that it is shipped with.

A user's data package has its own descriptor, perhaps of another version. It may have more columns,
but not fewer, and stricter constraints; the constraints that the library relies on apply even if
the descriptor lacks them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from psanalysis.about import DESCRIPTOR
from psanalysis.datapackage.schema import Field, Package, Resource, resource_of
from psanalysis.errors import Fault
from psanalysis.folders import LIBRARY

PACKAGED = LIBRARY / "data"
BUNDLED = PACKAGED if PACKAGED.is_dir() else LIBRARY.parents[1] / "data"


def unread(package: Package) -> Iterator[Fault]:
    """A fault for each column that the library reads and that a descriptor lacks or gives another
    type.

    Examples
    --------
    >>> import psanalysis as ps
    >>> list(unread(ps.load().package))
    []
    """
    for table, shipped in shipped_tables().items():
        resource = package.by_name.get(table)
        there = {} if resource is None else {field.name: field.type for field in resource.fields}
        for field in shipped.fields:
            column, kind, at = field.name, field.type, f"{table}.{field.name}"
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


def relied_on(own: Resource) -> Resource:
    """The shipped table of the same name, with the constraints and keys that the library relies on;
    the table itself where the library has none.
    """
    return shipped_tables().get(own.name, own)


def labelled(package: Package) -> Package:
    """A package with the shipped words for codes that its descriptor has no words for.

    Examples
    --------
    >>> import psanalysis as ps
    >>> own = ps.load().package
    >>> labelled(own) is own
    True
    """
    resources = tuple(map(_labelled, package.resources))
    return package if resources == package.resources else replace(package, resources=resources)


def _labelled(own: Resource) -> Resource:
    shipped = shipped_tables().get(own.name)
    words = (
        {field.name: field.labels for field in shipped.fields if field.labels} if shipped else {}
    )

    def whole(field: Field) -> Field:
        missing = words.get(field.name, {}).keys() - field.labels.keys()
        return replace(field, labels={**words[field.name], **field.labels}) if missing else field

    fields = tuple(map(whole, own.fields))
    return own if fields == own.fields else replace(own, fields=fields)


@cache
def shipped_tables() -> dict[str, Resource]:
    """The tables of the shipped data by name; none if the library is installed without its data."""
    try:
        descriptor = json.loads((BUNDLED / DESCRIPTOR).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {resource["name"]: resource_of(resource) for resource in descriptor["resources"]}
