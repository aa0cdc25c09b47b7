"""The CSVs as plain rows, and what a row says: the recount shares nothing with the library. It
follows METHOD.md and datapackage.json alone, so that a rule that the library reads wrongly does not
pass because both read it alike.
"""

from __future__ import annotations

import csv
import json
from functools import cached_property
from pathlib import Path

Row = dict[str, str]

STRICT = ("gt", "lt")
SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}
SCALE_FREE = ("rate", "ratio", "level")
SHARES = ("proportion", "percentage_point")
LATE = 10**9


def near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other))


class Tables:
    """The tables of a data folder, and what follows from them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self.created = self.described["created"][:10]
        self.as_of = int(self.created[:4])
        self.statements = self.rows("statements")
        self.by_id = {row["statement_id"]: row for row in self.statements}
        self.plans = {row["plan_id"]: row for row in self.rows("plans")}
        self.areas = {row["area_id"]: row for row in self.rows("areas")}
        self.indicators = {row["indicator_id"]: row for row in self.rows("indicators")}
        self.units = {row["unit_id"]: row for row in self.rows("units")}
        self.findings = self.rows("findings")
        self.domain_order = {row["domain_id"]: int(row["sort"]) for row in self.rows("domains")}

    def severities(self, lang: str) -> dict[str, str]:
        """The short words for the severities of findings, by code."""
        return self._labels("findings", "severity", lang)

    def kinds(self, lang: str) -> dict[str, str]:
        """The short words for the kinds of findings, by code."""
        return self._labels("findings", "kind", lang)

    def _labels(self, table: str, column: str, lang: str) -> dict[str, str]:
        tables = {one["name"]: one for one in self.described["resources"]}
        fields = {one["name"]: one for one in tables[table]["schema"]["fields"]}
        return {code: label[lang].split(":")[0] for code, label in fields[column]["labels"].items()}

    def rows(self, name: str) -> list[Row]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def scale_free(self, indicator: str) -> bool:
        """Whether city and nation stand on one scale: a rate, ratio or level, or a share of
        whatever kind.
        """
        about = self.indicators[indicator]
        return about["measure"] in SCALE_FREE or self.units[about["unit_id"]]["dimension"] in SHARES

    def place(self, plan: str) -> str:
        return self.plans[plan]["city_id"]

    def level(self, plan: str) -> str:
        return self.areas[self.place(plan)]["level"]

    def is_city(self, plan: str) -> bool:
        return self.level(plan) not in ("nation", "province")

    def above(self, area: str, level: str) -> str:
        area = self.areas[area]["parent_id"]
        while area and self.areas[area]["level"] != level:
            area = self.areas[area]["parent_id"]
        return area

    def ended(self, plan: str) -> bool:
        return int(self.plans[plan]["period_end"]) < self.as_of

    def of(self, plan: str, role: str = "target") -> list[Row]:
        return [row for row in self.statements if row["plan_id"] == plan and row["role"] == role]

    @cached_property
    def doubted(self) -> set[str]:
        grave = [row for row in self.findings if row["severity"] != "note"]
        return {one for row in grave for one in row["statement_ids"].split()}

    def number(self, row: Row, column: str = "value", unit: str = "unit_id") -> float | None:
        """A number of a row in the unit of its indicator."""
        if not row[column]:
            return None
        own = self.units[row[unit]]["factor"]
        to = self.units[self.indicators[row["indicator_id"]]["unit_id"]]["factor"]
        number = float(row[column])
        return number if own == to else float(f"{number * float(own) / float(to):.12g}")

    def side(self, row: Row) -> int:
        if row["comparator"] in ("ge", "gt"):
            return 1
        if row["comparator"] in ("le", "lt"):
            return -1
        direction = self.indicators[row["indicator_id"]]["direction"]
        return {"increase": 1, "decrease": -1}.get(direction, 0)

    def asked(self, row: Row) -> float | None:
        """What has to be reached: of a range the less demanding end."""
        low, high = self.number(row), self.number(row, "value_high")
        return high if high is not None and self.side(row) < 0 else low

    def length(self, row: Row) -> int | None:
        return int(row["flow_end"]) - int(row["flow_start"]) if row["flow_start"] else None

    def demand(self, one: Row, other: Row, side: int) -> int:
        """1 where a target asks for more than another, 0 for the same, -1 for less."""
        a, b = self.asked(one), self.asked(other)
        if a is None or b is None:
            raise ValueError("a pledge cannot be ordered")
        if near(a, b):
            return (one["comparator"] in STRICT) - (other["comparator"] in STRICT)
        return 1 if side * (a - b) > 0 else -1

    def factor(self, row: Row, lang: str) -> float:
        """English pages have no ten thousands: 1.3 of "10,000 beds" are 13,000 beds."""
        name = self.units[self.indicators[row["indicator_id"]]["unit_id"]]["name_en"]
        if lang == "zh" or not name[0].isdigit():
            return 1.0
        return 1e8 if "million" in name else 1e4

    def printed(self, row: Row, lang: str) -> tuple[str, list[float]]:
        """Sign and numbers of a statement as a page in a language has to show them."""
        factor = self.factor(row, lang)
        known = [self.number(row, column) for column in ("value", "value_high")]
        shown = [float(f"{one * factor:.12g}") for one in known if one is not None]
        return SIGNS.get(row["comparator"], ""), shown
