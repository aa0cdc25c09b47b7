"""The first screen of a plan's page below its verdict: six numbers, and short lists of the targets
that ask for more or less than the nation, of binding targets, and of doubts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from psanalysis.datapackage.identity import known_in_part
from psanalysis.formatting import MISSING
from psanalysis.markup import escaped
from psanalysis.measures.doubts import DOUBTING, doubts
from psanalysis.report.addresses import statements_page
from psanalysis.report.blocks import Card, Entry, cards, columns, filled, link, listing
from psanalysis.report.ends import due_rows, told
from psanalysis.report.findings import Figures, word
from psanalysis.report.frames import headline, names, stated_value
from psanalysis.report.held_against import is_national
from psanalysis.report.html import Html
from psanalysis.report.page import Page
from psanalysis.report.periods import ended
from psanalysis.report.plan_verdict import targets_in_doubt
from psanalysis.report.provenance import row_id
from psanalysis.report.standing import judged
from psanalysis.wording import say, template

LISTED = 5
FEW_FIGURES = 3


def numbers(
    page: Page, plan_id: str, gaps: pd.DataFrame, compared: pd.DataFrame, ends: pd.DataFrame
) -> Html:
    """The six numbers of a plan. `gaps` and `ends` are rows of `psanalysis.gaps` and
    `psanalysis.outcomes`; `compared` has the `standing` of the plan's targets against the nation's,
    or, for the nation's own plan, of the targets of places against it.
    """
    lang = page.lang
    above = "held" if is_national(page, plan_id) else f"above{_was(page, plan_id)}"
    natures = gaps["nature"].notna().any()
    binding = str(int((gaps["nature"] == "binding").sum())) if natures else MISSING
    due, known = due_rows(ends), told(ends)
    in_part = plan_id in known_in_part(page.ds)
    paired = int(gaps["baseline"].notna().sum())
    based = (str(paired), "baselines") if paired or not in_part else (MISSING, "baselines_unknown")
    shown: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        (str(len(gaps)), "targets_part" if in_part else "targets",
            _places(page, plan_id)["targets"], {"numeric": int(gaps["target"].notna().sum())}),
        (binding, "binding" if natures else "binding_unknown",
            _places(page, plan_id)["binding"] if natures else "", {}),
        (*based, "#gap" if len(headline(gaps)) else "", {}),
        (_share_above(compared), above, "#standing", {}),
        (str(len(targets_in_doubt(gaps))), "doubted", "#findings", {}),
        (f"{len(known)}/{len(due)}" if len(due) else MISSING, "known" if len(due) else "not_due",
            "#outcomes", {}),
    )  # fmt: skip
    return cards(
        Card(
            number,
            say(f"brief.card_{key}", lang, **values),
            href if number not in ("0", MISSING) else "",
        )
        for number, key, href, values in shown
    )


def _share_above(compared: pd.DataFrame) -> str:
    """How many of the targets ask for more (`standing` is above), out of how many."""
    if compared.empty:
        return MISSING
    return f"{int((compared['standing'] == 'above').sum())}/{len(compared)}"


def lists(page: Page, plan_id: str, gaps: pd.DataFrame, standing: pd.DataFrame) -> Html:
    """Targets that ask for more and for less than the nation (rows of `standing_frame`), binding
    ones (`nature`, rows of `psanalysis.gaps`), and the findings that doubt figures.
    """
    lang, own = page.lang, judged(standing)
    more = own[own["standing"] == "above"].sort_values("nation", ascending=False, kind="stable")
    less = own[own["standing"] == "below"].sort_values("nation", kind="stable")
    same = own[own["standing"] == "same_number"]
    binding, was = gaps[gaps["nature"] == "binding"], _was(page, plan_id)
    blocks = [
        listing(
            say(f"brief.list_{name}", lang), _against(page, rows), *_rest(page, rows, "#standing")
        )
        for name, rows in ((f"more{was}", more), (f"less{was}", less), ("same_number", same))
    ]
    blocks.append(
        listing(
            say("brief.list_binding", lang),
            _targets(page, binding),
            *_rest(page, binding, _places(page, plan_id)["binding"]),
        )
    )
    return columns(*blocks, doubts_block(page, plan_id))


def _was(page: Page, plan_id: str) -> str:
    """The suffix of a wording key for a plan whose period is over."""
    return "_was" if ended(page.ds, plan_id) else ""


def _places(page: Page, plan_id: str) -> dict[str, str]:
    """Links to the lists of a plan's targets and of its binding ones."""
    wanted = {"targets": {"role": "target"}, "binding": {"role": "target", "nature": "binding"}}
    return {name: statements_page(plan_id, page.lang, **asked) for name, asked in wanted.items()}


def _rest(page: Page, rows: pd.DataFrame, place: str) -> tuple[str, str]:
    """Words and link for the rest of a list with more than LISTED rows; of `rows` no column is
    read.
    """
    if len(rows) <= LISTED:
        return "", ""
    return say("brief.all", page.lang, count=len(rows)), place


def _against(page: Page, rows: pd.DataFrame) -> Iterable[Entry]:
    """A line for each target with its number and the nation's. Reads `statement_id`,
    `national_statement_id`, `indicator_id`, `name`, `target_text` and `nation_text`.
    """
    for row in rows.head(LISTED).itertuples():
        own = link(row.target_text, _row(row.statement_id))
        nation = link(row.nation_text, _row(row.national_statement_id))
        words = filled(template("brief.against", page.lang), own=own, nation=nation)
        yield Entry(str(row.name), words, page.indicator(str(row.indicator_id)))


def _targets(page: Page, rows: pd.DataFrame) -> Iterable[Entry]:
    """A line for each target with its number and a sign of doubt; rows of `psanalysis.gaps`."""
    known = names(page.ds, "indicators", "indicator_id", page.lang)
    for row in rows.head(LISTED).itertuples():
        text = Html(link(stated_value(page.ds, row, page.lang), _row(row.statement_id)))
        part = "doubt_sign" if row.target_doubted else "baseline_sign"
        sign = say(f"brief.{part}", page.lang) if row.doubted else ""
        yield Entry(known[row.indicator_id], text, page.indicator(str(row.indicator_id)), sign)


def _row(statement_id: str) -> str:
    """Link to the row of a statement in the source table of the page."""
    return f"#{row_id(statement_id)}"


def doubts_block(page: Page, plan_id: str) -> Html:
    """The findings that doubt figures of a plan, the gravest first."""
    own = page.ds.findings[
        (page.ds.findings["plan_id"] == plan_id) & page.ds.findings["severity"].isin(DOUBTING)
    ]
    own = own.sort_values("severity", key=lambda codes: codes.map(DOUBTING.index), kind="stable")
    return listing(
        say("brief.list_doubts", page.lang), _doubts(page, own), *_rest(page, own, "#findings")
    )


def _doubts(page: Page, rows: pd.DataFrame) -> Iterable[Entry]:
    """A line for each finding with its indicator, figures and kind. Reads `finding_id`,
    `statement_ids` and `kind`.
    """
    known = names(page.ds, "indicators", "indicator_id", page.lang)
    indicator = page.ds.statements.set_index("statement_id")["indicator_id"]
    figures = Figures(page, page.statements())
    for row in rows.head(LISTED).itertuples():
        ids = [one for one in str(row.statement_ids).split() if one in indicator.index]
        named = list(dict.fromkeys(known[indicator[one]] for one in ids))
        kind: Html | str = word(page, "kind", str(row.kind))
        if len(ids) <= FEW_FIGURES:  # name the figures: others of the indicator may be sound
            told = template("brief.doubted", page.lang)
            kind = filled(told, figures=figures.of(row.statement_ids), kind=escaped(str(kind)))
        name = (
            _as_written(page, ids, named[0])
            if len(named) == 1
            else say("brief.several", page.lang, name=named[0], count=len(named))
        )
        yield Entry(name, kind, f"#finding-{row.finding_id}")


def _as_written(page: Page, ids: list[str], name: str) -> str:
    """The name of an indicator; with the words of the text where the same number also stands
    elsewhere and no finding doubts it there.
    """
    rows = page.ds.statements
    known = doubts(page.ds).index
    of = rows[rows["statement_id"].isin(ids)]
    sound = rows[~rows["statement_id"].isin(known) & rows["value"].notna()]
    elsewhere = of.merge(sound, on=["plan_id", "indicator_id", "area_id", "role", "year", "value"])
    if elsewhere.empty or elsewhere["statement_id_x"].nunique() < len(of):
        return name
    words = of["indicator_as_written"].iloc[0]
    return say("brief.as_written", page.lang, name=name, words=words)
