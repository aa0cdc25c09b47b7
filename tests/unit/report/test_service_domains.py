"""Services by domain: what the table counts is what the answer of the page says."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

import psanalysis as ps
from psanalysis.report import ServiceCoverage
from psanalysis.report.html import Chart
from psanalysis.report.service_domains import counts_by_domain


def test_the_domains_sum_up_to_what_the_answer_says_is_in_all_lists() -> None:
    """A list that has a service within another one has it too: also the list of the first plan."""
    page = ServiceCoverage("en", ps.load())
    html = re.sub(r"</?span[^>]*>", "", page.domains().text)
    rows = re.findall(r'<tr id="row-domain-.*?</tr>', html)
    in_all = sum(int(re.findall(r'ps-number">(\d+)', row)[0]) for row in rows)
    assert f"; {in_all} are in all of them" in page.answer()


def test_a_service_counts_in_each_list_that_has_it_by_how_many_have_it() -> None:
    services = pd.DataFrame({
        "domain_id": ["health", "health", "health", "sports"], "a": [True, True, False, False],
        "b": [True, False, True, True], "lists": [2, 1, 2, 1],
    })  # fmt: skip
    counts = counts_by_domain(services, ["a", "b"])
    assert len(counts) == 2 * 2 * 3
    by = [name for name in counts if name != "count"]
    found = counts[counts["count"] > 0].set_index(by)["count"].to_dict()
    assert found == {
        ("a", "health", "everywhere"): 1, ("a", "health", "alone"): 1,
        ("b", "health", "everywhere"): 2, ("b", "sports", "alone"): 1,
    }  # fmt: skip


def test_one_list_alone_or_none_makes_a_page_without_the_chart_of_differences() -> None:
    ds = ps.load()
    one = ds.services["plan_id"] == "mianyang-14fyp"
    alone = ServiceCoverage("en", replace(ds, services=ds.services[one]))
    assert alone.chart()._repr_html_() == ""
    assert isinstance(ServiceCoverage("en", ds).chart(), Chart)
    assert 'id="row-domain-health"' in alone.domains()._repr_html_()
    none = ServiceCoverage("en", replace(ds, services=ds.services[:0]))
    assert none.chart()._repr_html_() == none.domains()._repr_html_() == ""
    assert "0 services" in none.answer()
