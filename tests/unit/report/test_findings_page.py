"""Every finding is on its page, the gravest first."""

from __future__ import annotations

import re

from psanalysis.report import (
    FindingsPage,
)
from psanalysis.report.findings import SEVERITIES


def test_a_dash_for_a_baseline_is_no_pledge(ds):
    shown = FindingsPage("zh", ds).table()._repr_html_()
    assert "承诺（无数值）（2020年）" not in shown
    kinds = ds.findings.loc[ds.findings["severity"] != "note", "kind"].value_counts()
    most = kinds.index[kinds == kinds.max()]
    said = FindingsPage("zh", ds).answer().rpartition("其中最多的是")[2]
    assert len(said.partition("（")[0].split("、")) == len(most), "all that are as frequent"


def test_every_finding_is_on_its_page_the_gravest_first(ds):
    page = FindingsPage("zh", ds)
    shown, sources = page.table()._repr_html_(), page.sources()._repr_html_()
    listed = re.findall(r'id="finding-([^"]+)"', shown)
    assert sorted(listed) == sorted(ds.findings["finding_id"])
    severity = ds.findings.set_index("finding_id").loc[listed, "severity"]
    assert list(severity) == sorted(severity, key=SEVERITIES.index)
    for finding in ds.findings.dropna(subset="statement_ids").itertuples():
        for statement in finding.statement_ids.split():
            assert (f'id="row-{statement}"' in sources) or finding.severity == "note"
        first = f"#row-{finding.statement_ids.split()[0]}"
        assert (f'href="{first}"' in shown) or (
            f"14_statements/{finding.plan_id}.zh.html{first}" in shown
        )
