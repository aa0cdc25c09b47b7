"""The page of a place with two plans: what its files say of each row."""

from __future__ import annotations

from typing import Any

import lxml.html

import psanalysis as ps
from psanalysis.report import FindingsPage, Succession


def column(html: str, key: str) -> list[str]:
    """The cells of a column of all tables, in their order, also of one that is shown in files
    alone.
    """
    found = []
    for table in lxml.html.fromstring(html).iter("table"):
        keys = [head.get("data-key") for head in table.iterfind("./thead/tr/th")]
        rows: list[Any] = table.findall("./tbody/tr")
        found += [row[keys.index(key)].text_content().strip() for row in rows]
    return found


def test_the_files_name_the_statements_of_both_plans_and_what_is_odd_about_them(
    ds: ps.Dataset,
) -> None:
    page = Succession("nanjing", "en", ds)
    html = page.table()._repr_html_()
    statements, findings = column(html, "statements"), column(html, "findings")
    assert len(statements) == len(page.frame)
    assert set(" ".join(statements).split()) == set(page.statements())
    about: dict[str, set[str]] = {}
    for row in ds.findings.dropna(subset="statement_ids").itertuples():
        for one in row.statement_ids.split():
            about.setdefault(one, set()).add(row.finding_id)
    wanted = [set().union(*(about.get(one, set()) for one in row.split())) for row in statements]
    assert [set(row.split()) for row in findings] == wanted
    assert any(wanted)


def test_the_files_of_the_findings_name_each_finding(ds: ps.Dataset) -> None:
    html = FindingsPage("zh", ds).table()._repr_html_()
    assert sorted(column(html, "findings")) == sorted(ds.findings["finding_id"])
