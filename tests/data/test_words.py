"""English names: one term has one rendering, and a rate reads as a rate."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import psanalysis as ps

PAIRS = {
    "indicators": [("name_zh", "name_en"), ("definition_zh", "definition_en")],
    "service_codes": [("name_zh", "name_en")],
    "areas": [("name_zh", "name_en")],
    "pledges": [("name_zh", "name_en")],
}
# renderings that an audit found beside those of the glossary
OLD = re.compile(
    r"minimum (?:living )?allowance|destitut|unsafe (?:rural )?(?:house|dwelling)|disabled "
    r"(?:people|children)|upper[- ]secondary"
    r"|lower[- ]secondary|senior high|demobilised|sub-district|redevelop|inclusive "
    r"(?:kindergarten|childcare|preschool)|secondary colleges|Chinese medicine|work injury"
    r"|grade(?:-| )(?:two|three)|run-down|employment and social security",
    re.IGNORECASE,
)
RATE = re.compile(r"\b(?:share|rate|ratio|coverage|incidence|growth|mortality)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def terms(ds: ps.Dataset) -> list[tuple[str, str]]:
    """Long terms first, for 最低生活保障 holds no other term."""
    rows = ds.glossary[["term_zh", "term_en"]].itertuples(index=False, name=None)
    return sorted(rows, key=lambda row: -len(row[0]))


def missing(zh: str, en: str, terms: list[tuple[str, str]]) -> list[str]:
    """Terms of a Chinese name whose rendering its English name lacks."""
    found, rest = [], zh
    for term, rendering in terms:
        if term in rest:
            rest = rest.replace(term, "")
            if rendering.lower() not in en.lower().replace("areas", "area"):
                found.append(term)
    return found


@pytest.mark.parametrize("table", PAIRS)
def test_a_term_has_the_rendering_of_the_glossary(
    ds: ps.Dataset, terms: list[tuple[str, str]], table: str
) -> None:
    frame = getattr(ds, table)
    wrong = [
        (cells[zh], cells[en], found)
        for cells in frame.to_dict("records")
        for zh, en in PAIRS[table]
        if (found := missing(cells[zh], cells[en], terms))
    ]
    assert wrong == []


def test_another_rendering_is_seen(terms: list[tuple[str, str]]) -> None:
    assert missing("残疾人就业率", "Employment rate of disabled people", terms) == ["残疾人"]


def test_no_old_rendering_is_left(ds: ps.Dataset) -> None:
    cells = pd.concat(
        [
            getattr(ds, table)[column].dropna()
            for table, columns in {
                "indicators": ["name_en", "definition_en"],
                "service_codes": ["name_en"],
                "statements": ["note_en"],
                "findings": ["text_en"],
                "units": ["name_en"],
            }.items()
            for column in columns
        ]
    )
    assert cells[cells.str.contains(OLD)].tolist() == []


def test_every_term_of_the_glossary_is_used(ds: ps.Dataset) -> None:
    names = "".join(
        [
            *ds.indicators["name_zh"],
            *ds.indicators["definition_zh"],
            *ds.service_codes["name_zh"],
            *ds.areas["name_zh"],
        ]
    )
    assert [term for term in ds.glossary["term_zh"] if term not in names] == []


def test_a_rate_reads_as_a_rate(ds: ps.Dataset) -> None:
    rates = ds.indicators[ds.indicators["measure"] == "rate"]
    assert rates.loc[~rates["name_en"].str.contains(RATE), "name_en"].tolist() == []
