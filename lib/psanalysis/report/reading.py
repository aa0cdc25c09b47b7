"""Sets of rows that several kinds of pages start from."""

from __future__ import annotations

import numpy as np

from psanalysis.datapackage.identity import PROVINCE, above
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.measures.doubts import DOUBTING

OF_A_PLAN = ("plans", "statements", "findings", "plan_domains", "services", "projects")


def rows_of_plan(slicer: Slicer, plan: str) -> Masks:
    """All rows of a plan, and the statements that its findings compare it with."""
    own = {name: slicer.where(name, "plan_id", plan) for name in OF_A_PLAN}
    return own | {"statements": own["statements"] | slicer.statements_of(own["findings"])}


def with_outcomes(slicer: Slicer, plan: str) -> Masks:
    """A plan with the actual values of its places and indicators, and what the other plans of its
    place state.
    """
    found = rows_of_plan(slicer, plan)
    return with_findings(slicer, found | values_of(slicer, found["statements"], plan))


def values_of(slicer: Slicer, statements: np.ndarray, plan: str) -> Masks:
    """Actual values for the indicators of statements, in their places and the provinces around;
    with these statements and those of the other plans of the place.
    """
    place = slicer.names("plans", "city_id", slicer.where("plans", "plan_id", plan))
    others = slicer.names("plans", "plan_id", slicer.where("plans", "city_id", place))
    statements = statements | slicer.where("statements", "plan_id", others)
    areas = slicer.names("statements", "area_id", statements)
    around = above(slicer.ds, PROVINCE).reindex(areas).dropna()
    indicators = slicer.names("statements", "indicator_id", statements)
    actuals = [
        slicer.where("actuals", "area_id", [*areas, *around]),
        slicer.where("actuals", "indicator_id", indicators),
    ]
    return {
        "actuals": actuals[0] & actuals[1],
        "statements": statements,
    }


def with_findings(slicer: Slicer, found: Masks) -> Masks:
    """Rows with the findings about their statements, and with all statements that a doubt names,
    because it may rest on them. A note comes without its statements: it doubts no figure, and these
    may be half a plan.
    """
    findings = slicer.findings_about(found["statements"])
    if "findings" in found:
        findings |= found["findings"]
    doubts = findings & slicer.where("findings", "severity", DOUBTING)
    statements = found["statements"] | slicer.statements_of(doubts)
    return found | {"findings": findings, "statements": statements}


def rows_across_plans(slicer: Slicer, indicators: np.ndarray) -> Masks:
    """Some indicators with their statements in all plans and the findings about these. All plans,
    areas and domains are included.
    """
    named = slicer.names("indicators", "indicator_id", indicators)
    statements = slicer.where("statements", "indicator_id", named)
    found = {"indicators": indicators, "statements": statements}
    return slicer.whole("plans", "areas", "domains") | with_findings(slicer, found)
