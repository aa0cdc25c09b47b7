"""More cities than there are: the curated plans again and again under other codes, each copy a
valid plan with all that belongs to it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

NATION = "china-14fyp"
OWN_TABLES = ("plan_domains", "services", "projects")


def write_data(source: Path, target: Path, plans: int) -> int:
    """Write a data package with at least so many city plans; the number of its statements.

    Parameters
    ----------
    source
        The curated data, which come first.
    target
        A folder to be made.
    plans
        Number of city plans.
    """
    target.mkdir(parents=True)
    (target / "datapackage.json").write_bytes((source / "datapackage.json").read_bytes())
    resources = json.loads((source / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    tables = {resource["name"]: _rows(source / resource["path"]) for resource in resources}
    cities = [row["plan_id"] for row in tables["plans"] if row["plan_id"] != NATION]
    copies = -(-max(0, plans - len(cities)) // len(cities))
    for resource in resources:
        name = resource["name"]
        columns = [field["name"] for field in resource["schema"]["fields"]]
        with (target / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(tables[name])
            for number in range(1, copies + 1):
                writer.writerows(_copied(name, tables, f"x{number}-", set(cities)))
    return len(tables["statements"]) + copies * sum(
        row["plan_id"] in cities for row in tables["statements"]
    )


def _copied(
    name: str, tables: Mapping[str, list[dict[str, str]]], mark: str, cities: set[str]
) -> Iterable[dict[str, str]]:
    areas = {row["area_id"] for row in tables["areas"] if row["level"] in ("prefecture", "county")}

    def area(code: str) -> str:
        return mark + code if code in areas else code

    for row in tables[name]:
        if name == "areas" and row["area_id"] in areas:
            yield row | {
                "area_id": mark + row["area_id"],
                "parent_id": area(row["parent_id"]),
                "admin_code": "",
                "name_zh": row["name_zh"] + mark,
                "name_en": f"{row['name_en']} {mark}",
            }
        if row.get("plan_id") not in cities:
            continue
        own = row | {"plan_id": mark + row["plan_id"]}
        if name == "plans":
            yield own | {"city_id": area(row["city_id"])}
        elif name == "statements":
            yield own | {
                "statement_id": mark + row["statement_id"],
                "area_id": area(row["area_id"]),
            }
        elif name == "findings":
            named = [
                code if code.startswith(NATION) else mark + code
                for code in row["statement_ids"].split()
            ]
            yield own | {"finding_id": mark + row["finding_id"], "statement_ids": " ".join(named)}
        elif name in OWN_TABLES:
            yield own


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
