"""The rows of the review page: one for each statement, with all its occurrences in the document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from psanalysis.comparators import ITSELF, NO_NUMBER
from psanalysis.curation.choices import OPEN_LISTS, options, suggestions, title
from psanalysis.curation.decisions import COLUMNS
from psanalysis.curation.followers import TAKES, followers
from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.drafting import Draft
from psanalysis.draft.proposed import FIELDS
from psanalysis.wording import say

HIGH, MIDDLE = 0.9, 0.7
# columns that the row shows; the other columns that can be corrected open with a click
IN_SIGHT = ("indicator_id", "value", "comparator", "unit_id", "role", "year")
# columns that the page cannot correct: JavaScript counts characters differently
ELSEWHERE = ("char_start", "char_end")


def level(confidence: float) -> str:
    """The level of a confidence between 0 and 1.

    Examples
    --------
    >>> level(0.95), level(0.8), level(0.3)
    ('high', 'middle', 'low')
    """
    return "high" if confidence >= HIGH else "middle" if confidence >= MIDDLE else "low"


def review_rows(statements: pd.DataFrame, lang: str) -> list[dict[str, Any]]:
    """The rows of a draft as texts for the page, numbered from 1.

    Returns
    -------
    list of dict
        `occurrences` are the further occurrences of the statement, which are rows of the draft too;
        `first` is the number of the row that shows them. `confidence` of a statement is the lowest
        of its occurrences, because one decision applies to all.
    """
    records = statements.to_dict("records")
    rows = [_row(number, record, lang) for number, record in enumerate(records, 1)]
    for number, others in followers([{k: str(v) for k, v in r.items()} for r in records]).items():
        row, occurrences = rows[number], [rows[other] for other in others]
        row["occurrences"] = occurrences
        for occurrence in occurrences:
            occurrence["first"] = row["number"]
        lowest = min((row, *occurrences), key=lambda one: float(one["own"]))
        row["confidence"], row["level"] = lowest["own"], lowest["level"]
    return rows


def rows_json(result: Draft, ds: Dataset, lang: str) -> str:
    """The rows of the draft as JSON for the script, which saves them as the table for add-plan,
    with the codes that their cells can have.
    """
    frame = result.statements.assign(source_sha256=result.document.sha256, accepted="").astype(str)
    table = "actuals" if "value_as_stated" in frame else "statements"
    columns = [c for c in (*IN_SIGHT, *COLUMNS[table]) if c in frame and c not in ELSEWHERE]
    content = {
        "columns": list(frame.columns), "rows": frame.to_numpy().tolist(), "takes": TAKES,
        "titles": {column: title(ds, column, lang) for column in columns},
        "options": {c: o for c in columns if (o := options(ds, table, c, lang))},
        "comparators": {"itself": ITSELF, "none": NO_NUMBER},
        "further": [column for column in dict.fromkeys(columns) if column not in IN_SIGHT],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")


def known_codes(ds: Dataset, lang: str) -> Mapping[str, list[tuple[str, str]]]:
    """Column -> code and name of the values that the page suggests."""
    return {column: suggestions(ds, column, lang) for column in OPEN_LISTS}


def _row(number: int, record: dict[Any, Any], lang: str) -> dict[str, Any]:
    confidence = f"{record['confidence']:.2f}"
    return {
        "number": number, "first": number, "occurrences": [], "start": int(record["char_start"]),
        "end": int(record["char_end"]),
        "level": level(record["confidence"]), "confidence": confidence, "own": confidence,
        "section": record.get("section", ""),
        "role": record["role"], "role_word": say(f"role.{record['role']}", lang),
        "comparator": record["comparator"],
        "year": record["year"], "name": record["indicator_as_written"],
        "indicator": record["indicator_id"],
        "new": record["indicator_is_new"] == "yes", "written": record["value_as_written"],
        "value": record["value"], "high": record["value_high"], "pledge": record["pledge"],
        "unit": record["unit_as_written"], "unit_id": record["unit_id"],
        "reasons": " · ".join(filter(None,
            [record.get("doubts"), *(record[f"reason_{field}"] for field in FIELDS)])),
    }  # fmt: skip
