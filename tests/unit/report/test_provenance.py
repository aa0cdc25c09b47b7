"""What a page tells of its documents."""

from __future__ import annotations

import dataclasses

import pandas as pd
from lxml import html

import psanalysis as ps
from psanalysis.report.provenance import document_table


def test_it_is_said_where_a_text_can_be_had_or_that_no_address_is_known(ds: ps.Dataset) -> None:
    shown = document_table(ds, "en").text
    cited = int(ds.plans["source_sha256"].isna().sum())
    assert shown.count("No address is recorded.") == len(ds.plans)
    assert shown.count("The figures are from the report") == cited > 0
    plans = ds.plans.copy()
    plans.loc[0, ["url", "archive_url"]] = [
        "https://example.org/a?b=1&c=2",
        "https://example.org/b",
    ]
    plans.loc[0, "retrieved_on"] = pd.Timestamp("2026-11-20")
    shown = document_table(dataclasses.replace(ds, plans=plans), "en").text
    assert shown.count("No address is recorded.") == len(ds.plans) - 1
    [link] = [
        one
        for one in html.fromstring(shown).iter("a")
        if one.get("href") == "https://example.org/a?b=1&c=2" and "address" in one.text_content()
    ]
    assert link.text_content() == "address (read 2026-11-20)"
    assert '<a href="https://example.org/b">archived copy</a>' in shown
