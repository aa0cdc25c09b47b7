"""Finding an indicator by any of its names, in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import get_close_matches

import pandas as pd

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.selection import Plans, chosen_plans
from psanalysis.datapackage.shared import shared
from psanalysis.errors import ParameterError

COLUMNS = [
    "indicator_id", "name_zh", "name_en", "domain_id", "unit_id", "plans", "found_in", "found",
]  # fmt: skip
# from the best evidence to the weakest
FOUND_IN = ("exact", "name", "alias", "written", "code", "definition", "close")
HAN = re.compile("[\u3400-\u9fff]")
WORD = re.compile(r"[a-z0-9]+")
CLOSE, SPELLINGS = 0.7, 5
# least share of the characters of a Chinese word that a similar name has
ENOUGH = 0.66
QUOTES = str.maketrans("’‘“”", "''\"\"")

Matcher = Callable[[str], bool]


def find(text: str, ds: Dataset | None = None, plan: Plans = None) -> pd.DataFrame:
    """Find indicators by one or a few words, in Chinese or English.

    Searched are names, other names (aliases.csv), names as the plans write them, codes and
    definitions. Several words must all be in the same text; an English word also matches its longer
    forms (nurse, nurses). Without a match, similar spellings are returned.

    Parameters
    ----------
    text
        What to look for.
    ds
        The data set; by default the curated one.
    plan
        Only indicators in these plans: a plan_id, an area, or a list of them.

    Returns
    -------
    DataFrame
        One row per indicator, the best first; none without a match.

        - indicator_id, name_zh, name_en, domain_id, unit_id: as in indicators.csv.
        - plans: how many of the plans (those asked for, or all) state a value or pledge of it.
        - found_in: where the text was found: exact, name, alias, written, code, definition, or
          close for a similar spelling.
        - found: the text in which it was found.

        Types: int64 plans; str the others.

    Raises
    ------
    ParameterError
        If the text is empty, or a plan is not known.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ps.find("nursing bed share")["indicator_id"].iloc[0]
    'nursing_bed_share'
    >>> ps.find("nurse")["indicator_id"].tolist()[:2]
    ['nurses_per_1000', 'nurses_total']
    """
    words = _folded(text).split() if isinstance(text, str) else []
    if not words:
        raise ParameterError(f"text={text!r} is empty -> name what you look for, such as 'nurse'")
    ds = shared() if ds is None else ds
    plans = chosen_plans(ds, plan)
    stated = ds.statements[ds.statements["plan_id"].isin(plans)]
    count = stated.groupby("indicator_id")["plan_id"].nunique()
    among = ds.indicators
    if plan is not None:
        among = among[among["indicator_id"].isin(count.index)]
    known = set(among["indicator_id"])
    texts = [item for item in _texts(ds) if item[1] in known]
    found = _best(_hits(texts, words)) or _best(_near(texts, words))
    frame = among[among["indicator_id"].isin(found)].assign(
        plans=lambda rows: rows["indicator_id"].map(count).fillna(0).astype("int64"),
        found_in=lambda rows: rows["indicator_id"].map(lambda code: found[code][0]).astype("str"),
        found=lambda rows: rows["indicator_id"].map(lambda code: found[code][1]).astype("str"),
        where=lambda rows: rows["found_in"].map(FOUND_IN.index),
        length=lambda rows: rows["found"].str.len(),
    )
    ordered = frame.sort_values(
        ["where", "plans", "length"], ascending=[True, False, True], kind="stable"
    )
    return ordered[COLUMNS].reset_index(drop=True)


def _texts(ds: Dataset) -> Iterator[tuple[str, str, str]]:
    """Kind, indicator_id and text of everything that is searched."""
    about = ds.indicators
    sources = [
        ("name", about["indicator_id"], about["name_zh"]),
        ("name", about["indicator_id"], about["name_en"]),
        ("alias", ds.aliases["indicator_id"], ds.aliases["alias"]),
        ("written", ds.statements["indicator_id"], ds.statements["indicator_as_written"]),
        ("code", about["indicator_id"], about["indicator_id"]),
        ("definition", about["indicator_id"], about["definition_zh"]),
        ("definition", about["indicator_id"], about["definition_en"]),
    ]
    for where, codes, texts in sources:
        pairs = pd.DataFrame({"code": codes, "text": texts}).dropna().drop_duplicates()
        for code, text in zip(pairs["code"], pairs["text"], strict=True):
            yield where, str(code), str(text)


def _hits(texts: list[tuple[str, str, str]], words: list[str]) -> Iterator[tuple[str, str, str]]:
    """Texts that contain every word; a whole name or code is the best match."""
    whole, tests = " ".join(words), [_test(word) for word in words]
    for where, code, text in texts:
        folded = _folded(text)
        if where != "definition" and folded == whole:
            yield "exact", code, text
        elif all(test(folded) for test in tests):
            yield where, code, text


def _near(texts: list[tuple[str, str, str]], words: list[str]) -> Iterator[tuple[str, str, str]]:
    """Names with most characters of a Chinese word, or with English words that are spelt almost the
    same.
    """
    names = [item for item in texts if item[0] in ("name", "alias", "written")]
    spelt = sorted({word for _, _, text in names for word in WORD.findall(_folded(text))})
    tests = [
        _enough_of(word) if HAN.search(word) else _any_of(_spellings(word, spelt)) for word in words
    ]
    for _, code, text in names:
        if all(test(_folded(text)) for test in tests):
            yield "close", code, text


def _best(hits: Iterator[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """indicator_id -> its best match: kind and text."""
    best: dict[str, tuple[str, str]] = {}
    for where, code, text in hits:
        if code not in best or FOUND_IN.index(where) < FOUND_IN.index(best[code][0]):
            best[code] = (where, text)
    return best


def _test(word: str) -> Matcher:
    """A test whether a text has a word: Chinese anywhere, English at the start of a word, in the
    singular.
    """
    if not WORD.fullmatch(word):
        return lambda text: word in text
    stem = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return re.compile(rf"(?<![a-z0-9]){re.escape(stem)}").search  # type: ignore[return-value]


def _spellings(word: str, known: list[str]) -> list[str]:
    """Known words that a misspelt word may mean: almost the same letters, the same first one."""
    return get_close_matches(word, [one for one in known if one[0] == word[0]], SPELLINGS, CLOSE)


def _enough_of(word: str) -> Matcher:
    return lambda text: sum(sign in text for sign in word) >= max(2, ENOUGH * len(word))


def _any_of(spellings: list[str]) -> Matcher:
    return lambda text: not set(spellings).isdisjoint(WORD.findall(text))


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().translate(QUOTES)
    return folded.replace("_", " ").strip()
