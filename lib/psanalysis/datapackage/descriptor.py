"""Checks the shape of datapackage.json: every part must have the type that the library relies on;
each fault has its location.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from psanalysis.datapackage.descriptor_values import (
    MUST,
    day,
    file_name,
    names,
    number,
    shown,
    text,
    truth,
)
from psanalysis.datapackage.invisible import RULE, visible

Fault = tuple[str, str, str]
TYPES = ("string", "integer", "number", "year", "date")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum")
ASK = pa.array([""], pa.large_string())


def parsed(content: bytes) -> Any:
    """The JSON of a descriptor.

    Raises
    ------
    ValueError
        If it is not JSON that every reader understands: with NaN or Infinity, lone surrogates,
        excessive nesting, or excessively long numbers.
    """
    try:
        descriptor = json.loads(content.decode("utf-8"), parse_constant=_no_number)
        json.dumps(descriptor, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise ValueError("is nested too deeply") from None
    except UnicodeEncodeError:
        raise ValueError("holds half a character (a lone surrogate)") from None
    return descriptor


def _no_number(name: str) -> float:
    raise ValueError(f"holds {name}, which is no number")


def shape_faults(descriptor: Any) -> Iterator[Fault]:
    """Location, value and rule of every part whose type is not the expected one.

    Examples
    --------
    >>> list(shape_faults({"version": 2, "resources": []}))
    [('version', '2', 'must be text')]
    >>> list(shape_faults([]))
    [('', '[]', 'must be an object')]
    """
    if not isinstance(descriptor, dict):
        yield "", shown(descriptor), "must be an object"
        return
    for key in ("name", "version", "title", "title_zh", "description", "id"):
        yield from _optional(descriptor, key, "", text)
    yield from _optional(descriptor, "created", "", day)
    for key in ("licenses", "sources", "contributors", "resources"):
        yield from _list(descriptor, key, "", needed=key == "resources")
    for index, item in enumerate(_items(descriptor, "licenses")):
        yield from _licence(item, f"licenses[{index}]")
    for index, item in enumerate(_items(descriptor, "resources")):
        yield from _resource(item, f"resources[{index}]")
    yield from _unseen(descriptor)


def _unseen(descriptor: dict[str, Any]) -> Iterator[Fault]:
    """Texts and names, at any depth, with an invisible character."""
    found: list[tuple[str, str]] = []
    waiting: list[tuple[str, Any]] = [("", descriptor)]
    while waiting:
        at, value = waiting.pop()
        if isinstance(value, str):
            found.append((at, value))
        elif isinstance(value, list):
            waiting += ((f"{at}[{index}]", item) for index, item in enumerate(value))
        elif isinstance(value, dict):
            found += ((at, key) for key in value)
            waiting += ((f"{at}.{key}".lstrip("."), item) for key, item in value.items())
    seen = visible(pa.array([words for _, words in found], pa.large_string()))
    for index in pc.indices_nonzero(pc.invert(seen)).to_pylist():
        at, words = found[index]
        yield at, shown(words), RULE


def _licence(item: Any, at: str) -> Iterator[Fault]:
    if not isinstance(item, dict) or not (text(item.get("name")) or text(item.get("title"))):
        yield at, shown(item), "must be an object with a name or a title"
        return
    for key in ("name", "title", "path"):
        yield from _optional(item, key, at, text)


def _resource(item: Any, at: str) -> Iterator[Fault]:
    if not isinstance(item, dict):
        yield at, shown(item), "must be an object"
        return
    yield from _needed(item, "name", at, text)
    yield from _needed(item, "path", at, file_name)
    for key in ("title_zh", "description"):
        yield from _optional(item, key, at, text)
    schema = item.get("schema")
    if not isinstance(schema, dict):
        yield f"{at}.schema", shown(schema), "must be an object"
        return
    yield from _list(schema, "fields", f"{at}.schema", needed=True)
    if schema.get("fields") == []:
        yield f"{at}.schema.fields", "[]", "must have a column"
    for index, field in enumerate(_items(schema, "fields")):
        yield from _field(field, f"{at}.schema.fields[{index}]")
    yield from _optional(schema, "primaryKey", f"{at}.schema", names)
    yield from _list(schema, "foreignKeys", f"{at}.schema")
    for index, key in enumerate(_items(schema, "foreignKeys")):
        yield from _foreign_key(key, f"{at}.schema.foreignKeys[{index}]")


def _field(field: Any, at: str) -> Iterator[Fault]:
    if not isinstance(field, dict):
        yield at, shown(field), "must be an object"
        return
    yield from _needed(field, "name", at, text)
    if field.get("type") not in TYPES:
        yield f"{at}.type", shown(field.get("type")), f"must be one of {', '.join(TYPES)}"
    for key in ("title_zh", "description", "unit"):
        yield from _optional(field, key, at, text)
    constraints, labels = field.get("constraints", {}), field.get("labels", {})
    if not isinstance(constraints, dict):
        yield f"{at}.constraints", shown(constraints), "must be an object"
    else:
        yield from _constraints(constraints, labels, f"{at}.constraints")
    if not isinstance(labels, dict):
        yield f"{at}.labels", shown(labels), "must be an object"
        return
    for code, words in labels.items():
        if not isinstance(words, dict) or not all(text(words.get(lang)) for lang in ("zh", "en")):
            yield f"{at}.labels.{code}", shown(words), "must have the texts zh and en"


def _constraints(constraints: dict[str, Any], labels: Any, at: str) -> Iterator[Fault]:
    for key in ("required", "unique"):
        yield from _optional(constraints, key, at, truth)
    for key in BOUNDS:
        yield from _optional(constraints, key, at, number)
    if "pattern" in constraints:
        pattern = constraints["pattern"]
        problem = "must be text" if not text(pattern) else pattern_problem(pattern)
        if problem:
            yield f"{at}.pattern", shown(pattern), problem
    if "enum" in constraints:
        codes = constraints["enum"]
        if not isinstance(codes, list) or not codes or not all(map(text, codes)):
            yield f"{at}.enum", shown(codes), "must be a list of texts"
        elif labels and isinstance(labels, dict) and set(codes) - set(labels):
            missing = ", ".join(sorted(set(codes) - set(labels)))
            yield f"{at}.enum", missing, "has no label"


def pattern_problem(pattern: str) -> str:
    """The error of a regular expression in the engine that will use it; empty if it is valid."""
    try:
        pc.match_substring_regex(ASK, f"^(?:{pattern})$")
    except (pa.ArrowInvalid, UnicodeError) as error:
        return f"is no regular expression that the engine (RE2) knows: {error}"
    return ""


def _foreign_key(key: Any, at: str) -> Iterator[Fault]:
    if not isinstance(key, dict):
        yield at, shown(key), "must be an object"
        return
    yield from _needed(key, "fields", at, names)
    reference = key.get("reference")
    if not isinstance(reference, dict):
        yield f"{at}.reference", shown(reference), "must be an object"
        return
    if not isinstance(reference.get("resource"), str):
        yield f"{at}.reference.resource", shown(reference.get("resource")), "must be text"
    yield from _needed(reference, "fields", f"{at}.reference", names)


def _needed(
    parent: dict[str, Any], key: str, at: str, sound: Callable[[Any], bool]
) -> Iterator[Fault]:
    if not sound(parent.get(key)):
        yield f"{at}.{key}".lstrip("."), shown(parent.get(key)), MUST[sound]


def _optional(
    parent: dict[str, Any], key: str, at: str, sound: Callable[[Any], bool]
) -> Iterator[Fault]:
    if key in parent and parent[key] != "" and not sound(parent[key]):
        yield f"{at}.{key}".lstrip("."), shown(parent[key]), MUST[sound]


def _list(parent: dict[str, Any], key: str, at: str, *, needed: bool = False) -> Iterator[Fault]:
    if (needed or key in parent) and not isinstance(parent.get(key), list):
        yield f"{at}.{key}".lstrip("."), shown(parent.get(key)), "must be a list"


def _items(parent: dict[str, Any], key: str) -> list[Any]:
    value = parent.get(key)
    return value if isinstance(value, list) else []
