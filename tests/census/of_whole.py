"""What pages say of all plans, of service lists and of plans that follow each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from tests.census.checks import Check, listed, parted, plan_of, same, share
from tests.census.of_places import shared_of
from tests.census.of_plan import UNTIL, ends_check, numeric, targets
from tests.census.pages import Piece
from tests.census.sentences import WORDING, Census, CensusError, numbers, wording
from tests.census.tables import Row

# a value of another year alone
OPEN = ("too_old", "later_value")


def cities(census: Census) -> list[str]:
    return [plan for plan in census.count.plans if census.count.is_city(plan)]


def drawn(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Of many plans how many a chart shows: twelve of all."""
    found = census.pattern("overview.parts_some").fullmatch(groups["some"])
    if found is None:
        raise CensusError(f"{groups['some']!r} does not say how many are drawn")
    same(found["drawn"], 12)
    same(found["plans"], len(census.count.plans))
    return {"some"}


def overall(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    rows = [row for plan in cities(census) for row in targets(census, plan)]
    bound = [row for row in rows if row["nature"] == "binding"]
    same(groups["plans"], len({row["plan_id"] for row in rows}))
    same(groups["targets"], len(rows))
    same(groups["indicators"], len({row["indicator_id"] for row in rows}))
    if "binding" in groups:
        same(groups["binding"], len(bound))
        same(groups["binding_plans"], len({row["plan_id"] for row in bound}))
    share(groups["pledges"], sum(not row["value"] for row in rows), len(rows), 2)
    share(groups["paired"], sum(census.count.start(row) is not None for row in rows), len(rows), 2)
    return set(groups) - {"top"}


def in_doubt_overall(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    every = [row for row in census.count.statements if row["role"] == "target"]
    same(groups["count"], len(census.count.findings))
    same(groups["grave"], sum(row["severity"] != "note" for row in census.count.findings))
    same(groups["figures"], len(census.count.doubted))
    same(groups["all"], len(every))
    same(groups["targets"], sum(row["statement_id"] in census.count.doubted for row in every))
    return {"count", "grave", "figures", "all", "targets"}


def commonest(grave: bool) -> Check:
    """The kinds that most findings are of: all of them are named, and no other."""

    def check(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
        rows = [row for row in census.count.findings if row["severity"] != "note" or not grave]
        kinds = Counter(row["kind"] for row in rows)
        most = max(kinds.values())
        same(groups["count" if grave else "most"], most)
        words = census.count.kinds(census.lang)
        named = set(listed(census, groups.get("kinds") or groups["kind"]))
        if named != {words[code] for code, count in kinds.items() if count == most}:
            raise CensusError(f"others are as frequent as {named}")
        if not grave:
            same(groups["count"], len(rows))
        return {"count", "most"}

    return check


def waiting(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    every = {plan: census.count.due(plan) for plan in census.count.plans}
    none = {
        plan: [one for one in own.values() if one[0] == "no_value"] for plan, own in every.items()
    }
    old = {plan: [one for one in own.values() if one[1] in OPEN] for plan, own in every.items()}
    same(groups["due"], sum(map(len, every.values())))
    same(groups["none"], sum(map(len, none.values())))
    same(groups["old"], sum(map(len, old.values())))
    same(groups["plans"], sum(bool(none[plan] or old[plan]) for plan in every))
    return {"due", "none", "old", "plans"}


def quality(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    rows = census.count.statements
    own = [row for plan in whole(census) for row in numeric(census, plan)]
    same(groups["statements"], len(rows))
    share(groups["anchored"], sum(bool(row["char_start"]) for row in rows), len(rows), 3)
    share(groups["implied"], sum(row["year_basis"] == "implied" for row in rows), len(rows), 2)
    same(groups["numeric"], len(own))
    same(groups["without"], sum(census.count.start(row) is None for row in own))
    same(groups["findings"], len(census.count.findings))
    return set(groups)


def service_lists(census: Census) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in census.count.rows("services"):
        found[row["plan_id"]].add(row["service_id"])
    return {plan: found[plan] for plan in census.count.plans if plan in found}


def services(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    lists = service_lists(census)
    holders = Counter(one for own in lists.values() for one in own)
    same(groups["plans"], len(lists))
    same(groups["services"], len(holders))
    # a list that has the wider service, or a part of it, has it too
    wide = {
        plan: {one for one in holders if ({one} | kin(census, one)) & own}
        for plan, own in lists.items()
    }
    having = Counter(one for own in wide.values() for one in own)
    same(groups["every"], sum(count == len(lists) for count in having.values()))
    alone = {plan: sum(having[one] == 1 for one in own) for plan, own in lists.items()}
    by_city(census, groups["parts"], alone)
    return {"plans", "services", "every", "parts"}


def kin(census: Census, service: str) -> set[str]:
    """The wider service that one is a part of, and its own parts."""
    pairs = [
        (row["service_id"], row["part_of"])
        for row in census.count.rows("service_codes")
        if row["part_of"]
    ]
    return {wider for part, wider in pairs if part == service} | {
        part for part, wider in pairs if wider == service
    }


def by_city(census: Census, words: str, expected: dict[str, int]) -> None:
    """A list of cities with a number each."""
    for part in listed(census, words):
        count = numbers(part)[-1]
        city = re.sub(r"\d+项?$", "", part).strip()
        if expected[census.plan_called(city)] != count:
            raise CensusError(f"{part!r} is not {expected[census.plan_called(city)]}")


def earlier(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Lists of periods that had ended before the latest list's began."""
    plans = {plan: census.count.plans[plan] for plan in service_lists(census)}
    last = max(row["period_start"] for row in plans.values())
    early = {plan for plan, row in plans.items() if row["period_end"] < last}
    if {census.called(one)[0] for one in listed(census, groups["lists"])} != early:
        raise CensusError(f"they are {early}")
    return {"lists"}


def by_lists(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    by_city(
        census, groups["parts"], {plan: len(own) for plan, own in service_lists(census).items()}
    )
    return {"parts"}


def changed(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """What became of the targets from one plan of a place to the next."""
    old, new = (census.called(groups[name])[0] for name in ("old", "new"))
    pairs = {(a, b): counted for a, b, counted in census.count.successions(census.count.place(old))}
    keys = {name: f"succession_page.part_{name}" for name in WORDING["succession"]}
    return parted(keys, lambda *_: Counter(pairs[old, new].values()))(census, piece, groups)


def place_of(piece: Piece) -> str:
    return str(dict(piece.report.parameters)["area_id"])


def all_changes(census: Census, area: str) -> Counter[str]:
    return Counter(
        one for *_, counted in census.count.successions(area) for one in counted.values()
    )


def old_ends(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """How the old targets of the latest pair of plans ended, as far as it can be told."""
    area = (
        place_of(piece)
        if "area_id" in dict(piece.report.parameters)
        else census.count.place(plan_of(piece))
    )
    old, _, _ = census.count.successions(area)[-1]
    last = census.count.last_year
    own = [row for (plan, _), row in census.count.headlines.items() if plan == old]
    found = Counter(census.count.outcome(row, last)[0] for row in own)
    same(groups["met"], found["met"])
    same(groups["missed"], found["missed"])
    return {"met", "missed"}


def count_of(which: Callable[[Census, str], Any]) -> Callable[[Census, Piece], int]:
    return lambda census, piece: len(which(census, plan_of(piece)))


def rows_of(name: str) -> Callable[[Census, Piece], int]:
    return lambda census, piece: sum(
        row["plan_id"] == plan_of(piece) for row in census.count.rows(name)
    )


PAST = {
    name.removeprefix("part_"): f"pace_section.{name}"
    for name in WORDING["pace_section"]
    if name.startswith("part_")
}


def past(census: Census, piece: Piece) -> Counter[str]:
    return census.count.past_pairs(plan_of(piece))


def under(census: Census, piece: Piece, groups: dict[str, str]) -> str:
    """The plan of a card of the first page, or that a sentence begins with."""
    title = census.sign(piece.under or groups.get("plan", ""))
    return census.called(title[0])[0]


def of_card(which: Callable[[Census, str], Any]) -> Callable[[Census, Piece], int]:
    return lambda census, piece: len(which(census, under(census, piece, {})))


def front_plan(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    plan = census.called(groups["plan"])[0]
    found = census.pattern("ends.known").match(groups["words"])
    if not found:
        raise CensusError(groups["words"])
    ends_check(lambda *_: plan)(census, piece, found.groupdict())
    return {"words"}


def documents_of(census: Census, piece: Piece) -> int:
    """How many documents the page rests on, where that follows from its subject alone; elsewhere
    what its table holds.
    """
    number = piece.report.notebook[:2]
    if number == "05":
        return len(service_lists(census))
    if number == "14":
        return 1
    return len(census.count.plans) if number in ("00", "06") else piece.rows


def other_lists(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """The service list of a plan against the others; of a place alone counts what no other place
    lists.
    """
    lists, plan = service_lists(census), plan_of(piece)
    same(groups["count"], rows_of("services")(census, piece))
    same(groups["others"], len(lists) - 1)
    place = census.count.place
    others = {one for other, own in lists.items() if place(other) != place(plan) for one in own}
    elsewhere = {one for one in lists[plan] if ({one} | kin(census, one)) & others}
    same(groups["alone"], len(lists[plan] - elsewhere))
    return {"count", "others", "alone"}


def roles(census: Census, piece: Piece) -> Counter[str]:
    return Counter(row["role"] for row in stated(census, plan_of(piece)))


def stated(census: Census, plan: str) -> list[Row]:
    return [row for row in census.count.statements if row["plan_id"] == plan]


def stated_in_doubt(census: Census, piece: Piece) -> int:
    own = stated(census, plan_of(piece))
    return sum(row["statement_id"] in census.count.doubted for row in own)


def statements_of(census: Census, piece: Piece) -> int:
    """How many statements the page rests on, where that follows from its subject alone."""
    subject = dict(piece.report.parameters)
    rows = census.count.statements
    number = piece.report.notebook[:2]
    if number == "01":
        return piece.rows
    if number == "03":
        return sum(row["indicator_id"] == subject["indicator_id"] for row in rows)
    if number == "02":
        own = [row for one in shared_of(census, piece) for row in census.count.targets_of(one)]
    elif number == "04":
        plan, until = str(subject["plan_id"]), UNTIL[piece.report.notebook]
        return len(census.count.rested_on(plan, until)) or len(census.count.under_way(plan, until))
    elif number == "06":
        return len(bare(census))
    elif number == "13":
        return sum(len(census.count.targets_of(one)) for one in census.count.shared)
    elif number == "07":
        grave = [row for row in census.count.findings if row["severity"] != "note"]
        return len({one for row in grave for one in row["statement_ids"].split()})
    elif number == "09":
        return len(waiting_rows(census))
    else:
        own = []
        for old, new, _ in census.count.successions(place_of(piece)):
            own += [row for (plan, _), row in census.count.headlines.items() if plan in (old, new)]
    bases = [census.count.baseline(row) for row in own]
    return len({row["statement_id"] for row in [*own, *bases] if row})


def whole(census: Census) -> list[str]:
    """Plans that were read in full."""
    return [plan for plan, about in census.count.plans.items() if about["coverage"] == "full"]


def partly_known(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """The plans of cities with targets of which a part is known, each by its name."""
    there = [plan for plan in cities(census) if targets(census, plan)]
    expected = [plan for plan in there if plan not in whole(census)]
    named = [one for words in listed(census, groups["plans"]) for one in census.called(words)]
    if sorted(named) != sorted(expected):
        raise CensusError(f"known in part are {expected}")
    return {"plans"}


def bare(census: Census) -> list[Row]:
    """Main indicators of the cities without a baseline, in tables that were read."""
    read = {
        row["plan_id"]
        for row in census.count.statements
        if row["role"] == "baseline" and row["nature"]
    }
    plans = [plan for plan in cities(census) if plan in read or plan in whole(census)]
    own = [row for plan in plans for row in targets(census, plan) if row["nature"]]
    return [row for row in own if census.count.status(row) == "no_baseline"]


def waiting_rows(census: Census) -> list[str]:
    return [
        code
        for plan in census.count.plans
        for code, (verdict, why) in census.count.due(plan).items()
        if verdict == "no_value" or why in OPEN
    ]


def awaited(census: Census) -> list[str]:
    """Verdicts of the due targets that wait for a value of their own year."""
    due = [census.count.due(plan) for plan in census.count.plans]
    return [
        verdict
        for own in due
        for verdict, why in own.values()
        if verdict == "no_value" or why in OPEN
    ]


def of_change(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """How many indicators a change is of."""
    code = next(
        name for name in WORDING["succession"]
        if wording(f"succession.{name}", census.lang) == groups["change"].lower()
    )  # fmt: skip
    same(groups["count"], all_changes(census, place_of(piece))[code])
    return {"count", "change"}


def of_silent_plan(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """How many due targets of a plan have no published value."""
    plan = census.plan_called(groups["plan"])
    due = census.count.due(plan).values()
    same(groups["count"], sum(verdict == "no_value" for verdict, _ in due))
    return {"count"}


def running(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """The plans that are under way: none of them has ended."""
    for one in listed(census, groups["plans"]):
        plan = census.plan_called(one)
        if census.count.ended(plan):
            raise CensusError(f"{plan} has ended")
    return set()


def over(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Up to which year periods have ended: that of a plan, and the last one of those that have."""
    if groups.get("over", "").strip():
        year = numbers(groups["over"])[0]
        ends = {int(row["period_end"]) for row in census.count.plans.values()}
        if year not in ends or year >= census.count.as_of:
            raise CensusError(f"no period has ended in {year}")
    return {"over", "unit"}


def silent(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Plans with due targets and no published value of any, each with how many are due."""
    found = {}
    for part in listed(census, groups["plans"]):
        at = census.pattern("overview.silent_plan").fullmatch(part)
        if at is None:
            raise CensusError(f"{part!r} is no plan")
        found[census.plan_called(at["plan"])] = numbers(at["count"])[0]
    every = {plan: census.count.due(plan) for plan in census.count.plans}
    wanted = {
        plan: len(own) for plan, own in every.items()
        if own and all(verdict == "no_value" for verdict, _ in own.values())
    }  # fmt: skip
    if found != wanted:
        raise CensusError(f"{found} is not {wanted}")
    return {"plans"}


def under_way(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """A plan of which nothing is due: what is published already."""
    years = census.count.under_way(plan_of(piece), UNTIL[piece.report.notebook])
    same(groups["count"], len(years))
    same(groups["year"], max(years.values()))
    return {"count", "year"}
