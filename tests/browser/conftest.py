"""Sites built once, and a browser on them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from ruamel.yaml import YAML

import psanalysis as ps
from chromium import find
from psanalysis.report.parameters import value_sets

ROOT = Path(__file__).parents[2]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def examples(ds: ps.Dataset) -> dict[str, list[str]]:
    """For each set of values of the catalogue the ones whose pages are most unlike: those with the
    most and with the fewest statements.
    """
    domain = ds.statements["indicator_id"].map(ds.indicators.set_index("indicator_id")["domain_id"])
    rows = {
        "compared_domains": domain.value_counts(),
        "compared_indicators": ds.statements["indicator_id"].value_counts(),
    }
    found = {
        "city_plans": ["mianyang-14fyp", "panjin-14fyp", "yuyao-2023-2027"],
        "plans": ["mianyang-14fyp", "panjin-14fyp", "jingmen-13fyp", "china-14fyp"],
    }
    for name, counts in rows.items():
        ordered = sorted(value_sets(ds)[name], key=lambda value, counts=counts: -counts[value])
        found[name] = [ordered[0], ordered[len(ordered) // 2], ordered[-1]]
    found["compared_indicators"] += ["nursing_bed_share"]
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of every kind of page of reports/catalog.yml, with few values in each set; or the
    whole one that $PSANALYSIS_SITE names.
    """
    named = os.environ.get("PSANALYSIS_SITE")
    if named:
        return Path(named).resolve()
    root = tmp_path_factory.mktemp("project")
    for folder in ("data", "notebooks"):
        shutil.copytree(ROOT / folder, root / folder)
    yaml = YAML()
    catalog = yaml.load((ROOT / "reports" / "catalog.yml").read_text(encoding="utf-8"))
    few = examples(ps.load(root / "data"))
    for entry in catalog["reports"]:
        entry["matrix"] = {
            name: few.get(values, values) for name, values in entry["matrix"].items()
        }
    (root / "reports").mkdir()
    with (root / "reports" / "catalog.yml").open("w", encoding="utf-8") as file:
        yaml.dump(catalog, file)
    command = [sys.executable, "-m", "psanalysis.cli", "build"]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=1500, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return (root / "reports" / "site").resolve()


@pytest.fixture(scope="session")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site after a night in which data changed and reports failed."""
    spec = importlib.util.spec_from_file_location(
        "report_fixtures", ROOT / "tests" / "reports" / "conftest.py"
    )
    assert spec
    assert spec.loader
    fixtures = importlib.util.module_from_spec(spec)
    sys.modules["report_fixtures"] = fixtures
    spec.loader.exec_module(fixtures)
    root = tmp_path_factory.mktemp("troubled")
    fixtures.make_project(root)
    project = fixtures.Site(root, root)
    project.build()
    gaps = ps.gaps(ps.load(root / "data"), "mianyang-14fyp")
    row = gaps[(gaps["status"] == "to_improve") & (gaps["comparator"] == "eq")].iloc[0]
    project.set_value(row["statement_id"], f"{row['baseline']:g}")
    project.edit(
        "notebooks/02_city_comparison.ipynb",
        "title = f'{domain_id}",
        "assert False\\ntitle = f'{domain_id}",
    )
    project.edit("reports/catalog.yml", "[health, education]", "[health, education, eldercare]")
    assert len(project.build().failures) == 3
    return project.out.resolve()


@contextmanager
def running(**options: Any) -> Iterator[Browser]:
    """The browser that `chromium.find` names."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=QUIET, **options)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running() as started:
        yield started


@dataclass
class Watched:
    """A page with what went wrong on it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page that records every request but the one for itself, and every error of its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    seen = Watched(page)
    page.on(
        "request",
        lambda request: (
            None if request.is_navigation_request() else seen.requests.append(request.url)
        ),
    )
    page.on(
        "console",
        lambda message: (
            seen.errors.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()
