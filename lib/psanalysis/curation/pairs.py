"""Finds indicators that may be the same: pairs of a domain whose names share words, and on which no
decision is recorded.

Two names are one indicator where concept, population, denominator, unit dimension and period agree
(the codebook, 2.11). A rule cannot decide that, but it can find the pairs for a person to decide.
Indicators whose units have different dimensions are never the same. Run as a module, this file
prints the pairs that indicator_notes.csv does not decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.simplified import simplified

SHARED = 0.5
COLUMNS = ["indicator_id", "other_id", "name_zh", "other_name_zh", "shared", "decided"]
_ASIDE = re.compile(r"[（(][^）)]*[）)]|[^\w]")
Words = frozenset[str]


def alike(ds: Dataset, shared: float = SHARED) -> pd.DataFrame:
    """Pairs of indicators of one domain and one unit dimension whose names share words.

    Parameters
    ----------
    ds
        The data set.
    shared
        The least share of the shorter name that the longer one must contain, in pairs of
        characters, from 0 to 1. Every Chinese name of an indicator counts: its own, and those of
        aliases.csv.

    Returns
    -------
    DataFrame
        One row a pair, in the order of indicators.csv: indicator_id, other_id, name_zh,
        other_name_zh, shared, and decided (bool), True where indicator_notes.csv has the pair.

    Examples
    --------
    >>> import psanalysis as ps
    >>> pairs = alike(ps.load()).set_index(["indicator_id", "other_id"])
    >>> bool(pairs.at[("urban_new_jobs", "urban_new_jobs_per_year"), "decided"])
    True
    """
    dimension = ds.indicators["unit_id"].map(ds.units.set_index("unit_id")["dimension"])
    names = ds.indicators.set_index("indicator_id")["name_zh"]
    words = _words(ds)
    settled = {
        frozenset(pair)
        for pair in ds.indicator_notes[["indicator_id", "other_id"]].itertuples(index=False)
    }
    order = {name: number for number, name in enumerate(names.index)}
    found = []
    for _, group in ds.indicators.groupby([ds.indicators["domain_id"], dimension], sort=False):
        for one, other in combinations(group["indicator_id"], 2):
            share = max(_share(a, b) for a in words[one] for b in words[other])
            if share >= shared:
                pair = frozenset((one, other))
                found.append((one, other, names[one], names[other], share, pair in settled))
    found.sort(key=lambda row: (order[row[0]], order[row[1]]))
    return pd.DataFrame(found, columns=COLUMNS).astype({"shared": "float64", "decided": "bool"})


def _words(ds: Dataset) -> dict[str, list[Words]]:
    """Every Chinese name of an indicator as its pairs of characters, in simplified script, without
    what stands in brackets.
    """
    aliases = ds.aliases[ds.aliases["lang"] == "zh"]
    named: dict[str, list[Words]] = {}
    for indicator, name in _names(ds.indicators, "name_zh", aliases):
        plain = _ASIDE.sub("", simplified(name))
        if len(plain) > 1:
            named.setdefault(indicator, []).append(
                frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
            )
    return {name: named.get(name, [frozenset()]) for name in ds.indicators["indicator_id"]}


def _names(
    indicators: pd.DataFrame, column: str, aliases: pd.DataFrame
) -> Iterator[tuple[str, str]]:
    """`indicator_id` with each of its names: the column `column` of `indicators`, and `alias` of
    `aliases`.
    """
    yield from zip(indicators["indicator_id"], indicators[column], strict=True)
    yield from zip(aliases["indicator_id"], aliases["alias"], strict=True)


def _share(one: Words, other: Words) -> float:
    """Overlap coefficient; a single common pair of characters, such as that for `rate`, does not
    count.
    """
    common = len(one & other)
    return common / min(len(one), len(other)) if common > 1 else 0.0


def main() -> None:
    """Print the pairs that are not decided."""
    pairs = alike(load())
    for row in pairs[~pairs["decided"]].itertuples():
        print(f"{row.indicator_id} | {row.other_id} | {row.name_zh} | {row.other_name_zh}")
    print(f"{len(pairs)} pairs share words, {(~pairs['decided']).sum()} of them not decided")


if __name__ == "__main__":
    main()
