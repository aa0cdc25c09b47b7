"""Numbers in sentences are counted again from the CSVs, by code that shares nothing with the library; and no page denies another."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from psanalysis.report import CityComparison, CityGap, FindingsPage, IndicatorProfile, Overview
from psanalysis.report.parameters import value_sets

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = ("zh", "en")
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def statements() -> list[Row]:
    return rows("statements")


@pytest.fixture(scope="module")
def doubted() -> set[str]:
    grave = [
        row for row in rows("findings") if row["severity"] in ("contradiction", "unlike_basis")
    ]
    return {one for row in grave for one in row["statement_ids"].split()}


def cards(html: str) -> list[str]:
    return re.findall(r"<li><b>(.*?)</b>", html)


def numbers(words: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_numbers_of_every_plan_are_those_of_the_csv(ds, statements, lang) -> None:  # type: ignore[no-untyped-def]
    for plan in rows("plans"):
        own = [
            row for row in statements
            if row["plan_id"] == plan["plan_id"] and row["role"] == "target"
        ]  # fmt: skip
        page = CityGap(plan["plan_id"], lang, ds)
        brief = page.brief().text
        total, binding, *_ = cards(brief)
        assert int(total) == len(own)
        natures = [row["nature"] for row in own if row["nature"]]
        assert binding == (str(natures.count("binding")) if natures else "—")
        numeric = sum(bool(row["value"]) for row in own)
        assert numeric in numbers(re.search(r"<ul class=\"ps-cards\">.*?</li>", brief)[0])
        if "findings" in page.findings().text:
            known = sum(row["plan_id"] == plan["plan_id"] for row in rows("findings"))
            assert page.findings().text.count('id="finding-') == known


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_findings_page_counts_what_the_csv_holds(ds, statements, doubted, lang) -> None:  # type: ignore[no-untyped-def]
    found = rows("findings")
    targets = [row["statement_id"] for row in statements if row["role"] == "target"]
    counted = numbers(re.sub(r"[（(]\d+[^)）]*[)）]", "", FindingsPage(lang, ds).answer()))
    grave = sum(row["severity"] != "note" for row in found)
    expected = [
        len(found),
        grave,
        len(doubted),
        sum(one in doubted for one in targets),
        len(targets),
    ]
    assert Counter(counted) == Counter(expected)
    by_severity = Counter(row["severity"] for row in found)
    shown = [int(number) for number in cards(FindingsPage(lang, ds).numbers().text)]
    assert shown == [by_severity[name] for name in ("contradiction", "unlike_basis", "note")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_counts_what_the_csv_holds(ds, statements, lang) -> None:  # type: ignore[no-untyped-def]
    level = {row["area_id"]: row["level"] for row in rows("areas")}
    cities = {
        row["plan_id"] for row in rows("plans")
        if level[row["city_id"]] not in ("nation", "province")
    }  # fmt: skip
    own = [row for row in statements if row["plan_id"] in cities and row["role"] == "target"]
    binding = [row for row in own if row["nature"] == "binding"]
    said = numbers(Overview(lang, ds).answer())
    pledges = 100 * sum(not row["value"] for row in own) / len(own)
    for count in (
        len({row["plan_id"] for row in own}), len(own), len({row["indicator_id"] for row in own}),
        len(binding), len({row["plan_id"] for row in binding}), round(pledges),
    ):  # fmt: skip
        assert count in said


def quoted(frame: pd.DataFrame, words: str) -> Iterator[tuple[str, str]]:
    """City and value of the targets of a frame that a sentence names."""
    for row in frame.itertuples():
        if str(row.city) in words and str(row.value_text) in words:
            yield row.statement_id, str(row.value_text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_figure_in_doubt_is_in_a_headline(ds, doubted, lang) -> None:  # type: ignore[no-untyped-def]
    checked = 0
    for domain in value_sets(ds)["compared_domains"]:
        page = CityComparison(domain, lang, ds=ds)
        drawn = set(page.beside.loc[~page.beside["is_reference"], "statement_id"])
        assert not drawn & doubted
        if page.widest is not None:
            assert not {row["statement_id"] for row in page.widest} & doubted
            checked += 1
    for plan in ds.plans["plan_id"]:
        frame = CityGap(plan, lang, ds).standing
        listed = frame[~frame["doubted"] & frame["nation"].notna()]
        assert not set(listed["statement_id"]) & doubted
        checked += len(listed)
    assert checked > 20


def test_a_target_stands_alike_to_the_nation_on_every_page(ds) -> None:  # type: ignore[no-untyped-def]
    own: dict[str, str] = {}
    for plan in ds.plans["plan_id"]:
        frame = CityGap(plan, "zh", ds).standing
        own |= dict(zip(frame["statement_id"], frame["standing"], strict=True))
    compared = 0
    for domain in value_sets(ds)["compared_domains"]:
        page = CityComparison(domain, "zh", ds=ds)
        if page.frame.empty:
            continue
        cells = page.cells.merge(page.frame[["plan_id", "name", "statement_id"]], left_on=["plan_id", "label"],
                                 right_on=["plan_id", "name"])  # fmt: skip
        for row in cells.itertuples():
            if row.statement_id in own and row.standing in (
                "above",
                "equal",
                "below",
                "same_number",
            ):
                assert own[row.statement_id] == row.standing, row.statement_id
                compared += 1
    assert compared > 25


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_of_an_indicators_answer_is_a_target_of_the_csv(
    ds, statements, doubted, lang
) -> None:  # type: ignore[no-untyped-def]
    by_id = {row["statement_id"]: row for row in statements}
    seen = 0
    for indicator in value_sets(ds)["compared_indicators"]:
        page = IndicatorProfile(indicator, lang, ds)
        sound, _, rest = page.answer().partition("存疑" if lang == "zh" else "In doubt")
        for statement, _ in quoted(page.targets, sound):
            row = by_id[statement]
            assert (row["indicator_id"], row["role"]) == (indicator, "target")
            seen += 1
        for row in page.targets[
            page.targets["doubted"] & ~page.targets["is_reference"]
        ].itertuples():
            assert row.statement_id in doubted or row.baseline_statement_id in doubted
            assert str(row.city) in rest, "what is in doubt is said to be"
    assert seen > 60
