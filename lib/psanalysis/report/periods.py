"""Time on the pages: as of which day the data speak, and which plan periods have ended by then."""

from __future__ import annotations

from datetime import date

from psanalysis.datapackage.dataset import Dataset
from psanalysis.wording import say


def as_of(ds: Dataset) -> date | None:
    """The day as of which the data speak: `created` of datapackage.json; None where it says none.

    Examples
    --------
    >>> import psanalysis as ps
    >>> as_of(ps.load()).year >= 2026
    True
    """
    created = ds.package.descriptor.get("created")
    return date.fromisoformat(str(created)[:10]) if created else None


def passed(ds: Dataset, year: float) -> bool:
    """Whether a year had ended by the day as of which the data speak."""
    day = as_of(ds)
    return day is not None and year < day.year


def ended(ds: Dataset, plan_id: str) -> bool:
    """Whether the period of a plan had ended by the day as of which the data speak."""
    return passed(ds, int(ds.plans.set_index("plan_id").loc[plan_id, "period_end"]))


def period_line(ds: Dataset, plan_id: str, lang: str) -> str:
    """The period of a plan, whether it has ended, as of when the page speaks, and what was read of a plan that is known in part."""
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    key = "ended" if ended(ds, plan_id) else "running"
    words = say(f"period.{key}", lang, start=plan["period_start"], end=plan["period_end"])
    return words + as_of_line(ds, lang) + coverage_line(ds, plan_id, lang)


def coverage_line(ds: Dataset, plan_id: str, lang: str) -> str:
    """What was read of a plan that is known in part; nothing for a whole one.

    Examples
    --------
    >>> import psanalysis as ps
    >>> ds = ps.load()
    >>> coverage_line(ds, "panjin-14fyp", "en"), coverage_line(ds, "china-15fyp", "en")[:15]
    ('', ' Known in part:')
    """
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    return (
        ""
        if plan["coverage"] == "full"
        else say("period.in_part", lang, note=plan[f"coverage_note_{lang}"])
    )


def as_of_line(ds: Dataset, lang: str) -> str:
    """As of when a page speaks; nothing where the data do not say."""
    day = as_of(ds)
    return say("period.as_of", lang, day=day.isoformat()) if day else ""
