"""What the first page takes over from the overview page, and the indicators that it finds."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

import pandas as pd
from lxml import html as lxml_html
from markupsafe import Markup

from psanalysis.datapackage.dataset import Dataset
from psanalysis.report.addresses import default_slug, indicator_page, statements_page
from psanalysis.report.provenance import row_id


@dataclass(frozen=True)
class Found:
    """An indicator that the search finds: its name, the words that lead to it, and where it is."""

    name: str
    words: str
    path: str
    domain: str
    cities: str


def front_of(page: bytes | None, there: Container[str]) -> Markup:
    """The findings and cards of a built overview page, for a page one folder above; empty without one.

    A link to a page that is not `there` becomes plain words.
    """
    if page is None:
        return Markup("")
    found = lxml_html.fromstring(page.decode()).find_class("ps-front")
    if not found:
        return Markup("")
    part = found[0]
    part.tail = None
    for place in part.iter("a"):
        path = place.get("href", "").removeprefix("../")
        if path.partition("#")[0] in there:
            place.set("href", path)
        else:
            place.attrib.pop("href", None)
    return Markup(lxml_html.tostring(part, encoding="unicode"))


def indicators(ds: Dataset, lang: str, there: Container[str]) -> list[Found]:
    """Every indicator that a plan states something of, in the order of indicators.csv.

    It leads to its own page or, where it has none, to its row among the statements of a plan; one that no page shows is left out. The words are its names in both languages, its other
    names and those that the plans write.
    """
    rows = ds.statements.sort_values("role", key=lambda roles: roles != "target", kind="stable")
    pages = {plan: statements_page(plan, lang).removeprefix("../") for plan in ds.plans["plan_id"]}
    shown = rows[
        rows["plan_id"].map(pages).isin([path for path in pages.values() if path in there])
    ]
    first = shown.drop_duplicates("indicator_id").set_index("indicator_id")
    place = ds.plans.set_index("plan_id")["city_id"]
    cities = rows.groupby("indicator_id")["plan_id"].agg(lambda plans: " ".join(sorted(set(place[plans]))))  # fmt: skip
    words = _words(ds)
    found = []
    for row in ds.indicators.to_dict("records"):
        code = row["indicator_id"]
        path = indicator_page(code, lang).removeprefix("../")
        if code not in cities.index or (path not in there and code not in first.index):
            continue
        if path not in there:
            path = f"{pages[first.at[code, 'plan_id']]}#{row_id(first.at[code, 'statement_id'])}"
        found.append(Found(row[f"name_{lang}"], words[code], path, row["domain_id"], cities[code]))
    return found


def _words(ds: Dataset) -> Mapping[str, str]:
    """What leads to each indicator, in small letters: names, other names, names as written, places."""
    areas = ds.areas.set_index("area_id")
    stated = ds.statements[["plan_id", "indicator_id"]].drop_duplicates()
    place = stated["plan_id"].map(ds.plans.set_index("plan_id")["city_id"])
    where = [
        pd.DataFrame({"indicator_id": stated["indicator_id"], "word": place.map(areas[name])})
        for name in ("name_zh", "name_en")
    ]
    names = ds.indicators[["indicator_id", "name_zh", "name_en"]].melt("indicator_id", value_name="word")  # fmt: skip
    other = ds.aliases[["indicator_id", "alias"]].rename(columns={"alias": "word"})
    written = ds.statements[["indicator_id", "indicator_as_written"]].rename(columns={"indicator_as_written": "word"})  # fmt: skip
    every = pd.concat([names[["indicator_id", "word"]], other, written, *where]).dropna()
    every = every.assign(word=every["word"].str.lower()).drop_duplicates()
    return every.groupby("indicator_id")["word"].agg(" ".join).to_dict()


def overview_path(lang: str) -> str:
    """Path of the overview page in a language."""
    return f"00_overview/{default_slug({'lang': lang})}.html"
