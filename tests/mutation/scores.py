"""reports/mutation.md: how many mutants of each module its tests notice, and which they do not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

REPORT = Path(__file__).resolve().parents[2] / "reports/mutation.md"
TITLE = "# Mutation of the measures"
ABOUT = (
    "Changed operators of `lib/psanalysis/measures` and what the tests in `tests/unit/measures` "
    "notice of them (`make mutation`)."
)
HEAD = ("| module | mutants | killed | equivalent | alive |", "| --- | ---: | ---: | ---: | ---: |")
COUNTED = ("killed", "equivalent", "alive")
TOGETHER = "together"
FAULT = "- `"


def row(name: str, counts: Counter[str]) -> str:
    """The row of a module."""
    told = [name, str(counts.total()), *(str(counts[kind]) for kind in COUNTED)]
    return f"| {' | '.join(told)} |"


def lines(table: dict[str, Counter[str]]) -> list[str]:
    """The table, with its head and the sum."""
    together = row(TOGETHER, sum(table.values(), Counter[str]()))
    return [*HEAD, *(row(name, table[name]) for name in sorted(table)), together]


def known(text: str) -> tuple[dict[str, Counter[str]], list[str]]:
    """Counts by module and the mutants that no test noticed, as a report has them."""
    table, faults = {}, []
    for line in text.splitlines():
        name, *counts = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith(FAULT):
            faults.append(line.removeprefix(FAULT).removesuffix("`"))
        elif line.startswith("| ") and line not in HEAD and name != TOGETHER:
            table[name] = Counter(dict(zip(COUNTED, map(int, counts[1:]), strict=True)))
    return table, faults


def renewed(text: str, table: dict[str, Counter[str]], faults: list[str], modules: set[str]) -> str:
    """The report with what was found of some modules in place of what it said of them; what it
    says of modules that are gone is left out.
    """
    before, left = known(text)
    rows = {name: before[name] for name in before.keys() & modules} | table
    told = [one for one in left if one.split(".py:")[0] in rows.keys() - table.keys()] + faults
    alive = ["", "Alive:", "", *(f"{FAULT}{fault}`" for fault in sorted(told))] if told else []
    return "\n".join([TITLE, "", ABOUT, "", *lines(rows), *alive, ""])
