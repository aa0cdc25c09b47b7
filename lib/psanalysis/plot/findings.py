"""What is odd in the sources: kinds of finding by plan."""

from __future__ import annotations

import pandas as pd
from matplotlib.colors import ListedColormap, to_rgba
from matplotlib.figure import Figure

from psanalysis.plot.canvas import MARGIN, bare, canvas
from psanalysis.plot.rows import fitted, room, row_name
from psanalysis.style import colour

ROW = 0.33
OPACITIES = (0.0, 0.12, 0.2, 0.28, 0.36, 0.44)


def findings(frame: pd.DataFrame, *, title: str, subtitle: str, source: str, lang: str) -> Figure:
    """A row a kind of finding, a column a plan, the number of findings in the cell.

    Parameters
    ----------
    frame
        One row a cell: label, column, count, url. Every label has the same columns in the same order.
    title, subtitle, source
        See `psanalysis.plot.canvas.canvas`.
    lang
        zh or en.
    """
    # seaborn takes a second to import: only where it is used
    import seaborn as sns

    labels, columns = list(frame["label"].unique()), list(frame["column"].unique())
    counts = frame.pivot(index="label", columns="column", values="count").loc[labels, columns]
    urls = (
        frame.pivot(index="label", columns="column", values="url")
        .loc[labels, columns]
        .to_numpy()
        .ravel()
    )
    drawn = canvas(
        title, subtitle, source, body=len(labels) * ROW, axis_room=0.1, key_room=0.0, head_room=0.3
    )
    edge = room(labels)
    axes = drawn.axes(edge, drawn.width - MARGIN)
    shades = ListedColormap([to_rgba(colour("accent"), opacity) for opacity in OPACITIES])
    words = counts.astype("str").where(counts > 0, "·")
    sns.heatmap(counts, ax=axes, cmap=shades, vmin=-0.5, vmax=len(OPACITIES) - 0.5, annot=words, fmt="", cbar=False, linewidths=1.5,
                linecolor=colour("paper"), annot_kws={"fontsize": 9.5, "color": colour("ink")})  # fmt: skip
    bare(axes)
    axes.set_xlabel("")
    axes.set_ylabel("")
    for note, url in zip(axes.texts, urls, strict=True):
        note.set_url(url or None)
    width = (drawn.width - MARGIN - edge) / len(columns)
    for place, name in enumerate(columns):
        drawn.text(
            edge + (place + 0.5) * width,
            drawn.body_top + 0.11,
            name,
            fontsize=9.0,
            color=colour("muted"),
            ha="center",
            va="baseline",
        )
    for place, label in enumerate(labels):
        row_name(drawn, edge, drawn.body_top - (place + 0.5) * ROW, *fitted(label))
    return drawn.figure
