"""Outcomes of targets: the target, the last value in or before its year, and the verdict."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from psanalysis.plot.dumbbell import hollow
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.rowmarks import dots, doubts, stems
from psanalysis.plot.rows import Column
from psanalysis.plot.scales import positions
from psanalysis.style import colour
from psanalysis.wording import say

TARGET, VALUE, VERDICT = 1.3, 1.3, 0.95
MARKS = {"met": "o", "missed": "X", "cannot_tell": "D", "not_due": "D"}
TONES = {"met": "met", "missed": "missed", "cannot_tell": "muted", "not_due": "accent"}
BAND = 0.24


@chart(
    "label target target_text value value_text verdict verdict_text",
    baseline=float("nan"),
    context=float("nan"),
    side=1,
)
def bullet(frame: pd.DataFrame, form: Form) -> Figure:
    """A row a target on a scale of its own: the shaded part meets the target, the mark is what was
    reached.

    Right is more demanding. Rows without a value show the target alone.

    Parameters
    ----------
    frame
        One row a target: label, target (missing for a pledge), target_text (with its sign and
        year), value (the last one known, in the unit of the target; missing where there is none),
        value_text (with its year), verdict (met, missed, cannot_tell, not_due, pledge, no_value),
        verdict_text (the verdict in words). It may have baseline, context (the value of the place
        around, such as the province), side (-1 where at most the target is wanted), group, url,
        doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Life expectancy"], "target": [78.3], "target_text": ["78.3 (2025)"],
    ...     "value": [78.6], "value_text": ["78.6 (2023)"], "verdict": ["met"],
    ...     "verdict_text": ["met"],
    ... })
    >>> len(ps.plot.bullet(frame, lang="en", width_cm=17).axes)
    1
    """
    columns = [
        Column("target_text", say("chart.bullet_target", form.lang), TARGET),
        Column("value_text", say("chart.bullet_value", form.lang), VALUE),
        Column("verdict_text", say("chart.bullet_verdict", form.lang), VERDICT),
    ]
    placed = lanes(form, frame, columns)
    rows = placed.rows
    at = positions(rows, ("target", "value", "baseline", "context"))
    drawn = placed.canvas(_key(rows, form.lang))
    axes = placed.axes(drawn)
    _bands(axes, rows, at["target"])
    moved = at["baseline"].notna() & at["value"].notna()
    way = rows[moved]
    tones = [TONES.get(verdict, "muted") for verdict in way["verdict"]]
    stems(axes, way, at["baseline"][moved], at["value"][moved], tones, "solid", width=2.0)
    based = at["baseline"].notna()
    dots(
        axes, rows[based], at["baseline"][based], ["muted"] * int(based.sum()), hollow=True, size=26
    )
    aimed = at["target"].notna()
    dots(axes, rows[aimed], at["target"][aimed], ["ink"] * int(aimed.sum()), marker="|", size=190)
    around = at["context"].notna()
    dots(
        axes,
        rows[around],
        at["context"][around],
        ["muted"] * int(around.sum()),
        marker="_",
        size=150,
    )
    known = rows[at["value"].notna()]
    for verdict, own in known.groupby("verdict", sort=False):
        tone, marker = TONES.get(str(verdict), "muted"), MARKS.get(str(verdict), "D")
        dots(axes, own, at["value"][own.index], [tone] * len(own), marker=marker, size=52)
    doubts(axes, rows, at["value"].where(at["value"].notna(), at["target"]))
    return drawn.figure


def _bands(axes: Axes, rows: pd.DataFrame, target: pd.Series) -> None:
    """A light band over the whole scale, and a darker one over what meets the target (0 to 1, as in
    `positions`). Reads `y` (inches) and `url`.
    """
    for start, opacity in (
        (pd.Series(0.0, index=rows.index), 0.10),
        (target, 0.22),
    ):
        own = start.notna() & target.notna()
        boxes = [
            Rectangle((x, y - BAND / 2), 1.0 - x, BAND)
            for x, y in zip(start[own], rows.loc[own, "y"], strict=True)
        ]
        if boxes:
            band = PatchCollection(boxes, facecolor=colour("muted"), alpha=opacity, linewidths=0)
            band.set_urls([url or None for url in rows.loc[own, "url"]])
            axes.add_collection(band, autolim=False)


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the marks that occur; reads `target`, `baseline`, `context`, `value`
    and `verdict`.
    """
    entries: list[Artist] = []
    if rows["target"].notna().any():
        words = say("chart.key_bullet_target", lang)
        entries += [
            Line2D([], [], marker="|", ms=12, mew=1.6, ls="", color=colour("ink"), label=words),
            Patch(
                facecolor=(colour("muted"), 0.3),
                label=say("chart.key_bullet_band", lang),
            ),
        ]
    if rows["baseline"].notna().any():
        entries.append(hollow("muted", say("chart.key_baseline", lang)))
    if rows["context"].notna().any():
        words = say("chart.key_bullet_context", lang)
        entries.append(
            Line2D([], [], marker="_", ms=11, mew=1.6, ls="", color=colour("muted"), label=words)
        )
    known = set(rows.loc[rows["value"].notna(), "verdict"])
    return entries + [
        Line2D(
            [],
            [],
            marker=MARKS[verdict],
            ls="",
            color=colour(TONES[verdict]),
            label=say(f"chart.key_bullet_{verdict}", lang),
        )
        for verdict in MARKS
        if verdict in known
    ]
