"""Every number of the first screen leads to its statement."""

from __future__ import annotations

import re

import pytest

from psanalysis.report import (
    CityGap,
)


@pytest.mark.parametrize("plan", ["mianyang-14fyp", "panjin-14fyp", "nanjing-15fyp"])
def test_every_number_of_a_brief_leads_to_its_statement(ds, plan):
    page = CityGap(plan, "en", ds)
    brief, sources = page.brief().text, page.sources()._repr_html_()
    for block in re.findall(r'<section class="ps-block">.*?</section>', brief):
        doubts = "In doubt" in block
        for line in re.findall(r"<li>(.*?)</li>", block):
            rows = re.findall(r'href="#row-([^"]+)"', line)
            assert rows or (
                doubts
                and not re.search(
                    r"\d", re.sub(r"<[^>]*>|\(\d+ in all\)|\u201c.*?\u201d", "", line)
                )
            ), line
            assert all(f'id="row-{row}"' in sources for row in rows)
