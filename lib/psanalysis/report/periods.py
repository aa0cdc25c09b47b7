"""Time on the pages: as of which day the data speak, and which plan periods have ended by then."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.wording import say

# Columns that say when something was published or read
DATES = (("plans", "issued_on"), ("plans", "retrieved_on"), ("actuals", "published_on"), ("actuals", "retrieved_on"))  # fmt: skip


def as_of(ds: Dataset) -> pd.Timestamp:
    """The day as of which the data speak: that on which the data package says it was made, or the latest date in it.

    Examples
    --------
    >>> import psanalysis as ps
    >>> as_of(ps.load()).year >= 2025
    True
    """
    created = ds.package.descriptor.get("created")
    if created:
        return pd.Timestamp(str(created)[:10])
    dates = [
        pd.to_datetime(getattr(ds, table)[column], errors="coerce").max()
        for table, column in DATES
        if column in getattr(ds, table)
    ]
    return max(date for date in dates if pd.notna(date))


def ended(ds: Dataset, plan_id: str) -> bool:
    """Whether the period of a plan had ended by the day as of which the data speak."""
    end = int(ds.plans.set_index("plan_id").loc[plan_id, "period_end"])
    return as_of(ds).year > end


def period_line(ds: Dataset, plan_id: str, lang: str) -> str:
    """The period of a plan, whether it has ended, and as of when the page speaks."""
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    key = "ended" if ended(ds, plan_id) else "running"
    return say(f"period.{key}", lang, start=plan["period_start"], end=plan["period_end"], as_of=day(ds))  # fmt: skip


def day(ds: Dataset) -> str:
    """The day as of which the data speak, as it is printed."""
    return f"{as_of(ds):%Y-%m-%d}"
