"""What holds for every chart of every page in both languages: no text overlaps, every mark leads to
a row, the SVG is fit for the page.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PatchCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from psanalysis import plot, style
from psanalysis.plot.canvas import canvas
from psanalysis.plot.form import CM, PHONE, PRINT, SCREEN, Form
from psanalysis.site.contract import require
from psanalysis.untrusted import for_page

# Boxes include the room for accents and descenders that a line may not use
SLACK = 1.5
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
HAN = re.compile("[\u4e00-\u9fff]")
# Points of text in print: between 6 and 9
SIZES = {6.48, 6.8, 7.2, 7.6, 8.96}


def boxes(figure: Figure) -> tuple[list[Text], np.ndarray]:
    """Every visible text, and its pixel box (x0, y0, x1, y1)."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    texts = [
        text
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text.get_figure() is not None
    ]
    return texts, np.array([text.get_window_extent(renderer).extents for text in texts]).reshape(
        -1, 4
    )


def overlaps(texts: list[Text], box: np.ndarray) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes share more than the slack in both directions."""
    width = np.minimum(box[:, None, 2], box[None, :, 2]) - np.maximum(
        box[:, None, 0], box[None, :, 0]
    )
    height = np.minimum(box[:, None, 3], box[None, :, 3]) - np.maximum(
        box[:, None, 1], box[None, :, 1]
    )
    first, second = np.nonzero(np.triu((width > SLACK) & (height > SLACK), 1))
    return [
        (texts[one].get_text(), texts[other].get_text())
        for one, other in zip(first, second, strict=True)
    ]


def outside(texts: list[Text], box: np.ndarray, figure: Figure) -> list[str]:
    """Texts that leave the figure."""
    right, top = figure.get_size_inches() * figure.dpi
    out = (
        (box[:, 0] < -SLACK)
        | (box[:, 1] < -SLACK)
        | (box[:, 2] > right + SLACK)
        | (box[:, 3] > top + SLACK)
    )
    return [texts[place].get_text() for place in np.nonzero(out)[0]]


def struck(texts: list[Text], box: np.ndarray) -> list[str]:
    """Texts on axes that a rule or a line of the grid goes through, without paper behind them."""
    found = []
    for axes, (own, at) in on_axes(texts, box).items():
        rules = [
            line
            for line in (*axes.lines, *axes.get_xgridlines(), *axes.get_ygridlines())
            if line.get_visible() and len(line.get_xdata())
        ]
        ends = np.array(
            [line.get_transform().transform(line.get_xydata())[[0, -1]] for line in rules]
        ).reshape(-1, 2, 2)
        across = (ends.min(1) < at[:, None, 2:] - SLACK) & (ends.max(1) > at[:, None, :2] + SLACK)
        found += [
            text.get_text()
            for text, hit in zip(own, across.all(2).any(1), strict=True)
            if hit and text.get_bbox_patch() is None
        ]
    return found


def on_marks(texts: list[Text], box: np.ndarray) -> list[str]:
    """Texts on axes that stand on the middle of a mark."""
    found = []
    for axes, (own, at) in on_axes(texts, box).items():
        marks = [
            np.ma.getdata(one.get_offsets()).reshape(-1, 2)
            for one in axes.collections
            if isinstance(one, PathCollection)
        ]
        points = axes.transData.transform(np.concatenate([np.empty((0, 2)), *marks]))
        inside = (points > at[:, None, :2]) & (points < at[:, None, 2:])
        found += [
            text.get_text() for text, hit in zip(own, inside.all(2).any(1), strict=True) if hit
        ]
    return found


def on_axes(texts: list[Text], box: np.ndarray) -> dict[Axes, tuple[list[Text], np.ndarray]]:
    """The texts that stand among the marks of axes, with their boxes."""
    places = {
        axes: [
            place for place, text in enumerate(texts) if text.axes is axes and text in axes.texts
        ]
        for axes in texts[0].get_figure().axes
    }
    return {
        axes: ([texts[place] for place in own], box[own]) for axes, own in places.items() if own
    }


def bad_links(html: str, ids: frozenset[str]) -> list[str]:
    """Links of an SVG without a row to lead to, or without words."""
    links = list(ElementTree.fromstring(f"<figure>{html}</figure>").iter(f"{SVG}a"))
    assert links
    targets = [(link.get(XLINK) or link.get("href") or "", link) for link in links]
    return [
        target
        for target, link in targets
        if target[:1] != "#"
        or target[1:] not in ids
        or not link.get("aria-label")
        or link.find(f"{SVG}title") is None
    ]


def unlinked(figure: Figure) -> list[str]:
    """Collections of marks in which not every mark is a link."""
    marks = [
        one
        for axes in figure.axes
        for one in axes.collections
        if isinstance(one, PathCollection | PatchCollection | LineCollection)
    ]
    sizes = [
        (one, len(one.get_offsets()) if isinstance(one, PathCollection) else len(one.get_paths()))
        for one in marks
    ]
    return [
        repr(one)
        for one, size in sizes
        if size and not (len(one.get_urls()) == size and all(one.get_urls()))
    ]


WORDS = Form("zh", title="标题", subtitle="副题", source="来源")
FORMS = {
    "screen": (SCREEN, 1.0),
    "phone": (PHONE, 1.0),
    "column": (8.5 / CM / PRINT, PRINT),
}


def test_chart_is_sound(charts, request):
    lang = request.node.callspec.id[-2:]
    for one in charts:
        for form, (width, k) in FORMS.items():
            where = f"{one.chart.name} {form}"
            words = (one.chart.title, one.chart.subtitle, one.chart.source)
            with style.applied(lang):
                layout = getattr(plot, one.chart.kind).layout
                figure = layout(one.chart.frame, Form(lang, width, k, *words))
                texts, box = boxes(figure)
            assert overlaps(texts, box) == [], where
            assert outside(texts, box, figure) == [], where
            assert struck(texts, box) == [], where
            assert on_marks(texts, box) == [], where
            cut = [text.get_text() for text in texts if text.get_text().endswith("…")]
            assert cut == [], where
            assert unlinked(figure) == [], where
            if k == PRINT:
                assert {round(text.get_fontsize(), 2) for text in texts} <= SIZES, where
        assert bad_links(one.html, one.ids) == [], one.chart.name
        require(one.html, one.chart.name, for_page)
        # English pages are about the same plans but speak English
        assert bool(HAN.search(one.chart.alt)) is (lang == "zh"), one.chart.alt


@pytest.mark.parametrize("name", [
    "gap mianyang-14fyp zh", "progress panjin-14fyp en", "comparison health zh",
    "profile nursing_bed_share en", "overview zh",
    "service_coverage en", "data_quality zh",
])  # fmt: skip
def test_two_renderings_are_the_same_bytes(name, page):
    assert page(name).chart()._repr_html_() == page(name).chart()._repr_html_()


@pytest.mark.parametrize(("x", "found"), [(1.0, True), (5.0, False)])
def test_the_check_sees_an_overlap(x, found):
    figure = canvas(WORDS, body=2).figure
    figure.text(1.0 / SCREEN, 0.5, "九年义务教育巩固率")
    figure.text(x / SCREEN, 0.5, "高中阶段毛入学率")
    assert bool(overlaps(*boxes(figure))) is found


def test_the_check_sees_clipping():
    figure = canvas(WORDS, body=2).figure
    figure.text(0.99, 0.5, "超出右边")
    assert outside(*boxes(figure), figure) == ["超出右边"]


@pytest.mark.parametrize(("x", "found"), [(99.0, True), (70.0, False)])
def test_the_check_sees_a_text_on_a_line_and_on_a_mark(x, found):
    drawn = canvas(WORDS, body=2)
    axes = drawn.axes(2, 8)
    axes.set_xlim(50, 150)
    axes.axvline(100)
    axes.scatter([100], [0.5])
    axes.text(x, 0.5, "0.5个百分点", va="center")
    assert bool(struck(*boxes(drawn.figure))) is found
    assert bool(on_marks(*boxes(drawn.figure))) is found


def test_a_target_of_nought_does_not_deny_its_baseline():
    """../shared/drafting/cases, k11: baselines of 3.8 % and 11 per 100,000 against a target
    of 0.
    """
    frame = pd.DataFrame(
        {
            "label": ["Large classes", "Maternal deaths", "Teachers"], "group": "education",
            "nature": "binding", "commitment": "firm",
            "status": ["to_improve", "to_improve", "no_baseline"], "has_number": True,
            "position": float("nan"),
            "baseline_text": ["3.8%", "11/100,000", "—"], "target_text": ["0%", "0/100,000", "9"],
            "step_text": "—", "url": "",
        }
    )  # fmt: skip
    drawn = plot.dumbbell(frame, lang="en")
    texts = [text.get_text() for axes in drawn.axes for text in axes.texts]
    assert [text for text in texts if "baseline" in text] == [
        "baseline 3.8%",
        "baseline 11/100,000",
        "no baseline",
    ]
