"""One indicator in every plan: small multiples on one time axis, each from the past that the plan
states to its horizon.
"""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from psanalysis.lines import wrap
from psanalysis.plot.canvas import MARGIN, canvas, ems
from psanalysis.plot.doubt_sign import doubt_key, with_doubt
from psanalysis.plot.form import Form, chart
from psanalysis.plot.panel import PANEL, Ways, draw_panel, draw_pledges, panel_axes
from psanalysis.plot.parts import Rows
from psanalysis.plot.rownames import HEADING_SIZE
from psanalysis.style import colour
from psanalysis.wording import say

HEAD, TICKS, GAP = 0.34, 0.3, 0.3
SCALE, CLOSE = 0.55, 2


@chart(
    "panel role year value text path national tick_unit",
    rows=Rows(("panel",), context="national"),
)
def trajectories(frame: pd.DataFrame, form: Form) -> Figure:
    """A panel a plan: its own way in colour, those of the others in grey, the national target as a
    line up to its year.

    Parameters
    ----------
    frame
        One row a statement: panel, role (baseline, target, reference), year, value (missing for a
        pledge), text, path (belongs to the line of its panel), national (the national target),
        tick_unit (what follows the numbers of the scale). National rows have no panel of their own
        unless they are the only ones. It may have url, doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "panel": ["Mianyang"] * 2, "role": ["baseline", "target"], "year": [2020, 2025],
    ...     "value": [2.96, 3.2], "text": ["2.96", "≥3.2"], "path": [True, True],
    ...     "national": [False, False], "tick_unit": ["", ""],
    ... })
    >>> len(ps.plot.trajectories(frame, lang="en").axes)
    1
    """
    frame = frame.assign(
        text=frame["text"].where(~frame["doubted"], frame["text"].map(with_doubt)),
        url=frame["url"].where(frame["url"] != "", None),
    )
    shown = frame[frame["value"].isna() | frame["year"].notna()]
    own = ~shown["national"] & shown["here"]
    panels = list(shown.loc[own, "panel"].unique()) or list(frame["panel"].unique())
    # four panels in one line look better than three over one
    columns = 1 if form.narrow else len(panels) if len(panels) <= 4 else 3
    lines = math.ceil(len(panels) / columns)
    dated = frame[frame["value"].notna() & frame["year"].notna()]
    body = lines * (HEAD + PANEL + TICKS) + (lines - 1) * 0.1
    key = [*_key(dated, form.lang), *doubt_key(frame, form.lang)]
    drawn = canvas(form, body, key=key)
    years = (
        (int(frame["year"].min()), int(frame["year"].max()))
        if frame["year"].notna().any()
        else (2020, 2025)
    )
    years = (years[0], years[1]) if years[1] - years[0] >= 4 else (years[1] - 5, years[1])
    scale, ways = _scale(dated["value"]), Ways.of(dated)
    width = min((drawn.width - 2 * MARGIN - SCALE - (columns - 1) * GAP) / columns, 4.0)
    for place, panel in enumerate(panels):
        left = MARGIN + SCALE + (place % columns) * (width + GAP)
        top = drawn.body_top - (place // columns) * (HEAD + PANEL + TICKS + 0.1) - HEAD
        drawn.text(
            left,
            top + 0.1,
            wrap(panel, ems(width, HEADING_SIZE), 1),
            fontsize=HEADING_SIZE,
            va="bottom",
        )
        axes = panel_axes(
            drawn,
            (left, left + width, top),
            years,
            scale,
            str(frame["tick_unit"].iloc[0]),
            numbered=place % columns == 0,
        )
        axes.set_xticks(
            _ticks(
                frame[
                    (frame["panel"] == panel)
                    & frame["year"].notna()
                    & (frame["path"] | frame["value"].isna())
                ]["year"]
            )
        )
        draw_panel(axes, ways, panel)
        draw_pledges(axes, frame[(frame["panel"] == panel) & frame["value"].isna()])
    return drawn.figure


def _ticks(years: pd.Series) -> list[int]:
    """The years of a panel's own points; of years too close to print both, the later one."""
    kept: list[int] = []
    for year in sorted({int(year) for year in years}, reverse=True):
        if not kept or kept[-1] - year >= CLOSE:
            kept.append(year)
    return kept


def _scale(values: pd.Series) -> tuple[float, float, list[float]] | None:
    """Limits and ticks of the values; where all are equal, the value is the only tick."""
    if values.empty:
        return None
    low, high = float(values.min()), float(values.max())
    if low == high:
        pad = 0.1 * abs(high) or 1.0
        return low - pad, high + pad, [high]
    pad = 0.36 * (high - low)
    floor = max(low - pad, 0.0 if low >= 0 else -math.inf)
    ticks = MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(low - pad, high + pad)
    return low - pad, high + pad, [float(tick) for tick in ticks if floor <= tick <= high + pad]


def _key(dated: pd.DataFrame, lang: str) -> list[Line2D]:
    """Legend of the marks that occur; reads `role`, `path`, `national`, `panel`, `year`
    and `text`.
    """
    entries = []
    if (dated["path"] & (dated["role"] == "baseline")).any():
        entries.append(
            Line2D(
                [],
                [],
                marker="o",
                ls="",
                mfc=colour("paper"),
                mec=colour("accent"),
                mew=1.6,
                label=say("chart.key_stated_past", lang),
            )
        )
    if (~dated["national"] & dated["path"] & (dated["role"] == "target")).any():
        entries.append(
            Line2D(
                [],
                [],
                marker="o",
                ls="",
                color=colour("accent"),
                label=say("chart.key_target", lang),
            )
        )
    if (~dated["path"] & ~dated["national"]).any():
        entries.append(
            Line2D(
                [],
                [],
                marker="D",
                ls="",
                ms=5,
                mfc=colour("paper"),
                mec=colour("muted"),
                label=say("chart.key_also", lang),
            )
        )
    if dated.loc[~dated["national"] & dated["path"], "panel"].nunique() > 1:
        entries.append(
            Line2D(
                [],
                [],
                lw=1.2,
                color=colour("context"),
                marker="o",
                ms=3.5,
                label=say("chart.key_others", lang),
            )
        )
    national = dated[dated["national"]].sort_values("year", kind="stable")
    if len(national):
        values = list(national["text"])
        if len(values) > 1:
            values = [
                say("chart.national_by", lang, value=text, year=int(year))
                for text, year in zip(values, national["year"], strict=True)
            ]
        label = say("chart.national_is", lang, value=say("punctuation.item", lang).join(values))
        entries.append(
            Line2D([], [], lw=1.2, ls=(0, (4, 2)), color=colour("national"), label=label)
        )
    return entries
