"""Pairs of indicators whose names share words: found over scripts and aliases, never across
dimensions, and the curated ones decided.
"""

from __future__ import annotations

import dataclasses

import pandas as pd

import psanalysis as ps
from psanalysis.curation.pairs import alike
from psanalysis.datapackage.dataset import data_folder


def with_indicator(ds: ps.Dataset, **changed: object) -> ps.Dataset:
    """A data set with one more indicator, like the nursing beds' but for what is given."""
    model = ds.indicators[ds.indicators["indicator_id"] == "nursing_bed_share"]
    added = pd.concat([ds.indicators, model.assign(indicator_id="added", **changed)])
    return dataclasses.replace(ds, indicators=added.reset_index(drop=True))


def partners(ds: ps.Dataset, name: str = "added") -> set[str]:
    pairs = alike(ds)
    return {*pairs.loc[pairs["other_id"] == name, "indicator_id"]}


def test_a_name_that_differs_by_a_word_is_found(ds: ps.Dataset) -> None:
    more = with_indicator(ds, name_zh="养老机构护理床位占比")
    assert "nursing_bed_share" in partners(more)
    added = alike(more).query("other_id == 'added'")
    assert not added["decided"].any()


def test_an_alias_is_a_name_too(ds: ps.Dataset) -> None:
    more = with_indicator(ds, name_zh="某种比率")
    assert partners(more) == set()
    alias = pd.DataFrame(
        {"indicator_id": ["added"], "alias": ["護理型床位占比"], "lang": ["zh"], "plan_id": [None]}
    )
    more = dataclasses.replace(more, aliases=pd.concat([more.aliases, alias], ignore_index=True))
    assert "nursing_bed_share" in partners(more)


def test_units_of_two_dimensions_and_domains_apart_are_no_pair(ds: ps.Dataset) -> None:
    name = "养老机构护理型床位占比"
    assert partners(with_indicator(ds, name_zh=name, unit_id="bed")).isdisjoint(
        {"nursing_bed_share"}
    )
    assert partners(with_indicator(ds, name_zh=name, domain_id="housing")).isdisjoint(
        {"nursing_bed_share"}
    )


def test_every_pair_is_decided(ds: ps.Dataset) -> None:
    """Whoever adds a plan decides the pairs that it brings."""
    pairs = alike(ds)
    open_pairs = pairs[~pairs["decided"]]
    assert open_pairs.empty, open_pairs.to_string()


def test_the_codebook_counts_indicators_plans_and_pairs(ds: ps.Dataset) -> None:
    book = (data_folder() / "README.md").read_text(encoding="utf-8")
    found, pairs = len(ds.indicators), len(alike(ds))
    assert f"的{found}个指标有{pairs}对名称相近" in book
    assert f"Among the {found} indicators of the ten plans {pairs} pairs have names alike" in book
    assert len(ds.plans) == 10


def test_every_decision_gives_its_reason_and_names_an_indicator(ds: ps.Dataset) -> None:
    notes = ds.indicator_notes
    assert notes["indicator_id"].isin(ds.indicators["indicator_id"]).all()
    apart = notes[notes["decision"] != "joined"]
    assert apart["other_id"].isin(ds.indicators["indicator_id"]).all()
    pairs = [
        frozenset(pair) for pair in notes[["indicator_id", "other_id"]].itertuples(index=False)
    ]
    assert len(pairs) == len(set(pairs))
