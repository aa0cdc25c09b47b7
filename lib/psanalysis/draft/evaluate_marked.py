"""Scores drafts of texts that were marked by hand: made-up texts in the styles of many cities."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.drafting import draft_document
from psanalysis.draft.evaluate import CHECKS, match, overlapping
from psanalysis.draft.marked import read_marked
from psanalysis.draft.written_units import alias
from psanalysis.errors import ParameterError

SAME = ("value", "comparator", "role", "year")
MEASURES = (
    "texts", "characters", "marked", "drafted", "matched", "recall", "precision", "f1", *SAME,
    "unit", "pledge_recall", "pledge_precision",
)  # fmt: skip


def evaluate_marked(ds: Dataset, folder: str | Path) -> pd.DataFrame:
    """Score the drafts of marked texts, folder by folder.

    Parameters
    ----------
    ds
        The data set; these texts belong to none of its plans.
    folder
        A folder of folders with marked texts (see `read_marked`).

    Returns
    -------
    DataFrame
        One row per folder. Counts: texts, characters, numeric statements marked, drafted, matched.
        Shares as in `evaluate`: the unit is compared as written, since a text may count in units
        that units.csv does not have.

    Raises
    ------
    ParameterError
        If there is no text.
    DocumentError
        If a mark cannot be read.
    """
    sets = {
        inner.name: sorted(inner.iterdir())
        for inner in sorted(Path(folder).iterdir())
        if inner.is_dir()
    }
    counts = {
        name: pd.DataFrame([_counts(ds, file) for file in files]).sum()
        for name, files in sets.items()
        if files
    }
    if not counts:
        raise ParameterError(
            f"marked={str(folder)!r} holds no folder with texts -> name the folder of the sets of "
            "marked texts"
        )
    frame = pd.DataFrame(counts).T
    shares = frame[["texts", "characters", "marked", "drafted", "matched"]].astype(int)
    shares["recall"] = frame["matched"] / frame["marked"]
    shares["precision"] = frame["matched"] / frame["drafted"]
    shares["f1"] = 2 * frame["matched"] / (frame["marked"] + frame["drafted"])
    for name in (*SAME, "unit"):
        shares[name] = frame[name] / frame["matched"]
    shares["pledge_recall"] = frame["pledge_recall"] / frame["pledged"]
    shares["pledge_precision"] = frame["pledge_precision"] / frame["own_pledged"]
    return shares[list(MEASURES)].rename_axis("set")


def _counts(ds: Dataset, file: Path) -> dict[str, int]:
    document, marks = read_marked(file)
    drafted = draft_document(document, f"{file.stem}-made-up", ds).statements
    numbers, own = marks[marks["value"] != ""], drafted[drafted["value"] != ""]
    pairs = match(numbers, own)
    pledged, own_pledged = marks[marks["pledge"] != ""], drafted[drafted["pledge"] != ""]
    return {
        "texts": 1, "characters": len(document.text), "marked": len(numbers), "drafted": len(own),
        "matched": len(pairs),
        **{name: sum(CHECKS[name](pair) for pair in pairs) for name in SAME},
        "unit": sum(alias(str(a["unit_as_written"])) == alias(str(b["unit_as_written"])) for a,
            b in pairs),
        "pledged": len(pledged), "pledge_recall": overlapping(pledged, own_pledged),
        "own_pledged": len(own_pledged), "pledge_precision": overlapping(own_pledged, pledged),
    }  # fmt: skip
