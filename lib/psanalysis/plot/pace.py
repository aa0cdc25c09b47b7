"""How fast an indicator moved before the plan, against how fast the plan needs it to move."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.plot.breaks import break_marks, cut
from psanalysis.plot.dumbbell import hollow
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.parts import Rows
from psanalysis.plot.rowmarks import beside, dots, doubts, limits, points, stems
from psanalysis.plot.rows import Column
from psanalysis.style import colour
from psanalysis.wording import say

VERDICT = 1.45


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows as `pace` draws them, in the direction of their target: first what has to speed up
    most.

    Examples
    --------
    >>> steps = {"label": ["a", "b"], "past": [2.0, -3.0], "required": [1.0, -4.0], "side": [1, -1]}
    >>> in_order(pd.DataFrame(steps))[["label", "past", "required"]].values.tolist()
    [['b', 3.0, 4.0], ['a', 2.0, 1.0]]
    """
    turned = frame["side"].where(frame["side"] != 0, 1)
    moved = frame.assign(past=frame["past"] * turned, required=frame["required"] * turned)
    ahead_by = (moved["past"] - moved["required"]).astype("float64")
    return moved.loc[ahead_by.sort_values(kind="stable", na_position="last").index]


@chart("label past required past_text required_text verdict", rows=Rows(drawn=in_order), side=1)
def pace(frame: pd.DataFrame, form: Form) -> Figure:
    """Past and required yearly change a row, as a percentage of the value at the start of the plan.

    Right is towards the target. The rows that have to speed up most come first.

    Parameters
    ----------
    frame
        One row an indicator: label, past, required (% of the baseline a year; missing where the
        plan asks for nothing), past_text, required_text (the steps in their own unit), verdict. It
        may have side (-1 where less is better: its steps are turned round), url, doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Nurses per 1,000 people"], "past": [2.1], "required": [3.4],
    ...     "past_text": ["+0.06"], "required_text": ["+0.1"], "verdict": ["must speed up"],
    ... })
    >>> len(ps.plot.pace(frame, lang="en").axes)
    1
    """
    moved = in_order(frame).reset_index(drop=True).assign(group="")
    moved["steps"] = [
        say(
            "chart.past_alone" if pd.isna(row.required) else "chart.past_and_required",
            form.lang,
            past=row.past_text,
            required=row.required_text,
        )
        for row in moved.itertuples()
    ]
    columns = [Column("verdict", say("column.status", form.lang), VERDICT)]
    placed = lanes(form, moved, columns, details=("steps",))
    rows = placed.rows
    both = cut(pd.concat([moved["past"], moved["required"]], keys=["past", "required"]))
    past, required = both["past"], both["required"]
    asked = required.notna()
    ahead = ~asked | (past > required)
    marks = [(0.0, 0.0, 0.0)]
    for row, one, other, first in zip(moved.itertuples(), past, required, ahead, strict=True):
        one_room, other_room = points(row.past_text), points(row.required_text)
        if form.narrow:
            one_room = other_room = 0.0
        marks.append((one, 0.0, one_room) if first else (one, one_room, 0.0))
        if pd.notna(other):
            marks.append((other, other_room, 0.0) if first else (other, 0.0, other_room))
    past, required, asked, ahead = (each[rows.index] for each in (past, required, asked, ahead))
    keyed = [hollow("muted", say("chart.key_past", form.lang))]
    if asked.any():
        required_words = say("chart.key_required", form.lang)
        keyed.append(
            Line2D([], [], marker="D", ls="", color=colour("accent"), label=required_words)
        )
    drawn = placed.canvas(keyed, say("chart.pace_scale", form.lang))
    low, high = limits(placed, marks)
    axes = placed.ground(drawn, low, high)
    axes.xaxis.set_major_formatter(
        lambda value, _: f"{value:g}%".replace("-", "−") if value else "0"
    )
    placed.across(axes, [0.0], "muted")
    own = rows[asked]
    stems(axes, own, past[asked], required[asked], ["muted"] * len(own), "solid", width=1.4)
    dots(axes, rows, past, ["muted"] * len(rows), hollow=True)
    dots(axes, own, required[asked], ["accent"] * len(own), marker="D", size=40)
    break_marks(axes, rows, past, rows["past"])
    break_marks(axes, rows, required, rows["required"])
    doubts(axes, rows, required.where(asked, past))
    if not form.narrow:
        beside(axes, rows, past, rows["past_text"], ahead, tone="muted")
        beside(axes, own, required[asked], own["required_text"], ~ahead[asked])
    return drawn.figure
