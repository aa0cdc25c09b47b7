"""ps.coverage: which plan lists which service."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

import psanalysis as ps

PLANS = ["mianyang-14fyp", "panjin-14fyp", "jingmen-13fyp"]


def test_every_service_once_in_the_order_of_its_domain(ds: ps.Dataset) -> None:
    table = ps.coverage(ds)
    assert list(table.columns) == [
        "service_id",
        "name_zh",
        "name_en",
        "domain_id",
        *PLANS,
        "plans",
        "places",
        "unknown_in",
        "within",
        "only_in",
    ]
    assert sorted(table["service_id"]) == sorted(ds.service_codes["service_id"])
    sort = table["domain_id"].map(ds.domains.set_index("domain_id")["sort"])
    assert sort.is_monotonic_increasing
    within = [
        table.loc[table["domain_id"] == d, "service_id"].tolist() for d in ds.domains["domain_id"]
    ]
    codes = [
        ds.service_codes.loc[ds.service_codes["domain_id"] == d, "service_id"].tolist()
        for d in ds.domains["domain_id"]
    ]
    assert within == codes


def test_counts_agree_with_the_lists(ds: ps.Dataset) -> None:
    table = ps.coverage(ds).set_index("service_id")
    listed = ds.services.groupby("plan_id")["service_id"].agg(set)
    for plan in PLANS:
        assert set(table.index[table[plan]]) == listed[plan]
    assert table["plans"].tolist() == [
        sum(service in listed[plan] for plan in PLANS) for service in table.index
    ]
    assert (table["plans"] >= 1).all()


def test_what_one_plan_alone_lists(ds: ps.Dataset) -> None:
    table = ps.coverage(ds)
    for row in table.to_dict("records"):
        own = [plan for plan in PLANS if row[plan] or plan in row["within"].split()]
        assert (None if pd.isna(row["only_in"]) else row["only_in"]) == (
            own[0] if len(own) == 1 else None
        )


def test_what_a_list_has_under_a_wider_name_it_does_not_lack(ds: ps.Dataset) -> None:
    table = ps.coverage(ds).set_index("service_id")
    parts = ds.service_codes.dropna(subset="part_of").set_index("service_id")["part_of"]
    assert len(parts) > 5
    for part, wider in parts.items():
        for plan in PLANS:
            for one, other in ((part, wider), (wider, part)):
                inside = plan in table.at[one, "within"].split()
                assert not (inside and table.at[one, plan])
                if table.at[other, plan] and not table.at[one, plan]:
                    assert inside
    free = table.loc["free_compulsory_education"]
    assert (free["plans"], free["within"].split()) == (1, ["mianyang-14fyp", "panjin-14fyp"])
    assert pd.isna(free["only_in"])
    assert table.at["compulsory_tuition_waiver", "within"] == "jingmen-13fyp"
    assert pd.isna(table.at["food_safety", "only_in"]), "all lists have food and drug safety"


def test_only_here_respects_what_is_not_known_of_a_plan(ds: ps.Dataset) -> None:
    partial = ds.plans.assign(
        coverage=ds.plans["coverage"].mask(ds.plans["plan_id"] == "jingmen-13fyp", "tables")
    )
    whole, part = ps.coverage(ds), ps.coverage(replace(ds, plans=partial))
    assert (whole["unknown_in"] == "").all()
    absent = ~part["jingmen-13fyp"]
    assert (part.loc[absent, "unknown_in"] == "jingmen-13fyp").all()
    assert part.loc[absent, "only_in"].isna().all()
    assert part.loc[~absent, "only_in"].equals(whole.loc[~absent, "only_in"])


def test_two_plans_of_a_place_are_one_place(ds: ps.Dataset) -> None:
    second = ds.plans.iloc[[0]].assign(plan_id="mianyang-15fyp", period_start=2026)
    services = ds.services[ds.services["plan_id"] == "mianyang-14fyp"].assign(
        plan_id="mianyang-15fyp"
    )
    more = replace(
        ds,
        plans=pd.concat([ds.plans, second], ignore_index=True),
        services=pd.concat([ds.services, services], ignore_index=True),
    )
    before, after = ps.coverage(ds), ps.coverage(more)
    alone = before["only_in"] == "mianyang-14fyp"
    assert alone.any()
    assert (after.loc[alone, "only_in"] == "mianyang-15fyp").all()
    assert (after.loc[alone, ["plans", "places"]].to_numpy() == [2, 1]).all()
    assert after["places"].equals(before["places"])


def test_without_any_list(ds: ps.Dataset) -> None:
    table = ps.coverage(replace(ds, services=ds.services.head(0)))
    assert (set(table["plans"]), table["only_in"].isna().all()) == ({0}, True)
