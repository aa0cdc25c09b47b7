"""Turns proposed statements into a table in the schema of statements.csv, with confidence and a
reason for each field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

import pandas as pd

from psanalysis.comparators import NO_NUMBER
from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import nation
from psanalysis.datapackage.unit_source import HEAD, INFERRED, printed_with
from psanalysis.draft.confidence import confidence_of
from psanalysis.draft.folding import fold
from psanalysis.draft.lexicon import listed
from psanalysis.draft.linking import Aliases, Link, guess_domain, link, new_slug, trust
from psanalysis.draft.numerals import plain
from psanalysis.draft.period import Plan
from psanalysis.draft.proposal import LeftOut, Proposal
from psanalysis.draft.repeats import repeats
from psanalysis.draft.written_units import alias
from psanalysis.formats.characters import one_line
from psanalysis.formats.document import Document
from psanalysis.wording import say

FIELDS = ("value", "unit", "comparator", "role", "year", "commitment", "indicator")
EXTRA = (
    "confidence",
    "domain_id",
    "unit_as_written",
    "indicator_is_new",
    "link_score",
    "link_matched",
    "same_as",
)


def draft_columns(ds: Dataset) -> list[str]:
    """The columns of a draft: those of statements.csv, then confidence, columns for the review, and
    a reason for each field.
    """
    return [
        *ds.package.by_name["statements"].columns,
        *EXTRA,
        *(f"reason_{field}" for field in FIELDS),
    ]


def proposals_frame(
    proposals: Sequence[Proposal],
    document: Document,
    plan: Plan,
    ds: Dataset,
    aliases: Aliases,
    lang: str = "zh",
) -> pd.DataFrame:
    """Proposals as a table.

    Parameters
    ----------
    proposals
        In the order of the text.
    document, plan
        The document that they were read from, and its plan.
    ds
        The data set: units, areas, schema.
    aliases
        Names of known indicators.
    lang
        Language of the reasons, zh or en.

    Returns
    -------
    DataFrame
        All cells are strings as they go into CSV, except char_start, char_end, confidence and
        link_score. `same_as` is the first row that says the same elsewhere in the document.
    """
    units = dict(zip(ds.units["name_zh"], ds.units["unit_id"], strict=True))
    dimensions = dict(zip(ds.units["unit_id"], ds.units["dimension"], strict=True))
    names = [one_line("".join(document.text[a:b] for a, b in p.name_spans)) for p in proposals]
    unit_ids = [_unit_id(p, units) for p in proposals]
    domains = [
        guess_domain(fold(name), fold(f"{p.section} {p.hint}"))
        for name, p in zip(names, proposals, strict=True)
    ]
    links = link(names, [dimensions.get(unit, "") for unit in unit_ids], domains, aliases)
    columns = draft_columns(ds)
    known = {
        fold(name): code
        for name, code in zip(ds.areas["name_zh"], ds.areas["area_id"], strict=True)
    }
    rows = []
    for index, own in enumerate(zip(proposals, names, unit_ids, links, strict=True), 1):
        row = _row(index, *own, document, plan, nation(ds), known, lang)
        rows.append(tuple(row[column] for column in columns))
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(same_as=repeats(frame))


def left_out_frame(
    left_out: Sequence[LeftOut], document: Document, lang: str = "zh"
) -> pd.DataFrame:
    """The numbers that were left out: `char_start`, `char_end`, `as_written`, `reason` (a code) and
    `reason_text` in the language.
    """
    words = {
        reason: say(f"draft_left_out.{reason}", lang) for reason in {q.reason for q in left_out}
    }
    rows = [
        (q.start, q.end, document.text[q.start : q.end].strip(), q.reason, words[q.reason])
        for q in left_out
    ]
    return pd.DataFrame(
        rows, columns=["char_start", "char_end", "as_written", "reason", "reason_text"]
    )


def _unit_id(proposal: Proposal, units: dict[str, str]) -> str:
    """The code of a unit; `new_...` where units.csv lacks it; empty where no unit was found."""
    unit = alias(proposal.unit)
    if unit in units:
        return units[unit]
    larger = (
        units.get(unit[0] + alias(unit[1:]), "") if unit[:1] in listed("unit_sets", "large") else ""
    )
    return larger or (new_slug(unit) if unit else "")


def _row(
    index: int,
    p: Proposal,
    name: str,
    unit_id: str,
    found: Link,
    document: Document,
    plan: Plan,
    country: str,
    known: Mapping[str, str],
    lang: str,
) -> dict[str, object]:
    place = one_line("".join(document.text[a:b] for a, b in p.place))
    areas = {
        "plan": plan.city_id,
        "nation": country,
        "province": plan.province_id,
        "elsewhere": known.get(fold(place), ""),
    }
    start, end = within_a_line(document.text, p.start, p.end)
    return {
        "statement_id": f"{plan.plan_id}-{index:03d}", "plan_id": plan.plan_id,
        "indicator_id": found.indicator_id, "role": p.role,
        "year": _text(p.year), "year_basis": p.year_basis, "value": _number(p.value),
        "value_high": _number(p.high),
        "unit_id": unit_id, "comparator": p.comparator if p.value is not None else NO_NUMBER,
        "pledge": p.pledge, "commitment": p.commitment,
        "nature": p.nature, "area_id": areas[p.area], "flow_start": _text(p.flow_start),
        "flow_end": _text(p.flow_end),
        "section": p.section, "indicator_as_written": place + name,
        "value_as_written": document.text[start:end],
        "char_start": start, "char_end": end, "note_zh": "", "note_en": "",
        "unit_source": _unit_source(p, name, document),
        "confidence": round(confidence_of(p.confidence * trust(found)), 2),
        "domain_id": found.domain_id, "unit_as_written": p.unit,
        "indicator_is_new": "yes" if found.new else "", "link_score": found.score,
        "link_matched": found.matched, "same_as": "",
        **{f"reason_{field}": _reason(p, field, lang) for field in FIELDS},
    }  # fmt: skip


def _unit_source(p: Proposal, name: str, document: Document) -> str:
    """Where the unit of a figure is printed; in a table, if it is neither beside the figure nor in
    the name, in the head.
    """
    if p.value is None or not p.unit:
        return ""
    shown = printed_with(alias(p.unit), document.text[p.start : p.end], name)
    return shown or (HEAD if p.reasons["unit"].key == "unit_table" else INFERRED)


def within_a_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a span that lies in one line: its line with a digit, or its longest line. The
    text of a PDF has line breaks within words.

    Examples
    --------
    >>> text = "rate 80%or\\nmore"
    >>> text[slice(*within_a_line(text, 5, len(text)))]
    '80%or'
    """
    lines, offset = [], start
    for line in text[start:end].split("\n"):
        own = line.strip()
        first = offset + line.index(own)
        lines.append((first, first + len(own)))
        offset += len(line) + 1
    # of lines of equal length the last one: it has the pledge
    return max(
        reversed(lines),
        key=lambda one: (any(map(str.isdigit, text[slice(*one)])), one[1] - one[0]),
    )


def _reason(proposal: Proposal, field: str, lang: str) -> str:
    reason = proposal.reasons[field]
    return _said(reason.key, reason.quoted, lang)


@lru_cache(1 << 14)
def _said(key: str, quoted: str, lang: str) -> str:
    return say(f"draft_reason.{key}", lang, quoted=" ".join(quoted.split()))


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)
