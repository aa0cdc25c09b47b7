"""Finds oddities in the rows by rules, so that a new plan gets notes without being read again."""

from __future__ import annotations

import pandas as pd

from psanalysis.curation import notes_across, notes_implied, notes_within
from psanalysis.curation.notes_evidence import Evidence, Note, described
from psanalysis.datapackage.dataset import Dataset
from psanalysis.measures.gaps import gaps

COLUMNS = ["kind", "plan_id", "statement_ids", "text_zh", "text_en", "known", "finding_ids"]


def notes(ds: Dataset) -> pd.DataFrame:
    """The oddities in the figures of the plans, by rule.

    A note is not a fault: the document may be right. It asks the curator to look, and to decide
    about a finding.

    Parameters
    ----------
    ds
        The data set.

    Returns
    -------
    DataFrame
        One row per note, in the order of plans and of the text.

        - kind: a kind of findings.csv.
        - plan_id: the plan, or the first of the plans that are compared.
        - statement_ids: statements concerned, separated by blanks; empty where the note is about
          the plan as a whole.
        - text_zh, text_en: what is odd.
        - known: True when findings.csv has a finding of this kind that shares a statement (or, for
          a whole plan, the plan).
        - finding_ids: those findings, separated by blanks; missing where there is none.

    Examples
    --------
    >>> import psanalysis as ps
    >>> from psanalysis.curation.notes import notes
    >>> table = notes(ps.load())
    >>> table.loc[table["kind"] == "copied_figure", ["statement_ids", "known"]].values.tolist()
    [['panjin-14fyp-030 panjin-14fyp-055', True]]
    """
    seen = Evidence(ds, described(ds), gaps(ds))
    found = [
        item
        for rule in (*notes_within.RULES, *notes_implied.RULES, *notes_across.RULES)
        for item in rule(seen)
    ]
    plan_order = {plan: number for number, plan in enumerate(ds.plans["plan_id"])}
    order = {statement: number for number, statement in enumerate(seen.rows["statement_id"])}
    found.sort(
        key=lambda item: (
            plan_order[item.plan_id],
            min((order[i] for i in item.statement_ids), default=-1),
            item.kind,
            item.statement_ids,
        )
    )
    findings = [
        (str(row.finding_id), str(row.kind), str(row.plan_id), _ids(row.statement_ids))
        for row in ds.findings.itertuples()
    ]
    table = pd.DataFrame([_row(item, findings) for item in found], columns=COLUMNS)
    text = ["kind", "plan_id", "statement_ids", "text_zh", "text_en", "finding_ids"]
    return table.astype({"known": "bool", **dict.fromkeys(text, "str")})


def _row(item: Note, findings: list[tuple[str, str, str, set[str]]]) -> tuple[object, ...]:
    own = set(item.statement_ids)
    covering = [
        finding
        for finding, kind, plan, ids in findings
        if kind == item.kind and (own & ids if own else plan == item.plan_id)
    ]  # fmt: skip
    return (
        item.kind, item.plan_id, " ".join(item.statement_ids), item.text_zh, item.text_en,
        bool(covering), " ".join(covering) or None,
    )  # fmt: skip


def _ids(cell: object) -> set[str]:
    return set() if pd.isna(cell) else set(str(cell).split())  # type: ignore[call-overload]
