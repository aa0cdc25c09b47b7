"""Tests whether confidence equals the share of statements that are right, on curated plans and
labelled documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from psanalysis.comparators import COMPARATORS
from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.drafting import draft_document
from psanalysis.draft.evaluate import CHECKS, as_text, match
from psanalysis.draft.folding import fold
from psanalysis.draft.written_units import alias
from psanalysis.errors import ParameterError
from psanalysis.formats.document import Document
from psanalysis.formats.reader import read_document

BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
COLUMNS = ["set", "low", "high", "statements", "confidence", "right", "held_out"]
NEUTRAL = "ambiguous"
# confidence, whether the statement is right, and its text
Judged = tuple[float, bool, str]


def calibration(
    ds: Dataset, sources: str | Path | None = None, labelled: str | Path | None = None
) -> pd.DataFrame:
    """Confidence against correctness, statement by statement.

    Parameters
    ----------
    ds
        The data set with the curated statements.
    sources
        Folder of the source texts named in plans.csv. Each plan is drafted without its own names of
        indicators. A statement is right when its value, comparator, role, year, unit and indicator
        are.
    labelled
        Folder of documents with labels: NAME.txt or NAME.label.txt, NAME.jsonl with a label a line
        (char_start, char_end, value, comparator, role, year, unit), NAME.meta.json (plan, windows,
        neutral spans). A statement is right when every field that its label states is.

    Returns
    -------
    DataFrame
        One row per set (`sources`, `labelled`) and class of confidence: low, high (its limits),
        statements, confidence (their mean), right (share that is right), held_out (the share
        predicted from the other texts of the set, each text left out in turn; missing where only
        one text has the class).

    Raises
    ------
    ParameterError
        If there is nothing to compare with.
    """
    judged = {
        "sources": list(_sources(ds, Path(sources))) if sources else [],
        "labelled": list(_labelled(ds, Path(labelled))) if labelled else [],
    }
    if not any(judged.values()):
        raise ParameterError(
            "no text to compare drafts with -> name the folder of the sources or of labelled "
            "documents"
        )
    rows = [row for name, found in judged.items() if found for row in _classes(name, found)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _classes(
    name: str, judged: list[Judged]
) -> Iterator[tuple[str, float, float, int, float, float, float | None]]:
    for low, high in zip(BOUNDS, (*BOUNDS[1:], 1.01), strict=True):
        own = [one for one in judged if low <= one[0] < high]
        if own:
            scores, rights, _ = zip(*own, strict=True)
            confidence, right = sum(scores) / len(own), sum(rights) / len(own)
            yield name, low, min(high, 1.0), len(own), confidence, right, _held_out(own)


def _held_out(own: Sequence[Judged]) -> float | None:
    """For each statement of a class the share that is right in the other texts.

    Examples
    --------
    >>> _held_out([(0.9, True, "a"), (0.9, False, "b"), (0.9, True, "b")])
    0.8333333333333334
    """
    rights: dict[str, list[bool]] = {}
    for _, right, text in own:
        rights.setdefault(text, []).append(right)
    if len(rights) < 2:
        return None
    count, total = len(own), sum(map(sum, rights.values()))
    told = sum(len(mine) * (total - sum(mine)) / (count - len(mine)) for mine in rights.values())
    return told / count


def _sources(ds: Dataset, folder: Path) -> Iterator[Judged]:
    for plan in ds.plans.dropna(subset=["source_file"]).itertuples():
        file, plan_id = folder / str(plan.source_file), str(plan.plan_id)
        if not file.is_file():
            continue
        drafted = draft_document(read_document(file), plan_id, ds, without=plan_id).statements
        curated = as_text(ds.statements[ds.statements["plan_id"] == plan_id])
        elsewhere = set(ds.statements.loc[ds.statements["plan_id"] != plan_id, "indicator_id"])
        for kind in ("value", "pledge"):
            own = drafted[drafted[kind] != ""]
            pairs = match(curated[curated[kind] != ""], own)
            right = {
                row["statement_id"]
                for known, row in pairs
                if all(CHECKS[name]((known, row)) for name in ("value", "comparator", "role",
                    "year", "unit"))
                and (known["indicator_id"] == row["indicator_id"]
                    or (row["indicator_is_new"] == "yes"
                        and known["indicator_id"] not in elsewhere))
            }  # fmt: skip
            for row in own.to_dict("records"):
                yield float(row["confidence"]), row["statement_id"] in right, plan_id


def _labelled(ds: Dataset, folder: Path) -> Iterator[Judged]:
    for file in sorted(folder.glob("*.jsonl")):
        stem = file.name.removesuffix(".jsonl")
        text = next(
            (f for f in (folder / f"{stem}.label.txt", folder / f"{stem}.txt") if f.is_file()), None
        )
        if text is None:
            continue
        about = folder / f"{stem}.meta.json"
        meta = json.loads(about.read_text(encoding="utf-8")) if about.is_file() else {}
        labels = [
            json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line
        ]
        yield from _judged(ds, text, labels, meta)


def _judged(
    ds: Dataset, file: Path, labels: list[dict[str, Any]], meta: dict[str, Any]
) -> Iterator[Judged]:
    text = file.read_bytes().decode("utf-8")
    document = Document(file.name, "text", "utf_8", text)
    drafted = draft_document(document, meta.get("plan", "heldout-14fyp"), ds).statements
    windows = meta.get("windows") or [[0, len(text)]]
    neutral = [
        *meta.get("neutral", []),
        *([x["char_start"], x["char_end"]] for x in labels if x.get(NEUTRAL)),
    ]
    free = [label for label in labels if label["value"] is not None]
    for row in drafted[drafted["value"] != ""].to_dict("records"):
        start, end = int(row["char_start"]), int(row["char_end"])
        if not any(a <= start < b for a, b in windows) or any(
            start < b and a < end for a, b in neutral
        ):
            continue
        found = next(
            (
                x
                for x in free
                if x["char_start"] < end
                and start < x["char_end"]
                and float(row["value"]) == x["value"]
            ),
            None,
        )
        if found is not None:
            free.remove(found)
        yield float(row["confidence"]), found is not None and _agrees(row, found), file.name


def _agrees(row: dict[Any, Any], label: dict[str, Any]) -> bool:
    """True when a drafted row agrees with every field that its label states."""
    return (
        row["role"] == label["role"]
        and COMPARATORS[row["comparator"]].label == label["comparator"]
        and (label["year"] is None or row["year"] == str(label["year"]))
        and (not label["unit"] or alias(row["unit_as_written"]) == alias(fold(label["unit"])))
    )
