"""What the CSVs say, counted again: what came of targets, and what the next plan made of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import pairwise

from tests.census.tables import STRICT, Row, near
from tests.census.verdicts import Verdicts


class Recount(Verdicts):
    """The tables of a data folder, and all that follows from them."""

    @cached_property
    def _values(self) -> dict[tuple[str, str], list[tuple[Row, int, str, int | None]]]:
        """Known values by area and indicator: row, year, plan of a baseline, length; published ones
        first, the last published before.
        """
        found: dict[tuple[str, str], list[tuple[Row, int, str, int | None]]] = defaultdict(list)
        actuals = self.rows("actuals")
        for row in sorted(actuals, key=lambda one: one["published_on"], reverse=True):
            found[row["area_id"], row["indicator_id"]].append((row, int(row["year"]), "", None))
        past = [
            row
            for row in self.statements
            if row["role"] == "baseline" and row["value"] and row["year"]
        ]
        for row in sorted(past, key=lambda one: not one["nature"]):
            key = row["area_id"], row["indicator_id"]
            found[key].append((row, int(row["year"]), row["plan_id"], self.length(row)))
        return found

    @cached_property
    def last_year(self) -> int:
        """The last year of which the data know anything."""
        years = [year for known in self._values.values() for _, year, _, _ in known]
        return max([*years, *(int(row["baseline_year"]) for row in self.plans.values())])

    def year_due(self, target: Row) -> int:
        return int(target["year"] or self.plans[target["plan_id"]]["horizon_year"])

    def best(self, target: Row, until: int) -> tuple[Row, int, str, int | None] | None:
        """The value that says most of a target: of its year, else the last before it, else the
        first after it.
        """
        due, start = self.year_due(target), int(self.plans[target["plan_id"]]["period_start"])
        known = [
            one for one in self._values[target["area_id"], target["indicator_id"]]
            if one[1] <= until and (not one[2] or int(self.plans[one[2]]["period_start"]) > start)
        ]  # fmt: skip
        return min(known, key=lambda one: (one[1] > due, abs(one[1] - due)), default=None)

    def with_values(self, plan: str, until: int) -> list[tuple[Row, int]]:
        """Targets of a plan with a number that a value is known for, due or not, each said once;
        and the year of the value.
        """
        own = [
            row for row in self.of(plan) if row["value"] and row["statement_id"] not in self.repeats
        ]
        found = [(row, self.best(row, until)) for row in own]
        return [(row, best[1]) for row, best in found if best]

    def rested_on(self, plan: str, until: int) -> set[str]:
        """The due targets of a plan, and the baselines of later plans that show how they ended."""
        own = [self.by_id[code] for code in self.due(plan, until)]
        own += [row for row, _ in self.with_values(plan, until) if row not in own]
        shown = [best[0] for row in own if (best := self.best(row, until)) and best[2]]
        return {row["statement_id"] for row in [*own, *shown]}

    def under_way(self, plan: str, until: int) -> dict[str, int]:
        """Targets of a plan that are not due and of which a value is known, each said once, with
        its year.
        """
        own = [
            row for row in self.of(plan) if row["statement_id"] not in self.repeats and row["value"]
        ]
        early = [row for row in own if self.outcome(row, until)[0] == "not_due"]
        return {row["statement_id"]: best[1] for row in early if (best := self.best(row, until))}

    def outcome(self, target: Row, until: int) -> tuple[str, str]:
        """Verdict on a target seen from a year, and why it cannot be told."""
        if self.number(target) is None:
            return "pledge", ""
        due, best = self.year_due(target), self.best(target, until)
        if due > until:
            return "not_due", ""
        if best is None:
            return "no_value", ""
        value, year, of_plan, length = best
        met = self.attained(value, target)
        if target["statement_id"] in self.doubted or (
            of_plan and value["statement_id"] in self.doubted
        ):
            return "cannot_tell", "doubted"
        if self.length(target) != length:
            return "cannot_tell", "other_basis"
        if year > due:
            return "cannot_tell", "later_value"
        if due - year > 1 or (due > year and met is not True):
            return "cannot_tell", "too_old"
        if met is None:
            return "cannot_tell", "bound"
        return ("met" if met else "missed"), ""

    def attained(self, value: Row, target: Row) -> bool | None:
        """Whether a published value reaches a target: every number that it may be does, none does,
        or some do.
        """
        side, strict = self.side(target), target["comparator"] in STRICT
        low, high = self.number(target), self.number(target, "value_high")
        one, top = self.number(value), self.number(value, "value_high")
        if low is None or one is None:
            raise ValueError("a number is wanted")
        ends = [one, one if top is None else top]
        bound = {"ge": 1, "gt": 1, "le": -1, "lt": -1}.get(value["comparator"], 0)
        open_end = value["comparator"] in STRICT
        if side == 0:
            inside = [low <= end <= (low if high is None else high) for end in ends]
            if bound:
                return None if any(inside) or bound * (low - one) > 0 else False
            return all(inside) if inside[0] == inside[1] else None
        goal = low if side > 0 or high is None else high
        if value["comparator"] == "approx" and near(one, goal):
            return None

        def reached(number: float, beyond: bool) -> bool:
            same = near(number, goal)
            return (not same and side * (number - goal) > 0) or (same and (not strict or beyond))

        if not bound:
            told = {reached(end, False) for end in ends}
            return told.pop() if len(told) == 1 else None
        nearest = reached(one, open_end)
        if bound == side:
            return True if nearest else None
        at = near(one, goal)
        missed = (at and (open_end or strict)) or (not at and side * (one - goal) < 0)
        return False if missed else None

    def due(self, plan: str, until: int | None = None) -> dict[str, tuple[str, str]]:
        """Verdicts on the due targets of a plan with a number, by statement_id, each said once."""
        seen = self.as_of - 1 if until is None else until
        every = {row["statement_id"]: self.outcome(row, seen) for row in self.of(plan)}
        known = ("met", "missed", "cannot_tell", "no_value")
        return {
            code: verdict for code, verdict in every.items()
            if verdict[0] in known and code not in self.repeats
        }  # fmt: skip

    def successions(self, area: str) -> list[tuple[str, str, dict[str, str]]]:
        """Pairs of plans of a place, and what became of each indicator."""
        own = [row for row in self.plans.values() if row["city_id"] == area]
        own.sort(key=lambda row: (row["period_start"], row["period_end"]))
        return [
            (old["plan_id"], new["plan_id"], self._changes(old, new)) for old, new in pairwise(own)
        ]

    def _changes(self, old: Row, new: Row) -> dict[str, str]:
        of_old = {one: row for (plan, one), row in self.headlines.items() if plan == old["plan_id"]}
        of_new = {one: row for (plan, one), row in self.headlines.items() if plan == new["plan_id"]}
        found = {}
        for indicator in {*of_old, *of_new}:
            a, b = of_old.get(indicator), of_new.get(indicator)
            if a is None:
                found[indicator] = "new" if old["coverage"] == "full" else "cannot_tell"
            elif b is None:
                found[indicator] = "dropped" if new["coverage"] == "full" else "cannot_tell"
            else:
                found[indicator] = self._change(a, b)
        return found

    def _change(self, old: Row, new: Row) -> str:
        if not old["value"] and not new["value"]:
            words = [
                row["pledge"] if row["pledge"] != "other" else row["value_as_written"]
                for row in (old, new)
            ]
            return "kept" if words[0] == words[1] else "redefined"
        unlike = self.length(old) != self.length(new) or self.side(old) * self.side(new) < 0
        if not old["value"] or not new["value"] or unlike:
            return "redefined"
        return {1: "raised", 0: "kept", -1: "lowered"}[self.demand(new, old, self.side(new) or 1)]
