"""Pages that templates make."""

from __future__ import annotations

import lxml.html
import pytest

import psanalysis as ps
from psanalysis.site.model import Failed, Report
from psanalysis.site.rendering import failure_page


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Indicators one by one: Gross enrolment rate in preschool education"),
        ("zh", "各指标：学前教育毛入园率"),
    ],
)
def test_a_page_that_was_never_made_is_named_where_it_failed(
    ds: ps.Dataset, lang: str, title: str
) -> None:
    parameters = {"indicator_id": "preschool_gross_enrolment", "lang": lang}
    report = Report("03_indicator_profile", parameters, f"preschool_gross_enrolment.{lang}")
    page = lxml.html.fromstring(failure_page(ds, report, Failed("cell", "boom")))
    assert page.findtext(".//title").endswith(title)
    assert page.findtext(".//main//p") == title
    last = failure_page(ds, report, Failed("cell", "boom"), "Who asks for most").decode()
    assert "Who asks for most" in last


def test_a_page_of_ones_own_is_named_by_its_notebook(ds: ps.Dataset) -> None:
    report = Report("77_own", {"lang": "en"}, "en")
    assert b"77_own" in failure_page(ds, report, Failed("timeout", ""))
