"""The page on which a person reviews a draft: the text with the proposed spans, and the numbers
left out. One file that loads no other.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from psanalysis.curation.review_rows import HIGH, MIDDLE, known_codes, review_rows, rows_json
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.draft.drafting import Draft
from psanalysis.draft.indicator_table import Table
from psanalysis.draft.period import Plan
from psanalysis.errors import ParameterError
from psanalysis.formats.document import Unread
from psanalysis.site.assets import LANGUAGE_TAGS, SCRIPT_WORDS, asset, script, templates
from psanalysis.wording import say

# reasons of numbers that are not quantities, in a closed section of the page
NO_QUANTITY = {
    "ordinal", "code", "box", "document", "contact", "date", "lead", "wording", "article", "name",
    "glossary", "rank", "base",
    "page", "title",
}  # fmt: skip
WITH_UNIT = re.compile(r"\d\s*[^\d\s.,，、)）\]—-]|%")
ROLES = ("baseline", "target", "reference")


@dataclass(frozen=True)
class Part:
    """A part of the text: plain, a proposed statement (with the number of its row), or a number
    left out.
    """

    text: str
    kind: str = "plain"
    number: int = 0
    level: str = ""
    roles: str = ""
    title: str = ""


# a mark that every page for a review has, and no document of a plan
MARK = b'<script type="application/json" id="ps-rows">'


def require_page(path: Path) -> None:
    """Raise ParameterError if the path is another file than a page for a review."""
    if path.is_file() and MARK not in path.read_bytes():
        raise ParameterError(
            f"{path} is there and is no page for a review -> choose another name, or remove it"
        )


def review_page(
    result: Draft,
    lang: str = "zh",
    command: str = "psanalysis add-plan",
    ds: Dataset | None = None,
) -> bytes:
    """The page for the review of a draft.

    Parameters
    ----------
    result
        The draft.
    lang
        zh or en; the reasons are in the language of the draft.
    command
        The command that takes the table saved by the page.
    ds
        The data set that the rows are to go into, for the codes of their cells; by default the
        curated one.

    Returns
    -------
    bytes
        HTML in UTF-8, with the style sheet and script of the report site.
    """
    ds = ds or load()
    occurrences = review_rows(result.statements, lang)
    rows = [row for row in occurrences if row["first"] == row["number"]]
    left_out = result.left_out.to_dict("records")
    parts = list(_parts(result.document.text, occurrences, left_out))
    anchored = {part.number for part in parts if part.kind == "statement"}
    levels = [row["level"] for row in rows]
    style = asset("site.css") + _own_style()
    left_out, folded = _by_interest(left_out)
    page = _environment().get_template("review.html.j2").render(
        lang=lang, language_tag=LANGUAGE_TAGS[lang], policy=_policy(style), style=Markup(style),
        script=Markup(_script()), script_words=SCRIPT_WORDS,
        say=lambda key, **values: say(f"site.{key}", lang, **values),
        words=lambda key, **values: say(f"draft_review.{key}", lang, **values),
        plan=result.plan.plan_id, document=result.document,
        counts={"total": len(rows), "places": len(occurrences),
            "left": len(left_out) + len(folded)} | {name: levels.count(name) for name in ("high",
                "middle", "low")},
        levels=_level_words(lang), roles=[(role, say(f"role.{role}", lang)) for role in ROLES],
        rows=rows, anchored=anchored, parts=parts, left_out=left_out, folded=folded,
        known=known_codes(ds, lang),
        tables=[_table(table) for table in result.tables],
        unread=[unread_words(one, lang) for one in result.document.unread],
        period=list(period_words(result.plan, lang)),
        rows_json=Markup(rows_json(result, ds, lang)), command=command,
        file=f"{result.plan.plan_id}-draft.csv",
        text_file=f"{result.plan.plan_id}-draft.{result.document.sha256[:12]}.txt",
    )  # fmt: skip
    return page.encode("utf-8")


def period_words(plan: Plan, lang: str) -> Iterator[str]:
    """The kind and period of a document, and evidence for others, one line each."""
    if not plan.known:
        yield say("draft_period.unknown", lang)
        return
    kind = say(f"draft_period.{plan.kind}", lang)
    source = say(f"draft_period.{plan.evidence[0].source}", lang)
    yield say("draft_period.read", lang, kind=kind, span=_span(plan.start, plan.end), source=source)
    for other in plan.conflicts:
        source = say(f"draft_period.{other.source}", lang)
        yield say("draft_period.conflict", lang, source=source, span=_span(other.start, other.end))


def _span(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}-{end}"


def unread_words(one: Unread, lang: str) -> str:
    """A part that could not be read, in words: its kind, and its page or the words before it."""
    where = say("draft_unread.page", lang, page=one.page) if one.page else ""
    if not where and one.after:
        where = say("draft_unread.after", lang, words=one.after)
    return say(f"draft_unread.{one.kind}", lang) + where


def _by_interest(rows: list[dict[Any, Any]]) -> tuple[list[dict[Any, Any]], list[dict[Any, Any]]]:
    """Numbers left out in two lists: quantities, those with a unit first; and numbers that are not
    quantities (dates, numbers of notes).
    """
    folded = [row for row in rows if row["reason"] in NO_QUANTITY]
    others = [row for row in rows if row["reason"] not in NO_QUANTITY]
    return sorted(others, key=lambda row: not WITH_UNIT.search(str(row["as_written"]))), folded


def _table(table: Table) -> dict[str, Any]:
    """A table as it was read, with the rows that are missing by its serial numbers."""
    return {
        "caption": table.caption, "heads": table.heads, "read": len(table.rows),
        "expected": max(table.expected, len(table.rows)),
        "missing": ", ".join(map(str, table.missing)),
        "rows": [[" ".join(token.text for token in cell) for cell in row.cells]
            for row in table.rows],
    }  # fmt: skip


def _parts(text: str, rows: list[dict[str, Any]], left_out: list[dict[Any, Any]]) -> Iterator[Part]:
    """The parts of the text in order; of overlapping spans the first is shown, and a statement
    rather than a number left out.
    """
    spans = [(row["start"], 0, row["end"], row) for row in rows]
    spans += [(int(item["char_start"]), 1, int(item["char_end"]), item) for item in left_out]
    shared: dict[tuple[int, int], set[str]] = {}
    for row in rows:
        shared.setdefault((row["start"], row["end"]), set()).add(row["role"])
    offset = 0
    for start, passed, end, item in sorted(spans, key=lambda span: span[:3]):
        if start < offset or start >= end:
            continue
        if start > offset:
            yield Part(text[offset:start])
        if passed:
            yield Part(text[start:end], "left_out", title=item["reason_text"])
        else:
            roles = "".join(f" ps-{role}" for role in sorted(shared[start, end]))
            title = (
                f"{item['name']} · {item['role_word']} {item['year']} · "
                f"{item['pledge'] or item['value']} {item['unit']} · {item['confidence']}"
            )
            yield Part(text[start:end], "statement", item["number"], item["level"], roles, title)
        offset = end
    if offset < len(text):
        yield Part(text[offset:])


def _level_words(lang: str) -> list[tuple[str, str]]:
    return [
        ("high", say("draft_review.high", lang, bound=HIGH)),
        ("middle", say("draft_review.middle", lang, low=MIDDLE, high=HIGH)),
        ("low", say("draft_review.low", lang, bound=MIDDLE)),
    ]


def _policy(style: str) -> str:
    style_hash, script_hash = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (style, _script())
    )
    allowed = f"style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'"
    return f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'; form-action 'none'"


def _folder() -> Path:
    return Path(str(files("psanalysis").joinpath("curation", "templates")))


@cache
def _own_style() -> str:
    return (_folder() / "review.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    return script() + (_folder() / "review.js").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader([_folder(), templates()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
