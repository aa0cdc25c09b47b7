"""The distribution of the places' targets on one indicator, once there are more than a reader can
take in one by one.
"""

from __future__ import annotations

import pandas as pd

from psanalysis.formatting import in_plain_units, quantity, with_unit
from psanalysis.measures.ranks import LEAST_RANKED
from psanalysis.report.comparisons import beside_each_other
from psanalysis.report.frames import documents
from psanalysis.report.html import Chart, Html
from psanalysis.report.page import Page


def of_one_year(targets: pd.DataFrame) -> pd.DataFrame:
    """The targets that may stand side by side for the year that most places have one for (the
    latest of several), the nation's among them.

    Parameters
    ----------
    targets
        As from `comparison_frame`, of one indicator.
    """
    beside = beside_each_other(targets)
    if beside.empty:
        return beside
    places = beside[~beside["is_reference"].astype(bool)].groupby("year")["place"].nunique()
    year = places[places == places.max()].index.max()
    return beside[beside["year"] == year]


def spread_chart(page: Page, targets: pd.DataFrame, unit: str) -> Chart | Html:
    """A line a place, or of many places a swarm over their quartiles; nothing for fewer than are
    ranked, or where all ask for the same.

    Parameters
    ----------
    page, targets
        The page of the indicator, and its targets as from `comparison_frame`.
    unit
        The name of the unit of its numbers.
    """
    rows = of_one_year(targets)
    own = rows[~rows["is_reference"].astype(bool)] if len(rows) else rows
    if len(rows) == 0 or own["place"].nunique() < LEAST_RANKED or own["value"].nunique() < 2:
        return Html("")
    values, shown = zip(
        *(in_plain_units(value, unit, page.lang) for value in rows["value"]), strict=True
    )
    bare = with_unit("1", shown[0], page.lang) == "1"
    name = rows["name"].iloc[0]
    frame = pd.DataFrame({
        "label": rows["city"], "value": values, "text": rows["value_text"], "url": rows["url"],
        "national": rows["is_reference"].astype(bool), "side": rows["side"],
        "scale": name if bare else page.words("spread_scale", name=name, unit=shown[0]),
    }).reset_index(drop=True)  # fmt: skip
    low, middle, high = (
        quantity(value, unit, page.lang)
        for value in (own["value"].min(), own["value"].median(), own["value"].max())
    )
    finding = page.words(
        "spread_finding", year=rows["year"].iloc[0], count=own["place"].nunique(), low=low,
        middle=middle, high=high
    )  # fmt: skip
    source = documents(page.ds, set(rows["plan_id"]), page.lang)
    return page.drawn("spread", frame, "spread", finding=finding, source=source)
