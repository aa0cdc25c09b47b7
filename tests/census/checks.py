"""What sentences are checked by: counts, lists of counts, and what holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from tests.census.pages import Piece
from tests.census.sentences import Census, CensusError, numbers, wording


def same(words: str, expected: float) -> None:
    """Refuse a number that is another one."""
    found = numbers(words)
    if len(found) != 1 or abs(found[0] - expected) > 1e-9 * max(1, abs(expected)):
        raise CensusError(f"{words!r} is not {expected}")


Check = Callable[[Census, Piece, dict[str, str]], set[str]]


def counts(**expected: Callable[[Census, Piece], float]) -> Check:
    """Placeholders that are numbers of their own."""

    def check(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
        for name, count in expected.items():
            same(groups[name], count(census, piece))
        return set(expected)

    return check


def only(holds: Callable[[Census, Piece], bool]) -> Check:
    """A sentence whose number is a word of its own."""

    def check(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
        if not holds(census, piece):
            raise CensusError("it does not hold")
        return set()

    return check


def nothing(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
    """A sentence without a number of its own."""
    return set()


def share(words: str, part: int, whole: int, digits: int) -> None:
    """Refuse a percentage that is another one."""
    same(words, float(f"{100 * part / whole:.{digits}g}"))


def plan_of(piece: Piece) -> str:
    return str(dict(piece.report.parameters)["plan_id"])


def listed(census: Census, words: str, between: str = "item") -> list[str]:
    """Items in a row."""
    return words.split(wording(f"punctuation.{between}", census.lang))


def parted(
    keys: dict[str, str],
    expected: Callable[[Census, Piece], dict[str, int] | Counter[str]],
    between: str = "item",
) -> Check:
    """A list of counts: each part is the sentence of its key, every count that is not 0 is there,
    and no other.
    """

    def check(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
        mark = wording(f"punctuation.{between}", census.lang).strip()
        rest, found = groups["parts"], {}
        # the longest first: one part may begin like another, and hold the mark that separates them
        known = sorted(keys, key=lambda name: -len(wording(keys[name], census.lang)))
        while rest:
            fits = [(name, at) for name in known if (at := _starts(census, keys[name], rest, mark))]
            if not fits:
                raise CensusError(f"{rest!r} is no part")
            name, at = fits[0]
            found[name] = numbers(at["count"])[0]
            if {"start", "end"} <= set(at.groupdict()):
                own = census.count.plans[plan_of(piece)]
                same(at["start"], int(own["baseline_year"]))
                same(at["end"], int(own["horizon_year"]))
            rest = rest[at.end() :].removeprefix(mark).strip()
        wanted = {name: count for name, count in expected(census, piece).items() if count}
        if found != wanted:
            raise CensusError(f"{found} is not {wanted}")
        return {"parts"}

    return check


def _starts(census: Census, key: str, rest: str, mark: str) -> re.Match[str] | None:
    """The part that a list begins with; names in brackets belong to it."""
    words = census.pattern(key).pattern.removesuffix("$").removesuffix("(?P<names>.*?)")
    return re.match(words + rf"(?:\s*[（(](?P<named>.*?)[)）])?(?={re.escape(mark)}|$)", rest)


def both(*checks: Check) -> Check:
    def check(census: Census, piece: Piece, groups: dict[str, str]) -> set[str]:
        return {name for one in checks for name in one(census, piece, groups)}

    return check
