"""Many reports on made-up cities: what a report costs the builder does not depend on how many there
are.

The notebooks are cheap on purpose, and read no more of their data than the rows of their plan:
made-up plans share their indicators, so what a report is given grows with the number of plans. The
few are built before, between and after the many, for the machine may be faster now than later.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

import pytest
from playwright.sync_api import sync_playwright

from .conftest import QUICK, ROOT, Table
from .measuring import MB, Took, build
from .synthetic import write_data

FEW, MORE = (40, (120,)) if QUICK else (100, (300, 1200))
PAGES_A_PLAN = 4
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CELLS = (
    'plan_id = ""\nlang = "zh"\nactuals = ""\nas_of = 2023',
    """
import csv, os
from IPython.display import HTML, display
with open(os.path.join(os.environ["PSANALYSIS_DATA"], "statements.csv"), encoding="utf-8") as file:
    rows = list(csv.DictReader([next(file), *(line for line in file if line.startswith(plan_id))]))
cells = "".join(f"<tr><th scope='row'>{r['statement_id']}</th><td>{r['value']}</td></tr>" for r in rows)
display(HTML(f"<h1>{plan_id} {lang} {as_of}</h1><table class='ps-table'><thead><tr><th>id</th><th>value</th></tr></thead>"
             f"<tbody>{cells}</tbody></table>"))
""",
)
CATALOG = """\
reports:
  - notebook: 01_city_gap
    matrix: {plan_id: city_plans, lang: languages}
    parameters: {actuals: "", as_of: 2021}
  - notebook: 04_progress
    matrix: {plan_id: city_plans, lang: languages}
    parameters: {actuals: "", as_of: 2023}
"""
SEARCH = """() => {
  const field = document.querySelector(".ps-filters input"), times = [];
  for (const words of ["x", "x1", "x1-mian", "nothing", "panjin", ""]) {
    const start = performance.now();
    field.value = words;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    document.body.offsetHeight;
    times.push(performance.now() - start);
  }
  return times;
}"""


@dataclass(frozen=True)
class Built:
    """A cold build of made-up reports."""

    reports: int
    statements: int
    run: Took
    index: Path

    @property
    def what(self) -> str:
        return f"{self.reports} cheap reports on {self.statements:,} statements, cold"

    @property
    def cpu_a_report(self) -> float:
        return self.run.cpu / self.reports


@pytest.fixture
def many(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A project of some number of cheap reports, and how many statements it has."""

    def made(count: int) -> tuple[Path, int]:
        root = tmp_path / str(count)
        statements = write_data(ROOT / "data", root / "data", count // PAGES_A_PLAN)
        (root / "notebooks").mkdir()
        for name in ("01_city_gap", "04_progress"):
            cells = [
                {"cell_type": "code", "id": f"cell-{place}",
                    "metadata": {} if place else {"tags": ["parameters"]}, "source": source,
                 "outputs": [], "execution_count": None}
                for place, source in enumerate(CELLS)
            ]  # fmt: skip
            document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            (root / "notebooks" / f"{name}.ipynb").write_text(
                json.dumps(document), encoding="utf-8"
            )
        (root / "reports").mkdir()
        (root / "reports" / "catalog.yml").write_text(CATALOG, encoding="utf-8")
        return root, statements

    return made


@pytest.fixture(scope="module")
def searched() -> Iterator[object]:
    """Milliseconds that the index takes to answer a key, in Chromium."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert executable, "searching the index is measured in Chromium (Debian: apt install chromium)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()

        def times(index: Path) -> list[float]:
            page.goto(index.as_uri())
            return list(page.evaluate(SEARCH))

        yield times
        browser.close()


def test_count(table: Table, many, searched) -> None:  # type: ignore[no-untyped-def]
    few, more = [_built(many, FEW)], []
    for count in MORE:
        more.append(_built(many, count))
        few.append(_built(many, FEW))
    costs = [one.cpu_a_report for one in few]
    few_cpu, few_memory = fmean(costs), fmean(one.run.own_memory for one in few)
    table.add("count", f"{few[0].what}; mean of {len(few)}", **_mean(few),
              result=f"{few_cpu:.3f} CPU s a report ({min(costs):.3f} to {max(costs):.3f}); "
                  f"builder alone {few_memory:.0f} MB")  # fmt: skip
    for one in more:
        growth = (one.run.own_memory - few_memory) * 1024 / (one.reports - few[0].reports)
        result = f"{one.cpu_a_report:.3f} CPU s a report; builder alone {one.run.own_memory:.0f} MB"
        result += (
            f"; {one.cpu_a_report / few_cpu:.2f} times that of {few[0].reports}; {growth:.0f} KB "
            "a report more"
        )
        target = "≤ 1.1 times; < 50 KB" if one is more[-1] else ""
        table.add("count", one.what, **_mean([one]), result=result, target=target)
    times = searched(more[-1].index)
    table.add("count", f"index of {more[-1].reports} reports",
        result=f"{more[-1].index.stat().st_size / MB:.2f} MB; a key is answered in "
              f"{median(times):.0f} ms, at most {max(times):.0f} ms", target="< 1 MB; < 100 ms")  # fmt: skip


def _built(many, count: int) -> Built:  # type: ignore[no-untyped-def]
    """Build some number of cheap reports, and keep nothing of them but the index."""
    root, statements = many(count)
    run = build(cwd=root)
    site = root / "reports" / "site"
    made = len(json.loads((site / "manifest.json").read_text(encoding="utf-8"))["reports"])
    assert f"{made} built, 0 kept, 0 failed" in run.output
    index = root.with_suffix(".html")
    shutil.copy(site / "index.html", index)
    shutil.rmtree(root)
    return Built(made, statements, run, index)


def _mean(builds: Sequence[Built]) -> dict[str, float]:
    return {
        name: fmean(getattr(one.run, name) for one in builds) for name in ("wall", "cpu", "memory")
    }
