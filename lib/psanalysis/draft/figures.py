"""The scores of `evaluate` as a table: plain for the terminal, Markdown for the codebook."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from psanalysis.datapackage.codebook_schema import table
from psanalysis.wording import say

COUNTS = ("curated", "drafted", "matched")
MARKED = re.compile(r"(<!-- begin draft_quality (?P<lang>zh|en) -->\n).*?(<!-- end -->)", re.DOTALL)


def scores_text(scores: pd.DataFrame) -> str:
    """The scores as columns of text, one measure a line.

    Examples
    --------
    >>> print(scores_text(pd.DataFrame({"matched": [3], "recall": [0.75]}, index=["all"])))
               all
    matched      3
    recall   75.0%
    """
    return _cells(scores).T.to_string()


def scores_markdown(scores: pd.DataFrame, lang: str) -> str:
    """The scores as a Markdown table, one measure a row, one plan a column.

    Parameters
    ----------
    scores
        From `evaluate`.
    lang
        zh or en.
    """
    cells = _cells(scores)
    head = [say("draft_quality.measure", lang)]
    head += [say("draft_quality.all", lang) if plan == "all" else f"`{plan}`" for plan in cells.index]
    rows = [[f"`{measure}` {say(f'draft_quality.{measure}', lang)}", *cells[measure]] for measure in cells]
    return table(head, rows)


def with_scores(text: str, scores: pd.DataFrame) -> str:
    """The text of the codebook with the table of scores written anew; all else stays."""
    return MARKED.sub(lambda found: f"{found[1]}{scores_markdown(scores, found['lang'])}\n{found[3]}", text)


def write_scores(scores: pd.DataFrame, folder: Path) -> Path:
    """Write the scores into README.md of a data folder; returns its path."""
    path = folder / "README.md"
    path.write_bytes(with_scores(path.read_text(encoding="utf-8"), scores).encode("utf-8"))
    return path


def _cells(scores: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {name: scores[name].map((lambda count: f"{count:d}") if name in COUNTS else _percent) for name in scores}, index=list(scores.index)
    )


def _percent(share: float) -> str:
    return "—" if pd.isna(share) else f"{share:.1%}"
