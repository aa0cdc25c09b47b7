"""Which target stands for its indicator, what baseline it starts from, and what the one is to the
other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property

from tests.census.tables import LATE, STRICT, Row, Tables, near


class Targets(Tables):
    """Targets and their baselines."""

    def _first(self, row: Row, area_counts: bool = True) -> tuple[object, ...]:
        return (
            area_counts and row["area_id"] != self.place(row["plan_id"]),
            not row["nature"],
            not row["value"],
            row["commitment"] == "strive",
            -int(row["year"]) if row["year"] else LATE,
            int(row["char_start"]) if row["char_start"] else LATE,
        )

    @cached_property
    def headlines(self) -> dict[tuple[str, str], Row]:
        """The headline target by plan and indicator."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.statements:
            if row["role"] == "target":
                found[row["plan_id"], row["indicator_id"]].append(row)
        return {key: min(rows, key=self._first) for key, rows in found.items()}

    @cached_property
    def repeats(self) -> set[str]:
        """Targets that another one says before them."""
        groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in self.statements:
            if row["role"] == "target":
                pledge = row["pledge"] if row["pledge"] != "other" else row["value_as_written"]
                said = (
                    self.number(row),
                    self.number(row, "value_high"),
                    "" if row["value"] else pledge,
                )
                key = ("plan_id", "indicator_id", "area_id", "year", "flow_start", "flow_end")
                groups[(*(row[name] for name in key), *said)].append(row)
        later = [sorted(rows, key=self._first)[1:] for rows in groups.values()]
        return {row["statement_id"] for rows in later for row in rows}

    @cached_property
    def _baselines(self) -> dict[tuple[str, str, str], list[Row]]:
        found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self.statements:
            if row["role"] == "baseline":
                found[row["plan_id"], row["indicator_id"], row["area_id"]].append(row)
        return found

    def baseline(self, target: Row) -> Row | None:
        """The baseline that a target starts from: a number first, of the same section, the latest,
        the first in the text.
        """

        def order(row: Row) -> tuple[object, ...]:
            alike = row["section"] == target["section"] and bool(row["nature"]) == bool(
                target["nature"]
            )
            return (
                not row["value"] and not alike,
                not alike,
                -int(row["year"]) if row["year"] else LATE,
                int(row["char_start"]) if row["char_start"] else LATE,
            )

        known = self._baselines[target["plan_id"], target["indicator_id"], target["area_id"]]
        return min(known, key=order) if known else None

    def start(self, target: Row) -> float | None:
        row = self.baseline(target)
        return self.number(row) if row else None

    def obstacle(self, target: Row) -> bool:
        """True where two numbers cannot be subtracted: of unlike kind, or not one after the
        other.
        """
        base = self.baseline(target)
        if base is None or not target["value"] or not base["value"]:
            return False
        if self.length(target) != self.length(base):
            return True
        return bool(target["year"] and base["year"]) and int(base["year"]) >= int(target["year"])

    def status(self, target: Row) -> str:
        """What the baseline is to the target (METHOD.md, ex ante; the later row of its table
        decides).
        """
        end, start = self.asked(target), self.start(target)
        if end is None:
            return "pledge"
        if start is None:
            return "no_baseline"
        if self.obstacle(target):
            return "not_comparable"
        side, high = self.side(target), self.number(target, "value_high")
        if side == 0 and high is not None:
            end = min(max(start, end), high)
        same = near(start, end)
        if self.length(target) is not None and end < start and not same and side >= 0:
            return "anew_lower"
        base = self.baseline(target)
        if base and base["statement_id"] in self.doubted:
            return "doubtful"
        if same:
            alike = base is not None and base["comparator"] == target["comparator"]
            if target["comparator"] in STRICT and side and not alike:
                return "strictly_above" if side > 0 else "strictly_below"
            return "hold"
        return "already_met" if side * (start - end) > 0 else "to_improve"

    def in_doubt(self, target: Row) -> bool:
        """True where the target or its baseline is doubted."""
        base = self.baseline(target)
        return bool({target["statement_id"], base["statement_id"] if base else ""} & self.doubted)

    def main(self, plan: str) -> list[Row]:
        """The rows that a plan is judged by: its table of indicators, else what can be held against
        a baseline.
        """
        own = self.of(plan)
        table = [row for row in own if row["nature"]]
        if table:
            return table
        return [
            row for row in own
            if self.headlines[plan, row["indicator_id"]] is row and row["value"]
            and self.start(row) is not None and not self.obstacle(row)
        ]  # fmt: skip

    def past_pairs(self, plan: str) -> Counter[str]:
        """How the past pace of each pair of values stands to the required one."""
        about = self.plans[plan]
        years = int(about["period_end"]) - int(about["period_start"]) + 1
        before = int(about["baseline_year"]) - years
        groups: dict[tuple[str, str], list[tuple[int, int, Row]]] = defaultdict(list)
        for row in self.of(plan, "baseline"):
            if row["value"] and not row["flow_start"]:
                year = int(row["year"]) if row["year"] else before
                place = int(row["char_start"]) if row["char_start"] else LATE
                groups[row["indicator_id"], row["area_id"]].append((year, place, row))
        found: Counter[str] = Counter()
        for (indicator, area), rows in groups.items():
            first, last = min(rows, key=lambda one: one[:2]), max(rows, key=lambda one: one[:2])
            if first[0] < last[0]:
                found[self._pace(plan, indicator, area, first, last)] += 1
        return found

    def _pace(
        self,
        plan: str,
        indicator: str,
        area: str,
        first: tuple[int, int, Row],
        last: tuple[int, int, Row],
    ) -> str:
        targets = [
            row for row in self.of(plan)
            if row["indicator_id"] == indicator and row["area_id"] == area
        ]  # fmt: skip
        if not targets:
            return "no_target"
        target = min(targets, key=lambda row: self._first(row, area_counts=False))
        goal, now, then = self.asked(target), self.number(last[2]), self.number(first[2])
        if goal is None or now is None or then is None:
            return "no_numeric_target"
        if self.length(target) is not None or (target["year"] and last[0] >= int(target["year"])):
            return "not_comparable"
        side = self.side(target)
        step = (now - then) / (last[0] - first[0])
        same = near(now, goal)
        if (side and not same and side * (now - goal) > 0) or (
            same and target["comparator"] not in STRICT
        ):
            return "already_met"
        if near(now, then):
            return "standstill"
        if (side or (1 if goal > now else -1)) * step < 0:
            return "wrong_way"
        if not target["year"]:
            return "year_unknown"
        required = 0.0 if same else (goal - now) / (int(target["year"]) - last[0])
        return (
            "faster_enough"
            if abs(required) <= abs(step) or near(required, step)
            else "must_accelerate"
        )
