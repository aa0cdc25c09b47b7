"""What a web page shows: hidden, struck and white text does not count, cells keep their lines,
nothing beside the article is lost.
"""

from __future__ import annotations

import pytest

from psanalysis.formats.assembly import assemble
from psanalysis.formats.document import DocumentError
from psanalysis.formats.grid import Grid
from psanalysis.formats.html import html_blocks

HEAD = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'>{}</head><body><p>云河市公共服务规划</p>{}"
    "</body></html>"
)


def shown(body: str, head: str = "") -> list[str]:
    return assemble(html_blocks(HEAD.format(head, body), "a.html"))[0].splitlines()[1:]


def grid(body: str) -> Grid:
    return assemble(html_blocks(HEAD.format("", body), "a.html"))[1][0]


def texts(found: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in found.rows]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>床位<span style='display:none'>6</span>7张</p>", ["床位7张"]),
        ("<p>床位<span style='VISIBILITY : hidden'>6</span>7张</p>", ["床位7张"]),
        ("<p>床位<span style='font-size:0px'>6</span>7张</p>", ["床位7张"]),
        ("<p>床位<span style='font-size:0.9em'>6</span>7张</p>", ["床位67张"]),
        ("<p>床位<span style='opacity:0'>6</span>7张</p>", ["床位7张"]),
        ("<p>床位<span style='opacity:0.9'>6</span>7张</p>", ["床位67张"]),
        ("<p>床位<span hidden>6</span>7张</p>", ["床位7张"]),
        ("<p>床位<font color='#FFFFFF'>6</font>7张</p>", ["床位7张"]),
        ("<p>床位<span style='color:#fff'>6<b style='color:black'>1</b></span>7张"
            "</p>", ["床位17张"]),
        ("<p style='background:#123456'>床位<span style='color:#fff'>6</span>7张"
            "</p>", ["床位67张"]),
        ("<p>床位<del>6</del><s>6</s><strike>6</strike><span style='text-decoration: "
            "line-through'>6</span>7张</p>", ["床位7张"]),
        ("<p>床位<ins>6</ins>7张</p>", ["床位67张"]),
        ("<p>床位<!-- 6 -->7张</p>", ["床位7张"]),
        ("<p>床位<span class='x'>6</span>7张</p>", ["床位7张"]),
        ("<p>床位<span class='x y'>6</span>7张</p>", ["床位67张"]),
        ("<div id='a'><p>床位<i>6</i>7张</p></div>", ["床位7张"]),
        ("<p>床位<u class='print'>6</u>7张</p>", ["床位67张"]),
        ("<p>率达到74<sup>2</sup>%</p>", ["率达到74%"]),
        ("<p>率达到74<sup>[2]</sup>%</p>", ["率达到74%"]),
        ("<p>率达到74<span style='vertical-align:super'>②</span>%</p>", ["率达到74%"]),
        ("<p>率达到74<a href='#n2'>[2]</a>%</p>", ["率达到74%"]),
        ("<p>面积36.5km<sup>2</sup></p>", ["面积36.5km²"]),
        ("<p>PM<sub>2.5</sub>浓度</p>", ["PM2.5浓度"]),
        ("<p>甲<br>乙</p>", ["甲", "乙"]),
        ("<p>甲\n  乙</p>", ["甲 乙"]),
        ("<ruby>甲<rp>(</rp><rt>jia</rt><rp>)</rp></ruby>乙", ["甲乙"]),
        ("<p>甲&#8203;乙&shy;丙</p>", ["甲乙丙"]),
    ],
)  # fmt: skip
def test_what_is_seen_counts_and_nothing_else(body: str, lines: list[str]) -> None:
    style = (
        "<style>/* .y{display:none} */ p .x, .z {display:none} p .x.y {display: inline} #a "
        "i{display:none}"
        "@media print{.print{display:none}}</style>"
    )
    assert shown(body, style) == lines


def test_lines_and_paragraphs_of_a_cell_stay_apart() -> None:
    found = grid(
        "<table><tr><td>入园率<td>90<br>92<td><p>3.5</p><p>3.1</p><tr><td>就业<td><td>（累计）"
        "<br>19</table>"
    )
    assert texts(found) == [["入园率", "90\n92", "3.5\n3.1"], ["就业", "", "（累计）\n19"]]


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("<tr><td colspan=2>甲<td>乙<tr><td>1<td>2<td>3", [["甲", "甲", "乙"], ["1", "2", "3"]]),
        ("<tr><td rowspan=2>甲<td>乙<tr><td>2", [["甲", "乙"], ["甲", "2"]]),
        ("<tr><td rowspan=0>甲<td>乙<tr><td>2<tr><td>3", [["甲", "乙"], ["甲", "2"], ["甲", "3"]]),
        ("<tr><td>甲<td colspan=9>乙<tr><td>1<td>2<tr><td>3<td>4",
            [["甲", "乙"], ["1", "2"], ["3", "4"]]),
        ("<tr><td colspan=²>甲<td colspan='-1'>乙", [["甲", "乙"]]),
        (f"<tr><td rowspan={'9' * 5000}>甲<td>乙<tr><td>2", [["甲", "乙"], ["甲", "2"]]),
        ("<tfoot><tr><td>末<td>2</tfoot><tbody><tr><td>甲<td>1"
            "</tbody>", [["甲", "1"], ["末", "2"]]),
        ("<tr><td>甲<td style='display:none'>9<td>1<tr style='display:none'><td>乙<td>2",
            [["甲", "1"]]),
        ("<tr><td>甲<td><del>9</del>1<sup>②</sup>", [["甲", "1"]]),
    ],
)  # fmt: skip
def test_spans_are_read_as_browsers_read_them(table: str, cells: list[list[str]]) -> None:
    assert texts(grid(f"<table>{table}</table>")) == cells


def test_spans_that_multiply_to_millions_are_left_unmerged() -> None:
    rows = "<tr>" + "<td colspan=1000 rowspan=60000>甲" * 100
    text, grids, unread = assemble(
        html_blocks(HEAD.format("", f"<table>{rows * 50}</table>"), "a.html")
    )
    assert sum(len(row) for row in grids[0].rows) == 5000
    assert [one.kind for one in unread] == ["spans"]
    assert len(text) < 100_000


def test_a_table_within_a_table_that_places_is_read_alone() -> None:
    body = "<table><tr><td>左<td><table><tr><td>托位<td>4.5<tr><td>床位<td>36</table></table>"
    assert shown(body) == ["左", "托位 | 4.5 |", "床位 | 36 |"]


def test_what_stands_beside_the_article_is_kept_and_the_site_is_not() -> None:
    article = "".join(
        f"<p>坚持问题导向，补短板、强弱项、提质量，完善公共服务体系，第{n}段。</p>"
        for n in range(30)
    )
    links = "<ul>" + "".join(f"<li><a href='x'>政务公开{n}</a></li>" for n in range(200)) + "</ul>"
    body = (
        "<div class='nav'>首页</div>" + links
        + "<form><header><h1>政府工作报告</h1></header><div class=lead>2026年1月15日</div><div "
            f"class=main>{article}</div>"
        "<div><p>附表</p><table><tr><td>托位<td>4.5</table></div></form>"
        "<footer>主办单位：某市 电话 0900-1234567</footer><div>ICP备 12345678号</div>"
    )  # fmt: skip
    lines = shown(body)
    assert lines[:2] == ["政府工作报告", "2026年1月15日"]
    assert lines[-2:] == ["附表", "托位 | 4.5 |"]
    assert len(lines) == 34


def test_pictures_and_frames_are_said_icons_are_not() -> None:
    body = (
        "<p>主要指标</p><img src=a.png width=600><img src=b.gif width=16><iframe "
        "src=plan.pdf></iframe>"
    )
    _, _, unread = assemble(html_blocks(HEAD.format("", body), "a.html"))
    assert [(one.kind, one.after) for one in unread] == [
        ("picture", "主要指标"),
        ("embedded", "主要指标"),
    ]


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "b", "ul><li", "font"])
def test_deep_nesting_is_read_or_named(tag: str) -> None:
    assert shown(f"<{tag}>" * 500 + "到2025年达到5%") == ["到2025年达到5%"]
    with pytest.raises(DocumentError, match="too deeply"):
        shown(f"<{tag}>" * 50_000 + "到2025年达到5%")


def test_tables_may_stand_in_tables_to_any_depth() -> None:
    body = "<table><tr><td>x" * 500 + "<table><tr><td>入园率<td>95</table>" + "</table>" * 500
    _, grids, _ = assemble(html_blocks(HEAD.format("", body), "a.html"))
    assert [[cell.text for cell in row] for row in grids[-1].rows] == [["入园率", "95"]]


def test_what_is_not_seen_leaves_no_blank_and_takes_no_place() -> None:
    body = "<p>入园 <s>旧</s> 率<!-- x -->达到<s>80%</s>95%</p>"
    assert "入园 率达到95%" in assemble(html_blocks(HEAD.format("", body), "a.html"))[0]
