"""The parts of the codebook that repeat datapackage.json: files, columns, codes, and how single
statements are coded.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.schema import Field, Resource
from psanalysis.errors import ParameterError
from psanalysis.formatting import plain
from psanalysis.wording import say

CODED = (
    "role",
    "year",
    "value",
    "value_high",
    "unit_id",
    "comparator",
    "pledge",
    "commitment",
    "nature",
    "area_id",
    "flow_start",
    "flow_end",
)


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; a bar or a line break inside a cell is escaped.

    Examples
    --------
    >>> print(table(["a", "b"], [["1", "x|y"]]))
    | a | b |
    |---|---|
    | 1 | x\\|y |
    """
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
        for row in [head, *rows]
    ]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])


def files(ds: Dataset, lang: str) -> str:
    """The files of the package and what they hold."""
    rows = [
        [f"`{r.path}`", r.title_zh if lang == "zh" else r.description] for r in ds.package.resources
    ]
    return table([say("codebook.file", lang), say("codebook.content", lang)], rows)


def columns(ds: Dataset, lang: str) -> str:
    """Every file with its columns, their types and constraints, and its keys."""
    return "\n\n".join(_one_file(resource, lang) for resource in ds.package.resources)


def _one_file(resource: Resource, lang: str) -> str:
    head = [say(f"codebook.{key}", lang) for key in ("column", "meaning", "type", "constraint")]
    rows = [
        [
            f"`{field.name}`",
            field.title_zh if lang == "zh" else field.description,
            _type(field, lang),
            _constraints(field, lang),
        ]
        for field in resource.fields
    ]
    keys = [
        say(
            "codebook.primary_key",
            lang,
            columns=", ".join(f"`{name}`" for name in resource.primary_key),
        )
    ]
    keys += [
        say(
            "codebook.foreign_key",
            lang,
            column=column,
            table=key.resource or resource.name,
            other=reference,
        )
        for key in resource.foreign_keys
        for column, reference in zip(key.fields, key.reference, strict=True)
    ]
    stop, end = (chr(0xFF1B), "。") if lang == "zh" else ("; ", ".")
    title = f" {resource.title_zh}" if lang == "zh" else ""
    return f"#### {resource.path}{title}\n\n{table(head, rows)}\n\n{stop.join(keys)}{end}"


def _type(field: Field, lang: str) -> str:
    return say(f"codebook.type_{field.type}", lang)


def _constraints(field: Field, lang: str) -> str:
    parts = []
    for name, value in field.constraints.items():
        if value is not False:
            parts.append(say(f"codebook.{name}", lang, value=value))
    return "、".join(parts) if lang == "zh" else ", ".join(parts)


def codes(ds: Dataset, lang: str) -> str:
    """The codes of every column that has labels, and the pledges."""
    head = [say("codebook.code", lang), say("codebook.word", lang)]
    parts = [
        (
            f"{resource.name}.{field.name}",
            [[f"`{code}`", words[lang]] for code, words in field.labels.items()],
        )
        for resource in ds.package.resources
        for field in resource.fields
        if field.labels
    ]
    pledges = [
        [f"`{row['pledge_id']}`", row[f"name_{lang}"] + _implied(row["implied_value"])]
        for row in ds.pledges.to_dict("records")
    ]
    return "\n\n".join(
        f"#### `{name}`\n\n{table(head, rows)}"
        for name, rows in [*parts, ("statements.pledge", pledges)]
    )


def _implied(value: float) -> str:
    return "" if pd.isna(value) else f" → {plain(value)}%"


def example(ds: Dataset, lang: str, *ids: str) -> str:
    """How the named statements are coded: what is printed, and the cells that are not empty.

    Raises
    ------
    ParameterError
        If there is no such statement.
    """
    rows: dict[str, dict[str, Any]] = {
        row["statement_id"]: row for row in ds.statements.to_dict("records")
    }  # type: ignore[misc]
    unknown = [name for name in ids if name not in rows]
    if unknown:
        raise ParameterError(
            f"the codebook names {unknown[0]!r}, which is not in statements.csv -> name another "
            "statement"
        )
    head = [say(f"codebook.{key}", lang) for key in ("statement", "written", "coded")]
    return table(head, [[f"`{name}`", _written(rows[name]), _coded(rows[name])] for name in ids])


def _written(row: dict[str, Any]) -> str:
    return f"{row['indicator_as_written']} **{row['value_as_written']}**"


def _coded(row: dict[str, Any]) -> str:
    stated = {name: row[name] for name in CODED if pd.notna(row[name])}
    words = [
        f"{name}={plain(value).replace(',', '') if isinstance(value, float) else value}"
        for name, value in stated.items()
    ]
    if pd.notna(row["year"]):
        words[1] += f" ({row['year_basis']})"
    return f"`{row['indicator_id']}` " + " ".join(words)
