"""The annex of a plan: every statement, with what it can be chosen by."""

from __future__ import annotations

import re

from psanalysis.report import (
    Statements,
)


def test_the_annex_lists_every_statement_with_what_it_can_be_chosen_by(ds):
    page = Statements("mianyang-14fyp", "en", ds)
    html = page.table()._repr_html_()
    own = ds.statements[ds.statements["plan_id"] == "mianyang-14fyp"]
    assert sorted(re.findall(r'<tr id="row-([^"]+)"', html)) == sorted(own["statement_id"])
    for name in ("domain", "role", "nature", "doubt"):
        offered = re.findall(
            r'value="([^"]+)"', re.search(f'<select name="{name}">.*?</select>', html)[0]
        )
        there = set(re.findall(f'<tr [^>]*data-{name}="([^"]+)"', html))
        assert set(offered) == there
    targets = int((own["role"] == "target").sum())
    assert html.count('data-role="target"') == targets
    assert f"{targets} targets" in page.answer()
