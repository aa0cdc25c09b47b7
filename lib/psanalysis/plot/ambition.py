"""Where a city asks for more or less than the nation and the other cities."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from psanalysis.errors import ParameterError
from psanalysis.plot.breaks import break_marks, cut
from psanalysis.plot.dumbbell import hollow
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.parts import Rows
from psanalysis.plot.rowmarks import beside, dots, doubts, limits, points, stems
from psanalysis.plot.rows import Column
from psanalysis.style import colour
from psanalysis.wording import say

WIDTHS = {"target_text": 0.85, "nation_text": 0.85, "peers_text": 1.2}
UP, DOWN = "^", "v"


def differing(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that `ambition` draws: those whose `nation` or `peers` (%) is not 0, the most
    demanding first.

    Examples
    --------
    >>> differing(pd.DataFrame({"nation": [0.0, -5.0, 8.0],
    ...     "peers": [None, 2.0, 0.0]}))["nation"].tolist()
    [8.0, -5.0]
    """
    apart = frame[frame["nation"].fillna(0.0).ne(0) | frame["peers"].fillna(0.0).ne(0)]
    most = apart["nation"].where(apart["nation"].fillna(0.0).ne(0), apart["peers"])
    return apart.loc[most.astype("float64").sort_values(ascending=False, kind="stable").index]


@chart(
    "label nation peers target_text nation_text peers_text",
    rows=Rows(drawn=differing),
    nation_difference_text="",
    peers_difference_text="",
)
def ambition(frame: pd.DataFrame, form: Form) -> Figure:
    """Distance of each target from the national one and from the other cities'; right is more
    demanding.

    Targets that differ from neither are left out; the others are sorted, the most demanding first.
    An outlier is drawn up to a break.

    Parameters
    ----------
    frame
        One row a target: label, nation, peers (% by which it is more demanding than the national
        target and than the median of the other cities; missing where not comparable), target_text,
        nation_text, peers_text. It may have nation_difference_text, peers_difference_text (the
        distances in the indicator's unit), url, doubted.

    Raises
    ------
    ParameterError
        If no target differs.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Years of schooling"], "nation": [10.6], "peers": [4.2],
    ...     "target_text": ["12.5"], "nation_text": ["11.3"], "peers_text": ["12"],
    ...     "nation_difference_text": ["+1.2 years"], "peers_difference_text": ["+0.5 years"],
    ... })
    >>> len(ps.plot.ambition(frame, lang="en").axes)
    1
    """
    shown = differing(frame.assign(group=""))
    if shown.empty:
        raise ParameterError(
            "plot.ambition: no target differs from the nation's or the others' -> show a sentence "
            "instead"
        )
    titles = {key: say(f"chart.ambition_{key}", form.lang) for key in WIDTHS}
    present = [key for key in WIDTHS if _says(shown[key])]
    columns = [Column(key, titles[key], WIDTHS[key]) for key in present]
    shown = shown.reset_index(drop=True)
    placed = lanes(form, shown, columns)
    rows = placed.rows
    both = cut(pd.concat([shown["nation"], shown["peers"]], keys=["nation", "peers"]))
    drawn = placed.canvas(_key(rows, form.lang), say("chart.ambition_scale", form.lang))
    low, high = limits(placed, _marks(shown, both["nation"], both["peers"]))
    nation, peers = both["nation"][rows.index], both["peers"][rows.index]
    axes = placed.ground(drawn, low, high)
    placed.across(axes, [0.0], "muted")
    axes.xaxis.set_major_formatter(
        lambda value, _: f"{value:+.0f}%".replace("-", "−") if value else "0"
    )
    _peers(axes, rows, nation, peers)
    _nation(axes, rows, nation)
    break_marks(axes, rows, nation, rows["nation"])
    # one break where both values are cut on the same side
    broken = nation.ne(rows["nation"]) & nation.notna() & (nation * peers > 0)
    break_marks(axes, rows, peers.mask(broken), rows["peers"].mask(broken))
    doubts(axes, rows, nation.where(nation.notna(), peers))
    return drawn.figure


def _says(texts: pd.Series) -> bool:
    return bool(texts.isin(["", "—"]).eq(False).any())


def _ends(rows: pd.DataFrame, nation: pd.Series, peers: pd.Series) -> list[tuple[float, str]]:
    """Position on the scale (%) and text of each row: the distance to the national target where
    there is one, else that to the other cities. Reads `nation_difference_text` and
    `peers_difference_text`.
    """
    by_nation = nation.notna() & nation.ne(0)
    return [
        (at, row.nation_difference_text) if own else (other, row.peers_difference_text)
        for at, other, own, row in zip(nation, peers, by_nation, rows.itertuples(), strict=True)
    ]


def _marks(
    rows: pd.DataFrame, nation: pd.Series, peers: pd.Series
) -> list[tuple[float, float, float]]:
    """What has to fit on the scale: positions (%) with the points that text takes on the left and
    on the right. Reads the columns of `_ends`.
    """
    marks = [(0.0, 0.0, 0.0)]
    for at, words in _ends(rows, nation, peers):
        room = points(words)
        marks.append((at, 0.0, room) if at > 0 else (at, room, 0.0))
    return marks + [(at, 0.0, 0.0) for at in peers.dropna()]


def _nation(axes: Axes, rows: pd.DataFrame, nation: pd.Series) -> None:
    """The distance of each row to the national target: a stem, a mark, and `nation_difference_text`
    beside it. Reads `y` and `url` too.
    """
    for side, marker, tone in ((1, UP, "met"), (-1, DOWN, "missed")):
        there = nation.notna() & ((nation > 0) if side > 0 else (nation < 0))
        own = rows[there]
        stems(axes, own, [0.0] * len(own), nation[there], [tone] * len(own), "solid")
        dots(axes, own, nation[there], [tone] * len(own), marker=marker, size=48)
        words = own["nation_difference_text"]
        beside(axes, own, nation[there], words, [side > 0] * len(own))
    same = rows[nation.eq(0)]
    dots(axes, same, [0.0] * len(same), ["muted"] * len(same), marker="o", size=34)


def _peers(axes: Axes, rows: pd.DataFrame, nation: pd.Series, peers: pd.Series) -> None:
    """A diamond at the distance of each row to the other cities' median, with
    `peers_difference_text` where the national target has no text. Reads `y` and `url` too.
    """
    own = rows[peers.notna()]
    at = peers[peers.notna()]
    dots(axes, own, at, ["muted"] * len(own), marker="D", hollow=True, size=30)
    alone = peers.notna() & peers.ne(0) & (nation.isna() | nation.eq(0))
    rest, where = rows[alone], peers[alone]
    beside(axes, rest, where, rest["peers_difference_text"], where > 0, tone="muted")


def _key(rows: pd.DataFrame, lang: str) -> list[Artist]:
    """Legend of the marks that occur; reads `nation` and `peers`."""
    entries: list[Artist] = []
    for marker, tone, name, occurs in (
        (UP, "met", "above_nation", (rows["nation"] > 0).any()),
        ("o", "muted", "equal_nation", rows["nation"].eq(0).any()),
        (DOWN, "missed", "below_nation", (rows["nation"] < 0).any()),
    ):
        if occurs:
            label = say(f"chart.key_{name}", lang)
            entries.append(Line2D([], [], marker=marker, ls="", color=colour(tone), label=label))
    if rows["peers"].notna().any():
        entries.append(hollow("muted", say("chart.key_against_peers", lang), marker="D"))
    return entries
