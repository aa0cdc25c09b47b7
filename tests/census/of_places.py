"""What pages say of targets of several places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from statistics import median

from tests.census.checks import listed, same
from tests.census.pages import Piece
from tests.census.sentences import SIDES, Census, CensusError, wording
from tests.census.tables import STRICT, Row


def shared_of(census: Census, piece: Piece) -> list[str]:
    domain = dict(piece.report.parameters).get("domain_id", "all")
    about = census.count.indicators
    order = census.count.domain_order
    own = [one for one in census.count.shared if domain in ("all", about[one]["domain_id"])]
    return sorted(own, key=lambda one: order[about[one]["domain_id"]])


def shared_places(census: Census) -> int:
    """How many cities have a target that another place has too."""
    count = census.count
    rows = [row for one in count.shared for row in count.targets_of(one)]
    return len({count.place(row["plan_id"]) for row in rows if count.is_city(row["plan_id"])})


def widest(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    found = census.count.widest(shared_of(census, piece))
    if found is None:
        raise CensusError("nothing lies apart")
    indicator, year, _ = found
    if indicator not in census.called(groups["name"]):
        raise CensusError(f"it is {indicator}")
    same(groups["year"], year)
    rows = [row for row in census.count.beside(indicator) if row["year"] == str(year)]
    demand = _demand(census, rows)
    for value, end in (("high", max), ("low", min)):
        there = {
            row["plan_id"]: row
            for row in rows
            if demand[row["statement_id"]] == end(demand.values())
        }
        said = {}
        for words, cities in _stated_at(census, groups[value]):
            for city in cities:
                said[census.plan_called(city)] = words
        if set(said) != set(there):
            raise CensusError(f"{groups[value]} are not all at the end")
        for plan, words in said.items():
            census.value(words, there[plan])
    return {"year", "high", "low"}


def _stated_at(census: Census, words: str) -> list[tuple[str, list[str]]]:
    """Numbers, each with the places that print it."""
    between = re.escape(wording("punctuation.item", census.lang))
    city = census.filled("city")
    cities = f"(?P<cities>{city}(?:{between}{city})*)"
    number = "(?P<value>.+?)"
    template = re.escape(wording("city_comparison.stated_at", census.lang))
    one = template.replace(r"\{cities\}", cities).replace(r"\{value\}", number)
    found, rest = [], words.strip()
    while rest:
        part = re.match(rf"{one}(?:{between}|$)", rest)
        if not part:
            raise CensusError(f"{rest!r} is no number with its places")
        found.append((part["value"], listed(census, part["cities"])))
        rest = rest[part.end() :]
    return found


def _demand(census: Census, rows: list[Row]) -> dict[str, tuple[float, bool]]:
    """What each target asks for, in the order of demand; of equal numbers the strict one asks for
    more.
    """
    side = census.count.side(rows[0]) or 1
    return {
        row["statement_id"]: (side * (census.count.asked(row) or 0.0), row["comparator"] in STRICT)
        for row in rows
    }


def _at_the_ends(
    census: Census,
    groups: dict[str, str],
    rows: list[Row],
    read: Callable[[str], str],
    name: Callable[[Row], str],
) -> None:
    """Every place that asks for most, or for least, is named with what it asks for; of equal
    numbers the strict one asks for more.
    """
    demand = _demand(census, rows)
    for city, value, end in (("high_city", "high", max), ("low_city", "low", min)):
        there = [row for row in rows if demand[row["statement_id"]] == end(demand.values())]
        if set(map(read, listed(census, groups[city]))) != {name(row) for row in there}:
            raise CensusError(f"{groups[city]} are not all at the end")
        values = listed(census, groups[value], "both")
        if not all(any(_prints(census, one, row) for row in there) for one in values):
            raise CensusError(f"{values} is not what they ask for")
        if not all(any(_prints(census, one, row) for one in values) for row in there):
            raise CensusError("not every number is named")


def _prints(census: Census, words: str, row: Row) -> bool:
    try:
        census.value(words, row)
    except CensusError:
        return False
    return True


def doubted_named(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Targets that are named as left out: each is the headline target of its plan, and in doubt;
    none is missing.
    """
    left = [
        row for one in shared_of(census, piece) for row in census.count.targets_of(one)
        if row["statement_id"] in census.count.doubted and census.count.is_city(row["plan_id"])
    ]  # fmt: skip
    named = listed(census, groups["named"], "clause")
    expected = len(left)
    if "count" in groups:
        same(groups["count"], expected)
    elif len(named) != expected:
        raise CensusError(f"{expected} targets are in doubt")
    for one in named:
        sign = next(
            char
            for char in one
            if census.names.get(census.back.get(char, ""), ("",))[0] == "indicator"
        )
        indicator = census.called(sign)[0]
        rest = one.replace(sign, "")
        own = [row for row in left if row["indicator_id"] == indicator]
        row, value = in_words(census, rest, own)
        census.value(value, row)
    return {"named", "count"}


def heat(census: Census, piece: Piece) -> Counter[str]:
    """Standings of the cities' sound headline targets of a domain."""
    rows = [row for one in shared_of(census, piece) for row in census.count.targets_of(one)]
    own = [
        census.count.standing(row)
        for row in rows
        if census.count.is_city(row["plan_id"])
        and row["statement_id"] not in census.count.doubted
        and row["value"]
    ]
    return Counter(one for one in own if one in SIDES)


# indicators


def own_targets(census: Census, piece: Piece) -> list[Row]:
    return census.count.targets_of(str(dict(piece.report.parameters)["indicator_id"]))


def groups_named(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Who aims at what by when: each is the headline target of its plan, none in doubt, none
    missing; like the nation where it is.
    """
    rows = {row["plan_id"]: row for row in own_targets(census, piece)}
    said: set[str] = set()
    for part in listed(census, groups["parts"], "clause"):
        like = census.pattern("indicator_profile.answer_like_nation").fullmatch(part)
        found = like or census.pattern("indicator_profile.answer_group").fullmatch(part)
        if not found:
            raise CensusError(f"{part!r} is not known")
        for city in listed(census, found["cities"]):
            plan = census.plan_called(city)
            row = rows[plan]
            if row["statement_id"] in census.count.doubted or not census.count.is_city(plan):
                raise CensusError(f"{plan} is in doubt or no city")
            census.value(found["value"], row)
            same(found["year"], int(row["year"]))
            if bool(like) is not _like_nation(census, row):
                raise CensusError(f"{plan} is {census.count.standing(row)} to the nation")
            said.add(plan)
    wanted = {
        plan
        for plan, row in rows.items()
        if row["value"]
        and census.count.is_city(plan)
        and row["statement_id"] not in census.count.doubted
    }
    if said != wanted:
        raise CensusError(f"{said} is not {wanted}")
    return {"parts"}


def _like_nation(census: Census, row: Row) -> bool:
    """True where a national plan asks for the same by the same year."""
    strict = ("gt", "lt")
    return any(
        not census.count.is_city(other["plan_id"])
        and other["value"] and other["year"] == row["year"]
        and census.count.asked(other) == census.count.asked(row)
        and (other["comparator"] in strict) == (row["comparator"] in strict)
        for other in census.count.targets_of(row["indicator_id"])
    )  # fmt: skip


def nation_named(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    plan = census.plan_called(groups["city"])
    row = next(row for row in own_targets(census, piece) if row["plan_id"] == plan)
    if census.count.is_city(plan):
        raise CensusError(f"{plan} is a city")
    census.value(groups["value"], row)
    same(groups["year"], int(row["year"]))
    return {"value", "year"}


def stated_doubted(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    rows = {
        row["plan_id"]: row for row in own_targets(census, piece)
        if row["statement_id"] in census.count.doubted and census.count.is_city(row["plan_id"])
    }  # fmt: skip
    named = listed(census, groups["stated"])
    if len(named) != len(rows):
        raise CensusError(f"{len(rows)} are in doubt")
    for one in named:
        row, value = in_words(census, one, list(rows.values()))
        census.value(value, row)
    return {"stated"}


def in_words(census: Census, words: str, rows: list[Row]) -> tuple[Row, str]:
    """The target that a place and its value name, and the value."""
    for row in rows:
        for name in (census.known[census.title(row["plan_id"])], census.place_name(row["plan_id"])):
            if name in words:
                return row, words.replace(name, "").replace(" in ", " ").strip(" ,")
    raise CensusError(f"{words!r} is not in doubt")


def pledged(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Who promises without a number: cities whose headline target has none and is not in doubt."""
    for city in listed(census, groups["cities"]):
        plan = census.plan_called(city)
        row = next(row for row in own_targets(census, piece) if row["plan_id"] == plan)
        if row["value"] or row["statement_id"] in census.count.doubted:
            raise CensusError(f"{plan} has a number, or is in doubt")
    return set()


def ranged(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """The two ends of many targets."""
    rows = [
        row
        for row in own_targets(census, piece)
        if row["value"]
        and census.count.is_city(row["plan_id"])
        and row["statement_id"] not in census.count.doubted
    ]
    same(groups["numbers"], len(rows))
    side = census.count.side(rows[0]) or 1
    demands = {row["plan_id"]: side * (census.count.asked(row) or 0.0) for row in rows}
    ends = (("high_city", "high", "high_year", max), ("city", "low", "year", min))
    for city, value, year, end in ends:
        plan = census.plan_called(groups[city])
        row = next(row for row in rows if row["plan_id"] == plan)
        if demands[plan] != end(demands.values()):
            raise CensusError(f"{plan} is not at the end")
        census.value(groups[value], row)
        same(groups[year], int(row["year"]))
    return {"numbers", "high", "high_year", "low", "year"}


def pair_of_year(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Which of the two places that set a target for a year asks for more."""
    return _ends_of_year(census, piece, groups, 2)


def ends_of_year(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Who asks for most and for least in a year, of the targets of the indicator that may stand
    side by side.
    """
    return _ends_of_year(census, piece, groups, None)


def _ends_of_year(
    census: Census, piece: Piece, groups: dict[str, str], wanted: int | None
) -> set[str]:
    code = str(dict(piece.report.parameters)["indicator_id"])
    found = census.count.widest([code])
    if found is None:
        raise CensusError("nothing lies apart")
    year = found[1]
    same(groups["year"], year)
    rows = [row for row in census.count.beside(code) if row["year"] == str(year)]
    places = {census.count.place(row["plan_id"]) for row in rows}
    if (len(places) == 2) is not (wanted == 2):
        raise CensusError(f"they are {len(places)} places")
    _at_the_ends(census, groups, rows, str.strip, lambda row: census.place_name(row["plan_id"]))
    return {"year", "high", "low"}


def two_ends(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """The two ends of many targets, without their number."""
    own = [
        row
        for row in own_targets(census, piece)
        if row["value"]
        and census.count.is_city(row["plan_id"])
        and row["statement_id"] not in census.count.doubted
    ]
    return ranged(census, piece, groups | {"numbers": str(len(own))}) - {"numbers"}


def came(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """How the due headline targets ended: each is named, and with its own verdict."""
    count, until = census.count, census.count.as_of - 1
    every = {row["plan_id"]: count.outcome(row, until)[0] for row in own_targets(census, piece)}
    known = ("met", "missed", "cannot_tell", "no_value")
    wanted = {plan: verdict for plan, verdict in every.items() if verdict in known}
    said: dict[str, str] = {}
    for part in listed(census, groups["parts"], "clause"):
        for verdict in dict.fromkeys(wanted.values()):
            found = census.pattern(f"indicator_profile.came_{verdict}").fullmatch(part)
            if found:
                said |= {
                    census.plan_called(one): verdict for one in listed(census, found["cities"])
                }
    if said != wanted:
        raise CensusError(f"{said} is not {wanted}")
    return {"parts"}


def sound_numbers(census: Census, piece: Piece) -> int:
    """Numbers of cities for an indicator that no finding doubts."""
    return sum(
        bool(row["value"])
        and census.count.is_city(row["plan_id"])
        and row["statement_id"] not in census.count.doubted
        for row in own_targets(census, piece)
    )


def names_written(census: Census, piece: Piece) -> int:
    """Names as written of an indicator: those of its statements and the further ones of
    aliases.csv, a plan at a time.
    """
    code = str(dict(piece.report.parameters)["indicator_id"])
    own = {
        (row["plan_id"], row["indicator_as_written"])
        for row in census.count.by_id.values()
        if row["indicator_id"] == code and row["indicator_as_written"]
    }
    also = {
        (row["plan_id"], row["alias"])
        for row in census.count.rows("aliases")
        if row["indicator_id"] == code and row["plan_id"]
    }
    return len(own | also)


def names_told(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """Further names of an indicator, those of aliases.csv that are no plan's."""
    code = str(dict(piece.report.parameters)["indicator_id"])
    own = {
        row["alias"]
        for row in census.count.rows("aliases")
        if row["indicator_id"] == code and not row["plan_id"]
    }
    if set(listed(census, groups["names"])) != own:
        raise CensusError(f"{groups['names']} is not {own}")
    return {"names"}


def indicators_of(census: Census, piece: Piece) -> int:
    """Indicators of a domain that a plan states something of."""
    domain = dict(piece.report.parameters)["domain_id"]
    stated = {row["indicator_id"] for row in census.count.by_id.values()}
    return sum(census.count.indicators[one]["domain_id"] == domain for one in stated)


def limits(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    about = census.count.indicators[str(dict(piece.report.parameters)["indicator_id"])]
    for name, column in (("low", "lower_limit"), ("high", "upper_limit")):
        if name in groups:
            same(groups[name], float(about[column]))
        elif about[column]:
            raise CensusError(f"{column} is {about[column]}")
    return {"low", "high"}


def limits_passed(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """How many figures of plans lie beyond the limit, each of a plan and a year once."""
    code = str(dict(piece.report.parameters)["indicator_id"])
    most = float(census.count.indicators[code]["upper_limit"])
    rows = [row for row in census.count.statements if row["indicator_id"] == code and row["value"]]
    beyond = {
        (row["plan_id"], row["year"], row["value"]) for row in rows if float(row["value"]) > most
    }
    same(groups["count"], len(beyond))
    return limits(census, piece, groups) | {"count"}


def spread(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """The ends and the middle of the targets for the year that most places have one for."""
    by_year: dict[str, dict[str, Row]] = {}
    for row in census.count.beside(str(dict(piece.report.parameters)["indicator_id"])):
        by_year.setdefault(row["year"], {})[row["plan_id"]] = row
    places = {
        year: len({census.count.place(plan) for plan in rows}) for year, rows in by_year.items()
    }
    year = max(year for year, count in places.items() if count == max(places.values()))
    same(groups["year"], float(year))
    same(groups["count"], places[year])
    values = sorted(float(row["value"]) for row in by_year[year].values())
    row = next(iter(by_year[year].values()))
    for name, value in (("low", values[0]), ("middle", median(values)), ("high", values[-1])):
        census.value(
            groups[name], row | {"value": str(value), "value_high": "", "comparator": "eq"}
        )
    return {"year", "count", "low", "middle", "high"}


def unit(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    about = census.count.indicators[str(dict(piece.report.parameters)["indicator_id"])]
    if groups["unit"] != census.count.units[about["unit_id"]][f"name_{census.lang}"]:
        raise CensusError(f"the unit is {about['unit_id']}")
    return {"unit"}
