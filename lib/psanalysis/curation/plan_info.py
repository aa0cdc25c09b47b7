"""The form for a new plan: rows of plans, areas, domains, plan_domains, units and indicators, in a
YAML or CSV file.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from psanalysis.datapackage.handed_in import ENCODINGS, as_csv, as_text
from psanalysis.datapackage.schema import Package
from psanalysis.errors import Fault, FaultsError
from psanalysis.wholefile import write_whole

TABLES = ("plans", "areas", "domains", "plan_domains", "units", "indicators")
CELLS = ["table", "row", "column", "value"]
Row = dict[str, str]
Info = Mapping[str, list[Row]]
HEAD = (
    "# Fill in what is empty (datapackage.json says what each column means), then run add-plan "
    "again.\n"
)


class AdditionError(FaultsError):
    """A plan that cannot be added: nothing was changed."""

    subject = "plan to add"


def read_info(path: Path, package: Package) -> Info:
    """Rows by table, each with all columns of its schema.

    Parameters
    ----------
    path
        YAML with a list of rows for each table; or CSV with the columns table, row, column, value.
    package
        The schema.

    Raises
    ------
    AdditionError
        If the file cannot be read, or names an unknown table or column.
    """
    table = path.suffix.lower() == ".csv"
    text = (as_csv if table else as_text)(path.read_bytes())
    if text is None:
        rule, remedy = f"is no text in {ENCODINGS}", "save it as UTF-8"
        raise AdditionError([Fault(path.name, 0, "", "", rule, remedy)])
    parsed = _from_csv(text, path.name) if table else _from_yaml(text, path.name)
    return {
        table: [_complete(row, table, package, path.name) for row in parsed.get(table, [])]
        for table in TABLES
    }


def write_info(info: Info, path: Path, choices: Mapping[str, Sequence[str]] | None = None) -> None:
    """Write rows by table as a form: YAML, or CSV where the name ends in .csv.

    Parameters
    ----------
    info
        The rows.
    path
        The file.
    choices
        Codes to choose from by table.column; YAML has them as comments.
    """
    buffer = io.StringIO()
    if path.suffix.lower() == ".csv":
        lines = csv.writer(buffer, lineterminator="\n")
        lines.writerow(CELLS)
        lines.writerows(
            (table, number, *cell)
            for table, rows in info.items()
            for number, row in enumerate(rows, 1)
            for cell in row.items()
        )
    else:
        buffer.write(
            HEAD
            + "".join(
                f"# {column}: {', '.join(codes)}\n" for column, codes in (choices or {}).items()
            )
        )
        yaml = YAML(typ="safe", pure=True)
        yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 10_000
        yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
        yaml.dump({table: [dict(row) for row in rows] for table, rows in info.items()}, buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, buffer.getvalue().encode("utf-8"))


def _from_yaml(text: str, name: str) -> dict[str, list[Any]]:
    try:
        # The base loader leaves every scalar a string: 2021-12-30 and 0120 stay as they are
        # written.
        parsed = YAML(typ="base", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise AdditionError(
            [Fault(name, line, "", "", f"is not YAML: {error.problem}", "mend the file")]
        ) from None
    except YAMLError as error:
        raise AdditionError(
            [Fault(name, 0, "", "", f"is not YAML: {error}", "mend the file")]
        ) from None
    return _tables(parsed, name)


def _from_csv(text: str, name: str) -> dict[str, list[Any]]:
    lines = list(csv.reader(io.StringIO(text)))
    if not lines or lines[0] != CELLS:
        raise AdditionError(
            [
                Fault(
                    name,
                    1,
                    "",
                    "",
                    f"the header must be {','.join(CELLS)}",
                    "delete the file to get the form again",
                )
            ]
        )
    short = [number for number, line in enumerate(lines, 1) if line and len(line) != len(CELLS)]
    if short:
        raise AdditionError(
            [
                Fault(name, number, "", "", "must have four cells", "check the commas")
                for number in short
            ]
        )
    found: dict[str, dict[str, Row]] = defaultdict(lambda: defaultdict(dict))
    for line in filter(None, lines[1:]):
        found[line[0]][line[1]][line[2]] = line[3]
    return _tables({table: list(rows.values()) for table, rows in found.items()}, name)


def _tables(parsed: Any, name: str) -> dict[str, list[Any]]:
    if not isinstance(parsed, dict):
        raise AdditionError(
            [
                Fault(
                    name,
                    0,
                    "",
                    "",
                    f"must have the parts {', '.join(TABLES)}",
                    "delete the file to get the form again",
                )
            ]
        )
    faults = [
        Fault(name, 0, str(part), "", "is no part of it", f"choose one of {', '.join(TABLES)}")
        for part in parsed
        if part not in TABLES
    ]
    faults += [
        Fault(
            name,
            0,
            table,
            "",
            "must be a list of rows",
            "write - before the first column of each row",
        )
        for table, rows in parsed.items()
        if table in TABLES
        and rows
        and not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows))
    ]
    if faults:
        raise AdditionError(faults)
    return {table: rows or [] for table, rows in parsed.items()}


def _complete(row: Mapping[str, Any], table: str, package: Package, name: str) -> Row:
    columns = package.by_name[table].columns
    unknown = [str(column) for column in row if column not in columns]
    nested = [str(column) for column, cell in row.items() if not isinstance(cell, str)]
    faults = [
        Fault(
            name, 0, f"{table}.{column}", "", "is no column", f"choose one of {', '.join(columns)}"
        )
        for column in unknown
    ]
    faults += [
        Fault(name, 0, f"{table}.{column}", str(row[column]), "must be one value", "write text")
        for column in nested
    ]
    if faults:
        raise AdditionError(faults)
    return {column: row.get(column, "").strip() for column in columns}
