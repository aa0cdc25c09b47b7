"""Measures of a data set, computed once for all the pages that a test makes of it.

A page computes the measures of its rows. Both its languages ask for the same, and so do many pages
of one data set. A data set does not change and a measure is a function of its arguments alone:
`remember` answers the second call with a copy of the first answer. What a page shows stays the
same; a test of the measures themselves does without.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable
from functools import partial
from inspect import signature
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis import measures, report
from psanalysis.datapackage import identity
from psanalysis.datapackage.dataset import TABLES
from psanalysis.measures import doubts, evidence, pairing
from psanalysis.report import frames

FUNCTIONS = (
    ps.ambition,
    ps.compare,
    ps.coverage,
    ps.gaps,
    ps.outcomes,
    ps.pace,
    ps.progress,
    ps.succession,
    doubts.findings_by_statement,
    evidence.evidence,
    frames.narrowed,
    identity.plan_title,
    pairing.in_indicator_unit,
    pairing.targets_with_baselines,
)
SEQUENCES = (list, tuple, set, frozenset, pd.Series, pd.Index)


class UnkeptError(Exception):
    """An argument that cannot be told from another without looking into it."""


class Memory:
    """Answers by function and arguments, about data sets that it was told of, what was narrowed
    from them, and their tables.
    """

    def __init__(self) -> None:
        self.known: dict[int, object] = {}
        self.answers: dict[tuple[object, ...], Any] = {}

    def know(self, ds: ps.Dataset) -> None:
        # held, so that nothing else gets the identity of one of them
        self.known |= {id(one): one for one in (ds, *(getattr(ds, name) for name in TABLES))}

    def call(self, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        bound = signature(function).bind(*given, **named)
        bound.apply_defaults()
        try:
            key = (function, *map(self._key, bound.arguments.values()))
        except UnkeptError:
            return function(*given, **named)
        if key not in self.answers:
            self.answers[key] = function(*given, **named)
            if isinstance(self.answers[key], ps.Dataset):
                self.know(self.answers[key])
        answer = self.answers[key]
        return answer.copy() if isinstance(answer, pd.DataFrame | pd.Series) else answer

    def _key(self, value: Any) -> object:
        if value is None or isinstance(value, str | int):
            return value
        if id(value) in self.known:
            return id(value), "known"
        if isinstance(value, SEQUENCES):
            return type(value).__name__, tuple(value)
        raise UnkeptError


def remember(
    patch: pytest.MonkeyPatch, *datasets: ps.Dataset, memory: Memory | None = None
) -> None:
    """Until `patch` is undone, measures of these data sets are computed once; those that a `memory`
    has from before are not computed at all.
    """
    for room in (measures, report):  # a module that is read later would keep what it finds now
        for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(found.name)
    memory = memory or Memory()
    for ds in datasets:
        memory.know(ds)
    own = [module for name, module in sys.modules.items() if name.startswith("psanalysis")]
    for function in FUNCTIONS:
        kept = partial(memory.call, function)
        for module in own:
            for name in [name for name, value in vars(module).items() if value is function]:
                patch.setattr(module, name, kept)
