"""Links a statement to a canonical indicator by name, unit and domain; proposes a new indicator
where none fits.

"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from psanalysis.draft.lexicon import lexicon
from psanalysis.draft.normal_names import meaning_words, new_slug, normal_name, telling_words

ACCEPTED = 80.0
TELLING = 8.0
OTHER_MEANING = 40.0
SAME_DOMAIN = 4.0
BLOCK = 2000
# least score of a link, and the share of such links that is right
TRUST_KNOWN = ((99.0, 1.0), (90.0, 0.97), (0.0, 0.65))
TRUST_NEW = ((70.0, 0.7), (60.0, 0.9), (0.0, 0.98))


@dataclass(frozen=True)
class Link:
    """A proposed indicator: its id, score (0 to 100), whether it is new, the matched name, and its
    domain.
    """

    indicator_id: str
    score: float
    new: bool
    matched: str
    domain_id: str


@dataclass(frozen=True)
class Aliases:
    """The known names of indicators, one per row: name (normalised), written, indicator_id,
    domain_id, dimension.
    """

    frame: pd.DataFrame


def learn_aliases(
    indicators: pd.DataFrame,
    statements: pd.DataFrame,
    units: pd.DataFrame,
    without: str | None = None,
) -> Aliases:
    """The known names of all indicators: the canonical ones and those printed in curated plans.

    Parameters
    ----------
    indicators, statements, units
        Tables of the data package: indicator_id, name_zh, domain_id and unit_id of indicators;
        indicator_id, indicator_as_written and plan_id of statements; unit_id and dimension of
        units.
    without
        A plan whose names are left out, with the indicators that only this plan has; for fair
        scoring.

    Returns
    -------
    Aliases
    """
    dimension = dict(zip(units["unit_id"], units["dimension"], strict=True))
    written = statements[["indicator_id", "indicator_as_written", "plan_id"]].dropna()
    if without is not None:
        others = set(written.loc[written["plan_id"] != without, "indicator_id"])
        own = set(written.loc[written["plan_id"] == without, "indicator_id"])
        written = written[written["plan_id"] != without]
        indicators = indicators[~indicators["indicator_id"].isin(own - others)]
    names = pd.concat(
        [
            indicators[["indicator_id", "name_zh"]].rename(columns={"name_zh": "written"}),
            written[["indicator_id", "indicator_as_written"]].rename(
                columns={"indicator_as_written": "written"}
            ),
        ]
    )
    names["name"] = names["written"].astype(str).map(normal_name)
    names = names[names["name"] != ""].drop_duplicates(["indicator_id", "name"])
    merged = names.merge(indicators[["indicator_id", "domain_id", "unit_id"]], on="indicator_id")
    merged["dimension"] = merged["unit_id"].map(dimension)
    return Aliases(
        merged.drop(columns="unit_id").sort_values(["name", "indicator_id"], ignore_index=True)
    )


def link(
    names: list[str], dimensions: list[str], domains: list[str], aliases: Aliases
) -> list[Link]:
    """The best indicator for each name, or a new one where none fits.

    Parameters
    ----------
    names
        Indicators as written.
    dimensions
        Dimension of each unit; empty where the unit is not known. Only indicators of the same
        dimension are proposed.
    domains
        Domain suggested by the surroundings; empty where there is none.
    aliases
        From `learn_aliases`.
    """
    keys = sorted(set(zip((normal_name(name) for name in names), dimensions, domains, strict=True)))
    best: dict[tuple[str, str, str], Link] = {}
    for begin in range(0, len(keys), BLOCK):
        part = keys[begin : begin + BLOCK]
        best.update(zip(part, _best(part, aliases.frame), strict=True))
    return _apart(
        [
            (name, unit, best[(name, unit, domain)])
            for name, unit, domain in zip(map(normal_name, names), dimensions, domains, strict=True)
        ]
    )


def _apart(found: list[tuple[str, str, Link]]) -> list[Link]:
    """Links with a number added to new codes that would be the same for different names or
    dimensions (codes are cut after some syllables).
    """
    own: dict[str, list[tuple[str, str]]] = {}
    links = []
    for name, unit, link in found:
        if link.new:
            meant = own.setdefault(link.indicator_id, [])
            if (name, unit) not in meant:
                meant.append((name, unit))
            number = meant.index((name, unit)) + 1
            link = (
                replace(link, indicator_id=f"{link.indicator_id}_{number}") if number > 1 else link
            )
        links.append(link)
    return links


def _best(keys: list[tuple[str, str, str]], frame: pd.DataFrame) -> list[Link]:
    """The best link of each key (words of a name, dimension of the unit, domain). `frame` has the
    known names: `name` (words), `written`, `indicator_id`, `domain_id` and `dimension`.
    """
    if frame.empty:
        return [_new(name, domain) for name, _, domain in keys]
    wanted, known = [key[0] for key in keys], frame["name"].tolist()
    scores = process.cdist(wanted, known, scorer=fuzz.ratio, dtype=np.float32)
    letters = process.cdist(
        [" ".join(n) for n in wanted],
        [" ".join(n) for n in known],
        scorer=fuzz.token_sort_ratio,
        dtype=np.float32,
    )
    scores = np.maximum(scores, 0.96 * letters)
    tells = (
        np.array([telling_words(name) for name in wanted], dtype=np.float32),
        np.array([telling_words(name) for name in known], dtype=np.float32),
    )
    unlike = tells[0].sum(1)[:, None] + tells[1].sum(1)[None, :] - 2 * tells[0] @ tells[1].T
    scores -= np.where(scores < 99.5, TELLING * unlike, 0)
    means = (
        np.array([meaning_words(name) for name in wanted], dtype=np.float32),
        np.array([meaning_words(name) for name in known], dtype=np.float32),
    )
    differ = means[0].sum(1)[:, None] + means[1].sum(1)[None, :] - 2 * means[0] @ means[1].T
    scores -= np.where((scores < 99.5) & (differ > 0), OTHER_MEANING, 0)
    dimension, domain = frame["dimension"].to_numpy(), frame["domain_id"].to_numpy()
    for index, (_, unit, near) in enumerate(keys):
        if unit:
            scores[index, dimension != unit] = 0
        scores[index] += SAME_DOMAIN * (domain == near)
    links = []
    for index, (name, _, near) in enumerate(keys):
        best = int(scores[index].argmax())
        score = float(min(100.0, scores[index, best]))
        row = frame.iloc[best]
        links.append(
            Link(row["indicator_id"], round(score, 1), False, row["written"], row["domain_id"])
            if score >= ACCEPTED
            else _new(name, near, round(max(score, 0.0), 1))
        )
    return links


def trust(found: Link) -> float:
    """The factor by which a link lowers the confidence of its statement: names that nearly agree
    often name two indicators.

    Measured on the five curated plans, each linked without its own names.

    Examples
    --------
    >>> trust(Link("a", 100.0, False, "甲", "")), trust(Link("new_a", 76.0, True, "", ""))
    (1.0, 0.7)
    """
    steps = TRUST_NEW if found.new else TRUST_KNOWN
    return next(factor for least, factor in steps if found.score >= least)


def _new(name: str, domain: str, score: float = 0.0) -> Link:
    return Link(new_slug(name), score, True, "", domain or "general")


def guess_domain(name: str, surroundings: str) -> str:
    """The domain suggested by a name and the heading and words around it; the name counts three
    times.

    Examples
    --------
    >>> guess_domain("护理型床位占比", "老有所养"), guess_domain("建设项目", "")
    ('eldercare', '')
    """
    points = {
        domain: _points(found, name, surroundings) for domain, found in lexicon()["domains"].items()
    }
    best = max(points, key=lambda domain: points[domain])
    return best if points[best] else ""


def _points(found: list[str], name: str, surroundings: str) -> int:
    return sum(3 * (word in name) + (word in surroundings) for word in found)
