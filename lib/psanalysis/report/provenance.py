"""Where the figures of a page come from: the source table, and at the end the fingerprint of data
and library.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import pandas as pd

from psanalysis.about import __version__, installed
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import plan_title
from psanalysis.formatting import stated
from psanalysis.markup import escaped
from psanalysis.report.addresses import (
    finding_id,
    finding_place,
    indicator_page,
    statements_page,
)
from psanalysis.report.blocks import folded, link
from psanalysis.report.downloads import figure, heads
from psanalysis.report.html import Html, paragraph
from psanalysis.report.table import measured, table
from psanalysis.tables.model import Cell, Head
from psanalysis.wording import say

SHOWN = (
    "statement", "plan", "section", "indicator", "as_written", "role", "year", "nature",
    "value_as_written", "value", "span", "note",
)  # fmt: skip
MAY_BE_EMPTY = ("nature", "note")
PACKAGES = ("pandas", "matplotlib", "seaborn", "papermill", "nbconvert")


def row_id(statement_id: str) -> str:
    """Id of a statement's row in the source table of a page."""
    return f"row-{statement_id}"


def source_table(
    ds: Dataset, statement_ids: list[str], lang: str, name: str, here: Collection[str] = ()
) -> Html:
    """All statements that a page rests on: marks and numbers link to their rows, and the downloads
    of the page take their columns from here.

    Parameters
    ----------
    ds, statement_ids, lang, name
        The data set, the statements, zh or en, and the name of the page.
    here
        Findings that the page itself tells of.
    """
    wanted = ds.statements[ds.statements["statement_id"].isin(set(statement_ids))]
    if wanted.empty:
        return Html("")
    rows = source_rows(ds, wanted, lang, here)
    caption = say("source.caption", lang, count=len(rows))
    listing = table(
        rows, source_columns(rows, lang), caption=caption, lang=lang, name=f"{name}-sources",
        data={"heads": heads(lang)}
    )  # fmt: skip
    return folded(
        say("source.title", lang), "sources", paragraph(say("source.intro", lang)) + listing
    )


def source_columns(
    rows: list[dict[str, Any]], lang: str, keys: Iterable[str] = SHOWN
) -> list[Head]:
    """The columns of a source table; one that may be empty is shown only where a row has something
    in it.
    """
    return [
        Head(key, say(f"source.{key}", lang), numeric=key == "value")
        for key in keys
        if key not in MAY_BE_EMPTY or any(row[key] for row in rows)
    ]


def source_rows(
    ds: Dataset,
    wanted: pd.DataFrame,
    lang: str,
    here: Collection[str] = (),
) -> list[dict[str, Any]]:
    """Rows of statements.csv as cells for `source_table`, with all findings about them and their
    figures as data of the row.
    """
    plans = {plan: plan_title(ds, plan, lang) for plan in wanted["plan_id"].unique()}
    units, indicators, pledges = (
        getattr(ds, table).set_index(f"{table[:-1]}_id")[f"name_{lang}"].to_dict()
        for table in ("units", "indicators", "pledges")
    )
    roles, natures = (
        {
            code: ds.label("statements", column, code, lang).split(":")[0]
            for code in wanted[column].dropna().unique()
        }
        for column in ("role", "nature")
    )
    found = findings_about(
        ds, lang, lambda code: f"#{finding_id(code)}" if code in here else finding_place(code, lang)
    )
    return [
        {
            "id": row_id(row.statement_id),
            "data": figure(row, units.get(row.unit_id, ""), pledges.get(row.pledge, ""), lang),
            "statement": row.statement_id,
            "statement_href": f"{statements_page(row.plan_id, lang)}#{row_id(row.statement_id)}",
            "plan": plans[row.plan_id],
            "plan_href": f"#{document_id(row.plan_id)}",
            "section": row.section,
            "indicator": indicators[row.indicator_id],
            "indicator_href": indicator_page(row.indicator_id, lang),
            "as_written": row.indicator_as_written,
            "role": roles[row.role],
            "year": _year(row, lang),
            "nature": natures.get(row.nature, ""),
            "value_as_written": row.value_as_written,
            "value": _value(row, units.get(row.unit_id, ""), lang),
            "span": "—" if pd.isna(row.char_start) else f"{row.char_start}–{row.char_end}",
            "note": _noted(found.get(row.statement_id), _or_nothing(getattr(row, f"note_{lang}"))),
        }
        for row in wanted.itertuples()
    ]  # fmt: skip


def _noted(findings: str | None, note: str) -> Html | str:
    """The findings about a statement, and the note of its row."""
    return Html(f"{findings} {escaped(note)}".rstrip()) if findings else note


def _value(row: Any, unit: str, lang: str) -> Cell:
    """A value as shown, and as a number in the unit that is shown."""
    shown = stated(row.value, row.value_high, row.comparator, unit, lang)
    return measured(shown, row.value, unit, lang)


def _year(row: Any, lang: str) -> str:
    if pd.isna(row.year):
        return "—"
    return str(row.year) + ("" if row.year_basis == "stated" else say("source.implied", lang))


def findings_about(ds: Dataset, lang: str, places: Callable[[str], str]) -> dict[str, str]:
    """HTML of the findings that name a statement, by statement_id: the kind of each, a
    link to it.
    """
    named = ds.findings.dropna(subset="statement_ids")
    words = {
        code: ds.label("findings", "kind", code, lang).partition(":")[0]
        for code in named["kind"].unique()
    }
    found: dict[str, list[str]] = {}
    for row in named.itertuples():
        place, code = escaped(places(row.finding_id)), escaped(row.finding_id)
        shown = f'<a href="{place}" data-finding="{code}">{escaped(words[row.kind])}</a>'
        for one in str(row.statement_ids).split():
            found.setdefault(one, []).append(shown)
    between = escaped(say("punctuation.clause", lang))
    return {one: between.join(items) for one, items in found.items()}


def document_id(plan_id: str) -> str:
    """Id of a plan's row in the table of documents of a page."""
    return f"row-document-{plan_id}"


def document_table(ds: Dataset, lang: str, plan_ids: Iterable[str] | None = None) -> Html:
    """The documents that a page rests on: title, number, issuer, date, the hash of the text that
    the spans count in, where it can be had.
    """
    wanted = ds.plans if plan_ids is None else ds.plans[ds.plans["plan_id"].isin(set(plan_ids))]
    keys = ("title", "number", "issuer", "issued", "text", "where", "citation")
    rows = [
        {
            "id": document_id(row["plan_id"]), "title": row[f"title_{lang}"],
            "title_href": _or_nothing(row["url"]), "number": _or_missing(row["document_no"]),
            "issuer": _or_missing(row["issuer"]),
            "issued": "—" if pd.isna(row["issued_on"]) else f"{row['issued_on']:%Y-%m-%d}",
            "text": "—" if pd.isna(row["source_sha256"]) else say("document.hash", lang,
                count=row["source_chars"], hash=row["source_sha256"][:16]),
            "where": _where(row, lang), "citation": _or_missing(row["citation"]),
        }
        for row in wanted.to_dict("records")
    ]  # fmt: skip
    columns = [Head(key, say(f"document.{key}", lang)) for key in keys]
    caption = say("document.caption", lang, count=len(rows))
    listing = table(rows, columns, caption=caption, lang=lang, name="documents")
    return folded(say("document.heading", lang), "documents", listing)


def _where(plan: dict[str, Any], lang: str) -> Html | str:
    """The address of the text of a plan, or of the report that its figures are cited from; or that
    none is known.
    """
    parts = []
    if pd.notna(plan["url"]):
        day = "" if pd.isna(plan["retrieved_on"]) else f"{plan['retrieved_on']:%Y-%m-%d}"
        parts.append(
            link(say("document.at_read" if day else "document.at", lang, day=day), plan["url"])
        )
    if pd.notna(plan["archive_url"]):
        parts.append(link(say("document.kept", lang), plan["archive_url"]))
    if parts:
        return Html(escaped(say("punctuation.clause", lang)).join(str(one) for one in parts))
    told = "no_address" if pd.notna(plan["source_sha256"]) else "no_address_report"
    return say(f"document.{told}", lang)


def _or_nothing(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _or_missing(value: object) -> str:
    return "—" if pd.isna(value) else str(value)


def colophon(ds: Dataset, lang: str, /, **parameters: object) -> Html:
    """Data hash, parameters, versions and licence."""
    # an empty parameter was left at its default, which the page states
    shown = ", ".join(f"{key} = {value}" for key, value in parameters.items() if value != "")
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
