"""Many reports on made-up cities: what a report costs the builder does not depend on how many there are. The notebooks are cheap on purpose."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import sync_playwright

from .conftest import QUICK, ROOT, Table
from .measuring import MB, build
from .synthetic import write_data

COUNTS = (40, 120) if QUICK else (100, 300, 1200)
PAGES_A_PLAN = 4
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CELLS = (
    'plan_id = ""\nlang = "zh"\nactuals = ""\nas_of = 2023',
    """
import csv, os
from IPython.display import HTML, display
with open(os.path.join(os.environ["PSANALYSIS_DATA"], "statements.csv"), encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row["plan_id"] == plan_id]
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


@pytest.fixture
def many(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A project of some number of cheap reports, and how many statements it has."""

    def made(count: int) -> tuple[Path, int]:
        root = tmp_path / str(count)
        statements = write_data(ROOT / "data", root / "data", count // PAGES_A_PLAN)
        (root / "notebooks").mkdir()
        for name in ("01_city_gap", "04_progress"):
            cells = [
                {"cell_type": "code", "id": f"cell-{place}", "metadata": {} if place else {"tags": ["parameters"]}, "source": source,
                 "outputs": [], "execution_count": None}
                for place, source in enumerate(CELLS)
            ]  # fmt: skip
            document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            (root / "notebooks" / f"{name}.ipynb").write_text(json.dumps(document), encoding="utf-8")
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
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()

        def times(index: Path) -> list[float]:
            page.goto(index.as_uri())
            return list(page.evaluate(SEARCH))

        yield times
        browser.close()


def test_count(table: Table, many, searched) -> None:  # type: ignore[no-untyped-def]
    first: tuple[int, float, float] | None = None
    for count in COUNTS:
        root, statements = many(count)
        run = build(cwd=root)
        made = len(json.loads((root / "reports" / "site" / "manifest.json").read_text(encoding="utf-8"))["reports"])
        assert f"{made} built, 0 kept, 0 failed" in run.output
        index = root / "reports" / "site" / "index.html"
        result = f"{run.cpu / made:.3f} CPU s a report; builder alone {run.own_memory:.0f} MB"
        if first is None:
            first, target = (made, run.cpu / made, run.own_memory), ""
        else:
            growth = (run.own_memory - first[2]) * 1024 / (made - first[0])
            result += f"; {run.cpu / made / first[1]:.2f} times that of {first[0]}; {growth:.0f} KB a report more"
            target = "≤ 1.1 times; < 50 KB" if count == COUNTS[-1] else ""
        table.add(
            "count",
            f"{made} cheap reports on {statements:,} statements, cold",
            wall=run.wall,
            cpu=run.cpu,
            memory=run.memory,
            result=result,
            target=target,
        )
        if count == COUNTS[-1]:
            times = searched(index.resolve())
            table.add("count", f"index of {made} reports", result=f"{index.stat().st_size / MB:.2f} MB; a key is answered in "
                      f"{median(times):.0f} ms, at most {max(times):.0f} ms", target="< 1 MB; < 100 ms")  # fmt: skip
        shutil.rmtree(root)
