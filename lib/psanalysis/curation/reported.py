"""Proposes actual values from the statements that the rules find in an annual report or a
statistical bulletin.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from psanalysis.curation.imprint import area_of, imprint_of, reported_pattern
from psanalysis.datapackage.dataset import Dataset
from psanalysis.draft.drafting import Draft, draft_document
from psanalysis.draft.folding import fold
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.proposed import FIELDS
from psanalysis.errors import ParameterError
from psanalysis.formats.document import Document
from psanalysis.measures.magnitudes import doubted_values
from psanalysis.wording import LANGUAGES, say

# a quantity of one year and a total over several years are two indicators; the code of the first
# ends so
OF_A_YEAR = "_per_year"
BEFORE = 40
DOUBTED = 0.5  # factor on the confidence of a value of doubtful size
HELPING = ["role", "section", "indicator_as_written", "value_as_written", "char_start", "char_end",
    "unit_as_written", "pledge",
           "indicator_is_new", "link_score", "link_matched", "confidence", "doubts"]  # fmt: skip


def draft_reported(
    document: Document, ds: Dataset, area_id: str = "", year: int | None = None, lang: str = "zh"
) -> Draft:
    """Proposed actual values of an annual report (政府工作报告) or a statistical bulletin
    (统计公报).

    Parameters
    ----------
    document
        The document, as it was read.
    ds
        The data set: areas, indicators, units.
    area_id
        The area that the document reports on; by default the one that its title names.
    year
        The year of the document where its title does not name one: of a bulletin the year that it
        reports on, of an annual report the year in which it was given.
    lang
        Language of the reasons.

    Returns
    -------
    Draft
        `statements` has the columns of actuals.csv, then columns for the review (span in the text,
        names as written, confidence, doubts on the size of the value, a reason for each field).
        Targets, values of other places, pledges, changes against the previous year and values of
        unknown indicators are in `left_out` with their reason.

    Raises
    ------
    ParameterError
        If the area is not known, or the document is neither an annual report nor a bulletin by its
        title and no year is named.
    """
    area = area_id or area_of(document, ds)
    if area not in set(ds.areas["area_id"]):
        said = f"area {area!r} is not known" if area else "the title names no known area"
        raise ParameterError(f"{document.name}: {said} -> name a code of areas.csv with --area")
    period = (year, year) if year else None
    read = draft_document(document, f"{area}-report", ds, lang=lang, period=period)
    if read.plan.kind == "plan":
        raise ParameterError(
            f"{document.name}: the title is of no annual report and no statistical bulletin -> "
            "name its year with --year: of an annual report the year in which it was given, of a "
            "bulletin the year that it is about"
        )
    rows = _reported_on(read)
    why = pd.Series([_passed_over(row, read, area) for row in rows.to_dict("records")], dtype="str")
    kept = rows[(why == "").to_numpy()].reset_index(drop=True)
    passed = [
        (row["char_start"], row["char_end"], row["value_as_written"], code,
            say(f"draft_left_out.{code}", lang))
        for row, code in zip(rows.to_dict("records"), why, strict=True)
        if code
    ]  # fmt: skip
    left_out = pd.concat(
        [read.left_out, pd.DataFrame(passed, columns=read.left_out.columns)], ignore_index=True
    ).sort_values(["char_start", "char_end"], kind="stable", ignore_index=True)
    frame = _frame(kept, read, ds, area, lang)
    plan = replace(read.plan, plan_id=f"{area}-{_reviewed(read)}-actuals")
    return replace(read, statements=frame, left_out=left_out, plan=plan)


def _reviewed(read: Draft) -> int:
    """The year that the document reports on."""
    return read.plan.horizon if read.plan.kind == "bulletin" else read.plan.baseline


def _reported_on(read: Draft) -> pd.DataFrame:
    """The statements of a document, with the columns of a draft.

    A plan's statement that names no year and stands under no heading is about the future. In an
    annual report it is about the last year that was named, unless its sentence looks ahead: there
    `role` becomes baseline and `year` the year reported on.
    """
    rows, text = read.statements, fold(read.document.text)
    if read.plan.kind != "annual":
        return rows
    goes_on = [
        row.role == "target" and row.year_basis != "stated" and not row.section
        and _goes_on(text, int(row.char_start), read.plan.baseline)
        for row in rows.itertuples()
    ]  # fmt: skip
    own = pd.Series(goes_on, index=rows.index, dtype="bool")
    year = rows["year"].mask(own, str(read.plan.baseline))
    return rows.assign(role=rows["role"].mask(own, "baseline"), year=year)


def _goes_on(text: str, start: int, year: int) -> bool:
    named = reported_pattern("year").findall(text, 0, start)
    sentence = text[max(text.rfind(mark, 0, start) for mark in "\n\u3002;") + 1 : start]
    ahead = pattern("chapters", "ahead").search(sentence)
    return bool(named) and int(named[-1]) == year and not ahead


def _passed_over(row: dict[str, object], read: Draft, area: str) -> str:
    if row["role"] == "target":
        return "to_come"
    if row["role"] != "baseline" or row["area_id"] != area:
        return "elsewhere"
    if not row["value"]:
        return "pledged"
    if not row["year"]:
        return "undated"
    points = reported_pattern("points").search(str(row["unit_as_written"]))
    if points or reported_pattern("change").search(_before(row, read)):
        return "change"
    return "no_indicator" if row["indicator_is_new"] else ""


def _frame(kept: pd.DataFrame, read: Draft, ds: Dataset, area: str, lang: str) -> pd.DataFrame:
    """Statements of a draft as proposals: the columns of actuals.csv, those in HELPING and a
    `reason_` for each of FIELDS.
    """
    imprint = imprint_of(read, ds, area)
    known = set(ds.indicators["indicator_id"])
    status = "preliminary" if _preliminary(read) else "final"
    rows = [
        row | {
            "area_id": area, "value_as_stated": row["value_as_written"],
            "publisher": imprint.publisher, "title": imprint.title,
            "published_on": imprint.published_on, "url": "", "retrieved_on": "", "status": status,
            "quality": "original",
            "doubts": "", **_year(row, read, lang), **_over_years(row, known),
            **_revised(row, read),
        }
        for row in kept.to_dict("records")
    ]  # fmt: skip
    columns = [*ds.package.by_name["actuals"].columns, *HELPING, *(f"reason_{f}" for f in FIELDS)]
    frame = pd.DataFrame(rows, columns=columns)
    return _with_doubts(frame, ds, lang)


def _year(row: dict[str, object], read: Draft, lang: str) -> dict[str, str]:
    """The year of a value, and why: the year reported on, or the one before where the value is set
    beside it as last year's.
    """
    if row["year_basis"] == "stated":
        return {"year": str(row["year"])}
    last = bool(reported_pattern("last_year").search(_before(row, read)))
    key = "year_before" if last else "year_reported"
    return {"year": str(_reviewed(read) - last), "reason_year": say(f"draft_reason.{key}", lang)}


def _over_years(row: dict[str, object], known: set[str]) -> dict[str, str]:
    """What goes with a quantity that adds up: the years of a total as a note, the indicator of one
    year where there is one.
    """
    first, last = str(row["flow_start"]), str(row["flow_end"])
    if first != last:
        years = {"first": first, "last": last}
        return {f"note_{lang}": say("draft_reason.total_over", lang, **years) for lang in LANGUAGES}
    of_a_year = f"{row['indicator_id']}{OF_A_YEAR}"
    return {"indicator_id": of_a_year} if first and of_a_year in known else {}


def _revised(row: dict[str, object], read: Draft) -> dict[str, str]:
    """The status of a value that a note publishes instead of an earlier one."""
    return {"status": "revised"} if reported_pattern("revised").search(_before(row, read)) else {}


def _before(row: dict[str, object], read: Draft) -> str:
    start = int(str(row["char_start"]))
    return fold(read.document.text[max(0, start - BEFORE) : start])


def _preliminary(read: Draft) -> bool:
    said = reported_pattern("preliminary").search(fold(read.document.text))
    return read.plan.kind == "annual" or bool(said)


def _with_doubts(frame: pd.DataFrame, ds: Dataset, lang: str) -> pd.DataFrame:
    """Proposals with `doubts` in words where the size of a `value` is doubtful; these lower
    `confidence` (0 to 1).
    """
    dimension = ds.units.set_index("unit_id")["dimension"]
    unit = frame["indicator_id"].map(ds.indicators.set_index("indicator_id")["unit_id"])
    own, wanted = frame["unit_id"].map(dimension), unit.map(dimension)
    sound = frame[(own == wanted).to_numpy() & (frame["year"] != "").to_numpy()]
    numbers = {name: pd.to_numeric(sound[name]) for name in ("year", "value", "value_high")}
    typed = sound[ds.actuals.columns].assign(**numbers, retrieved_on=pd.NaT, note_zh=pd.NA)
    found = doubted_values(ds, typed.astype(ds.actuals.dtypes))
    words = found[f"reason_{lang}"].reindex(frame.index).fillna("").astype("str")
    confidence = frame["confidence"].where(words == "", (frame["confidence"] * DOUBTED).round(2))
    return frame.assign(doubts=words, confidence=confidence)
