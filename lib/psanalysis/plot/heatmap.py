"""Cities by indicator: their targets against the national one, as text and colour."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from psanalysis.lines import width_in_ems, wrap
from psanalysis.plot.canvas import MARGIN, SMALL, Canvas, bare, canvas, ems
from psanalysis.plot.doubt_sign import doubt_key, with_doubt
from psanalysis.plot.form import Form, chart
from psanalysis.plot.lanes import lanes
from psanalysis.plot.matrix import grid, heads
from psanalysis.plot.rownames import HEADING_SIZE, ROW
from psanalysis.plot.rows import Lanes
from psanalysis.style import colour
from psanalysis.wording import say

# colour, opacity and hatching of the ground; the text in a cell says the same
STANDINGS = {
    "above": ("met", 0.28, ""),
    "equal": ("muted", 0.26, ""),
    "same_number": ("missed", 0.10, ""),
    "below": ("missed", 0.34, ""),
    "earlier_year": ("paper", 0.0, ""),
    "no_national": ("paper", 0.0, ""),
    "pledge": ("paper", 0.0, ""),
    "not_comparable": ("paper", 0.0, "////"),
    "no_target": ("paper", 0.0, ""),
    "not_known": ("paper", 0.0, ""),
    "nation": ("paper", 0.0, ""),
}
KEYED = ("above", "equal", "same_number", "below", "not_comparable")
WITHOUT_GROUND = ("earlier_year", "no_national", "no_target", "not_known")
QUIET = ("no_target", "not_known", "no_national", "earlier_year", "nation", "pledge")
CELL = 8.1
# Inches in the narrow form: the line of a place, its box, and the name of an indicator above
LINE, BOX, OVER = 0.22, 0.16, 0.32


@chart("label column standing text")
def heatmap(frame: pd.DataFrame, form: Form) -> Figure:
    """A row an indicator, a column a place; each cell holds the target as stated and its standing
    against the national target.

    Parameters
    ----------
    frame
        One row a cell: label, column (the place), standing (above, equal, same_number, below,
        no_national, pledge, not_comparable, no_target, not_known, nation), text. Every row of the
        chart has the same columns in the same order. It may have group, url, doubted.

    Examples
    --------
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({
    ...     "label": ["Nurses per 1,000 people"] * 2, "column": ["Mianyang", "Nation"],
    ...     "standing": ["above", "nation"], "text": ["▲ ≥4", "≥3.8"],
    ... })
    >>> len(ps.plot.heatmap(frame, lang="en").axes)
    1
    """
    frame = frame.assign(text=frame["text"].where(~frame["doubted"], frame["text"].map(with_doubt)))
    return _listed(frame, form) if form.narrow else _grid(frame, form)


def _grid(frame: pd.DataFrame, form: Form) -> Figure:
    """The wide form: a grid of cells with `text` on a ground by `standing`, in rows by `label` and
    columns by `column`. Reads `group`, `here` and `url` too.
    """
    columns = list(frame["column"].unique())
    # doubt is shown in the cells, not at the names of rows
    rows = frame.drop_duplicates("label").assign(doubted=False)
    width = _column_width(lanes(form, rows), columns)
    texts = {
        text: "\n".join(_narrowed(line, ems(width - 0.1, CELL)) for line in text.split("\n"))
        for text in set(frame["text"])
    }
    # rows are as high as the cell with most lines
    row = max(ROW, 0.13 + 0.125 * max(text.count("\n") + 1 for text in texts.values()))
    placed = lanes(form, rows, row=row)
    cells = frame.merge(placed.rows[["label", "y"]], on="label").assign(
        place=lambda cells: cells["column"].map(columns.index),
        words=lambda cells: cells["text"].map(texts),
    )
    shown = heads(placed, columns)
    key = [*_key(cells, form.lang), *doubt_key(cells, form.lang)]
    drawn = placed.canvas(key, more=shown.room)
    axes = grid(drawn, placed, shown)
    for standing, own in cells.groupby("standing", sort=False):
        boxes = [
            Rectangle((place + 0.03, y - row / 2 + 0.02), 0.94, row - 0.04)
            for place, y in zip(own["place"], own["y"], strict=True)
        ]
        _boxes(axes, boxes, str(standing), list(own["url"]))
    for cell in cells.itertuples():
        _cell_text(axes, cell, (cell.place + 0.5, cell.y), cell.words, form)
    return drawn.figure


def _narrowed(line: str, room: float) -> str:
    """A line of a cell, broken to fit; a word wider than the cell breaks at its hyphen."""
    hyphened = " ".join(
        word.replace("-", "- ") if width_in_ems(word) > room else word for word in line.split(" ")
    )
    return wrap(hyphened, room, 4)


def _column_width(placed: Lanes, columns: list[str]) -> float:
    return (placed.right - placed.left) / len(columns)


def _cell_text(axes: Axes, cell, at: tuple[float, float], words: str, form: Form) -> None:  # type: ignore[no-untyped-def]
    paper = {"boxstyle": "square,pad=0.12", "fc": colour("paper"), "ec": "none"}
    note = axes.text(
        *at,
        words,
        fontsize=CELL * form.k,
        ha="center",
        va="center",
        color=colour("muted" if cell.standing in QUIET else "ink"),
        linespacing=1.05,
        bbox=paper if cell.standing == "not_comparable" else None,
    )
    note.set_url(cell.url or None)


def _boxes(axes: Axes, boxes: list[Rectangle], standing: str, urls: list[str]) -> None:
    tone, alpha, hatch = STANDINGS[standing]
    if standing not in KEYED or not boxes:
        return
    ground = PatchCollection(
        boxes,
        facecolor=colour(tone),
        alpha=alpha or None,
        hatch=hatch or None,
        linewidths=0,
        edgecolor=colour("muted"),
    )
    ground.set_urls([url or None for url in urls])
    axes.add_collection(ground, autolim=False)


def _listed(frame: pd.DataFrame, form: Form) -> Figure:
    """The narrow form: under each `label` a line for each `column` that has a target. Reads
    `standing`, `text`, `here`, `doubted` and `url`; adds `y` and `top` (inches).
    """
    told = frame[frame["here"] & ~frame["standing"].isin(["no_target", "not_known"])]
    first = told["label"].ne(told["label"].shift())
    inner = form.width - 2 * MARGIN
    names = {label: wrap(label, ems(inner, HEADING_SIZE), 3) for label in told["label"].unique()}
    over = [
        OVER + 0.165 * names[label].count("\n") if opens else 0.0
        for label, opens in zip(told["label"], first, strict=True)
    ]
    bottom = pd.Series(over, index=told.index).cumsum() + LINE * pd.Series(
        range(1, len(told) + 1), index=told.index
    )
    placed = told.assign(y=bottom - LINE / 2, top=bottom - LINE)
    body = float(bottom.iloc[-1]) + 0.05
    key = [*_key(told, form.lang), *doubt_key(told, form.lang)]
    drawn = canvas(form, body, key=key)
    axes = drawn.axes(MARGIN, form.width - MARGIN)
    bare(axes)
    axes.set_ylim(body, 0)
    axes.set_xlim(0, inner)
    for item in placed[first].itertuples():
        drawn.text(
            MARGIN,
            drawn.body_top - item.top + 0.05,
            names[item.label],
            fontsize=HEADING_SIZE,
            va="bottom",
            linespacing=1.1,
        )
    for standing, own in placed.groupby("standing", sort=False):
        boxes = [Rectangle((0.0, y - BOX / 2), BOX, BOX) for y in own["y"]]
        _boxes(axes, boxes, str(standing), list(own["url"]))
    _lines_of_places(drawn, placed)
    return drawn.figure


def _lines_of_places(drawn: Canvas, placed: pd.DataFrame) -> None:
    """The lines of the narrow form: `column` on the left, `text` on the right, at `y` (inches);
    reads `url` too.
    """
    inner = ems(drawn.width - 2 * MARGIN - BOX - 0.2, SMALL)
    for cell in placed.itertuples():
        y = drawn.body_top - cell.y
        name = wrap(str(cell.column), inner / 2, 1)
        drawn.text(MARGIN + BOX + 0.08, y, name, fontsize=SMALL, va="center")
        words = wrap(" ".join(str(cell.text).split("\n")), inner - width_in_ems(name), 1)
        note = drawn.text(drawn.width - MARGIN, y, words, fontsize=SMALL, va="center", ha="right")
        note.set_url(cell.url or None)


def _key(cells: pd.DataFrame, lang: str) -> list[Patch | Line2D]:
    """Legend of the values of `standing` that occur."""
    there = set(cells["standing"])
    entries: list[Patch | Line2D] = []
    for name in KEYED:
        if name in there:
            tone, alpha, hatch = STANDINGS[name]
            face = (colour(tone), alpha) if alpha else colour(tone)
            entries.append(
                Patch(
                    facecolor=face,
                    hatch=hatch,
                    edgecolor=colour("muted"),
                    lw=0.5,
                    label=say(f"standing.{name}", lang),
                )
            )
    return entries + [
        Line2D([], [], ls="", label=say(f"standing.{name}", lang))
        for name in WITHOUT_GROUND
        if name in there
    ]
