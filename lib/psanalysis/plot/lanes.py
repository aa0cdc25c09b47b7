"""The layout of rows: their heights, the headings of groups, and the width left for the marks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from psanalysis.lines import wrap
from psanalysis.plot.canvas import MARGIN, SMALL, ems
from psanalysis.plot.doubt_sign import with_doubt
from psanalysis.plot.form import Form
from psanalysis.plot.rownames import LABEL_SIZE, ROW, heading_lines, room
from psanalysis.plot.rows import ABOVE, LANE, NAME_LINE, Column, Lanes
from psanalysis.wording import say

HEADING = 0.36
HEADING_LINE, TEXT_LINE = 0.18, 0.158
MISSING = "—"


def lanes(
    form: Form,
    frame: pd.DataFrame,
    columns: Sequence[Column] = (),
    details: Sequence[str] = (),
    row: float = ROW,
    heading: float = HEADING,
    lane: float = LANE,
    beside: bool = False,
) -> Lanes:
    """The rows of a frame with their positions: adds `first`, `y`, `top`, `bottom`, `name_text` and
    `texts`, see `Lanes`.

    Parameters
    ----------
    form
        Narrow or not.
    frame
        label, group, doubted, and the columns that `columns` and `details` name. Rows whose `here`
        is False belong to other parts of the figure: they are not drawn, but their names count in
        the room for names.
    columns
        Texts beside the marks; in a narrow form they stand above them, with their titles.
    details
        Texts that stand above the marks in a narrow form alone, before those of the columns.
    row, heading, lane
        Inches of a row, of the heading of a group, of the marks of a narrow row.
    beside
        Whether names are so short that they stand beside the marks also in a narrow form.
    """
    above = form.narrow and not beside
    every = [
        with_doubt(str(label)) if doubted else str(label)
        for label, doubted in zip(frame["label"], frame["doubted"], strict=True)
    ]
    names = [name for name, here in zip(every, frame["here"], strict=True) if here]
    frame = frame[frame["here"]]
    texts = [""] * len(frame)
    if above:
        inner = form.width - 2 * MARGIN
        names = [wrap(name, ems(inner, LABEL_SIZE), 3, balanced=False) for name in names]
        texts = [
            wrap(words, ems(inner, SMALL), 4, balanced=False)
            for words in _details(frame, columns, details, form.lang)
        ]
        heights = [
            ABOVE + NAME_LINE * _lines(name) + TEXT_LINE * _lines(words) + lane
            for name, words in zip(names, texts, strict=True)
        ]
        inset = [lane / 2] * len(frame)
        left, right = MARGIN, form.width - MARGIN
    else:
        heights = [row] * len(frame)
        inset = [row / 2] * len(frame)
        left = room(every, row)
        right = form.width - sum(column.width for column in columns) - MARGIN
    first = frame["group"].ne(frame["group"].shift())
    opens = first & (frame["group"] != "")
    headings = [
        heading + HEADING_LINE * heading_lines(group, form).count("\n") if shown else 0.0
        for group, shown in zip(frame["group"], opens, strict=True)
    ]
    opened = np.cumsum(headings)
    bottom = np.cumsum(heights) + opened
    placed = frame.assign(
        first=first,
        y=bottom - inset,
        top=bottom - heights,
        bottom=bottom,
        name_text=names,
        texts=texts,
    )
    return Lanes(form, placed, columns, left, right, float(bottom[-1]), above)


def _details(
    frame: pd.DataFrame, columns: Sequence[Column], details: Sequence[str], lang: str
) -> list[str]:
    """The texts above the marks of each row: the columns `details`, then those of `columns`, with
    their titles where they are numbers.
    """
    between = say("punctuation.clause", lang)
    rows = []
    for row in frame.to_dict("records"):
        parts = [str(row[key]) for key in details if row[key]]
        for column in columns:
            text = str(row[column.key])
            # a number needs its title, words do not
            titled = column.title and any(map(str.isdigit, text))
            if text not in ("", MISSING):
                parts.append(
                    say("chart.titled", lang, title=column.title, text=text) if titled else text
                )
        rows.append(between.join(parts))
    return rows


def _lines(words: str) -> int:
    return words.count("\n") + 1 if words else 0
