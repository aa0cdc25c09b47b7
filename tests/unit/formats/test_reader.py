"""Documents of every kind become one text; garbage is named."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import docx
import pytest

from psanalysis.draft import DocumentError, read_document
from psanalysis.draft.folding import fold
from psanalysis.formats.assembly import MOST_PLACED, Table, assemble
from psanalysis.formats.grid import written

PROSE = """云州市“十四五”公共服务规划
第一章 发展基础
“十三五”期间,全市新增城镇就业45.6万人,孕产妇死亡率、婴儿死亡率分别由2015年的15.2/10万、5.1‰下降至8.9/10万、3.2‰。
每千名老年人拥有养老床位36.5张,高于全省33张的平均水平。
第二章 主要目标
到2025年,普惠性幼儿园覆盖率达到90%以上,养老机构护理型床位占比不低于55%,力争建成省级示范校3—5所。
公租房实现应保尽保,打造“15分钟养老服务圈”。
"""
TABLE = [
    ["类别", "指标", "单位", "2020年", "2025年", "属性"],
    ["学有所教", "学前教育毛入园率", "%", "93.5", "≥95", "预期性"],
    ["学有所教", "劳动年龄人口平均受教育年限", "年", "10.4", "11.2", "约束性"],
]
ROW = "学有所教 | 学前教育毛入园率 | % | 93.5 | ≥95 | 预期性 |"
SECOND_ROW = "学有所教 | 劳动年龄人口平均受教育年限 | 年 | 10.4 | 11.2 | 约束性 |"


def page(charset: str = "utf-8") -> str:
    """The plan as a saved web page with menu, script and footer; 学有所教 covers two rows."""
    first, second, third = (
        ["".join(f"<td>{cell}</td>" for cell in row)]
        for row in (TABLE[0], TABLE[1][1:], TABLE[2][1:])
    )
    rows = (
        f"<tr>{first[0]}</tr><tr><td rowspan='2'>学有所教</td>{second[0]}</tr><tr>{third[0]}</tr>"
    )
    body = "".join(f"<p>{line}</p>" for line in PROSE.splitlines())
    return (
        f"<html><head><meta charset='{charset}'><title>x</title><script>var a=99;</script></head>"
        f"<body><div class='nav'>首页 | 政务公开</div>"
        f"<div id='content'>{body}<table>{rows}</table></div>"
        f"<footer>版权所有 电话 0000-1234567</footer></body></html>"
    )


def saved(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("text", [PROSE, PROSE.replace("\n", "\r\n"), "\ufeff" + PROSE])
def test_utf8_text_is_the_file_itself(tmp_path: Path, text: str) -> None:
    content = text.encode("utf-8")
    document = read_document(saved(tmp_path, "plan.txt", content))
    assert document.text.encode("utf-8") == content
    assert document.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("encoding", "found"), [("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf_16")]
)
def test_encodings_are_detected(tmp_path: Path, encoding: str, found: str) -> None:
    document = read_document(saved(tmp_path, "plan.txt", PROSE.encode(encoding)))
    assert document.text.removeprefix("\ufeff") == PROSE
    assert document.encoding == found


def test_big5_is_detected(tmp_path: Path) -> None:
    text = (
        "全市學前三年入園率達到89%,義務教育鞏固率達到98.5%,城鎮登記失業率保持在4.3%以內。到2020年,全面實現應保盡保。"
        * 4
    )
    document = read_document(saved(tmp_path, "plan.txt", text.encode("big5hkscs")))
    assert document.text == text


def test_web_page_keeps_the_article_and_its_table(tmp_path: Path) -> None:
    text = read_document(saved(tmp_path, "plan.html", page().encode())).text
    assert ROW in text
    assert SECOND_ROW in text
    assert "政务公开" not in text
    assert "版权" not in text
    assert "var a" not in text


def test_web_page_in_its_declared_encoding(tmp_path: Path) -> None:
    assert ROW in read_document(saved(tmp_path, "plan.htm", page("gb2312").encode("gb18030"))).text


def test_word_file_with_merged_cells(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("主要指标")
    table = word.add_table(rows=3, cols=6)
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell if (row, column) != (2, 0) else ""
    table.cell(1, 0).merge(table.cell(2, 0))
    word.add_paragraph("到2025年,完成全部任务,覆盖面达到百分之九十以上。")
    stream = io.BytesIO()
    word.save(stream)
    text = read_document(saved(tmp_path, "plan.docx", stream.getvalue())).text
    assert text.startswith("主要指标\n")
    assert text.endswith("以上。\n")
    assert ROW in text
    assert SECOND_ROW in text


def test_pdf_text_layer(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    print_pdf(path, PROSE.splitlines()[3:7], [row[1:] for row in TABLE])
    text = fold(read_document(path).text)
    assert "高于全省33张的平均水平" in text
    assert "学前教育毛入园率 | % | 93.5 | ≥95 | 预期性 |" in text


def print_pdf(path: Path, lines: list[str], rows: list[list[str]]) -> None:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    from psanalysis import style

    style.use(lang="zh")
    with mpl.rc_context({"pdf.fonttype": 42}):
        figure = Figure(figsize=(8.3, 11.7))
        for number, line in enumerate(lines):
            figure.text(0.05, 0.9 - 0.04 * number, line, fontsize=9)
        for number, row in enumerate(rows):
            for left, cell in zip((0.05, 0.45, 0.55, 0.7, 0.85), row, strict=True):
                figure.text(left, 0.6 - 0.04 * number, cell, fontsize=9)
        figure.savefig(path, format="pdf")


LOGIN = (
    "<html><body><form>用户登录<input name='u'>密码<input type='password'>验证码</form></body>"
    "</html>"
)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
        ("a.txt", b"\xd0\xcf\x11\xe0" + b"x" * 50, "old Word"),
        ("a.txt", b"only english words here", "hardly any Chinese"),
        ("a.html", LOGIN.encode(), "login page"),
        ("a.html", b"<html></html>", "no Chinese"),
        ("a.docx", b"not a zip", "not a Word document"),
        ("a.pdf", b"%PDF-1.4 broken", "not a readable PDF"),
    ],
)
def test_garbage_is_named(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    with pytest.raises(DocumentError, match=problem) as raised:
        read_document(saved(tmp_path, name, content))
    assert name in str(raised.value)
    assert "->" in str(raised.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path / "none.txt")


def test_merged_cell_in_both_directions() -> None:
    grid = written([[("a", 2, 2), ("b", 1, 1)], [("c", 1, 1)]])[1]
    assert [[cell.text for cell in row] for row in grid.rows] == [["a", "a", "b"], ["a", "a", "c"]]


def test_of_very_many_cells_the_text_is_read_and_the_first_places_are_kept() -> None:
    table = Table([[(str(number), 1, 1) for number in range(100)]] * 300)
    text, grids, unread = assemble([table] * 9)
    assert text.count("| 99 |") == 9 * 300
    assert len(grids) == MOST_PLACED // 30_000
    assert [one.kind for one in unread] == ["spans"]
