"""The places of a page that are filled after it is made."""

from __future__ import annotations

from psanalysis.site.model import Report
from psanalysis.site.neighbours import neighbours
from psanalysis.site.slots import fill, slot


def test_slots_can_be_filled_again() -> None:
    reports = [
        Report("01", {"plan_id": plan, "lang": lang}, f"{plan}.{lang}")
        for plan in ("a", "b")
        for lang in ("zh", "en")
    ]
    around = neighbours(reports, {report.id: f"<{report.id}>" for report in reports})
    page = f"<body>{slot('home')}{slot('languages')}{slot('notice')}{slot('neighbours')}</body>".encode()
    full = fill(page, reports[0], around["01/a.zh"], "2026-11-22")
    assert b'href="../01/a.en.html" hreflang="en"' in full
    assert b'rel="next" href="../01/b.zh.html"' in full
    assert b"&lt;01/b.zh&gt;" in full
    assert b"ps-stale" in full
    assert fill(full, reports[0], around["01/a.zh"]) == fill(page, reports[0], around["01/a.zh"])
    assert b"ps-stale" not in fill(full, reports[0], around["01/a.zh"])
