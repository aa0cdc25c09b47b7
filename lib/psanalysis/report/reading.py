"""Rows that several kinds of pages start from."""

from __future__ import annotations

import numpy as np

from psanalysis.datapackage.slices import Masks, Slicer

OF_A_PLAN = ("plans", "statements", "findings", "plan_domains", "services", "projects")


def rows_of_plan(slicer: Slicer, plan: str) -> Masks:
    """A plan with all that is its own, and the statements that its findings compare it with."""
    own = {name: slicer.where(name, "plan_id", plan) for name in OF_A_PLAN}
    return own | {"statements": own["statements"] | slicer.statements_of(own["findings"])}


def rows_across_plans(slicer: Slicer, indicators: np.ndarray) -> Masks:
    """Some indicators with their statements in all plans and the findings about these alone.

    The lists of plans, areas and domains come whole.
    """
    named = slicer.names("indicators", "indicator_id", indicators)
    statements = slicer.where("statements", "indicator_id", named)
    return slicer.whole("plans", "areas", "domains") | {
        "indicators": indicators,
        "statements": statements,
        "findings": slicer.findings_within(statements),
    }
