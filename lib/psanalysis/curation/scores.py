"""The scores of `evaluate` and `evaluate_marked` as a table: plain for the terminal, Markdown for
the codebook.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from psanalysis.curation.codebook_schema import table
from psanalysis.wholefile import write_whole
from psanalysis.wording import say

COUNTS = ("texts", "characters", "curated", "marked", "drafted", "matched")
BAR = 20
CALIBRATION = "draft_calibration"
SETS = ("all", "worked", "unseen")


def scores_text(scores: pd.DataFrame) -> str:
    """The scores as columns of text, one measure a line. Columns of `scores` are counts (`matched`
    and others of COUNTS) or shares from 0 to 1.

    Examples
    --------
    >>> print(scores_text(pd.DataFrame({"matched": [3], "recall": [0.75]}, index=["all"])))
               all
    matched      3
    recall   75.0%
    """
    return _cells(scores).T.to_string()


def scores_markdown(scores: pd.DataFrame, lang: str) -> str:
    """The scores as a Markdown table, one measure a row, one plan or set of texts a column.

    Parameters
    ----------
    scores
        From `evaluate` or `evaluate_marked`.
    lang
        zh or en.
    """
    cells = _cells(scores)
    head = [say("draft_quality.measure", lang)]
    head += [
        say(f"draft_quality.{name}", lang) if name in SETS else f"`{name}`" for name in cells.index
    ]
    rows = [
        [f"`{measure}` {say(f'draft_quality.{measure}', lang)}", *cells[measure]]
        for measure in cells
    ]
    return table(head, rows)


def calibration_markdown(classes: pd.DataFrame, lang: str) -> str:
    """The classes of confidence as a Markdown table with a diagram of bars: how many statements,
    and how many of 100 are right.

    Parameters
    ----------
    classes
        From `calibration`.
    lang
        zh or en.

    Examples
    --------
    >>> row = {"set": "sources", "low": 0.9, "high": 0.95, "statements": 4, "confidence": 0.92,
    ...     "right": 0.75, "held_out": 0.8}
    >>> print(calibration_markdown(pd.DataFrame([row]), "en").splitlines()[-1])
    | 0.90–0.95 | 4 | 92.0% | 80.0% | 75.0% | `███████████████░░│░░` |
    """
    parts = []
    for name, own in classes.groupby("set", sort=False):
        head = [
            say("draft_calibration.class", lang),
            *(
                say(f"draft_calibration.{key}", lang)
                for key in ("statements", "confidence", "held_out", "right")
            ),
            "",
        ]
        rows = [
            [f"{row.low:.2f}–{row.high:.2f}", str(row.statements), _percent(row.confidence),
                _percent(row.held_out), _percent(row.right), _bar(row.right, row.confidence)]
            for row in own.itertuples()
        ]  # fmt: skip
        parts.append(f"**{say(f'draft_calibration.{name}', lang)}**\n\n{table(head, rows)}")
    return "\n\n".join(parts)


def _bar(right: float, confidence: float) -> str:
    """A bar as long as the share that is right, with a mark at the confidence."""
    cells = ["█" if i < round(right * BAR) else "░" for i in range(BAR)]
    cells[max(0, round(confidence * BAR) - 1)] = "│"
    return f"`{''.join(cells)}`"


def part_of(name: str) -> re.Pattern[str]:
    """The parts of the codebook with a table of scores, one for each language: draft_quality or
    draft_marked.
    """
    return re.compile(rf"(<!-- begin {name} (?P<lang>zh|en) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_scores(text: str, scores: pd.DataFrame, name: str = "draft_quality") -> str:
    """The text of the codebook with a table of scores written anew; all else stays. The columns of
    `scores` are those of `evaluate`, `evaluate_marked` or `calibration`, by the part's name.
    """
    written = calibration_markdown if name == CALIBRATION else scores_markdown
    return part_of(name).sub(
        lambda found: f"{found[1]}{written(scores, found['lang'])}\n{found[3]}", text
    )


def write_scores(scores: pd.DataFrame, folder: Path, name: str = "draft_quality") -> Path:
    """Write scores (see `with_scores`) into their part of README.md of a data folder; returns its
    path.
    """
    path = folder / "README.md"
    return write_whole(
        path, with_scores(path.read_text(encoding="utf-8"), scores, name).encode("utf-8")
    )


def _cells(scores: pd.DataFrame) -> pd.DataFrame:
    """Scores as text: counts (`matched` and others of COUNTS) as whole numbers, shares in %."""
    return pd.DataFrame(
        {
            name: scores[name].map((lambda count: f"{count:d}") if name in COUNTS else _percent)
            for name in scores
        },
        index=list(scores.index),
    )


def _percent(share: float) -> str:
    return "—" if pd.isna(share) else f"{share:.1%}"
