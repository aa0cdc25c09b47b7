"""Contrast, palette under colour-vision deficiencies, and a second sign besides colour
everywhere.
"""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D

from psanalysis import style
from psanalysis.errors import GlyphError
from psanalysis.palette import COLOURS, DARK, custom_properties
from psanalysis.plot.bullet import MARKS as MARKS_OF
from psanalysis.plot.bullet import TONES as TONES_OF
from psanalysis.plot.canvas import canvas
from psanalysis.plot.form import Form
from psanalysis.plot.heatmap import KEYED, STANDINGS
from psanalysis.plot.progress import MARKS, TONES
from psanalysis.plot.rowmarks import NATURE_MARKS
from psanalysis.plot.saving import rendered
from psanalysis.plot.stacks import PARTS
from psanalysis.report.svg import inline_svg
from psanalysis.wording import LANGUAGES, say

MEANINGS = ["accent", "national", "context", "met", "missed", "doubt", "ink"]
DEFICIENCIES = ["deuteranomaly", "protanomaly", "tritanomaly"]
APART = 10.0
PARTS_TOGETHER = [
    ("binding", "expected", "number", "pledge"),
    ("everywhere", "shared", "alone"),
    ("paired", "unpaired", "pledge"),
    ("stated", "implied", "undated"),
]


def luminance(rgb: np.ndarray) -> float:
    """Relative luminance of WCAG 2.2."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on_paper(tone: str, opacity: float = 1.0, palette: dict[str, str] = COLOURS) -> np.ndarray:
    return opacity * np.array(to_rgb(palette[tone])) + (1 - opacity) * np.array(
        to_rgb(palette["paper"])
    )


def seen(tone: str, deficiency: str | None, palette: dict[str, str]) -> np.ndarray:
    """A colour as it is seen; Machado, Oliveira and Fernandes (2009) at full severity."""
    rgb = np.array(to_rgb(palette[tone]))
    if deficiency is None:
        return rgb
    return np.clip(
        cspace_convert(
            rgb, {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}, "sRGB1"
        ),
        0,
        1,
    )


@pytest.mark.parametrize("palette", [COLOURS, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", [name for name in COLOURS if name not in ("grid", "paper")])
def test_text_and_marks_stand_out_from_the_paper(tone, palette):
    # what is drawn in the tone of context is a mark, never text
    assert contrast(on_paper(tone, palette=palette), on_paper("paper", palette=palette)) >= (
        3.0 if tone == "context" else 4.5
    )


@pytest.mark.parametrize("palette", [COLOURS, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("tone", "opacity", "_"), [STANDINGS[name] for name in KEYED])
def test_text_in_cells_is_readable(tone, opacity, _, palette):
    ground = on_paper(tone, opacity, palette)
    assert contrast(on_paper("ink", palette=palette), ground) >= 7
    assert contrast(on_paper("muted", palette=palette), ground) >= 4.5 or STANDINGS["no_national"][
        :2
    ] != (tone, opacity)


@pytest.mark.parametrize("palette", [COLOURS, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("deficiency", [None, *DEFICIENCIES])
def test_meanings_can_be_told_apart(deficiency, palette):
    apart = {
        (one, other): deltaE(
            seen(one, deficiency, palette), seen(other, deficiency, palette), input_space="sRGB1"
        )
        for one, other in combinations(MEANINGS, 2)
    }
    close = {pair: distance for pair, distance in apart.items() if distance < APART}
    assert close == {}


def test_both_palettes_share_their_colours_alike():
    """A drawn colour stands for one custom property, so what is one colour on light ground has to
    be one on dark ground.
    """
    for one, other in combinations(COLOURS, 2):
        assert (COLOURS[one] == COLOURS[other]) is (DARK[one] == DARK[other]), (one, other)


def test_pages_take_their_colours_from_the_palette():
    from psanalysis.site.assets import asset, templates

    own = (templates() / "site.css").read_text(encoding="utf-8")
    paper = own[own.index("@media print") :]
    assert re.findall(rf"--ps-(?:{'|'.join(COLOURS)}):", own.replace(paper, "")) == []
    assert set(re.findall(rf"--ps-({'|'.join(COLOURS)}):", paper)) == {"ink", "muted"}, (
        "print is black on white"
    )
    assert asset("site.css") == custom_properties() + own
    assert all(
        f"--ps-{name}:{value};" in custom_properties()
        for palette in (COLOURS, DARK)
        for name, value in palette.items()
    )


def test_no_two_meanings_have_one_colour():
    for palette in (COLOURS, DARK):
        assert len(set(palette.values())) == len(palette)


def test_no_place_and_no_class_has_a_colour_of_its_own():
    assert set(COLOURS) == {"ink", "muted", "grid", "paper", *MEANINGS}
    assert {tone for tone, _, _ in PARTS.values()} <= {"accent", "paper"}


def test_shape_says_what_colour_says():
    assert len(set(NATURE_MARKS.values())) == len(NATURE_MARKS)
    assert len({(TONES[status], MARKS[status]) for status in TONES}) == len(set(MARKS.values()))
    assert len({(MARKS_OF[verdict], TONES_OF[verdict]) for verdict in MARKS_OF}) == len(MARKS_OF)


@pytest.mark.parametrize("name", COLOURS)
def test_a_grey_is_as_light_as_its_colour(name):
    with style.applied("zh", greyscale=True):
        shade = style.colour(name)
    assert shade[1:3] == shade[3:5] == shade[5:7]
    light = [luminance(np.array(to_rgb(one))) for one in (shade, COLOURS[name])]
    assert light[0] == pytest.approx(light[1], abs=0.01)
    assert style.colour(name) == COLOURS[name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cells_say_in_words_or_signs_what_their_colour_says(lang):
    signs = [
        say(f"standing_sign.{name}", lang) for name in ("above", "equal", "below", "not_comparable")
    ]
    assert len(set(signs)) == 4
    assert all(signs)


@pytest.mark.parametrize("parts", PARTS_TOGETHER)
def test_parts_of_a_bar_differ_in_grey(parts):
    for one, other in combinations(parts, 2):
        (tone, opacity, hatch), (next_tone, next_opacity, next_hatch) = PARTS[one], PARTS[other]
        assert (
            hatch != next_hatch
            or contrast(on_paper(tone, opacity), on_paper(next_tone, next_opacity)) >= 1.5
        ), (one, other)


def test_a_missing_glyph_raises_at_once():
    with pytest.raises(GlyphError, match="U\\+13000"):
        canvas(Form("zh", title="标题 \U00013000"), body=1)


@pytest.mark.parametrize("letters", [True, False])
def test_a_missing_glyph_inside_axes_stops_the_chart(letters):
    with style.applied("zh"):
        figure = canvas(Form("zh", title="标题"), body=1).figure
        figure.add_axes((0.1, 0.3, 0.5, 0.3)).text(0.5, 0.5, "\U00013000")
        with pytest.raises(GlyphError, match=r"13000|77824"):
            rendered(figure, "svg", letters)


@pytest.mark.parametrize("place", ["title", "subtitle", "source", "label", "tick", "legend"])
def test_a_missing_glyph_anywhere_stops_the_chart(place):
    words = {
        name: "\U00013000" if name == place else "字"
        for name in ("title", "subtitle", "source", "label", "tick", "legend")
    }
    with style.applied("zh"), pytest.raises(GlyphError, match=r"13000|77824"):
        _shown(**words)


def _shown(title: str, subtitle: str, source: str, label: str, tick: str, legend: str) -> str:
    form = Form("zh", title=title, subtitle=subtitle, source=source)
    drawn = canvas(form, body=1, key=[Line2D([], [], label=legend)])
    axes = drawn.axes(1, 3)
    axes.set_xlabel(label)
    axes.set_xticks([0.5], [tick])
    return inline_svg(drawn.figure, alt="", marks={}, name="x")


def test_signs_of_reservation_can_be_drawn():
    style.require_glyphs("†‡§¶~▲▼≠≥≤≈−–—")
