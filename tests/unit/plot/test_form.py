"""The forms in which charts are drawn, each on its own, and the files they become."""

from __future__ import annotations

import doctest
import io
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from lxml import html
from matplotlib.text import Text
from PIL import Image

import psanalysis as ps
from psanalysis import plot, style
from psanalysis.errors import ParameterError
from psanalysis.plot.form import COMMON
from psanalysis.report import CityComparison, CityGap

CHARTS = [name for name in plot.__all__ if name != "save"]
FRAME = pd.DataFrame(
    {
        "label": ["每千人口拥有注册护士数", "基本医疗保险参保率", "养老机构护理型床位占比"],
        "nature": ["binding", "expected", "unstated"],
        "status": ["to_improve", "already_met", "to_improve"],
        "has_number": True,
        "position": [86.6, 101.0, 68.4],
        "baseline_text": ["3.29人", "96%", "37.64%"],
        "target_text": ["3.8人", "95%", "55%"],
        "step_text": ["+0.1人", "基期已达标", "+3.5个百分点"],
    }
)


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_documents_its_frame_and_its_example_runs(name):
    chart = getattr(plot, name)
    text = chart.__doc__
    assert COMMON in text
    assert re.search(r"^frame\n    \S", text, re.MULTILINE), "says which columns the frame has"
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    test = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
    assert test.examples
    assert runner.run(test).failed == 0


@pytest.mark.parametrize("width", [6, 8.5, 12, 17, 30])
def test_a_figure_for_print_is_as_wide_as_asked_with_text_of_6_to_9_points(width):
    figure = plot.dumbbell(FRAME, title="标题", subtitle="副题" * 40, source="来源", width_cm=width)
    assert figure.get_size_inches()[0] * 2.54 == pytest.approx(width)
    sizes = {text.get_fontsize() for text in figure.findobj(Text) if text.get_text()}
    assert min(sizes) >= 6
    assert max(sizes) <= 9


@pytest.mark.parametrize("width", [0, 5, 61, -17, float("nan"), "8.5"])
def test_a_width_that_no_page_has_is_named(width):
    with pytest.raises(ParameterError, match="width_cm"):
        plot.dumbbell(FRAME, width_cm=width)
    with pytest.raises(ParameterError, match="height_cm"):
        plot.dumbbell(FRAME, height_cm="12" if isinstance(width, str) else min(width, 3))


def test_what_is_no_frame_is_named():
    with pytest.raises(ParameterError, match=r"plot.dumbbell: the frame is no DataFrame"):
        plot.dumbbell([1])


def test_words_that_are_not_wanted_take_no_room():
    words = {"title": "标题", "subtitle": "副题", "source": "来源"}
    heights = [
        plot.dumbbell(FRAME, **dict(list(words.items())[:count])).get_size_inches()[1]
        for count in range(4)
    ]
    assert heights == sorted(set(heights))


def test_a_frame_without_its_columns_is_named():
    with pytest.raises(ParameterError, match=r"plot.dumbbell: the frame lacks position, step_text"):
        plot.dumbbell(FRAME.drop(columns=["position", "step_text"]))
    with pytest.raises(ParameterError, match="no rows"):
        plot.dumbbell(FRAME.iloc[:0])


def test_greyscale_has_no_colour():
    out = io.BytesIO(plot.saving.rendered(plot.dumbbell(FRAME, greyscale=True), "png"))
    picture = Image.open(out).convert("RGB").resize((200, 100))
    spread = max(max(pixel) - min(pixel) for pixel in picture.get_flattened_data())
    assert spread == 0


def test_a_figure_in_doubt_has_a_mark_and_its_key():
    figure = plot.dumbbell(FRAME.assign(doubted=[False, True, False]))
    words = [text.get_text() for text in figure.findobj(Text)]
    assert "基本医疗保险参保率 ※" in words
    assert any("※" in word and "存疑" in word for word in words)
    assert not [one for one in plot.dumbbell(FRAME).findobj(Text) if "※" in one.get_text()]


def test_files_for_print(tmp_path):
    figure = plot.dumbbell(FRAME, title="标题 title", width_cm=8.5)
    page = pdfium.PdfDocument(ps.plot.save(figure, tmp_path / "a.pdf"))[0]
    assert page.get_width() / 72 * 2.54 == pytest.approx(8.5, abs=0.01)
    letters = list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT]))
    fonts = [pdfium.raw.FPDFTextObj_GetFont(one) for one in letters]
    assert fonts
    assert all(pdfium.raw.FPDFFont_GetIsEmbedded(font) for font in fonts)
    assert "每千人口拥有注册护士数" in page.get_textpage().get_text_bounded()
    with Image.open(ps.plot.save(figure, tmp_path / "a.png")) as png:
        assert png.width == pytest.approx(8.5 / 2.54 * 300, abs=1)
        assert png.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    svg = ps.plot.save(figure, tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "<text" not in svg
    with pytest.raises(ParameterError, match="kind"):
        ps.plot.save(figure, tmp_path / "a.tiff")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_fonts_of_a_pdf_are_of_the_kind_that_it_says(lang):
    """The bundled face has PostScript outlines; embedded as TrueType it has to be TrueType."""
    figure = plot.dumbbell(FRAME, title="绵阳市 title ※ ≥ −", lang=lang, width_cm=8.5)
    content = plot.saving.rendered(figure, "pdf")
    assert content.count(b"/CIDFontType2") >= 1
    streams = [
        zlib.decompress(found)
        for found in re.findall(rb"/Length1 .*?stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    ]
    assert len(streams) == content.count(b"/FontFile2")
    for stream in streams:
        font = TTFont(io.BytesIO(stream))
        assert font.sfntVersion == "\x00\x01\x00\x00"
        assert "glyf" in font
        assert "CFF " not in font
    text = pdfium.PdfDocument(content)[0].get_textpage().get_text_bounded()
    assert "绵阳市 title ※ ≥ −" in text


def test_letters_of_a_pdf_look_as_on_the_screen():
    figure = plot.dumbbell(FRAME, title="绵阳市 title", width_cm=8.5)
    png = Image.open(io.BytesIO(plot.saving.rendered(figure, "png"))).convert("L")
    page = pdfium.PdfDocument(plot.saving.rendered(figure, "pdf"))[0]
    pdf = page.render(scale=300 / 72).to_pil().convert("L").resize(png.size)
    ink = [sum(255 - value for value in one.get_flattened_data()) for one in (png, pdf)]
    assert ink[1] == pytest.approx(ink[0], rel=0.03)


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_two_files_of_a_figure_are_the_same_bytes(kind):
    one, other = (plot.saving.rendered(plot.dumbbell(FRAME, width_cm=17), kind) for _ in range(2))
    assert one == other


def test_making_and_drawing_one_page_changes_no_other():
    ds = ps.load()
    before = dict(mpl.rcParams)
    page = CityGap("panjin-14fyp", "zh", ds)
    alone = page.chart()._repr_html_()
    other = CityComparison("health", "en", ds=ds)
    assert page.chart()._repr_html_() == alone
    other.heatmap()._repr_html_()
    assert page.chart()._repr_html_() == alone
    with mpl.rc_context({"font.size": 30.0, "lines.linewidth": 9.0, "axes.grid": True}):
        mpl.rcParams["xtick.bottom"] = False
        assert page.chart()._repr_html_() == alone
    assert dict(mpl.rcParams) == before


def test_what_stands_around_a_chart_of_a_page_is_not_drawn_into_it():
    chart = CityGap("panjin-14fyp", "en").chart()
    figure = html.fragment_fromstring(chart._repr_html_())
    around = [one.text_content() for one in figure.xpath("figcaption/*|p[@class='ps-source']")]
    drawn = "".join(text.text_content() for text in figure.iter("text"))
    assert len(around) >= 2
    assert len(drawn) > 100
    assert not [words for words in around if words in drawn]


def test_a_matplotlibrc_changes_no_chart(tmp_path):
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\nlines.linewidth: 9\naxes.grid: True\nsavefig.bbox: tight\nsvg.id: x\n"
        "legend.fontsize: 4\nxtick.direction: in\nscatter.edgecolors: red\npath.sketch: 1, 2, 3\n"
    )
    code = (
        "import sys; from psanalysis.report import CityGap;"
        "sys.stdout.buffer.write(CityGap('panjin-14fyp', 'zh').chart()._repr_html_().encode())"
    )
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(ps.__file__).parents[1])}
    told = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=folder, env=known, capture_output=True, check=True
        ).stdout
        for folder in (Path.cwd(), tmp_path)
    ]
    assert told[0] == told[1]
    assert b"<svg" in told[0]


def test_use_forgets_what_a_style_sheet_has_set():
    with mpl.rc_context({"lines.linewidth": 9.0}):
        style.use("en")
        assert mpl.rcParams["lines.linewidth"] == mpl.rcParamsDefault["lines.linewidth"]
        assert mpl.rcParams["font.family"] == style.FACES["en"]
