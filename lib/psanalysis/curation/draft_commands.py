"""The command `draft`: it reads, calls the library, and reports what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from psanalysis.curation.review import period_words, require_page, review_page, unread_words
from psanalysis.curation.saved import save_draft
from psanalysis.datapackage.dataset import Dataset, data_folder, load
from psanalysis.draft.drafting import Draft, draft_document
from psanalysis.draft.evaluate import evaluate
from psanalysis.draft.evaluate_marked import evaluate_marked
from psanalysis.errors import ParameterError
from psanalysis.formats.reader import read_document
from psanalysis.wholefile import write_whole

PERIOD = re.compile(r"(20\d\d)(?:[-—–](20\d\d))?")
PLAN_ID = re.compile(r"[a-z][a-z0-9-]*")


def draft_file(
    file: Path | None,
    plan_id: str | None,
    out: Path | None = None,
    data: Path | None = None,
    review: Path | None = None,
    lang: str = "zh",
    period: str | None = None,
    area: str | None = None,
    actuals: bool = False,
) -> Iterator[str]:
    """Draft one document; yields the lines of the report.

    Parameters
    ----------
    file, plan_id
        The document and the code of its plan; or a folder of documents, without a code.
    out
        Table to write (.csv or .xlsx), by default `<plan_id>-draft.csv` in the working folder; for
        a folder the folder to write to.
    data
        Data package; by default the project's.
    review
        HTML page for the review, if wanted.
    lang
        Language of reasons and page.
    period
        First and last year (2026-2030), or the year of an annual report (2026).
    area
        With actuals: the area that the document reports on, where its title does not name it.
    actuals
        Propose actual values from an annual report or a statistical bulletin, for `psanalysis
        actuals add`.

    Raises
    ------
    ParameterError
        If the document or the code is missing, or the code is malformed.
    DocumentError
        If the document cannot be read.
    """
    if actuals:
        yield from _draft_reported(file, area, out, data, review, lang, period)
        return
    if area is not None:
        raise ParameterError("--area goes with --actuals -> a plan is named with --plan")
    if file is not None and file.is_dir():
        yield from _draft_folder(file, out, load(data), lang, _period(period))
        return
    if file is None or plan_id is None:
        raise ParameterError(
            "draft needs a document and a plan -> write: psanalysis draft FILE --plan PLAN_ID"
        )
    if not PLAN_ID.fullmatch(plan_id):
        raise ParameterError(
            f"--plan={plan_id!r} is no plan code -> write small letters, digits and hyphens, like "
            "mianyang-14fyp"
        )
    years = _period(period)
    ds = load(data)
    result = draft_document(read_document(file), plan_id, ds, lang=lang, period=years)
    yield from _written(result, ds, out, review, lang, "statements", "psanalysis add-plan")


def _draft_reported(
    file: Path | None,
    area: str | None,
    out: Path | None,
    data: Path | None,
    review: Path | None,
    lang: str,
    period: str | None,
) -> Iterator[str]:
    from psanalysis.curation.reported import draft_reported

    if file is None or file.is_dir():
        raise ParameterError(
            "draft --actuals needs a document -> write: psanalysis draft FILE --actuals"
        )
    first, last = _period(period) or (None, None)
    if first != last:
        raise ParameterError(f"--period={period!r} is no year -> write --year 2025")
    ds = load(data)
    result = draft_reported(read_document(file), ds, area or "", first, lang)
    yield from _written(result, ds, out, review, lang, "actual values", "psanalysis actuals add")
    doubtful = int((result.statements["doubts"] != "").sum())
    if doubtful:
        yield f"{doubtful} of them are of a doubtful size: column doubts says why"


def _written(
    result: Draft,
    ds: Dataset,
    out: Path | None,
    review: Path | None,
    lang: str,
    what: str,
    command: str,
) -> Iterator[str]:
    """Write a draft and the page for its review; yields what was written, and the kind and period
    that the document was taken to have.
    """
    if review is not None:
        require_page(review)
    table, text, kept = save_draft(result, out or Path(f"{result.plan.plan_id}-draft.csv"))
    yield (
        f"{table}: {len(result.statements)} proposed {what}, {len(result.left_out)} numbers left "
        "out"
    )
    if kept:
        yield f"{table}: {kept} rows in which a person has decided stay as they were"
    yield f"{text}: the text that the offsets refer to"
    yield from period_words(result.plan, "en")
    yield from _tables(result)
    for one in result.document.unread:
        yield f"{result.document.name}: {unread_words(one, 'en')}"
    if review is not None:
        review.parent.mkdir(parents=True, exist_ok=True)
        write_whole(review, review_page(result, lang, command, ds))
        yield f"{review}: page for the review"
    form = f" --plan-info {result.plan.plan_id}.yml" if what == "statements" else ""
    yield f"next: write yes or no in its column accepted, then {command} {table}{form}"


def _period(written: str | None) -> tuple[int, int] | None:
    if written is None:
        return None
    found = PERIOD.fullmatch(written)
    if not found or int(found[1]) > int(found[2] or found[1]):
        raise ParameterError(
            f"--period={written!r} is no period -> write two years like 2026-2030, or --year 2026 "
            "for an annual report"
        )
    return int(found[1]), int(found[2] or found[1])


def _tables(result: Draft) -> Iterator[str]:
    """Lines about tables with missing rows, known by their serial numbers."""
    for table in result.tables:
        if table.missing:
            head = table.caption.split("\n")[-1] or table.heads[0]
            lost = ", ".join(map(str, table.missing[:12]))
            yield (
                f"table {head}: {len(table.serials)} of {table.expected} rows read; look for {lost}"
            )


def _draft_folder(
    folder: Path, out: Path | None, ds: Dataset, lang: str, period: tuple[int, int] | None
) -> Iterator[str]:
    from psanalysis.curation.batch import INDEX, draft_folder

    if out is None:
        raise ParameterError(
            "draft of a folder needs one to write to -> write: psanalysis draft FOLDER --out DIR"
        )
    if out.exists() and not out.is_dir():
        raise ParameterError(f"--out={str(out)!r} is no folder -> name a folder")
    count = refused = 0
    for entry in draft_folder(folder, out, ds, lang, period):
        count += 1
        refused += bool(entry.problem)
        rows = f", {entry.rows_read} of {entry.rows_expected} table rows" if entry.tables else ""
        yield f"{entry.file}: {entry.problem or f'{entry.statements} proposed statements{rows}'}"
    yield f"{out / INDEX}: {count} documents, {refused} refused; worst first"


def score_drafts(
    sources: Path | None,
    marked: Path | None = None,
    data: Path | None = None,
    write: bool = False,
    labelled: Path | None = None,
) -> Iterator[str]:
    """Score the drafts of the curated plans and of marked texts; yields the tables, and writes them
    into the codebook on request.

    With a folder of labelled documents the confidence of drafts is compared with the share that is
    right.

    Raises
    ------
    ParameterError
        If no folder is named, or one holds no text.
    """
    from psanalysis.curation.scores import CALIBRATION, scores_text, write_scores
    from psanalysis.draft.calibration import calibration

    if sources is None and marked is None and labelled is None:
        raise ParameterError(
            "draft --evaluate needs the source texts -> write: psanalysis draft --evaluate "
            "--sources DIR [--marked DIR] [--labelled DIR]"
        )
    ds = load(data)
    scores = {"draft_quality": evaluate(ds, sources)} if sources else {}
    scores |= {"draft_marked": evaluate_marked(ds, marked)} if marked else {}
    for name, table in scores.items():
        yield scores_text(table)
        if write:
            yield f"{write_scores(table, data or data_folder(), name)}: written"
    if labelled:
        classes = calibration(ds, sources, labelled)
        yield classes.round(3).to_string(index=False)
        if write:
            yield f"{write_scores(classes, data or data_folder(), CALIBRATION)}: written"
