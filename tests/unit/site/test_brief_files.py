"""What a build makes beside the site: briefs for the mail, and a copy for one's own use."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from lxml import html

import psanalysis as ps
from psanalysis.errors import ParameterError
from psanalysis.plot.parts import PAGE_CM
from psanalysis.report import CityGap
from psanalysis.report.html import Chart
from psanalysis.site import chromium
from psanalysis.site.brief_files import Wanted
from psanalysis.site.brief_word import word
from psanalysis.site.errors import SiteError
from psanalysis.site.local import local_copy, passages, with_passages
from psanalysis.site.publish import Site, is_local
from psanalysis.site.word_of_html import WIDE_CM
from psanalysis.wording import say


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="module")
def page(ds: ps.Dataset) -> bytes:
    own = CityGap("panjin-14fyp", "en", ds)
    parts = (own.title(), own.brief(), own.gap(), own.findings(), own.sources())
    body = "".join(part._repr_html_() for part in parts)
    return f'<html lang="en"><head></head><body>\n<main id="content">{body}</main></body></html>'.encode()


@pytest.fixture
def texts(ds: ps.Dataset, tmp_path: Path) -> tuple[ps.Dataset, Path]:
    """Made-up texts that have the figures of the plans at their places."""
    rows, plans = ds.statements, ds.plans.copy()
    for plan in plans.dropna(subset="source_file").itertuples():
        own = rows[rows["plan_id"] == plan.plan_id].dropna(subset="char_start")
        text = ["。"] * (int(own["char_end"].max()) + 9)
        for row in own.itertuples():
            text[int(row.char_start) : int(row.char_end)] = row.value_as_written
            text[int(row.char_start) - 1] = "<"
        (tmp_path / str(plan.source_file)).write_text("".join(text), encoding="utf-8")
    return ds, tmp_path


def test_a_brief_for_word_has_the_words_tables_and_charts_of_its_page(ds, page) -> None:
    made = word(page, "panjin-14fyp.en", ds)
    assert word(page, "panjin-14fyp.en", ds) == made, "the same bytes each time"
    document = Document(io.BytesIO(made))
    said = [paragraph.text for paragraph in document.paragraphs]
    tree = html.fromstring(page.decode())
    assert said[0] == tree.find(".//h1").text_content()
    assert any("data as of" in line for line in said)
    own = CityGap("panjin-14fyp", "en", ds)
    chart = own.chart()
    parts = chart.draw(width_cm=WIDE_CM).parts if isinstance(chart, Chart) else 0
    assert len(document.inline_shapes) == parts > 1
    assert all(shape.height.cm < PAGE_CM + 0.1 for shape in document.inline_shapes)
    cards, listing = document.tables[:2]
    assert [cell.text for cell in cards.rows[0].cells] == tree.xpath(
        "//ul[@class='ps-cards']//b/text()"
    )
    assert len(listing.rows) == 1 + len(own.headline)
    heads = [cell.text for cell in listing.rows[0].cells]
    indicator = heads.index(say("column.name", "en"))
    names = [row.cells[indicator].text for row in listing.rows[1:]]
    assert names == list(own.headline["name"])


def test_what_prints_is_named_where_it_is_missing(monkeypatch) -> None:
    monkeypatch.setenv(chromium.NAMED, "/nowhere/chromium")
    with pytest.raises(SiteError, match=r"/nowhere/chromium: cannot be run -> install chromium"):
        Wanted(pdf=True).require()
    assert Wanted(docx=True).require() == ""
    assert not Wanted()


def test_the_time_of_printing_is_taken_out() -> None:
    printed = b"<</CreationDate (D:20261128203301+00'00')\n/ModDate (D:20261128203301+00'00')>>"
    assert chromium.PRINTED.sub(rb"\g<1>" + chromium.DAY, printed).count(chromium.DAY) == 2


def test_sentences_stand_around_their_figures(texts) -> None:
    ds, folder = texts
    found = passages(ds, folder)
    known = ds.statements.dropna(subset="char_start").set_index("statement_id")
    assert len(found) > 500
    for statement, (before, figure, _) in found.items():
        assert figure == known.at[statement, "value_as_written"]
        assert "。" not in before
    with pytest.raises(ParameterError, match="is no folder"):
        passages(ds, folder / "nothing")


def test_a_local_copy_says_so_shows_sentences_and_is_never_published(texts, page, tmp_path) -> None:
    ds, folder = texts
    site, target = tmp_path / "site", tmp_path / "site-local"
    (site / "01_city_gap").mkdir(parents=True)
    (site / "index.html").write_bytes(b"<html lang='zh-CN'><body><h1>x</h1></body></html>")
    (site / "01_city_gap" / "panjin-14fyp.en.html").write_bytes(page)
    assert local_copy(site, ds, folder, target) > 500
    assert local_copy(site, ds, folder, target) > 500, "a copy is made anew"
    shown = (target / "01_city_gap" / "panjin-14fyp.en.html").read_bytes()
    assert is_local(shown)
    assert b"not for publication" in shown
    tree = html.fromstring(shown.decode())
    rows = tree.xpath("//table[@data-heads]/tbody/tr")
    assert all(len(row) == len(tree.xpath("//table[@data-heads]/thead/tr/th")) for row in rows)
    quoted = tree.xpath("//table[@data-heads]//q/mark")
    assert len(quoted) > 20
    assert (site / "01_city_gap" / "panjin-14fyp.en.html").read_bytes() == page
    out = Site(tmp_path / "public")
    out.prepare()
    with pytest.raises(SiteError, match="local use alone"):
        out.publish([("index.html", shown)])
    assert not (tmp_path / "public").exists()


def test_a_folder_that_is_something_else_is_left_alone(texts, tmp_path) -> None:
    ds, folder = texts
    (tmp_path / "site-local").mkdir()
    (tmp_path / "site-local" / "index.html").write_text("mine")
    with pytest.raises(ParameterError, match="move it away"):
        local_copy(tmp_path / "site", ds, folder, tmp_path / "site-local")
    assert (tmp_path / "site-local" / "index.html").read_text() == "mine"


def test_a_page_without_sources_is_only_marked(ds) -> None:
    content = b'<html lang="zh-CN"><body>\n<p>x</p></body></html>'
    assert with_passages(content, {}).count(b"<!--psanalysis:local-->") == 1
    assert replace(Wanted(), pdf=True)
