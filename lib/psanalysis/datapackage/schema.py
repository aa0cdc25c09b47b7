"""The schema of the data package, read from datapackage.json: it is written nowhere else."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from psanalysis.about import DESCRIPTOR
from psanalysis.datapackage.descriptor import Fault as Wrong
from psanalysis.datapackage.descriptor import parsed, shape_faults
from psanalysis.datapackage.files import read_regular
from psanalysis.errors import DataError, Fault

# descriptors whose tables are kept
KEPT = 4


@dataclass(frozen=True)
class Field:
    """A column: its type, constraints, and the bilingual labels of its codes."""

    name: str
    type: str
    title_zh: str
    description: str
    unit: str
    constraints: dict[str, Any]
    labels: dict[str, dict[str, str]]

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values must stand in the columns of another (or, with an empty name, the same)
    table.
    """

    fields: tuple[str, ...]
    resource: str
    reference: tuple[str, ...]


@dataclass(frozen=True)
class Resource:
    """A CSV file of the package."""

    name: str
    path: str
    title_zh: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True)
class Package:
    """The whole descriptor."""

    path: Path
    descriptor: dict[str, Any]
    resources: tuple[Resource, ...]

    @cached_property
    def by_name(self) -> dict[str, Resource]:
        return {resource.name: resource for resource in self.resources}

    def label(self, resource: str, column: str, code: str, lang: str) -> str:
        """The reader's word for a code, for example `label("statements", "nature", "binding",
        "zh")` is 约束性.
        """
        return self.by_name[resource].field(column).labels[code][lang]


def read_package(folder: Path, tables: Collection[str] = ()) -> Package:
    """Read datapackage.json of a data folder.

    Parameters
    ----------
    folder
        The data folder.
    tables
        Names of the resources that there must be.

    Raises
    ------
    DataError
        If the descriptor is missing, is not UTF-8 JSON, lacks a part that the library needs, or
        names what it does not describe.
    """
    path = folder / DESCRIPTOR
    try:
        content = read_regular(path)
        descriptor = parsed(content)
    except (FileNotFoundError, NotADirectoryError):
        raise _broken(
            path,
            "",
            "the data package has no descriptor",
            "name the folder that holds datapackage.json",
        ) from None
    except OSError as error:
        raise _broken(
            path,
            "",
            f"cannot be read: {error.strerror}",
            "name the folder that holds datapackage.json",
        ) from None
    except UnicodeDecodeError as error:
        raise _broken(path, "", f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise DataError(
            [Fault(str(path), error.lineno, "", "", f"is not JSON: {error.msg}", "mend the JSON")]
        ) from None
    except ValueError as error:
        raise _broken(path, "", str(error), "mend the JSON") from None
    resources, faults, remedy = _described(content, tuple(tables))
    if faults:
        raise DataError(
            [Fault(str(path), 0, at, value, rule, remedy) for at, value, rule in faults]
        )
    return Package(path, descriptor, resources)


@lru_cache(maxsize=KEPT)
def _described(
    content: bytes, tables: tuple[str, ...]
) -> tuple[tuple[Resource, ...], list[Wrong], str]:
    """The tables that a descriptor describes, and place, value and rule of its faults with their
    remedy.

    The answer is kept by content: each report reads the descriptor that its fork server has read,
    and looking for faults takes as long as reading some tables.
    """
    descriptor = parsed(content)
    if faults := list(shape_faults(descriptor)):
        return (), faults, "follow the Frictionless Data Package"
    resources = tuple(resource_of(item) for item in descriptor["resources"])
    lacking = [] if descriptor.get("version") or not tables else [("version", "", "is missing")]
    return resources, [*lacking, *_inconsistencies(resources, tables)], "mend the descriptor"


def _broken(path: Path, value: str, rule: str, remedy: str) -> DataError:
    return DataError([Fault(str(path), 0, "", value, rule, remedy)])


def _inconsistencies(resources: tuple[Resource, ...], tables: Collection[str]) -> Iterator[Wrong]:
    """Place, value and rule of everything that a descriptor names but does not describe."""
    names = [resource.name for resource in resources]
    columns = {resource.name: resource.columns for resource in resources}
    yield from (("resources", name, "is missing") for name in tables if name not in names)
    yield from (
        ("resources", name, "is no table that psanalysis reads")
        for name in names
        if tables and name not in tables
    )
    yield from (
        ("resources", name, "is there more than once")
        for name in set(names)
        if names.count(name) > 1
    )
    for resource in resources:
        at = f"resources.{resource.name}"
        yield from (
            (f"{at}.primaryKey", name, "is no column of it")
            for name in resource.primary_key
            if name not in resource.columns
        )
        for key in resource.foreign_keys:
            target = columns.get(key.resource or resource.name, [])
            if len(key.fields) != 1 or len(key.reference) != 1:
                yield (
                    f"{at}.foreignKeys",
                    ", ".join(key.fields),
                    "must be one column that refers to one column",
                )
            elif key.fields[0] not in resource.columns or key.reference[0] not in target:
                yield (
                    f"{at}.foreignKeys",
                    key.fields[0],
                    f"refers to no column {key.resource or resource.name}.{key.reference[0]}",
                )
        yield from (
            (f"{at}.fields", name, "is there more than once")
            for name in sorted(set(resource.columns))
            if resource.columns.count(name) > 1
        )


def resource_of(item: dict[str, Any]) -> Resource:
    """A resource of a descriptor whose shape is sound."""
    schema = item["schema"]
    return Resource(
        name=item["name"],
        path=item["path"],
        title_zh=item.get("title_zh", item["name"]),
        description=item.get("description", ""),
        fields=tuple(
            Field(
                name=field["name"],
                type=field["type"],
                title_zh=field.get("title_zh", field["name"]),
                description=field.get("description", ""),
                unit=field.get("unit", ""),
                constraints=field.get("constraints", {}),
                labels=field.get("labels", {}),
            )
            for field in schema["fields"]
        ),
        primary_key=_names(schema.get("primaryKey", [])),
        foreign_keys=tuple(
            ForeignKey(
                _names(key["fields"]),
                key["reference"]["resource"],
                _names(key["reference"]["fields"]),
            )
            for key in schema.get("foreignKeys", ())
        ),
    )


def _names(fields: str | list[str]) -> tuple[str, ...]:
    return (fields,) if isinstance(fields, str) else tuple(fields)
