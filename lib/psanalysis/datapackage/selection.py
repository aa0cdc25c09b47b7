"""Resolves plans and indicators as a caller names them: a code, a name, an area, or a list of
these.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from psanalysis.datapackage.dataset import Dataset
from psanalysis.errors import LISTED_OPTIONS, ParameterError

SUGGESTED = 3
Plans = str | Iterable[str] | None


def chosen_plans(ds: Dataset, given: object = None) -> list[str]:
    """plan_id of each plan that the caller names, without repeats, in the order given; all for
    None.

    Parameters
    ----------
    ds
        The data set.
    given
        None, a plan_id, an area_id or the name of an area (all plans of that place), or a list of
        these.

    Raises
    ------
    ParameterError
        If one of them is unknown (the message suggests others), or if `ds` is not a data set.

    Examples
    --------
    >>> import psanalysis as ps
    >>> chosen_plans(ps.load(), ["panjin-14fyp", "mianyang"])
    ['panjin-14fyp', 'mianyang-14fyp']
    """
    require_dataset(ds)
    if given is None:
        return [str(plan) for plan in ds.plans["plan_id"]]
    chosen = [plan for one in _listed(given) for plan in _plans_of(ds, one)]
    return list(dict.fromkeys(chosen))


def chosen_indicators(ds: Dataset, given: object = None) -> list[str]:
    """indicator_id of each indicator that the caller names, without repeats, in the order given;
    all for None.

    Raises
    ------
    ParameterError
        If one of them is no indicator_id, with those that `ps.find` leads to; or if `ds` is no data
        set.
    """
    require_dataset(ds)
    known = [str(code) for code in ds.indicators["indicator_id"]]
    if given is None:
        return known
    wanted = _listed(given)
    for one in wanted:
        if not isinstance(one, str) or one not in known:
            raise ParameterError(_unknown_indicator(ds, one))
    return list(dict.fromkeys(map(str, wanted)))


def require_dataset(ds: object) -> None:
    """Raise ParameterError unless this is a data set; the plan's code instead is the usual slip."""
    if not isinstance(ds, Dataset):
        raise ParameterError(
            f"ds={ds!r} is no data set -> give ps.load() first, then what you want of it"
        )


def _listed(given: object) -> list[object]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        return [given]
    return list(given)


def _plans_of(ds: Dataset, given: object) -> list[str]:
    plans = ds.plans[["plan_id", "city_id"]]
    if isinstance(given, str) and given in set(plans["plan_id"]):
        return [given]
    areas = ds.areas[["area_id", "name_zh", "name_en"]].astype("str")
    folded = given.casefold() if isinstance(given, str) else ""
    meant = areas.loc[
        areas.apply(lambda column: column.str.casefold() == folded).any(axis=1), "area_id"
    ]
    found = plans.loc[plans["city_id"].isin(set(meant)), "plan_id"]
    if len(found):
        return [str(plan) for plan in found]
    options = [*plans["plan_id"], *plans["city_id"]]
    near = get_close_matches(folded, list(dict.fromkeys(map(str, options))), SUGGESTED)
    remedy = (
        f"did you mean {', '.join(map(repr, near))}?"
        if near
        else f"choose one of {', '.join(map(repr, options[: len(plans)][:LISTED_OPTIONS]))}"
    )
    raise ParameterError(f"plan={given!r} is neither a plan nor an area with one -> {remedy}")


def _unknown_indicator(ds: Dataset, given: object) -> str:
    from psanalysis.datapackage.search import find

    named = isinstance(given, str) and given.strip()
    near = list(find(str(given), ds)["indicator_id"][:SUGGESTED]) if named else []
    remedy = f"did you mean {', '.join(map(repr, near))}?" if near else "look for it with ps.find"
    return f"indicator={given!r} is not an indicator_id of {len(ds.indicators)} -> {remedy}"
