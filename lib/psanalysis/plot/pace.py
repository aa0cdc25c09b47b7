"""How fast an indicator moved before the plan, against how fast the plan needs it to move."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.canvas import MARGIN, canvas
from psanalysis.plot.rows import beside, column, depth, dots, ground, head, placed, room, stems
from psanalysis.style import colour
from psanalysis.wording import say

VERDICT = 1.9


def pace(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """Past and required yearly change a row, as a percentage of the value at the start of the plan.

    Parameters
    ----------
    frame
        label, group (heading), past, required (% of the baseline a year; missing where the plan asks for nothing), past_text,
        required_text (the steps in their own unit), verdict, url.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    drawn = canvas(title, subtitle, source, body=depth(frame), head_room=0.3)
    rows = placed(frame)
    labels = room(rows["label"], rows["group"])
    both = pd.concat([rows["past"], rows["required"], pd.Series([0.0])])
    span = both.max() - both.min()
    axes = ground(drawn, labels, drawn.width - VERDICT, both.min() - 0.3 * span, both.max() + 0.3 * span, say("chart.pace_scale", lang),
                  floor=0 if both.min() >= 0 else None)  # fmt: skip
    axes.xaxis.set_major_formatter(
        lambda value, _: f"{value:g}%".replace("-", "−") if value else "0"
    )
    axes.axvline(0, color=colour("muted"), lw=1.0, zorder=1)
    head(drawn, rows, labels)
    column(
        drawn, rows, drawn.width - MARGIN, "verdict", say("column.status", lang), VERDICT - MARGIN
    )
    asked = rows[rows["required"].notna()]
    stems(axes, asked, asked["past"], asked["required"], ["muted"] * len(asked), "solid", width=1.4)
    dots(axes, rows, rows["past"], ["muted"] * len(rows), hollow=True)
    dots(axes, asked, asked["required"], ["accent"] * len(asked), marker="D", size=40)
    ahead = rows["required"].isna() | (rows["past"] > rows["required"])
    beside(axes, rows, rows["past"], rows["past_text"], ahead, tone="muted")
    beside(axes, asked, asked["required"], asked["required_text"], ~ahead[asked.index])
    entries = [
        Line2D(
            [],
            [],
            marker="o",
            ls="",
            mfc=colour("paper"),
            mec=colour("muted"),
            mew=1.5,
            label=say("chart.key_past", lang),
        )
    ]
    if len(asked):
        entries.append(
            Line2D(
                [],
                [],
                marker="D",
                ls="",
                color=colour("accent"),
                label=say("chart.key_required", lang),
            )
        )
    drawn.key(entries)
    return drawn.figure
