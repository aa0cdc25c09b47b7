"""What tables say of a statement: each cell against the recount, and no table against another.

A row of a table names the statement that it shows, so a page and another one can be held against
each other.
"""

from __future__ import annotations

from collections import defaultdict

from tests.census.lines import prints
from tests.census.of_plan import UNTIL, VERDICTS
from tests.census.pages import STATEMENT, Table
from tests.census.sentences import WORDING, Census, CensusError, numbers, wording
from tests.census.tables import Row

# what two tables may not say unlike things of, by the key of the column
ONE_ANSWER = ("target", "status", "standing", "verdict", "rank", "against_nation")


class Claims:
    """The cells of all tables in one language."""

    def __init__(self, census: Census):
        self.census, self.count, self.lang = census, census.count, census.lang
        self.checked = 0
        self.wrong: list[str] = []
        self.said: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )

    def head(self, key: str) -> str:
        return WORDING["column"][key][self.lang]

    def take(self, table: Table) -> None:
        for cells in table.rows:
            row = self.count.by_id.get(cells[STATEMENT])
            if row is None or row["role"] != "target":
                continue
            for key in (
                "target",
                "baseline",
                "gap",
                "status",
                "standing",
                "against_nation",
                "national",
                "verdict",
                "rank",
            ):
                words = cells.get(self.head(key))
                if words is None:
                    continue
                self._note(key, row, words, table)
                try:
                    self._check(key, row, words)
                except (CensusError, ValueError) as wrong:
                    self.wrong.append(
                        f"{table.report.id} {row['statement_id']} {key}: {words!r}: {wrong}"
                    )

            stated = cells.get(WORDING["source"]["value"][self.lang])
            if stated is not None and row["value"] and _as_stated(table):
                # as the plan states it, in the unit of the statement
                self.checked += len(numbers(stated))
                if not prints(self.census, stated, row):
                    self.wrong.append(
                        f"{table.report.id} {row['statement_id']} as stated: {stated!r}"
                    )

    def _note(self, key: str, row: Row, words: str, table: Table) -> None:
        key = "against_nation" if key == "national" else key
        if key in ONE_ANSWER and words != "—":
            mark = wording("mark.list", self.lang).partition("{")[0]
            self.said[key, row["statement_id"]][words.partition(mark)[0]].add(table.report.id)

    def denials(self) -> list[str]:
        """Statements of which two tables say unlike things."""
        return [
            f"{key} of {code}: {dict(said)}"
            for (key, code), said in self.said.items()
            if len(said) > 1
        ]

    def _check(self, key: str, row: Row, words: str) -> None:
        check = getattr(self, f"_{key}", None)
        if check is not None:
            check(row, words)
            self.checked += len(numbers(words)) or 1

    def _target(self, row: Row, words: str) -> None:
        self.census.value(words, row)

    def _baseline(self, row: Row, words: str) -> None:
        start, base = self.count.start(row), self.count.baseline(row)
        if start is None or base is None:
            if words != "—":
                raise CensusError("it has no baseline")
            return
        self.census.value(words, base | {"value_high": ""})

    def _gap(self, row: Row, words: str) -> None:
        if self.count.status(row) in ("no_baseline", "pledge", "not_comparable"):
            if words != "—":
                raise CensusError("it has no gap")
            return
        start, end, high = (
            self.count.start(row),
            self.count.asked(row),
            self.count.number(row, "value_high"),
        )
        if start is None or end is None:
            raise CensusError("it has no gap")
        if high is not None and self.count.side(row) == 0:
            end = min(max(start, end), high)
        self.apart(words, row, end - start)

    def apart(self, words: str, row: Row, expected: float) -> None:
        """Refuse a difference that is another one: six digits are printed, and never fewer than two
        decimals of a large one.
        """
        factor = self.count.factor(row, self.lang)
        expected = expected * factor
        whole = len(str(int(abs(expected))))
        digits = max(6, whole + 2 if whole > 3 else whole)
        found = numbers(words)
        if not found or abs(found[0] - float(f"{expected:.{digits}g}")) > 1e-6 * max(
            1, abs(expected)
        ):
            raise CensusError(f"it is {expected:g}")

    def _status(self, row: Row, words: str) -> None:
        expected = wording(f"status.{self.count.status(row)}", self.lang)
        if not words.startswith(expected):
            raise CensusError(f"it is {expected}")

    def _standing(self, row: Row, words: str) -> None:
        expected = wording(f"standing.{self.count.standing(row)}", self.lang)
        if not words.startswith(expected):
            raise CensusError(f"it is {expected}")

    def _verdict(self, row: Row, words: str) -> None:
        if self.count.headlines[row["plan_id"], row["indicator_id"]] is not row:
            raise CensusError("another target stands for the plan")
        expected = wording(f"verdict.{self.count.verdicts[row['statement_id']]}", self.lang)
        if words != expected:
            raise CensusError(f"it is {expected}")

    def _rank(self, row: Row, words: str) -> None:
        expected = self.count.rank(row)
        found = tuple(numbers(words)) if words != "—" else None
        if expected is None or found is None:
            if found != expected:
                raise CensusError(f"it is {expected}")
        elif found != (expected if expected[2] else expected[:2]):
            raise CensusError(f"it is {expected}")

    def _nation_apart(self, row: Row, words: str) -> None:
        found = self.count.reference(row)
        own, other = self.count.asked(row), self.count.asked(found[0]) if found else None
        if words == "—":
            return
        if own is None or other is None or not self.count.scale_free(row["indicator_id"]):
            raise CensusError("the nation has no such number")
        self.apart(words, row, own - other)

    def _against_nation(self, row: Row, words: str) -> None:
        self._nation_apart(row, words)

    def _national(self, row: Row, words: str) -> None:
        self._nation_apart(row, words)

    def outcomes(self, table: Table) -> None:
        """A table of what came of targets: the verdict and the value of each."""
        verdict = self.head("verdict_end")
        plan = str(dict(table.report.parameters).get("plan_id", ""))
        if not plan or not table.rows or verdict not in table.rows[0]:
            return
        until = UNTIL.get(table.report.notebook, self.count.as_of - 1)
        early = dict.fromkeys(self.count.under_way(plan, until), ("not_due", ""))
        due = self.count.due(plan, until) | early
        for cells in table.rows:
            codes = self.census.called(self.census.sign(cells[self.head("name")]))
            own = [
                self.count.by_id[code]
                for code in due
                if self.count.by_id[code]["indicator_id"] in codes
            ]
            fits = [
                row for row in own if self._fits(row, cells, due[row["statement_id"]][0], until)
            ]
            self.checked += 2
            if not fits:
                self.wrong.append(f"{table.report.id} outcome of {codes}: {cells}")

    def _fits(self, row: Row, cells: dict[str, str], expected: str, until: int) -> bool:
        best = self.count.best(row, until)
        try:
            self.census.value(cells[self.head("target")], row)
            if best is not None:
                self.census.value(cells[self.head("actual")], best[0])
        except CensusError:
            return False
        known = {
            name: wording(f"ends.{name}", self.lang) for name in (*VERDICTS, "no_value", "not_due")
        }
        return cells[self.head("verdict_end")] == known[expected]


def _as_stated(table: Table) -> bool:
    """Whether the values of a table are in the units of the statements: sources, and the page of
    all statements.
    """
    return "sources" in table.section or table.report.notebook.startswith("14")
