"""Where a page's figures come from: the source table, and the fingerprint of data and library at the end."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from psanalysis.about import __version__, installed
from psanalysis.datapackage.dataset import Dataset
from psanalysis.formatting import stated
from psanalysis.report.blocks import folded
from psanalysis.report.html import Column, Html, paragraph, table
from psanalysis.wording import say

PACKAGES = ("pandas", "matplotlib", "seaborn", "papermill", "nbconvert")


def row_id(statement_id: str) -> str:
    """Id of a statement's row in the source table of a page."""
    return f"row-{statement_id}"


def source_table(ds: Dataset, statement_ids: list[str], lang: str, name: str) -> Html:
    """Every statement that a page rests on: plan, section, name and value as written, place in the text."""
    wanted = ds.statements[ds.statements["statement_id"].isin(set(statement_ids))]
    plans = ds.plans.set_index("plan_id")
    units = ds.units.set_index("unit_id")[f"name_{lang}"]
    indicators = ds.indicators.set_index("indicator_id")[f"name_{lang}"]
    notes = wanted.set_index("statement_id")[f"note_{lang}"]
    rows = [
        {
            "id": row_id(row.statement_id),
            "statement": row.statement_id,
            "plan": plans.at[row.plan_id, f"title_{lang}"],
            "section": row.section,
            "indicator": indicators[row.indicator_id],
            "as_written": row.indicator_as_written,
            "role": ds.label("statements", "role", row.role, lang).split(":")[0],
            "year": "—"
            if pd.isna(row.year)
            else str(row.year)
            + ("" if row.year_basis == "stated" else say("source.implied", lang)),
            "value_as_written": row.value_as_written,
            "value": (
                stated(row.value, row.value_high, row.comparator, units[row.unit_id], lang),
                "" if pd.isna(row.value) else row.value,
            ),
            "span": "—" if pd.isna(row.char_start) else f"{row.char_start}–{row.char_end}",
            "note": notes[row.statement_id] if pd.notna(notes[row.statement_id]) else "",
        }
        for row in wanted.itertuples()
    ]
    columns = [
        Column("statement", say("source.statement", lang)), Column("plan", say("source.plan", lang)), Column("section", say("source.section", lang)),
        Column("indicator", say("source.indicator", lang)), Column("as_written", say("source.as_written", lang)), Column("role", say("source.role", lang)),
        Column("year", say("source.year", lang)), Column("value_as_written", say("source.value_as_written", lang)),
        Column("value", say("source.value", lang), numeric=True), Column("span", say("source.span", lang)),
        Column("note", say("source.note", lang)),
    ]  # fmt: skip
    caption = say("source.caption", lang, count=len(rows))
    listing = table(rows, columns, caption=caption, name=f"{name}-sources")
    return folded(
        say("source.title", lang), "sources", paragraph(say("source.intro", lang)) + listing
    )


def document_id(plan_id: str) -> str:
    """Id of a plan's row in the table of documents of a page."""
    return f"row-document-{plan_id}"


def document_table(ds: Dataset, lang: str, plan_ids: Iterable[str] | None = None) -> Html:
    """The documents that a page rests on: title, number, issuer, date, the hash of the text that the spans count in."""
    wanted = ds.plans if plan_ids is None else ds.plans[ds.plans["plan_id"].isin(set(plan_ids))]
    keys = ("title", "number", "issuer", "issued", "text", "citation")
    rows = [
        {
            "id": document_id(row["plan_id"]), "title": row[f"title_{lang}"], "number": _or_missing(row["document_no"]), "issuer": _or_missing(row["issuer"]),
            "issued": "—" if pd.isna(row["issued_on"]) else f"{row['issued_on']:%Y-%m-%d}",
            "text": "—" if pd.isna(row["source_sha256"]) else say("document.hash", lang, count=row["source_chars"], hash=row["source_sha256"][:16]),
            "citation": _or_missing(row["citation"]),
        }
        for row in wanted.to_dict("records")
    ]  # fmt: skip
    columns = [Column(key, say(f"document.{key}", lang)) for key in keys]
    caption = say("document.caption", lang, count=len(rows))
    listing = table(rows, columns, caption=caption, name="documents")
    return folded(say("document.heading", lang), "documents", listing)


def _or_missing(value: object) -> str:
    return "—" if pd.isna(value) else str(value)


def colophon(ds: Dataset, lang: str, /, **parameters: object) -> Html:
    """Data hash, parameters, versions and licence."""
    shown = ", ".join(f"{key} = {value}" for key, value in parameters.items())
    versions = ", ".join(
        [
            f"psanalysis {__version__}",
            *(f"{name} {installed(name)}" for name in PACKAGES if installed(name)),
        ]
    )
    words = (
        paragraph(
            say(
                "colophon.data",
                lang,
                hash=ds.content_hash[:16],
                version=ds.package.descriptor["version"],
            )
        )
        + paragraph(say("colophon.parameters", lang, parameters=shown))
        + paragraph(say("colophon.versions", lang, versions=versions))
        + paragraph(say("colophon.licence", lang))
    )
    return folded(say("colophon.title", lang), "technical", words)
