"""What became of the targets of a plan in the next plan of the same place."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import places
from psanalysis.datapackage.pledges import OTHER, pledge_words
from psanalysis.datapackage.remembered import remembered
from psanalysis.datapackage.selection import Plans, chosen_plans
from psanalysis.formatting import stated
from psanalysis.measures.doubts import doubts_of
from psanalysis.measures.gaps import gaps
from psanalysis.measures.marks import united
from psanalysis.measures.outcomes import outcomes
from psanalysis.measures.target import more_demanding, sides
from psanalysis.measures.units import tidy
from psanalysis.wording import LANGUAGES, say

CHANGES = ("kept", "raised", "lowered", "dropped", "new", "redefined", "cannot_tell")
ABOUT = ["indicator_id", "name_zh", "name_en", "domain_id", "unit_id", "direction", "measure"]
OF_TARGET = [
    "statement_id", "target", "target_low", "target_high", "comparator", "pledge", "target_year",
    "required_step",
]  # fmt: skip
OF_BASELINE = ["baseline_statement_id", "baseline", "baseline_comparator", "baseline_year"]
FIGURES = ("statement_id", "baseline_statement_id")
OF_OUTCOME = [
    "verdict", "evidence", "untold", "margin", "shortfall", "value", "value_comparator",
    "value_year", "value_statement_id",
]  # fmt: skip
COLUMNS = [
    "area_id", *ABOUT, "old_plan_id", "new_plan_id", "change", "target_change",
    *(f"old_{name}" for name in (*OF_TARGET, *OF_BASELINE)),
    *(f"new_{name}" for name in (*OF_TARGET, *OF_BASELINE)), *OF_OUTCOME,
    "reason_zh", "reason_en", "outcome_zh", "outcome_en", "doubted", "findings", "marks",
]  # fmt: skip


@remembered
def succession(ds: Dataset, area: Plans) -> pd.DataFrame:
    """Each indicator of a place from one of its plans to the next.

    Parameters
    ----------
    ds
        The data set.
    area
        An area (code or name), one of its plans, or a list of these. Plans of a place follow each
        other by their first year.

    Returns
    -------
    DataFrame
        One row an indicator and pair of plans that follow each other, by the plans' headline
        targets (`psanalysis.gaps`), in the order of the domains; none for a place with one plan.
        Values are in `unit_id`.

        - change: kept, raised, lowered (what the new target asks for against the old one,
          `psanalysis.measures.target.more_demanding`), dropped, new; redefined where the two cannot
          be ordered (a number against a pledge, another pledge, a floor against a cap, a total over
          years against a level or over another number of years); cannot_tell where the other plan
          has no such target among its figures but is known in part only (plans.csv, coverage).
        - target_change: d (T new - T old), where both are numbers of one kind.
        - old_*, new_*: statement_id, target, target_low, target_high, comparator, pledge,
          target_year, required_step (the change a year that the target asks for; of an average over
          years, such as a rate of growth, it is no pace: read target_change), and the baseline with
          its comparator, year and statement_id.
        - verdict, evidence, untold, margin, shortfall, value, value_comparator, value_year,
          value_statement_id: how the old target ended, as in
          `psanalysis.outcomes`; the new plan's baseline is evidence where no value is published.
        - reason_zh, reason_en: the change in a sentence; outcome_zh, outcome_en: how the old target
          ended.
        - doubted, findings, marks: of all figures of the row.

        Types: Int64 old_target_year, old_baseline_year, new_target_year, new_baseline_year,
        value_year; bool doubted; float64 target_change, old_target, old_target_low,
        old_target_high, old_required_step, old_baseline, new_target, new_target_low,
        new_target_high, new_required_step, new_baseline, margin, shortfall, value; str the
        others.

    Raises
    ------
    ParameterError
        If there is no such area or plan.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ps.succession(ps.load(), "panjin").empty
    True
    """
    wanted = set(places(ds)[chosen_plans(ds, area)])
    plans = ds.plans[ds.plans["city_id"].isin(wanted)].sort_values(
        ["period_start", "period_end"], kind="stable"
    )
    pairs = [
        pair for _, own in plans.groupby("city_id") for pair in pairwise(own.to_dict("records"))
    ]
    if not pairs:
        return _typed(pd.DataFrame(columns=COLUMNS))
    ids = sorted({plan["plan_id"] for pair in pairs for plan in pair})
    targets = gaps(ds, ids)
    targets = targets[targets["headline"]].merge(
        outcomes(ds, ids)[["statement_id", *OF_OUTCOME, "reason_zh", "reason_en"]],
        on="statement_id", suffixes=("_gap", ""),
    )  # fmt: skip
    rows = [_pair(ds, targets, *pair) for pair in pairs]
    table = pd.concat(rows)
    order = ds.domains.set_index("domain_id")["sort"]
    position = {plan: n for n, plan in enumerate(plans["plan_id"])}
    table = table.assign(
        place=table["new_plan_id"].map(position), sort=table["domain_id"].map(order)
    ).sort_values(["place", "sort"], kind="stable")
    return _typed(table[COLUMNS].reset_index(drop=True))


def _pair(
    ds: Dataset, targets: pd.DataFrame, old: dict[str, Any], new: dict[str, Any]
) -> pd.DataFrame:
    """The rows of two plans that follow each other: figures and `marks` of `targets` under `old_`
    and `new_`, `change`, `target_change`, `findings`, `doubted` and the reasons in words.
    """
    own = [*OF_TARGET, *OF_BASELINE, "marks"]
    sides_of = []
    for prefix, plan in (("old", old), ("new", new)):
        chosen = targets[targets["plan_id"] == plan["plan_id"]]
        more = chosen[[*OF_OUTCOME, "reason_zh", "reason_en"]] if prefix == "old" else None
        part = chosen[own].add_prefix(f"{prefix}_").assign(indicator_id=chosen["indicator_id"])
        sides_of.append(part if more is None else part.join(more))
    table = sides_of[0].merge(sides_of[1], on="indicator_id", how="outer")
    known = ds.indicators.set_index("indicator_id")
    order = {code: n for n, code in enumerate(known.index)}
    table = table.sort_values("indicator_id", key=lambda codes: codes.map(order), kind="stable")
    table = table.rename(columns={"reason_zh": "outcome_zh", "reason_en": "outcome_en"})
    for column in ABOUT[1:]:
        table[column] = table["indicator_id"].map(known[column])
    table = table.assign(
        area_id=old["city_id"], old_plan_id=old["plan_id"], new_plan_id=new["plan_id"]
    )
    table["change"], table["target_change"] = _change(ds, table, old["coverage"], new["coverage"])
    figures = (f"{of}_{figure}" for of in ("old", "new") for figure in FIGURES)
    table["findings"] = doubts_of(ds, *(table[figure] for figure in figures))
    table["doubted"] = table["findings"] != ""
    table["marks"] = united(table["old_marks"], table["new_marks"])
    written = ds.statements.set_index("statement_id")["value_as_written"]
    for lang in LANGUAGES:
        units = ds.units.set_index("unit_id")[f"name_{lang}"].to_dict()
        table[f"reason_{lang}"] = [
            _words(ds, row, units, written, lang) for row in table.to_dict("records")
        ]
    return table


def _change(
    ds: Dataset, table: pd.DataFrame, old_coverage: str, new_coverage: str
) -> tuple[pd.Series, pd.Series]:
    """`change`, what became of each target, and `target_change`, by how much a number changed
    towards the better side. Reads `statement_id`, `target`, `comparator` and `pledge` under `old_`
    and `new_`, and `direction`.
    """
    statements = ds.statements.set_index("statement_id")
    length = (statements["flow_end"] - statements["flow_start"]).astype("float64")
    lengths = [table[f"{of}_statement_id"].map(length) for of in ("old", "new")]
    total = lengths[0].notna() | lengths[1].notna()
    side = [sides(table[f"{of}_comparator"], table["direction"]) for of in ("old", "new")]
    unlike = (total & (lengths[0] != lengths[1])) | (side[0] * side[1] < 0)
    better = side[1].where(side[1] != 0, 1)
    order = more_demanding(
        table["new_target"],
        table["new_comparator"],
        table["old_target"],
        table["old_comparator"],
        better,
    )
    words = [
        table[f"{of}_pledge"].where(
            table[f"{of}_pledge"] != OTHER,
            table[f"{of}_statement_id"].map(statements["value_as_written"]),
        )
        for of in ("old", "new")
    ]
    change = order.map({1: "raised", 0: "kept", -1: "lowered"}).astype("str")
    change = change.mask(unlike, "redefined").fillna("redefined").mask(words[0] == words[1], "kept")
    change = change.mask(
        table["new_statement_id"].isna(), "dropped" if new_coverage == "full" else "cannot_tell"
    )
    change = change.mask(
        table["old_statement_id"].isna(), "new" if old_coverage == "full" else "cannot_tell"
    )
    apart = (better * (table["new_target"] - table["old_target"])).map(tidy)
    return change, apart.where(change.isin(["raised", "lowered", "kept"]))


def _words(
    ds: Dataset, row: dict[str, Any], units: dict[str, str], written: pd.Series, lang: str
) -> str:
    """The change in a sentence."""
    facts = {}
    for of in ("old", "new"):
        facts[f"{of}_year"] = row[f"{of}_target_year"]
        if pd.notna(row[f"{of}_target_low"]):
            facts[of] = stated(
                row[f"{of}_target_low"],
                row[f"{of}_target_high"],
                row[f"{of}_comparator"],
                units[row["unit_id"]],
                lang,
            )
        else:
            facts[of] = pledge_words(ds, row[f"{of}_pledge"], row[f"{of}_statement_id"], lang)
    key = row["change"]
    if key == "redefined" and row["old_pledge"] == row["new_pledge"] == OTHER:
        key = "redefined_words"
        facts |= {of: written[row[f"{of}_statement_id"]] for of in ("old", "new")}
    if key == "cannot_tell":
        key = "not_known_new" if pd.isna(row["new_statement_id"]) else "not_known_old"
    return say(f"succession_reason.{key}", lang, **facts)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """The columns COLUMNS with their types, also of an empty table: Int64 for years, bool for
    `doubted`, float64 for numbers, str for the others.
    """
    numbers = [
        c
        for c in COLUMNS
        if c.endswith(("target", "target_low", "target_high", "required_step", "baseline"))
    ]
    numbers += ["target_change", "margin", "shortfall", "value"]
    years = [c for c in COLUMNS if c.endswith("_year")]
    types = dict.fromkeys(numbers, "float64") | dict.fromkeys(years, "Int64") | {"doubted": "bool"}
    return table.astype({name: types.get(name, "str") for name in COLUMNS})
