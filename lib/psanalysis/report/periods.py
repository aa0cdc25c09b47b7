"""Time on the pages: the as-of date of the data, and which plan periods have ended by then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from psanalysis.datapackage.dataset import Dataset
from psanalysis.datapackage.identity import known_in_part, plan_title
from psanalysis.datapackage.remembered import remembered
from psanalysis.wording import say


def as_of(ds: Dataset) -> date | None:
    """The as-of date of the data: `created` of datapackage.json; None where it has none."""
    created = ds.package.descriptor.get("created")
    return date.fromisoformat(str(created)[:10]) if created else None


def last_year(ds: Dataset) -> int | None:
    """The last year that had ended by the as-of date of the data; None without such a date."""
    day = as_of(ds)
    return day.year - 1 if day else None


def passed(ds: Dataset, year: float) -> bool:
    """Whether a year had ended by the as-of date of the data."""
    day = as_of(ds)
    return day is not None and year < day.year


@remembered
def ended(ds: Dataset, plan_id: str) -> bool:
    """Whether the period of a plan had ended by the as-of date of the data."""
    return passed(ds, int(ds.plans.set_index("plan_id").loc[plan_id, "period_end"]))


def state(ds: Dataset, plan_id: str) -> str:
    """The state of the period of a plan on the as-of date of the data: coming, running or ended."""
    if ended(ds, plan_id):
        return "ended"
    day = as_of(ds)
    start = int(ds.plans.set_index("plan_id").loc[plan_id, "period_start"])
    return "coming" if day is not None and day.year < start else "running"


def ended_word(ds: Dataset, plan_id: str, lang: str) -> str:
    """The tag behind the name of a plan whose period has ended; empty for another."""
    return say("period.tag", lang) if ended(ds, plan_id) else ""


def plan_head(ds: Dataset, plan_id: str, lang: str) -> str:
    """The head of a plan's column: its place and period, and whether the period has ended."""
    title = plan_title(ds, plan_id, lang)
    return (
        say("period.head", lang, title=title[:-1], end=title[-1]) if ended(ds, plan_id) else title
    )


def title_in_part(ds: Dataset, plan_id: str, lang: str) -> str:
    """A plan by its place and period, and whether only a part of it is known."""
    title = plan_title(ds, plan_id, lang)
    return say("plan.in_part", lang, plan=title) if plan_id in known_in_part(ds) else title


def over_until(ds: Dataset, plan_ids: Iterable[str], lang: str) -> str:
    """The year up to which periods have ended, for a chart whose labels have the periods; nothing
    where no plan has ended.
    """
    ends = ds.plans.set_index("plan_id")["period_end"]
    over = [int(ends[plan]) for plan in set(plan_ids) if ended(ds, plan)]
    return say("period.over_until", lang, year=max(over)) if over else ""


def periods_line(ds: Dataset, plan_ids: Iterable[str], lang: str) -> str:
    """Which of several plans have not begun or are under way where others have ended, and the as-of
    date.
    """
    there = set(plan_ids)
    own = [plan for plan in ds.plans["plan_id"] if plan in there]
    named: dict[str, list[str]] = {"coming": [], "running": [], "ended": []}
    for plan in own:
        named[state(ds, plan)].append(plan_title(ds, plan, lang))
    listed = {key: say("punctuation.item", lang).join(titles) for key, titles in named.items()}
    words = say("period.all_coming", lang, plans=listed["coming"]) if named["coming"] else ""
    if named["ended"] and named["running"]:
        words += say("period.under_way", lang, plans=listed["running"])
    elif named["ended"]:
        words += say("period.others_ended" if named["coming"] else "period.all_ended", lang)
    return (words.rstrip() + as_of_line(ds, lang)).strip()


def period_line(ds: Dataset, plan_id: str, lang: str) -> str:
    """The period of a plan, whether it has begun and ended, the as-of date, and, for a plan known
    in part, what was read of it.
    """
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    words = say(
        f"period.{state(ds, plan_id)}", lang, start=plan["period_start"], end=plan["period_end"]
    )
    return words + as_of_line(ds, lang) + coverage_line(ds, plan_id, lang)


def coverage_line(ds: Dataset, plan_id: str, lang: str) -> str:
    """What was read of a plan that is known in part; nothing for one known in full."""
    plan = ds.plans.set_index("plan_id").loc[plan_id]
    return (
        ""
        if plan["coverage"] == "full"
        else say("period.in_part", lang, note=plan[f"coverage_note_{lang}"])
    )


def as_of_line(ds: Dataset, lang: str) -> str:
    """The as-of date of a page; nothing where the data have none."""
    day = as_of(ds)
    return say("period.as_of", lang, day=day.isoformat()) if day else ""
