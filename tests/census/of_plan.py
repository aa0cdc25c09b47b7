"""What pages say of one plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tests.census.checks import Check, parted, plan_of, same
from tests.census.pages import Piece
from tests.census.sentences import SIDES, Census, CensusError
from tests.census.tables import Row

# a page that says from which year it looks
UNTIL = {"04_progress": 2025}


def targets(census: Census, plan: str) -> list[Row]:
    return census.count.of(plan)


def numeric(census: Census, plan: str) -> list[Row]:
    return [row for row in census.count.of(plan) if row["value"]]


def paired(census: Census, plan: str) -> list[Row]:
    return [row for row in census.count.of(plan) if census.count.start(row) is not None]


def doubtful(census: Census, plan: str) -> list[Row]:
    return [row for row in census.count.of(plan) if row["statement_id"] in census.count.doubted]


def main_in_doubt(own: bool) -> Callable[[Census, Piece], int]:
    """How many main indicators have a target in doubt, or a baseline alone."""

    def count(census: Census, piece: Piece) -> int:
        rows = [row for row in census.count.main(plan_of(piece)) if census.count.in_doubt(row)]
        return sum((row["statement_id"] in census.count.doubted) is own for row in rows)

    return count


def binding(census: Census, plan: str) -> list[Row]:
    return [row for row in census.count.of(plan) if row["nature"] == "binding"]


def sums(census: Census, piece: Piece) -> Counter[str]:
    """What the baselines of the main indicators are to their targets."""
    of = {
        "to_improve": "improve",
        "strictly_above": "some",
        "strictly_below": "some",
        "hold": "there",
        "already_met": "there",
        "anew_lower": "anew",
    }
    rows = [row for row in census.count.main(plan_of(piece)) if not census.count.in_doubt(row)]
    return Counter(of.get(census.count.status(row), "unknown") for row in rows)


def standings(census: Census, plan: str) -> Counter[str]:
    return Counter(census.count.judged(plan).values())


def held_plans(census: Census, nation: str) -> dict[str, list[str]]:
    """Standings of the targets of other plans that are held against a national one, by plan."""
    found: dict[str, list[str]] = {}
    for plan in census.count.plans:
        for statement, side in census.count.judged(plan).items():
            reference = census.count.reference(census.count.by_id[statement])
            if reference is not None and reference[0]["plan_id"] == nation:
                found.setdefault(plan, []).append(side)
    return found


def held(census: Census, nation: str) -> Counter[str]:
    return Counter(side for sides in held_plans(census, nation).values() for side in sides)


def ends(census: Census, plan: str, piece: Piece | None = None) -> Counter[str]:
    until = UNTIL.get(piece.report.notebook) if piece else None
    return Counter(verdict for verdict, _ in census.count.due(plan, until).values())


def known(ended: Counter[str]) -> int:
    return ended.total() - ended["no_value"]


VERDICTS = {
    "met": "ends.part_met",
    "missed": "ends.part_missed",
    "cannot_tell": "ends.part_cannot_tell",
}
NATION = {side: f"ambition.nation_{side}" for side in SIDES}


def told(census: Census, plan: str, piece: Piece) -> dict[str, int]:
    return {name: count for name, count in ends(census, plan, piece).items() if name in VERDICTS}


def ends_check(which: Callable[[Census, Piece, dict[str, str]], str]) -> Check:
    """{due} targets are due, {known} of them with a published value: {parts}."""

    def check(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
        plan = which(census, piece, groups)
        ended = ends(census, plan, piece)
        same(groups["due"], ended.total())
        same(groups["known"], known(ended))
        return {
            "due",
            "known",
            *parted(VERDICTS, lambda *_: told(census, plan, piece))(census, piece, groups),
        }

    return check


def of_page(census: Census, piece: Piece, groups: dict[str, str]) -> str:
    return plan_of(piece)


def furthest(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """The main indicator that has furthest to go, relative to its target."""
    apart: dict[str, tuple[float, Row]] = {}
    for row in census.count.main(plan_of(piece)):
        start, end = census.count.start(row), census.count.asked(row)
        open_way = not census.count.in_doubt(row) and census.count.status(row) == "to_improve"
        if open_way and start is not None and end:
            apart[row["indicator_id"]] = (abs(start / end - 1), row)
    most = max(far for far, _ in apart.values())
    named = [apart[code] for code in census.called(groups["name"]) if code in apart]
    if not named or named[0][0] < most - 1e-9:
        raise CensusError(f"others have further to go: {most}")
    row = named[0][1]
    base = census.count.baseline(row) or {}
    census.value(groups["target"], row)
    census.value(groups["baseline"], base | {"comparator": "eq"})
    same(groups["start"], int(base["year"]))
    same(groups["end"], int(row["year"]))
    return {"target", "baseline", "start", "end"}


def period(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    row = census.count.plans[plan_of(piece)]
    same(groups["start"], int(row["period_start"]))
    same(groups["end"], int(row["period_end"]))
    return {"start", "end"}


def period_as(ended: bool) -> Check:
    def check(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
        if census.count.ended(plan_of(piece)) is not ended:
            raise CensusError("the period has ended, or has not")
        return period(census, piece, groups)

    return check


def day(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    if groups["day"] != census.count.created:
        raise CensusError(f"{groups['day']} is not {census.count.created}")
    return {"day"}


def in_part(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """What of a plan is known, in the words of plans.csv."""
    note = census.count.plans[plan_of(piece)][f"coverage_note_{census.lang}"]
    if census.sign(" ".join(note.split())) != groups["note"].strip():
        raise CensusError(f"it is {note!r}")
    return {"note"}
