"""What a PDF shows: tables from lines and columns, over pages; columns of text; nothing that nobody
sees; what cannot be read, said.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis import style
from psanalysis.formats.document import Document, DocumentError
from psanalysis.formats.reader import read_document

WIDE, HIGH = 595, 842
PROSE = "坚持以人民为中心的发展思想着力补短板强弱项提质量推动公共服务体系更加完善人人享有"
ROWS = [
    ["序号", "指标", "2020年", "2025年"],
    ["1", "学前教育毛入园率(%)", "90.5", "≥95"],
    ["2", "九年义务教育巩固率(%)", "97.2", "98"],
]
XS = [40, 80, 300, 400, 520]


class Sheet:
    """A page on which one writes at points from the top left."""

    def __init__(self) -> None:
        self.figure = Figure(figsize=(WIDE / 72, HIGH / 72))
        self.write(40, 60, "云河市公共服务规划（本文为测试而编写，云河市并不存在）")

    def write(self, x: float, y: float, words: str, size: float = 10, **look: Any) -> None:
        self.figure.text(x / WIDE, 1 - y / HIGH, words, fontsize=size, va="baseline", **look)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        ends = [x0 / WIDE, x1 / WIDE], [1 - y0 / HIGH, 1 - y1 / HIGH]
        self.figure.add_artist(Line2D(*ends, color="black", linewidth=0.8))

    def rows(self, top: float, rows: Sequence[Sequence[str]], lines: str, step: float = 24) -> None:
        """A table; lines is `all`, `across`, `open` (no outer upright ones) or `none`."""
        for number, row in enumerate(rows):
            for x, words in zip(XS, row, strict=False):
                for below, part in enumerate(words.split("\n")):
                    self.write(x + 4, top + step * number + 14 + 11 * below, part)
        bottom = top + step * len(rows)
        if lines != "none":
            for number in range(len(rows) + 1):
                self.line(XS[0], top + step * number, XS[-1], top + step * number)
        if lines in ("all", "open"):
            for x in XS if lines == "all" else XS[1:-1]:
                self.line(x, top, x, bottom)


def printed(folder: Path, *draw: Callable[[Sheet], None]) -> Document:
    path = folder / "plan.pdf"
    style.use(lang="zh")
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(path) as pages:
        for page in draw:
            sheet = Sheet()
            page(sheet)
            pages.savefig(sheet.figure)
    return read_document(path)


def cells(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids]


@pytest.mark.parametrize("lines", ["all", "open", "across", "none"])
def test_a_table_is_a_grid_with_lines_and_without(tmp_path: Path, lines: str) -> None:
    document = printed(tmp_path, lambda sheet: sheet.rows(100, ROWS, lines))
    assert cells(document) == [ROWS]
    assert document.grids[0].page == 1


def test_a_wrapped_cell_keeps_its_lines_in_its_row(tmp_path: Path) -> None:
    rows = [
        *ROWS,
        ["3", "每千人口拥有3岁以下\n婴幼儿托位数", "1.6", "4.8"],
        ["4", "床位", "5", "6"],
    ]
    for lines in ("all", "none"):
        document = printed(tmp_path, lambda sheet, lines=lines: sheet.rows(100, rows, lines, 40))
        assert cells(document) == [rows]


def test_merged_heads_cover_what_they_stand_over(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.rows(100, [["", "指标", "年度", ""], ["", "", "2020年", "2025年"], *ROWS[1:]], "none")
        for y in (100, 148, 172, 196):
            sheet.line(XS[0], y, XS[-1], y)
        sheet.line(XS[2], 124, XS[-1], 124)
        for x in (XS[0], XS[1], XS[2], XS[4]):
            sheet.line(x, 100, x, 196)
        sheet.line(XS[3], 124, XS[3], 196)

    grid = printed(tmp_path, draw).grids[0]
    assert [cell.text for cell in grid.rows[0]] == ["", "指标", "年度", "年度"]
    assert [cell.text for cell in grid.rows[1]] == ["", "指标", "2020年", "2025年"]
    assert [cell.covered for cell in grid.rows[1]] == [True, True, False, False]


def test_a_table_over_pages_is_one_and_its_head_stands_once(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            sheet.write(280, 820, f"— {number} —")
            if number == 1:
                sheet.write(40, 75, PROSE)
            sheet.rows(80, [ROWS[0], [str(number), f"指标{number}", "5", "6"]], "all")

        return draw

    document = printed(tmp_path, *(page(number) for number in range(1, 5)))
    assert cells(document) == [[ROWS[0], *([str(n), f"指标{n}", "5", "6"] for n in range(1, 5))]]
    assert "—" not in document.text


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for line in range(12):
            sheet.write(40, 100 + 16 * line, f"左{line:02d}" + PROSE[:20])
            sheet.write(320, 100 + 16 * line, f"右{line:02d}" + PROSE[:20])

    text = printed(tmp_path, draw).text.replace("\n", "")
    assert text.index("左11") < text.index("右00")
    assert text.index("左01") < text.index("左02")


def test_what_nobody_sees_does_not_count(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.write(40, 100, "88", color="white")
        sheet.write(60, 100, "率达到94%")
        sheet.write(40, 130, "77", alpha=0)
        sheet.write(60, 130, "建成6所")
        sheet.write(40, 160, "55", size=1)
        sheet.figure.patches.append(
            mpl.patches.Rectangle(
                (0.1, 0.5), 0.3, 0.04, color="#113355", transform=sheet.figure.transFigure
            )
        )
        sheet.write(70, 410, "白字33张", color="white")
        sheet.write(700, 200, "66")
        sheet.write(100, 600, "征求意见稿99", size=60, color="#d8d8d8")
        sheet.write(100, 500, "内部资料22", size=40, color="#999999", rotation=30)
        for line in range(20):
            sheet.write(40, 520 + 14 * line, PROSE)

    text = printed(tmp_path, draw).text
    assert "率达到94%" in text
    assert "建成6所" in text
    assert "白字33张" in text
    for gone in ("88", "77", "55", "66", "99", "22"):
        assert gone not in text


def test_raised_marks_of_notes_are_left_out_and_powers_kept(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.write(40, 100, "健康管理率达到74")
        sheet.write(121.5, 96, "2", size=6)
        sheet.write(126, 100, "%")
        sheet.write(40, 130, "面积36km")
        sheet.write(84, 126, "2", size=6)

    text = printed(tmp_path, draw).text
    assert "74%" in text.replace(" ", "")
    assert "36km²" in text


def test_scanned_pages_and_pictures_are_said_with_their_page(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).random((60, 60))

    def scan(sheet: Sheet) -> None:
        sheet.figure.texts.clear()
        sheet.figure.add_axes((0, 0, 1, 1)).imshow(noise, aspect="auto")

    def picture(sheet: Sheet) -> None:
        axes = sheet.figure.add_axes((0.1, 0.3, 0.6, 0.3))
        axes.imshow(noise, aspect="auto")
        axes.set_axis_off()

    document = printed(tmp_path, lambda _: None, scan, picture)
    assert [(one.kind, one.page) for one in document.unread] == [("scan", 2), ("picture", 3)]


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its root."""
    out, offsets = b"%PDF-1.4\n", []
    for number, own in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, own)
    lines = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, lines)
    return out + head + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))


ROOT, ONE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
LEAF = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"


def packed(content: bytes) -> bytes:
    small = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(small), small)


@pytest.mark.parametrize(
    ("objects", "said"),
    [
        ((ROOT, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 3>>"), "pages"),
        ((ROOT, b"<</Type/Pages/Count 3>>"), "pages"),
        ((ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>", LEAF), "pages"),
        ((ROOT, ONE, b"<</Type/Page/MediaBox[0 0 1e9 1e9]>>"), "no text layer"),
        ((ROOT, ONE, LEAF, packed(b"\n" * 1_200_000_000)), "within 120 s or 1 GB"),
    ],
)
def test_broken_and_hostile_files_are_named(
    tmp_path: Path, objects: tuple[bytes, ...], said: str
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf(*objects))
    with pytest.raises(DocumentError, match=said):
        read_document(path)
