"""The rows that a report is given: enough to be a valid data package with the same results, and no
more.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lxml import html

import psanalysis as ps
from psanalysis.datapackage.dataset import data_folder
from psanalysis.datapackage.tables import PACKED, Packer
from psanalysis.report import (
    CityComparison,
    CityGap,
    IndicatorProfile,
    Outcomes,
    Statements,
    Succession,
)
from psanalysis.report.kinds import data_slice
from psanalysis.report.parameters import value_sets
from psanalysis.report.standing import standing_frame
from psanalysis.site.datafiles import load_with_files


@pytest.fixture(scope="module")
def loaded():  # type: ignore[no-untyped-def]
    return load_with_files(data_folder())


def load_slice(loaded, folder: Path, notebook: str, **parameters: str) -> ps.Dataset:  # type: ignore[no-untyped-def]
    ds, files = loaded
    folder.mkdir()
    for name, content in files.only(ds, data_slice(ds, notebook, parameters)).items():
        (folder / name).write_bytes(content)
    return ps.load(folder)


def same(first: pd.DataFrame, second: pd.DataFrame) -> None:
    """Assert equal values; a part of a longer frame has other types of columns than a frame of the
    same rows alone.
    """
    plain = [
        frame.reset_index(drop=True).astype(object).where(lambda cells: cells.notna(), None)
        for frame in (first, second)
    ]
    pd.testing.assert_frame_equal(*plain)


def test_every_plan_has_the_same_gaps_and_findings(loaded, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ds, _ = loaded
    gaps = ps.gaps(ds)
    for plan in ds.plans["plan_id"]:
        own = load_slice(loaded, tmp_path / plan, "01_city_gap", plan_id=plan)
        same(ps.gaps(own, plan), gaps[gaps["plan_id"] == plan])
        mine = own.findings[own.findings["plan_id"] == plan]
        same(mine, ds.findings[ds.findings["plan_id"] == plan])
        assert len(own.statements) <= len(ds.statements) * 0.6 or len(ds.plans) < 3
        progress, gap = (
            data_slice(ds, "04_progress", {"plan_id": plan}),
            data_slice(ds, "01_city_gap", {"plan_id": plan}),
        )
        assert set(progress["statements"]) <= set(gap["statements"])


def test_every_plan_stands_where_it_does_among_all(loaded, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ds, _ = loaded
    for plan in ("mianyang-14fyp", "xinyang-2023-2025"):
        own = load_slice(loaded, tmp_path / plan, "01_city_gap", plan_id=plan)
        first, second = (standing_frame(CityGap(plan, "zh", data), plan) for data in (own, ds))
        assert len(first) > 10
        same(first, second)


@pytest.fixture(scope="module")
def compared(loaded) -> tuple[list[str], pd.DataFrame]:  # type: ignore[no-untyped-def]
    """Two indicators of every domain in which cities meet, and their comparison."""
    ds, _ = loaded
    shared = ds.indicators[
        ds.indicators["indicator_id"].isin(value_sets(ds)["compared_indicators"])
    ]
    few = list(shared.groupby("domain_id").head(2)["indicator_id"])
    return few, ps.compare(ds, few)


def test_every_domain_has_the_same_comparison(loaded, compared, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ds, _ = loaded
    few, whole = compared
    domains = (
        ds.statements["indicator_id"]
        .map(ds.indicators.set_index("indicator_id")["domain_id"])
        .unique()
    )
    for domain in domains:
        wanted = ds.indicators["indicator_id"][ds.indicators["domain_id"] == domain]
        own = load_slice(loaded, tmp_path / domain, "02_city_comparison", domain_id=domain)
        mine = ds.statements[ds.statements["indicator_id"].isin(wanted)]
        same(own.statements[own.statements["indicator_id"].isin(wanted)], mine)
        assert len(own.statements) <= len(mine) + 20, "besides, what findings name that doubt these"
        assert list(own.plans["plan_id"]) == list(ds.plans["plan_id"])
        mine = [name for name in few if name in set(wanted)]
        same(ps.compare(own, mine), whole[whole["indicator_id"].isin(mine)])


def test_an_indicator_has_the_same_comparison(loaded, compared, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    few, whole = compared
    for indicator in few[:4]:
        own = load_slice(
            loaded, tmp_path / indicator, "03_indicator_profile", indicator_id=indicator
        )
        same(ps.compare(own, [indicator]), whole[whole["indicator_id"] == indicator])
        assert len(own.statements) <= (own.statements["indicator_id"] == indicator).sum() + 8


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (CityComparison, {"domain_id": "eldercare"}),
        (IndicatorProfile, {"indicator_id": "urban_new_jobs"}),
        (Succession, {"area_id": "nanjing"}),
        (CityGap, {"plan_id": "panjin-14fyp"}),
        (Outcomes, {"plan_id": "nanjing-14fyp"}),
        (Statements, {"plan_id": "jingmen-13fyp"}),
    ],
)
def test_a_page_has_every_finding_about_what_it_shows(
    loaded, tmp_path: Path, kind, subject
) -> None:  # type: ignore[no-untyped-def]
    """Notes too, of any plan: the files of its tables say them, whether it is given all data or its
    rows alone.
    """
    ds, _ = loaded
    own = load_slice(loaded, tmp_path / "own", kind.notebook, **subject)
    about = findings_of(ds)
    page = kind(**subject, lang="en", ds=own)
    shown = html.fromstring(
        getattr(page, "table", page.sources)()._repr_html_() + page.sources().text
    )
    rows = {
        row.get("id").removeprefix("row-"): {link.get("data-finding") for link in row.iter("a")}
        for row in shown.iter("tr")
        if (row.get("id") or "").startswith("row-") and "document" not in row.get("id")
    }
    rows = {code: found - {None} for code, found in rows.items()}
    assert rows
    assert rows == {code: about.get(code, set()) for code in rows}
    notes = set(ds.findings.loc[ds.findings["severity"] == "note", "finding_id"])
    assert notes & set().union(*rows.values()), "a page with a note was chosen"


def findings_of(ds: ps.Dataset) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in ds.findings.dropna(subset="statement_ids").itertuples():
        for code in row.statement_ids.split():
            found.setdefault(code, set()).add(row.finding_id)
    return found


def test_the_findings_of_some_rows_name_these_alone(loaded, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """In the files and in the packed tables: mianyang-14fyp-f04 names forty statements, the page
    needs few.
    """
    ds, files = loaded
    rows = data_slice(ds, "02_city_comparison", {"domain_id": "employment"})
    own = load_slice(loaded, tmp_path / "own", "02_city_comparison", domain_id="employment")
    content = files.only(ds, rows)
    folder = tmp_path / "packed"
    folder.mkdir()
    for name, one in content.items():
        (folder / name).write_bytes(one)
    frames = {resource.name: getattr(ds, resource.name) for resource in ds.package.resources}
    (folder / PACKED).write_bytes(Packer(ds.package, frames).packed(rows, content))
    packed = ps.load(folder)
    same(packed.findings, own.findings)
    named = set(own.findings["statement_ids"].dropna().str.split().explode())
    assert named <= set(own.statements["statement_id"])
    whole = ds.findings.set_index("finding_id")["statement_ids"]
    assert (own.findings["statement_ids"] != own.findings["finding_id"].map(whole)).any()


def test_services_have_the_same_coverage(loaded, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ds, _ = loaded
    own = load_slice(loaded, tmp_path / "s", "05_service_coverage")
    same(ps.coverage(own), ps.coverage(ds))
    assert own.statements.empty


def test_an_unknown_notebook_can_read_everything(loaded) -> None:  # type: ignore[no-untyped-def]
    ds, files = loaded
    assert files.only(ds, data_slice(ds, "11_own_work", {"plan_id": "x"})) == {
        name: files.content(name) for name in files.files
    }


def test_lines_are_those_of_the_files(loaded) -> None:  # type: ignore[no-untyped-def]
    ds, files = loaded
    part = files.only(ds, data_slice(ds, "01_city_gap", {"plan_id": "panjin-14fyp"}))
    whole = files.content("statements.csv").split(b"\n")
    assert all(line in whole for line in part["statements.csv"].split(b"\n"))
