"""Targets of several places: against the nation's, and beside each other."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from tests.census.tables import Row, near
from tests.census.targets import Targets


class Places(Targets):
    """Targets of one indicator in several places."""

    def reference(self, target: Row, level: str = "nation") -> tuple[Row, bool] | None:
        """The target that a target is held against, and whether it is of the same year."""
        area = self.above(self.place(target["plan_id"]), level)
        until = int(target["year"] or self.plans[target["plan_id"]]["horizon_year"])
        known = []
        for row in self.statements:
            plan = row["plan_id"]
            own = row["role"] == "target" and row["indicator_id"] == target["indicator_id"]
            if not own or self.place(plan) != area or row["area_id"] != area:
                continue
            by = int(row["year"] or self.plans[plan]["horizon_year"])
            if by <= until:
                start = int(self.plans[plan]["period_start"])
                known.append(((-by, -start, self._first(row)), by, row))
        if not known:
            return None
        _, by, row = min(known, key=lambda one: one[0])
        return row, by == until and bool(row["year"] and target["year"])

    def standing(self, target: Row) -> str:
        """Against the national target: above, equal, below, same_number, or why not."""
        found = self.reference(target)
        if found is None or not found[0]["value"]:
            return "no_national"
        nation, same_year = found
        unlike = (
            self.length(target) != self.length(nation) or self.side(target) * self.side(nation) < 0
        )
        if not target["value"] or not self.scale_free(target["indicator_id"]) or unlike:
            return "not_comparable"
        if not (target["year"] and nation["year"]):
            return "not_comparable"
        if not same_year:
            return "earlier_year"
        order = self.demand(target, nation, self.side(target) or 1)
        a, b = self.asked(target), self.asked(nation)
        if order and a is not None and b is not None and near(a, b):
            return "same_number"
        return {1: "above", 0: "equal", -1: "below"}[order]

    def judged(self, plan: str) -> dict[str, str]:
        """Standing by statement_id of the headline targets of a plan that are held against the
        nation.
        """
        found = {}
        for (own, indicator), row in self.headlines.items():
            if own != plan or row["statement_id"] in self.doubted:
                continue
            if len(self.places_of(indicator)) > 1:
                standing = self.standing(row)
                if standing in ("above", "equal", "same_number", "below"):
                    found[row["statement_id"]] = standing
        return found

    def places_of(self, indicator: str) -> set[str]:
        """Places that set a target for an indicator."""
        return {self.place(plan) for plan, one in self.headlines if one == indicator}

    @cached_property
    def shared(self) -> list[str]:
        return [one for one in self.indicators if len(self.places_of(one)) > 1]

    def _commonest(self, rows: list[Row], values: list[int]) -> int | None:
        """The value that most places have; of several the least."""
        places: dict[int, set[str]] = defaultdict(set)
        for row, value in zip(rows, values, strict=True):
            places[value].add(self.place(row["plan_id"]))
        return min(places, key=lambda value: (-len(places[value]), value)) if places else None

    def targets_of(self, indicator: str) -> list[Row]:
        """The headline target of each plan, in the order of plans.csv."""
        known = [self.headlines.get((plan, indicator)) for plan in self.plans]
        return [row for row in known if row]

    def alike(self, indicator: str) -> list[Row]:
        """Numbers of the cities and the nation that are of the commonest kind among the cities."""
        rows = [row for row in self.targets_of(indicator) if row["value"]]
        own = [row for row in rows if self.is_city(row["plan_id"])]
        flows = [row for row in own if row["flow_start"]]
        totals = 2 * len(flows) > len(own)
        usual = self._commonest(flows, [self.length(row) or 0 for row in flows])
        sided = [row for row in own if self.side(row)]
        side = self._commonest(sided, [-self.side(row) for row in sided])
        return [
            row for row in rows
            if not (own and bool(row["flow_start"]) != totals)
            and not (totals and row["flow_start"] and self.length(row) != usual)
            and not (side is not None and self.side(row) == side)
        ]  # fmt: skip

    def beside(self, indicator: str) -> list[Row]:
        """Targets of cities that may stand on one scale; none where fewer than two places
        have one.
        """
        if not self.scale_free(indicator):
            return []
        rows = self.alike(indicator)
        asked = {row["statement_id"]: self.asked(row) or 0.0 for row in rows}

        def lined(row: Row) -> bool:
            """True where the nation has a number for the same year."""
            if self.level(row["plan_id"]) == "nation":
                return True
            found = self.reference(row)
            return bool(found and found[1] and (self.asked(found[0]) or 0) > 0)

        every = self.targets_of(indicator)
        national = any(
            lined(row)
            for row in every
            if self.asked(row) is not None or self.is_city(row["plan_id"])
        )
        sound = [
            row for row in rows
            if self.is_city(row["plan_id"]) and row["statement_id"] not in self.doubted
            and asked[row["statement_id"]] > 0 and (lined(row) or not national)
        ]  # fmt: skip
        return sound if len({self.place(row["plan_id"]) for row in sound}) > 1 else []

    def widest(self, indicators: list[str]) -> tuple[str, int, float] | None:
        """Indicator, year and relative distance of the targets of one year that lie furthest
        apart.
        """
        best = None
        for indicator in indicators:
            years: dict[int, list[float]] = defaultdict(list)
            for row in self.beside(indicator):
                if row["year"]:
                    years[int(row["year"])].append(self.asked(row) or 0.0)
            for year, numbers in years.items():
                apart = (max(numbers) - min(numbers)) / max(numbers)
                if apart > 0 and (best is None or apart > best[2]):
                    best = (indicator, year, apart)
        return best
