"""Makes drafts of plan documents; command line, notebook and review page all start here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.extract import extract
from psanalysis.draft.folding import fold
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.linking import learn_aliases
from psanalysis.draft.period import Plan, find_plan
from psanalysis.draft.proposed import left_out_frame, proposals_frame
from psanalysis.formats.document import Document
from psanalysis.formats.reader import read_document


@dataclass(frozen=True)
class Draft:
    """A draft: the statements proposed for a plan.

    Attributes
    ----------
    document
        The normalised text that offsets refer to.
    plan
        The plan, from plans.csv or from the document.
    statements
        Proposed rows: columns of statements.csv, confidence, reasons.
    left_out
        Numbers that were left out, with the reason.
    tables
        The tables that were read; each knows which rows are missing by its serial numbers.
    """

    document: Document
    plan: Plan
    statements: pd.DataFrame
    left_out: pd.DataFrame
    tables: tuple[Table, ...] = ()


def draft(path: str | Path, plan_id: str, ds: Dataset, lang: str = "zh") -> pd.DataFrame:
    """Proposed statements of a plan document.

    Parameters
    ----------
    path
        The document: .txt, .html, .docx or .pdf.
    plan_id
        Code of the plan; it need not be in plans.csv yet.
    ds
        The data set: units, areas, known indicators and their names.
    lang
        Language of the reasons.

    Returns
    -------
    DataFrame
        One row per statement, columns of statements.csv plus `confidence` (0 to 1), `domain_id`,
        `unit_as_written`, `indicator_is_new`, `link_score` (0 to 100), `link_matched` and a
        `reason_` column for each field.

    Raises
    ------
    DocumentError
        If the document cannot be read.
    """
    return draft_document(read_document(path), plan_id, ds, lang=lang).statements


def draft_document(
    document: Document,
    plan_id: str,
    ds: Dataset,
    lang: str = "zh",
    without: str | None = None,
    period: tuple[int, int] | None = None,
) -> Draft:
    """Draft a document that has been read.

    Parameters
    ----------
    document, plan_id, ds, lang
        As for `draft`.
    without
        A plan whose indicator names are not used for linking; for scoring.
    period
        First and last year of the plan, instead of those from title, code or text; the same year
        twice for an annual report.
    """
    plan = find_plan(plan_id, fold(document.text), ds.plans, ds.areas, period)
    found = extract(document.text, plan, document.grids)
    aliases = learn_aliases(ds.indicators, ds.statements, ds.units, without)
    statements = proposals_frame(found.statements, document, plan, ds, aliases, lang)
    left_out = left_out_frame(found.left_out, document, lang)
    read = replace(document, unread=(*document.unread, *found.unread))
    return Draft(read, plan, statements, left_out, found.tables)
