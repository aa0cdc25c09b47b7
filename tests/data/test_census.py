"""Every number in a sentence of every page is counted again from the CSVs, by code that shares
nothing with the library.

A sentence is recognised by its entry in wording.toml; what its placeholders stand for is recounted
(tests/census). A sentence with a number that is not recognised is a failure too, so that nothing
new goes unchecked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.census.claims import Claims
from tests.census.known import SENTENCES
from tests.census.lines import SPECIAL
from tests.census.pages import Piece, Table, read
from tests.census.recount import Recount
from tests.census.sentences import LANGUAGES, Census

import psanalysis as ps
from next_plans import write
from psanalysis.site.catalog import read_catalog

ROOT = Path(__file__).parents[2]
Seen = tuple[Recount, list[Piece], list[Table]]


@pytest.fixture(scope="module", params=["curated", "followed"])
def seen(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """The pages of the curated data, and some of the same with made-up plans that follow on
    theirs.
    """
    folder = ROOT / "data"
    if request.param == "followed":
        folder = write(tmp_path_factory.mktemp("followed"))
    ds = ps.load(folder)
    catalog = read_catalog(ROOT / "reports" / "catalog.yml", ROOT / "notebooks", ds)
    if request.param == "followed":
        # of the many pages of an indicator or a domain a few
        many = [one for one in catalog.reports if one.notebook[:2] in ("02", "03")]
        few = [one for one in catalog.reports if one not in many] + many[::9]
        catalog = replace(catalog, reports=few)
    with pytest.MonkeyPatch.context() as patch:
        yield Recount(folder), *read(catalog, ds, patch)


def language(piece: Piece | Table) -> str:
    return str(dict(piece.report.parameters)["lang"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_in_a_sentence_is_that_of_the_csvs(seen: Seen, lang: str) -> None:
    count, pieces, _ = seen
    census = Census(count, lang, SENTENCES, SPECIAL)
    for piece in pieces:
        if language(piece) == lang:
            census.take(piece)
    print(f"{census.checked} numbers, {len(census.wrong)} wrong")
    assert census.wrong == []
    assert census.checked > 1500


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cell_is_that_of_the_csvs_and_no_table_denies_another(seen: Seen, lang: str) -> None:
    count, _, tables = seen
    claims = Claims(Census(count, lang, SENTENCES, SPECIAL))
    for table in tables:
        if language(table) == lang:
            claims.take(table)
            claims.outcomes(table)
    print(f"{claims.checked} cells, {len(claims.wrong)} wrong, {len(claims.denials())} denied")
    assert claims.wrong == []
    assert claims.denials() == []
    assert claims.checked > 2000


def test_no_two_tables_of_a_page_have_one_name(seen: Seen) -> None:
    _, _, tables = seen
    taken = Counter((table.report.id, table.name) for table in tables)
    assert {one: count for one, count in taken.items() if count > 1} == {}
    assert all(table.name for table in tables)
