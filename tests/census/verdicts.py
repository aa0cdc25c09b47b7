"""Which targets of an indicator may stand side by side, and their ranks, counted again after
METHOD.md ("Comparing places").
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from tests.census.places import Places
from tests.census.tables import LATE, Row

LEVELS = ("nation", "province", "municipality", "prefecture", "county")
LEAST_RANKED = 4
Key = tuple[int, int]


class Verdicts(Places):
    """Verdict, reasons and rank of the headline targets, those of each indicator among
    themselves.
    """

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """Comparable, caveat or not_comparable by statement_id."""
        found = {}
        for indicator in {one for _, one in self.headlines}:
            rows = self.targets_of(indicator)
            sound = {row["statement_id"] for row in self.alike(indicator)}
            some = any(row["value"] and self.is_city(row["plan_id"]) for row in rows)
            fit = [
                row for row in rows if row["statement_id"] in sound and self.is_city(row["plan_id"])
            ]
            yardstick = self._yardstick(fit)
            for row in rows:
                code = row["statement_id"]
                if (row["value"] and code not in sound) or (not row["value"] and some):
                    found[code] = "not_comparable"
                elif row["value"] and self.is_city(row["plan_id"]) and yardstick:
                    unlike = self._unlike(row, fit, yardstick)
                    found[code] = "caveat" if unlike else "comparable"
                else:
                    found[code] = "comparable"
        return found

    def _key(self, row: Row) -> Key:
        return int(row["year"] or LATE), LEVELS.index(self.level(row["plan_id"]))

    def _yardstick(self, fit: list[Row]) -> Key | None:
        """The horizon that most places have, and the level that most of these have; of several the
        earlier, and the higher.
        """
        years, levels = defaultdict[int, set[str]](set), defaultdict[Key, set[str]](set)
        for row in fit:
            place, key = self.place(row["plan_id"]), self._key(row)
            years[key[0]].add(place)
            levels[key].add(place)
        if not years:
            return None
        year = min(years, key=lambda one: (-len(years[one]), one))
        own = [key for key in levels if key[0] == year]
        return min(own, key=lambda key: (-len(levels[key]), key))

    def _unlike(self, row: Row, fit: list[Row], yardstick: Key) -> bool:
        """True where a city's number differs in circumstance from the yardstick."""
        year, level = yardstick
        elsewhen = year != LATE and self._key(row)[0] != year
        inner: dict[str, set[str]] = defaultdict(set)
        for one in fit:
            if self._key(one)[1] == level and (year == LATE or self._key(one)[0] == year):
                inner[self.plans[one["plan_id"]]["script"]].add(self.place(one["plan_id"]))
        script = min(inner, key=lambda name: (-len(inner[name]), name))
        return (
            not self.scale_free(row["indicator_id"])
            or elsewhen
            or self._key(row)[1] != level
            or row["area_id"] != self.place(row["plan_id"])
            or row["commitment"] == "strive"
            or row["comparator"] in ("approx", "between")
            or row["year_basis"] == "implied"
            or self.plans[row["plan_id"]]["script"] != script
            or row["statement_id"] in self.doubted
        )

    def ranked(self, indicator: str) -> list[Row]:
        """What is ranked: of each place the latest comparable number that no finding doubts; none
        where fewer than four have one.
        """
        if self.indicators[indicator]["direction"] == "none":
            return []
        latest: dict[str, Row] = {}
        for row in self.targets_of(indicator):
            plan, code = row["plan_id"], row["statement_id"]
            usable = row["value"] and self.is_city(plan) and code not in self.doubted
            if not usable or self.verdicts[code] != "comparable":
                continue
            known = latest.get(self.place(plan))
            if known is None or self._start(row) > self._start(known):
                latest[self.place(plan)] = row
        return list(latest.values()) if len(latest) >= LEAST_RANKED else []

    def _start(self, row: Row) -> int:
        return int(self.plans[row["plan_id"]]["period_start"])

    def rank(self, row: Row) -> tuple[int, int, int] | None:
        """Rank of a target, how many are ranked, and how many plans of cities are left out; None
        where it has none.
        """
        indicator = row["indicator_id"]
        rows = self.ranked(indicator)
        if row not in rows:
            return None
        ahead = sum(self.demand(other, row, self.side(row)) > 0 for other in rows)
        cities = [one for one in self.targets_of(indicator) if self.is_city(one["plan_id"])]
        return ahead + 1, len(rows), len(cities) - len(rows)
