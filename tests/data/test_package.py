"""The data package as Frictionless sees it, and the counts and codes that are known from
outside.
"""

from __future__ import annotations

import pytest
from frictionless import Package, validate

import psanalysis as ps
from psanalysis.datapackage.dataset import data_folder

GB_T_2260 = {
    "sichuan": "510000", "liaoning": "210000", "hubei": "420000", "henan": "410000",
    "zhejiang": "330000",
    "mianyang": "510700", "panjin": "211100", "jingmen": "420800", "xinyang": "411500",
    "ningbo": "330200", "yuyao": "330281",
    "jingmen-dongbao": "420802", "jingmen-shayang": "420822", "beijing": "110000",
    "jiangsu": "320000", "nanjing": "320100",
}  # fmt: skip
SERVICES = {"mianyang-14fyp": 88, "panjin-14fyp": 79, "jingmen-13fyp": 80}


def test_frictionless_finds_descriptor_and_data_valid() -> None:
    report = validate(str(data_folder() / "datapackage.json"))
    assert report.flatten(["title", "fieldName", "rowNumber", "note"]) == []
    assert report.valid


def test_every_csv_is_described_and_every_column_explained() -> None:
    package = Package(str(data_folder() / "datapackage.json"))
    assert sorted(resource.path for resource in package.resources) == sorted(
        path.name for path in data_folder().glob("*.csv")
    )
    for resource in package.resources:
        for field in resource.schema.fields:
            assert field.description, (resource.name, field.name)


def test_every_code_has_a_label_in_both_languages(ds: ps.Dataset) -> None:
    for resource in ds.package.resources:
        for field in resource.fields:
            for code in field.constraints.get("enum", []):
                assert set(field.labels[code]) >= {"zh", "en"}, (resource.name, field.name, code)


def test_files_are_plain() -> None:
    for path in data_folder().glob("*.csv"):
        content = path.read_bytes()
        assert content.endswith(b"\n"), path.name
        assert b"\r" not in content, path.name
        assert not content.startswith(b"\xef\xbb\xbf"), path.name


def test_plans(ds: ps.Dataset, known_plans: tuple[str, ...]) -> None:
    assert tuple(ds.plans["plan_id"][: len(known_plans)]) == known_plans


def test_administrative_codes(ds: ps.Dataset) -> None:
    codes = ds.areas.dropna(subset=["admin_code"]).set_index("area_id")["admin_code"]
    assert {area: codes[area] for area in GB_T_2260} == GB_T_2260
    assert codes.is_unique


def test_areas_form_a_tree(ds: ps.Dataset) -> None:
    rank = {"nation": 0, "province": 1, "municipality": 1, "prefecture": 2, "county": 3}
    level, parent = (
        ds.areas.set_index("area_id")["level"],
        ds.areas.set_index("area_id")["parent_id"],
    )
    assert parent[parent.isna()].index.tolist() == ["china"]
    for area, above in parent.dropna().items():
        assert rank[level[area]] > rank[level[above]], area
        assert area not in GB_T_2260 or rank[level[area]] == rank[level[above]] + 1, area


@pytest.mark.parametrize(("plan", "count"), SERVICES.items())
def test_services_are_complete_and_in_order(ds: ps.Dataset, plan: str, count: int) -> None:
    rows = ds.services[ds.services["plan_id"] == plan]
    assert rows["position"].tolist() == list(range(1, count + 1))
    assert rows["char_start"].is_monotonic_increasing
    assert (rows["char_end"].to_numpy()[:-1] <= rows["char_start"].to_numpy()[1:]).all()


def test_only_those_curated_plans_have_a_service_list(
    ds: ps.Dataset, known_plans: tuple[str, ...]
) -> None:
    assert set(ds.services["plan_id"]) & set(known_plans) == set(SERVICES)
    domain = ds.service_codes.set_index("service_id")["domain_id"]
    assert set(ds.service_codes["service_id"]) == set(ds.services["service_id"])
    assert set(domain) <= set(ds.domains["domain_id"])


def test_projects(ds: ps.Dataset, known_plans: tuple[str, ...]) -> None:
    assert ds.projects["plan_id"].isin(known_plans).sum() == 51
    for _, box in ds.projects.groupby(["plan_id", "box"]):
        assert box["position"].tolist() == list(range(1, len(box) + 1))
        assert box["char_start"].is_monotonic_increasing


def test_plan_domains(ds: ps.Dataset, curated: list[str]) -> None:
    assert set(curated) <= set(ds.plan_domains["plan_id"])


def test_indicators_that_join_plans(ds: ps.Dataset) -> None:
    plans = ds.statements.groupby("indicator_id")["plan_id"].nunique()
    assert (plans >= 2).sum() >= 25


@pytest.mark.parametrize("column", ["definition_zh", "definition_en", "name_zh", "name_en"])
def test_every_indicator_is_told_apart(ds: ps.Dataset, column: str) -> None:
    assert ds.indicators[column].notna().all()
    repeated = ds.indicators.loc[
        ds.indicators[column].duplicated(keep=False), ["indicator_id", column]
    ]
    assert repeated.values.tolist() == []


def test_every_indicator_is_used(ds: ps.Dataset) -> None:
    assert set(ds.indicators["indicator_id"]) == set(ds.statements["indicator_id"]) | set(
        ds.actuals["indicator_id"]
    )


def test_a_share_of_a_whole_has_limits(ds: ps.Dataset) -> None:
    limited = ds.indicators.dropna(subset=["upper_limit"])
    assert (limited["lower_limit"] < limited["upper_limit"]).all()


def test_names_in_english_are_english(ds: ps.Dataset) -> None:
    for name in ("plans", "areas", "domains", "units", "indicators", "service_codes", "pledges"):
        frame = getattr(ds, name)
        for column in (c for c in frame.columns if c.endswith("_en")):
            assert (
                frame.loc[frame[column].str.contains("[\u3400-\u9fff]", na=False), column].tolist()
                == []
            ), (name, column)


def test_every_name_as_written_leads_to_its_indicator(ds: ps.Dataset, known_plans) -> None:
    keys = ["indicator_id", "alias", "plan_id"]
    written = ds.statements.rename(columns={"indicator_as_written": "alias"})[keys]
    written = written[written["plan_id"].isin(known_plans)].drop_duplicates()
    named = ds.aliases[ds.aliases["plan_id"].isin(known_plans)]
    assert set(written.itertuples(index=False, name=None)) == set(
        named[keys].itertuples(index=False, name=None)
    )


def test_actual_values_come_from_somewhere(ds: ps.Dataset) -> None:
    assert set(ds.actuals["area_id"]) >= {"china", "sichuan", "zhejiang", "hubei", "yuyao"}
    assert (ds.actuals["status"] == "final").sum() >= 25
    late = ds.actuals[["area_id", "indicator_id", "year", "published_on"]]
    assert not late.duplicated().any()


def test_doubted_figures_are_few_and_named(ds: ps.Dataset) -> None:
    doubts = ds.findings[ds.findings["severity"] != "note"]
    named = doubts["statement_ids"].str.split().explode()
    assert 0 < named.nunique() <= 0.1 * len(ds.statements)
    assert not set(ds.findings.loc[ds.findings["kind"] == "missing_baseline", "finding_id"]) & set(
        doubts["finding_id"]
    )
