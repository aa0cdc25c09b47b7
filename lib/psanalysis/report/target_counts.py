"""Targets by plan, domain and part: how many are binding, expected, other numbers, or pledges."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import known_in_part
from psanalysis.report.addresses import domain_page, plan_page
from psanalysis.report.frames import names
from psanalysis.report.page import Page
from psanalysis.report.periods import ended_word, title_in_part
from psanalysis.report.table import table
from psanalysis.tables.model import Table
from psanalysis.wording import say

PARTS = ("binding", "expected", "number", "pledge")


def with_part(targets: pd.DataFrame) -> pd.DataFrame:
    """Targets with the `part` that each belongs to: its nature, or, where it has none, whether it
    has a number.

    Parameters
    ----------
    targets
        Rows of `psanalysis.gaps`.

    Examples
    --------
    >>> frame = pd.DataFrame({"nature": ["binding", None, None], "target": [1.0, 2.0, None]})
    >>> with_part(frame)["part"].tolist()
    ['binding', 'number', 'pledge']
    """
    part = targets["target"].notna().map({True: "number", False: "pledge"})
    return targets.assign(part=targets["nature"].fillna(part))


def target_counts(ds: Dataset, targets: pd.DataFrame) -> pd.DataFrame:
    """How many targets each plan has in each domain, by part.

    Parameters
    ----------
    ds
        The data set.
    targets
        As from `with_part`.

    Returns
    -------
    pandas.DataFrame
        plan_id, domain_id, part, count; zeros included.
    """
    keys = ["plan_id", "domain_id", "part"]
    domains = ds.domains.sort_values("sort")["domain_id"]
    every = pd.MultiIndex.from_product([ds.plans["plan_id"], domains, PARTS], names=keys)
    counted = targets.groupby(keys).size().reindex(every, fill_value=0)
    return counted.rename("count").reset_index()


def charted_counts(page: Page, counts: pd.DataFrame) -> pd.DataFrame:
    """Rows for `psanalysis.plot.stacks`: `target_counts` with a panel a plan, a label a domain, and
    the links and words of its marks.
    """
    total = counts.groupby("plan_id")["count"].sum()
    partly = known_in_part(page.ds)
    frame = counts.assign(
        panel=counts["plan_id"].map(page.called),
        panel_text=[
            page.words("panel_part" if plan in partly else "panel", count=total[plan])
            for plan in counts["plan_id"]
        ],
        label=counts["domain_id"].map(names(page.ds, "domains", "domain_id", page.lang)),
        url="#" + counts["plan_id"].map(_row) + "-" + counts["domain_id"],
    )
    words = frame.groupby("url", sort=False)[["part", "count"]].apply(lambda of: _spoken(page, of))
    frame["mark_text"] = [
        say("mark_words.counts", page.lang, plan=row.panel, domain=row.label, parts=words[row.url])
        for row in frame.itertuples()
    ]
    return frame


def _spoken(page: Page, counts: pd.DataFrame) -> str:
    """`part` and `count` of each row in words; the frame has these two columns, in this order."""
    return page.listed(
        say("mark_words.count", page.lang, part=say(f"part.{part}", page.lang), count=count)
        for part, count in counts.to_numpy()
    )


def target_counts_table(page: Page, counts: pd.DataFrame, targets: pd.DataFrame) -> Table:
    """The numbers of the chart: a row for each domain in which a plan has targets.

    Parameters
    ----------
    page, counts
        The page, and as from `target_counts`.
    targets
        Rows of `psanalysis.gaps`, for how many of them have a baseline.
    """
    keys = ["plan_id", "domain_id"]
    wide = counts.set_index([*keys, "part"])["count"].unstack()
    baselines = targets[targets["baseline"].notna()].groupby(keys).size()
    titles = names(page.ds, "domains", "domain_id", page.lang)
    rows = []
    for plan, domain in counts[keys].drop_duplicates().itertuples(index=False):
        of = wide.loc[(plan, domain)]
        if not of.sum():
            continue
        rows.append(
            {
                "id": f"{_row(plan)}-{domain}",
                "plan": title_in_part(page.ds, plan, page.lang),
                "plan_href": plan_page(plan, page.lang),
                "plan_tag": ended_word(page.ds, plan, page.lang),
                "domain": titles[domain],
                "domain_href": domain_page(domain, page.lang),
                **{part: int(of[part]) for part in PARTS},
                "total": int(of.sum()),
                "paired": int(baselines.get((plan, domain), 0)),
            }
        )
    numeric = "binding expected number pledge total paired"
    return table(
        rows,
        page.columns(f"plan domain {numeric}", numeric),
        caption=page.words("table_caption"),
        lang=page.lang,
        name=page.name,
    )


def _row(plan_id: str) -> str:
    return f"row-counts-{plan_id}"
