"""Frames are what their docstrings say: every column is described, and of the same type whatever
plan is asked for.
"""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pandas as pd
import pytest

import psanalysis as ps

FRAMES = (
    "gaps",
    "compare",
    "ambition",
    "pace",
    "progress",
    "outcomes",
    "waiting",
    "coverage",
    "find",
    "succession",
)
REFERS = re.compile(r"`(?:psanalysis\.)?(\w+)`")
FAMILY = re.compile(r"\b(\w+_)\*")


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


def made(ds: ps.Dataset, name: str, plan: object = None) -> pd.DataFrame:
    """The frame of a function, of all plans or of some."""
    function: Any = getattr(ps, name)
    if name == "compare":
        return function(ds, plans=plan)
    if name == "find":
        return function("nurse", ds, plan=plan)
    if name == "coverage":
        return function(ds)
    if name == "succession":
        return function(ds, "mianyang")
    return function(ds, plan=plan)


def described(name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """Words of a docstring, and of those of the frames and classes that it refers to."""
    text = getattr(ps, name).__doc__
    words = set(re.findall(r"\w+", text))
    for other in set(REFERS.findall(text)) - seen - {name}:
        if other in FRAMES:
            words |= described(other, seen | {name})
        elif other == "Assessment":
            words |= {field.name for field in fields(ps.Assessment)}
    return words


FUNCTIONS = [
    name
    for name in ps.__all__
    if callable(getattr(ps, name)) and not isinstance(getattr(ps, name), type)
]
CLASSES = [name for name in ps.__all__ if isinstance(getattr(ps, name), type)]
SECTIONS = {"Parameters", "Returns", "Raises", "Examples"}
# it takes a data set alone, and refuses none
REFUSES_NOTHING = "coverage"


def sections(text: str | None) -> set[str]:
    return set(re.findall(r"^ *(\w+)\n *-{3,}$", text or "", re.MULTILINE))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_says_what_it_takes_gives_and_refuses_with_an_example(
    name: str,
) -> None:
    told = sections(getattr(ps, name).__doc__)
    assert told >= SECTIONS - ({"Raises"} if name == REFUSES_NOTHING else set())


@pytest.mark.parametrize("name", [*(f"plot.{name}" for name in ps.plot.__all__)])
def test_every_chart_says_what_it_takes_gives_and_refuses_with_an_example(name: str) -> None:
    assert sections(getattr(ps.plot, name.partition(".")[2]).__doc__) >= SECTIONS


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_class_says_what_it_is(name: str) -> None:
    kind = getattr(ps, name)
    assert kind.__doc__
    if not issubclass(kind, Exception):
        assert sections(kind.__doc__) >= {"Attributes", "Examples"} - (
            {"Examples"} if name == "Assessment" else set()  # `ps.assess` makes one
        )


@pytest.mark.parametrize("name", FRAMES)
def test_every_column_is_described(ds: ps.Dataset, name: str) -> None:
    words = described(name)
    families = set(FAMILY.findall(getattr(ps, name).__doc__ or ""))
    for other in REFERS.findall(getattr(ps, name).__doc__ or ""):
        if other in FRAMES:
            families |= set(FAMILY.findall(getattr(ps, other).__doc__ or ""))
    known = {field.name for resource in ds.package.resources for field in resource.fields}
    plans = set(ds.plans["plan_id"]) if name == "coverage" else set()
    told = words | known | plans
    frame = made(ds, name)
    silent = [
        column
        for column in frame.columns
        if column not in told and not any(column.startswith(family) for family in families)
    ]
    assert silent == [], f"describe them in the docstring of ps.{name}"


@pytest.mark.parametrize(
    "name", [name for name in FRAMES if name not in ("coverage", "succession")]
)
def test_columns_and_types_do_not_depend_on_the_plan(ds: ps.Dataset, name: str) -> None:
    whole = made(ds, name).dtypes
    for plan in ("mianyang", "xinyang-2023-2025", ["yuyao"]):
        pd.testing.assert_series_equal(made(ds, name, plan).dtypes, whole)


@pytest.mark.parametrize("name", FRAMES)
def test_every_type_is_described(ds: ps.Dataset, name: str) -> None:
    """The docstring names the columns of each type but text."""
    text = " ".join((getattr(ps, name).__doc__ or "").split())
    told = re.search(r"Types: (.*?); str the others\.", text)
    assert told, f"ps.{name} has no line of types"
    wanted = {}
    for part in told[1].split("; "):
        kind, _, columns = part.partition(" ")
        wanted |= dict.fromkeys(columns.split(", "), kind)
    if wanted.pop("each plan_id", ""):
        wanted |= dict.fromkeys(set(ds.services["plan_id"]), "bool")
    found = made(ds, name).dtypes.astype(str)
    assert wanted == found[found != "str"].to_dict()
