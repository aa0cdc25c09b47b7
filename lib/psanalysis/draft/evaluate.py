"""Scores drafts against the curated statements; the plan's own indicator names are left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import reference_plans
from psanalysis.datapackage.source_texts import TextFolders
from psanalysis.draft.drafting import draft_document
from psanalysis.errors import ParameterError
from psanalysis.formats.reader import read_document

Counts = dict[str, float]
Record = dict[Hashable, Any]
Pair = tuple[Record, Record]
TEXT = (
    "role",
    "year",
    "year_basis",
    "value",
    "value_high",
    "unit_id",
    "comparator",
    "pledge",
    "commitment",
    "flow_start",
    "flow_end",
)
MEASURES = (
    "curated", "drafted", "matched", "recall", "precision", "f1", "value", "comparator", "role",
    "year", "unit", "commitment", "flow",
    "link", "link_known", "link_new", "pledge_recall", "pledge_precision",
)  # fmt: skip


def evaluate(ds: Dataset, sources: str | Path | Sequence[str | Path]) -> pd.DataFrame:
    """Score the drafts of all plans that have a source text and are curated in full.

    A plan that is curated in part is left out: proposals outside that part cannot be judged.

    Parameters
    ----------
    ds
        The data set with the curated statements.
    sources
        Folder of the source texts, or several; see `psanalysis.verify`.

    Returns
    -------
    DataFrame
        One row per plan and a last row `all`. Counts: curated, drafted, matched numeric statements.
        Shares (0 to 1): recall, precision, f1 by overlap of spans; of the matched ones value,
        comparator, role, year (with its basis), unit, commitment, flow years; link (right
        indicator, or rightly new), link_known (of those that another plan has), link_new (of those
        that no other plan has); pledge_recall and pledge_precision by overlap of spans.

    Raises
    ------
    ParameterError
        If no source text is found.
    """
    folders = TextFolders(sources)
    whole = ds.plans[ds.plans["coverage"] == "full"]
    texts = {str(plan.plan_id): folders.of(plan) for plan in whole.itertuples()}
    files = {plan: text.path for plan, text in texts.items() if text is not None}
    if not files:
        raise ParameterError(
            f"sources={str(sources)!r} holds no source text of plans.csv -> name the folder of "
            "the source texts"
        )
    known = _of_plans(ds, [*files, *reference_plans(ds)])
    rows = {plan: _plan_counts(known, plan, file) for plan, file in files.items()}
    counts = pd.DataFrame(rows).T
    counts.loc["all"] = counts.sum()
    return _shares(counts)


def _of_plans(ds: Dataset, plans: Collection[str]) -> Dataset:
    """The data with the rows of some plans only: indicator names of other plans are not used, so
    that adding a plan changes no score.
    """
    return replace(
        ds,
        plans=ds.plans[ds.plans["plan_id"].isin(plans)],
        statements=ds.statements[ds.statements["plan_id"].isin(plans)],
    )


def _plan_counts(ds: Dataset, plan_id: str, file: Path) -> Counts:
    drafted = draft_document(read_document(file), plan_id, ds, without=plan_id).statements
    curated = as_text(ds.statements[ds.statements["plan_id"] == plan_id])
    numbers, own_numbers = curated[curated["value"] != ""], drafted[drafted["value"] != ""]
    pairs = match(numbers, own_numbers)
    pledged, own_pledged = curated[curated["pledge"] != ""], drafted[drafted["pledge"] != ""]
    elsewhere = set(ds.statements.loc[ds.statements["plan_id"] != plan_id, "indicator_id"])
    known = [pair for pair in pairs if pair[0]["indicator_id"] in elsewhere]
    fresh = [pair for pair in pairs if pair[0]["indicator_id"] not in elsewhere]
    counts: Counts = {"curated": len(numbers), "drafted": len(own_numbers), "matched": len(pairs)}
    counts |= {name: sum(map(check, pairs)) for name, check in CHECKS.items()}
    return counts | {
        "known": len(known),
        "link_known": sum(a["indicator_id"] == b["indicator_id"] for a, b in known),
        "fresh": len(fresh),
        "link_new": sum(b["indicator_is_new"] == "yes" for _, b in fresh),
        "pledged": len(pledged),
        "pledge_recall": overlapping(pledged, own_pledged),
        "own_pledged": len(own_pledged),
        "pledge_precision": overlapping(own_pledged, pledged),
    }


def match(curated: pd.DataFrame, drafted: pd.DataFrame) -> list[Pair]:
    """Pairs of rows whose spans overlap, one to one; of several candidates the one with the same
    value and role is taken. Both frames have the columns of statements.csv as `as_text` gives them,
    and char_start and char_end as numbers.
    """
    pairs: list[Pair] = []
    free: list[Record] = drafted.to_dict("records")
    for row in curated.to_dict("records"):
        candidates = [
            other
            for other in free
            if other["char_start"] < row["char_end"] and row["char_start"] < other["char_end"]
        ]
        if candidates:
            best = min(
                candidates,
                key=lambda other: (not _same(row, other, "value"), other["role"] != row["role"]),
            )
            pairs.append((row, best))
            free.remove(best)
    return pairs


def _same(curated: Record, drafted: Record, column: str) -> bool:
    a, b = str(curated[column]), str(drafted[column])
    return float(a) == float(b) if a and b else a == b


CHECKS: dict[str, Callable[[Pair], bool]] = {
    "value": lambda pair: _same(*pair, "value") and _same(*pair, "value_high"),
    "comparator": lambda pair: pair[0]["comparator"] == pair[1]["comparator"],
    "role": lambda pair: pair[0]["role"] == pair[1]["role"],
    "year": lambda pair: (
        pair[0]["year"] == pair[1]["year"] and pair[0]["year_basis"] == pair[1]["year_basis"]
    ),
    "unit": lambda pair: pair[0]["unit_id"] == pair[1]["unit_id"],
    "commitment": lambda pair: pair[0]["commitment"] == pair[1]["commitment"],
    "flow": lambda pair: (
        pair[0]["flow_start"] == pair[1]["flow_start"]
        and pair[0]["flow_end"] == pair[1]["flow_end"]
    ),
}


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns `TEXT` (`year`, `value` and others) as in a draft: strings, empty where nothing
    is stated, years without decimals. In other columns only missing cells change: they become
    empty.
    """
    texts = frame.astype(object).where(frame.notna(), "")
    return texts.assign(
        **{
            column: texts[column].map(
                lambda cell: f"{cell:.12g}" if isinstance(cell, float) else str(cell)
            )
            for column in TEXT
        }
    )


def overlapping(frame: pd.DataFrame, other: pd.DataFrame) -> int:
    """How many rows of a frame have a span (`char_start` to `char_end`) that overlaps one of the
    other frame.
    """
    spans = [(int(a), int(b)) for a, b in zip(other["char_start"], other["char_end"], strict=True)]
    own = zip(frame["char_start"], frame["char_end"], strict=True)
    return sum(any(a < int(end) and int(start) < b for a, b in spans) for start, end in own)


def _shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Scores from `counts`, a row for each plan: `curated`, `drafted` and `matched`; `recall`,
    `precision` and the other MEASURES as shares (0 to 1).
    """
    shares = counts[["curated", "drafted", "matched"]].astype(int)
    shares["recall"] = counts["matched"] / counts["curated"]
    shares["precision"] = counts["matched"] / counts["drafted"]
    shares["f1"] = 2 * counts["matched"] / (counts["curated"] + counts["drafted"])
    for name in CHECKS:
        shares[name] = counts[name] / counts["matched"]
    shares["link"] = (counts["link_known"] + counts["link_new"]) / counts["matched"]
    for name, base in (
        ("link_known", "known"),
        ("link_new", "fresh"),
        ("pledge_recall", "pledged"),
        ("pledge_precision", "own_pledged"),
    ):
        shares[name] = counts[name] / counts[base]
    return shares[list(MEASURES)].rename_axis("plan_id")
