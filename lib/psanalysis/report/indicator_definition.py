"""What an indicator measures: definition, unit, direction, limits, other names and domain."""

from __future__ import annotations

import pandas as pd

from psanalysis.formatting import plain
from psanalysis.markup import unbroken
from psanalysis.report.addresses import domain_page
from psanalysis.report.blocks import link
from psanalysis.report.frames import names
from psanalysis.report.html import Html, heading
from psanalysis.report.indicator_table import other_names
from psanalysis.report.page import Page


def definition_section(page: Page, indicator_id: str, stated: pd.DataFrame) -> Html:
    """A list of what is known about an indicator.

    Parameters
    ----------
    page, indicator_id
        The page that shows it, and the indicator.
    stated
        All statements of the indicator: some may be beyond its limits.
    """
    ds, lang = page.ds, page.lang
    about = ds.indicators.set_index("indicator_id").loc[indicator_id]
    kind, _, meaning = ds.label("indicators", "measure", about["measure"], lang).partition(": ")
    facts = [
        about[f"definition_{lang}"],
        page.words(
            "unit",
            unit=names(ds, "units", "unit_id", lang)[about["unit_id"]],
            measure=f"{kind} ({meaning})" if meaning else kind,
        ),
        page.words(
            "direction", direction=ds.label("indicators", "direction", about["direction"], lang)
        ),
        _limits(page, about["lower_limit"], about["upper_limit"], stated),
    ]
    others = other_names(page, indicator_id)
    if others:
        facts.append(page.words("other_names", names=page.listed(others)))
    domain = about["domain_id"]
    where = link(names(ds, "domains", "domain_id", lang)[domain], domain_page(domain, lang))
    shown = [unbroken(fact) for fact in facts if fact]
    shown.append(f"{unbroken(page.words('domain'))}{where}")
    lines = "".join(f"<li>{line}</li>" for line in shown)
    return heading(2, page.words("definition_title")) + Html(f"<ul>{lines}</ul>")


def _limits(page: Page, low: float, high: float, stated: pd.DataFrame) -> str:
    """The limits of the numbers of an indicator; empty where it has none.

    A share of a whole may be printed as more than the whole, for example where pupils move in. How
    often that occurs is said too: reads `plan_id`, `year` and `value`.
    """
    if pd.isna(low) and pd.isna(high):
        return ""
    if pd.isna(high):
        return page.words("limits_low", low=plain(low))
    if pd.isna(low):
        return page.words("limits_high", high=plain(high))
    once = stated.drop_duplicates(["plan_id", "year", "value"])
    beyond = int((once["value"] > high).sum())
    key = "limits_low_high_beyond" if beyond else "limits_low_high"
    return page.words(key, low=plain(low), high=plain(high), count=beyond)
