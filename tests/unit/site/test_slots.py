"""The places of a page that are filled after it is made."""

from __future__ import annotations

from psanalysis.site.model import Report
from psanalysis.site.neighbours import neighbours
from psanalysis.site.slots import Neighbours, fill


def slot(name: str) -> str:
    """An empty slot, as the template has it."""
    return f"<!--ps:{name}--><!--/ps:{name}-->"


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


def test_a_link_to_a_page_that_the_site_lacks_becomes_words() -> None:
    """However it is written; other links and all else stay as they are."""
    report = Report("01", {"lang": "en"}, "en")
    stay = [
        '<a href="../01/b.en.html?role=target#row">b</a>',
        '<a class="x" href="../01/b.en.html">b</a>',
        '<a href="../index.html">all</a>',
        '<a href="../data/a.csv">a</a>',
        '<a href="../../c.html">c</a>',
        '<a href="../deep/down/c.html">c</a>',
        '<a href="#row">row</a>',
        '<a href="https://example.org/01/c.html">c</a>',
    ]
    gone = [
        ('<a href="../01/c.en.html?role=target#row">c</a>', "<a>c</a>"),
        ('<a class="x" href="../my-own/c.en.html" title="c">c</a>', '<a class="x" title="c">c</a>'),
    ]
    script = "<script>if (1 < 2 && x) { y('<a href=\"../01/c.en.html\">'); }</script>"
    before = "".join([*stay, *(old for old, _ in gone)])
    after = "".join([*stay, *(new for _, new in gone)])
    page = f"<!DOCTYPE html>\n<html><body><main>MAIN</main>{script}</body></html>\n"
    filled = fill(page.replace("MAIN", before).encode(), report, Neighbours(), "", {"01/b.en.html"})
    assert filled.decode() == page.replace("MAIN", after)
