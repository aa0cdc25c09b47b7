"""The findings gate: figures that a finding doubts are shown with a mark and left out of headlines,
medians and ranks.

Findings of severity contradiction (the source contradicts itself) and unlike_basis (the figure
rests on another basis than it seems to) doubt the statements that they name; a note does not.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.remembered import remembered

DOUBTING = ("contradiction", "unlike_basis")


def doubts(ds: Dataset) -> pd.Series:
    """finding_id of the findings that doubt a figure, separated by blanks, by statement_id; only of
    figures that are doubted.

    Examples
    --------
    >>> import psanalysis as ps
    >>> doubts(ps.load())["panjin-14fyp-046"]
    'panjin-14fyp-f12'
    """
    return findings_by_statement(ds, DOUBTING)


@remembered
def findings_by_statement(ds: Dataset, severities: Collection[str] | None = None) -> pd.Series:
    """finding_id of the findings about a figure, separated by blanks, by statement_id; of these
    severities alone, if some are given.
    """
    found = ds.findings.dropna(subset="statement_ids")
    if severities is not None:
        found = found[found["severity"].isin(severities)]
    named = found.assign(statement_id=found["statement_ids"].str.split()).explode("statement_id")
    return named.groupby("statement_id")["finding_id"].agg(" ".join).astype("str")


def doubts_of(ds: Dataset, *statements: pd.Series) -> pd.Series:
    """finding_id of the findings that doubt any of the figures of a row, each once, separated by
    blanks; empty where none does.

    Parameters
    ----------
    ds
        The data set.
    statements
        Columns of statement_id, with one index; missing where a row has no such figure.
    """
    known = doubts(ds)
    table = pd.DataFrame(
        {n: column.map(known) for n, column in enumerate(statements)}, dtype="object"
    ).fillna("")
    ids = [" ".join(dict.fromkeys(" ".join(row).split())) for row in table.to_numpy()]
    return pd.Series(ids, index=statements[0].index, dtype="str")
