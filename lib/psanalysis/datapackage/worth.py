"""Computes the factor of a unit from its Chinese name, so that an error in units.csv is found.

A name is a counting word, optionally after a magnitude. The factor of a word is one, unless
printed.toml gives another in the base unit of its dimension.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from psanalysis.wording import vocabulary

# of binary fractions alone
TOLERANCE = 1e-12


@cache
def _words() -> tuple[dict[str, float], dict[str, float]]:
    words = vocabulary("datapackage/printed.toml")
    return words["worth"], words["magnitudes"]


def parts(name: str) -> tuple[float, str]:
    """The magnitude of a unit's name, and the rest of the name.

    Examples
    --------
    >>> parts("万人次"), parts("千米"), parts("所")
    ((10000.0, '人次'), (1.0, '千米'), (1.0, '所'))
    """
    worth, magnitudes = _words()
    if name not in worth:
        for word in sorted(magnitudes, key=len, reverse=True):
            if name.startswith(word):
                return float(magnitudes[word]), name[len(word) :]
    return 1.0, name


def worth_of(name: str) -> float:
    """The factor of a unit to the base unit of its dimension.

    Examples
    --------
    >>> worth_of("亿元"), worth_of("刻钟"), worth_of("元/人月"), worth_of("家")
    (100000000.0, 15.0, 12.0, 1.0)
    """
    times, word = parts(name)
    return times * _words()[0].get(word, 1.0)


def unlike_name(units: pd.DataFrame) -> pd.Series:
    """The column (factor or dimension) of a unit that contradicts its Chinese name; missing where
    none does.

    Parameters
    ----------
    units
        The units table: name_zh, dimension, factor. Units of one word, with and without a
        magnitude, must have the same dimension; that of the first is taken.
    """
    names = units["name_zh"]
    by_name = names.map(worth_of)
    off = (units["factor"] - by_name).abs() > TOLERANCE * by_name
    words, dimensions = [parts(name)[1] for name in names], units["dimension"].tolist()
    first = dict(zip(reversed(words), reversed(dimensions), strict=True))
    moved = np.array(dimensions) != [first[word] for word in words]
    columns = pd.Series(pd.NA, index=units.index, dtype="str")
    return columns.mask(off, "factor").mask(moved, "dimension")
