"""Measures of a data set that nobody changes, each computed once.

A page asks for the same measures in many of its sections, a build for those of many pages. Their
data set is their own and does not change, and a measure is a function of its arguments alone: the
second call gets a copy of the first answer. A data set that a user holds may change, so of that one
nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from inspect import signature
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import pandas as pd

from psanalysis.datapackage.dataset import TABLES, Dataset

Measure = TypeVar("Measure", bound=Callable[..., Any])
SEQUENCES = (list, tuple, set, frozenset, pd.Series, pd.Index)
# answers by measure and arguments, of each data set that remembers them
_ANSWERS: WeakKeyDictionary[Dataset, dict[tuple[object, ...], Any]] = WeakKeyDictionary()


class UnkeptError(Exception):
    """An argument that cannot be told from another without looking into it."""


def remembering(ds: Dataset) -> Dataset:
    """The same data as a data set of its own, whose `remembered` measures are computed once.

    Nobody may change its tables. One that remembers already is given back as it is.

    Examples
    --------
    >>> import psanalysis as ps
    >>> from psanalysis.measures.gaps import gaps
    >>> ds = remembering(ps.load())
    >>> remembering(ds) is ds, gaps(ds).equals(gaps(ds))
    (True, True)
    """
    if ds in _ANSWERS:
        return ds
    own = replace(ds)
    _ANSWERS[own] = {}
    return own


def remembered(measure: Measure) -> Measure:
    """A measure that is computed once for a data set that remembers, and anew for any other.

    Its first parameter is the data set. Arguments are told apart by what they are: text, numbers,
    sequences of these, and the tables of the data set; with any other argument it is computed anew.
    What is done to an answer does not reach the next: pandas copies what is written to. A smaller
    data set made of one that remembers does so too.
    """
    parameters = signature(measure)

    @wraps(measure)
    def answer(*given: Any, **named: Any) -> Any:
        ds = given[0] if given else named.get("ds")
        if not isinstance(ds, Dataset) or ds not in _ANSWERS:
            return measure(*given, **named)
        known = _ANSWERS[ds]
        bound = parameters.bind(*given, **named)
        bound.apply_defaults()
        try:
            key = (measure, *(_key(ds, value) for value in bound.arguments.values()))
        except UnkeptError:
            return measure(*given, **named)
        if key not in known:
            found = measure(*given, **named)
            known[key] = remembering(found) if isinstance(found, Dataset) else found
        return _copy(known[key])

    return cast(Measure, answer)


def _key(ds: Dataset, value: object) -> object:
    """What tells an argument from another; the tables of the data set are known by their names."""
    if value is None or isinstance(value, str | int):
        return type(value), value
    if value is ds:
        return "ds"
    if isinstance(value, SEQUENCES):
        return type(value), tuple(_key(ds, one) for one in value)
    for name in TABLES:
        if value is getattr(ds, name):
            return "table", name
    raise UnkeptError


def _copy(found: Any) -> Any:
    return found.copy(deep=False) if isinstance(found, pd.DataFrame | pd.Series) else found
