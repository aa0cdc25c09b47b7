"""Charts that are higher than a page: drawn in parts that together show every row once."""

from __future__ import annotations

import re
from itertools import chain

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from psanalysis import plot
from psanalysis.errors import ParameterError
from psanalysis.plot.parts import PAGE_CM
from psanalysis.report.html import Chart

ROWS = 60
LONG = pd.DataFrame(
    {
        "label": [f"Indicator {number:02}" for number in range(ROWS)],
        "group": [f"Domain {number // 7}" for number in range(ROWS)],
        "nature": "expected",
        "status": "to_improve",
        "has_number": True,
        "position": [60.0 + number % 40 for number in range(ROWS)],
        "baseline_text": "60",
        "target_text": "100",
        "step_text": "+8",
    }
)
PATHS = pd.DataFrame(
    {
        "panel": [f"City {number // 2:02}" for number in range(24)] + ["Nation"],
        "role": ["baseline", "target"] * 12 + ["target"],
        "year": [2020, 2025] * 12 + [2025],
        "value": [float(number) for number in range(24)] + [9.0],
        "text": [f"{number} beds" for number in range(24)] + ["9 beds"],
        "path": True,
        "national": [False] * 24 + [True],
        "tick_unit": "",
    }
)


FEW = 24
NUMBERS = [float(number) for number in range(1, FEW)] + [5000.0]  # small first, an outlier last
NAMES = [f"Indicator {number:02}" for number in range(FEW)]
# of each chart whose scale follows from its values: a frame, and its rows as it draws them
SCALED = {
    "dumbbell": (LONG.head(FEW).assign(position=NUMBERS), NAMES),
    "levels": (
        pd.DataFrame(
            {
                "label": NAMES,
                "nature": "expected",
                "status": "hold",
                "target": NUMBERS,
                "target_text": "9%",
                "year_text": "2025",
            }
        ),
        NAMES,
    ),
    "pace": (
        pd.DataFrame(
            {
                "label": NAMES,
                "past": NUMBERS,
                "required": 1.0,
                "past_text": "+1",
                "required_text": "+2",
                "verdict": "fast enough",
                "side": [1, -1] * (FEW // 2),
            }
        ),
        NAMES[1::2][::-1] + NAMES[::2],
    ),
    "progress": (
        pd.DataFrame(
            {
                "label": NAMES,
                "made": [number / 10 for number in NUMBERS],
                "due": 60.0,
                "status": "behind",
                "baseline_text": "1",
                "expected_text": "2",
                "current_text": "3",
                "target_text": "4",
            }
        ),
        NAMES,
    ),
    "comparison": (
        pd.DataFrame(
            {
                "label": [name for name in NAMES for _ in range(2)],
                "city": ["Nation", "A"] * FEW,
                "series": [-1, 0] * FEW,
                "position": [at for number in NUMBERS for at in (100.0, number)],
                "signed_text": "9",
                "year": 2025,
                "verdict": "comparable",
            }
        ),
        NAMES,
    ),
    "ambition": (
        pd.DataFrame(
            {
                "label": NAMES,
                "nation": [0.0] * 6 + NUMBERS[6:],
                "peers": float("nan"),
                "target_text": "1",
                "nation_text": "2",
                "peers_text": "3",
            }
        ),
        NAMES[:5:-1],
    ),
    "spread": (
        pd.DataFrame(
            {
                "label": [*NAMES[:12], "Nation"],
                "value": [*NUMBERS[:12], 40.0],
                "text": "9",
                "national": [False] * 12 + [True],
                "highlight": [True] + [False] * 12,
            }
        ),
        NAMES[11::-1],
    ),
    "stacks": (
        pd.DataFrame(
            {"panel": "All", "label": NAMES, "part": "number", "count": [*range(1, FEW), 900]}
        ),
        NAMES,
    ),
}


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text().strip()]


def all_parts(draw, frame: pd.DataFrame, **form) -> list[Figure]:
    first = draw(frame, lang="en", **form)
    return [first, *(draw(frame, lang="en", part=n, **form) for n in range(2, first.parts + 1))]


def height_cm(figure: Figure) -> float:
    return float(figure.get_size_inches()[1]) * 2.54


@pytest.mark.parametrize("width", [8.5, 17])
def test_parts_fit_a_page_and_show_every_row_once_in_its_order(width):
    figures = all_parts(plot.dumbbell, LONG, width_cm=width, source="Source: a plan")
    assert len(figures) > 1
    assert all(height_cm(figure) <= PAGE_CM for figure in figures)
    names = [re.findall(r"Indicator \d+", "\n".join(words(figure))) for figure in figures]
    assert list(chain.from_iterable(names)) == list(LONG["label"])
    assert max(map(len, names)) - min(map(len, names)) <= 1
    for number, figure in enumerate(figures, 1):
        said = " ".join("\n".join(words(figure)).split())
        assert f"Part {number} of {len(figures)}. Source: a plan" in said
        assert said.index("Domain") < said.index("Indicator"), "a part opens with its heading"


def test_a_figure_that_fits_is_whole_and_one_for_a_screen_is_not_divided():
    for figure in (
        plot.dumbbell(LONG.head(5), lang="en", width_cm=8.5),
        plot.dumbbell(LONG, lang="en"),
        plot.dumbbell(LONG, lang="en", width_cm=8.5, height_cm=200),
    ):
        assert figure.parts == 1
        assert not any("Part" in text for text in words(figure))


def test_another_height_gives_other_parts_and_a_single_row_is_drawn_however_high():
    usual, low = (
        plot.dumbbell(LONG, lang="en", width_cm=8.5, height_cm=most).parts for most in (24, 12)
    )
    assert low > usual
    tiny = all_parts(plot.dumbbell, LONG.head(2), width_cm=8.5, height_cm=4, source="word " * 200)
    assert len(tiny) == 2


@pytest.mark.parametrize("asked", [{"part": 0}, {"part": 2}, {"height_cm": 3}, {"height_cm": -1}])
def test_what_cannot_be_is_named(asked):
    with pytest.raises(ParameterError, match=next(iter(asked))):
        plot.dumbbell(LONG.head(3), width_cm=8.5, **asked)
    with pytest.raises(ParameterError, match=r"part: 99 -> 1 to \d"):
        plot.dumbbell(LONG, width_cm=8.5, part=99)


@pytest.mark.parametrize("width", [8.5, 17])
@pytest.mark.parametrize("name", SCALED)
def test_parts_have_one_scale_and_one_order(name, width):
    frame, names = SCALED[name]
    height = {"spread": 5, "comparison": 11, "stacks": 6}.get(name, 9)
    figures = all_parts(getattr(plot, name), frame, width_cm=width, height_cm=height)
    assert len(figures) > 1
    drawn = [re.findall(r"Indicator \d+", "\n".join(words(figure))) for figure in figures]
    assert list(chain.from_iterable(drawn)) == names
    assert max(map(len, drawn)) - min(map(len, drawn)) <= 1
    whole = getattr(plot, name)(frame, lang="en", width_cm=width, height_cm=1000)
    assert whole.parts == 1
    for figure in figures:
        for axes, other in zip(figure.axes, whole.axes, strict=True):
            assert axes.get_xlim() == other.get_xlim()
            assert axes.get_position().intervalx == pytest.approx(other.get_position().intervalx)
            assert list(axes.get_xticks()) == list(other.get_xticks())


def test_small_multiples_of_bars_are_parted_by_their_panels():
    frame = pd.DataFrame(
        {
            "panel": [f"City {n:02}" for n in range(10) for _ in range(8)],
            "label": [f"Domain {n}" for _ in range(10) for n in range(8)],
            "part": "number",
            "count": range(80),
        }
    )
    for width, most in ((8.5, 24), (17, 12)):
        figures = all_parts(plot.stacks, frame, width_cm=width, height_cm=most)
        assert 1 < len(figures) < 10
        assert all(height_cm(figure) <= most for figure in figures)
        panels = [re.findall(r"City \d+", "\n".join(words(figure))) for figure in figures]
        assert list(chain.from_iterable(panels)) == list(frame["panel"].unique())
        axes = [one for figure in figures for one in figure.axes]
        assert (
            len({(round(one.get_xlim()[1], 6), round(one.get_position().width, 6)) for one in axes})
            == 1
        )
        assert all("Domain 7" in "\n".join(words(figure)) for figure in figures)


def test_every_part_knows_what_the_chart_is_about():
    figures = all_parts(plot.spread, SCALED["spread"][0], width_cm=8.5, height_cm=5)
    for figure in figures:
        assert len(figure.axes[0].lines) >= 1, "the nation's line"
        assert any("national target" in text for text in words(figure))
    lit = figures[-1].axes[0].collections[0].get_facecolor()
    grey = figures[0].axes[0].collections[0].get_facecolor()
    assert (grey[0] != lit[-1]).any(), "only the place that the chart is about has its colour"


def test_what_is_one_row_has_one_part_however_high():
    swarm = pd.DataFrame({"label": list("abcdefghijklmnop"), "value": range(16), "text": "9"})
    for draw, frame in (
        (plot.spread, swarm.astype({"value": float})),
        (plot.dumbbell, LONG.head(1)),
        (plot.trajectories, PATHS.tail(1)),
    ):
        figure = draw(frame, lang="en", width_cm=8.5, height_cm=4, source="word " * 400)
        assert figure.parts == 1
        assert not any("Part" in text for text in words(figure))


def test_where_no_target_differs_there_is_nothing_to_draw():
    frame = SCALED["ambition"][0].assign(nation=0.0)
    with pytest.raises(ParameterError, match="no target differs"):
        plot.ambition(frame)


def test_every_part_of_small_multiples_keeps_nation_other_plans_and_scale():
    figures = all_parts(plot.trajectories, PATHS, width_cm=8.5)
    assert len(figures) > 1
    panels = [re.findall(r"City \d+", "\n".join(words(figure))) for figure in figures]
    assert list(chain.from_iterable(panels)) == list(PATHS["panel"].unique()[:-1])
    scales = {axes.get_ylim() for figure in figures for axes in figure.axes}
    assert len(scales) == 1
    for figure in figures:
        assert any("national target 9 beds" in text for text in words(figure))
        assert all(len(axes.collections[0].get_paths()) == 11 for axes in figure.axes)


def test_indicators_that_are_not_compared_make_no_part():
    frame = pd.DataFrame(
        {
            "label": [f"Indicator {number // 4:02}" for number in range(320)],
            "city": ["Nation", "A", "B", "C"] * 80,
            "series": [-1, 0, 1, 2] * 80,
            "position": [100.0, 101.0, 99.0, 98.0] * 80,
            "signed_text": "9",
            "year": 2025,
            "verdict": ["comparable"] * 160 + ["not_comparable"] * 160,
        }
    )
    figures = all_parts(plot.comparison, frame, width_cm=8.5)
    drawn = [re.findall(r"Indicator \d+", "\n".join(words(figure))) for figure in figures]
    assert list(chain.from_iterable(drawn)) == [f"Indicator {number:02}" for number in range(40)]
    assert max(map(len, drawn)) - min(map(len, drawn)) <= 1


def test_a_chart_of_a_page_saves_each_part(tmp_path):
    chart = Chart("dumbbell", LONG, "Title", "", "", "en", "", "gap")
    parts = chart.draw(width_cm=8.5).parts
    files = [chart.save(tmp_path / f"{n}.pdf", width_cm=8.5, part=n) for n in range(1, parts + 1)]
    assert len({file.read_bytes() for file in files}) == parts > 1
