"""Comparators: what a plan says of a number (reach it, at least, under, about), each defined once,
in comparators.toml.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psanalysis.wording import vocabulary


@dataclass(frozen=True)
class Comparator:
    """One comparator of statements.csv.

    Attributes
    ----------
    code
        As it stands in the data: ge.
    sign
        As it is printed beside a number: ≥; empty for the number itself.
    side
        +1 for a floor, -1 for a cap, 0 where it names no side and the direction of the indicator
        decides.
    strict
        True where the number itself is not enough (over 95).
    exact
        False where the text leaves the size open (about, a range).
    range
        True where there is an upper value.
    numeric
        False where there is no number at all.
    label
        How the labels of documents write it, by which drafts are scored.
    before, after
        Words that mean it and stand before or after the number, in simplified script and half-width
        signs.
    """

    code: str
    sign: str
    side: int = 0
    strict: bool = False
    exact: bool = True
    range: bool = False
    numeric: bool = True
    label: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that means it, those that stand before the number first."""
        return self.before + self.after


def _read() -> dict[str, Comparator]:
    entries = vocabulary("comparators.toml")
    lines: dict[str, dict[str, Any]] = {
        code: {name: tuple(v) if isinstance(v, list) else v for name, v in entry.items()}
        for code, entry in entries.items()
    }
    return {code: Comparator(code, **line) for code, line in lines.items()}


COMPARATORS = _read()
CODES = tuple(COMPARATORS)
NUMERIC = tuple(code for code, one in COMPARATORS.items() if one.numeric)
STRICT = tuple(code for code, one in COMPARATORS.items() if one.strict)
INEXACT = tuple(code for code, one in COMPARATORS.items() if not one.exact)
RANGES = tuple(code for code, one in COMPARATORS.items() if one.range)
SIDES = {code: one.side for code, one in COMPARATORS.items() if one.side}
# of a number that names no side: it, or about it
SIDELESS = tuple(
    code for code, one in COMPARATORS.items() if one.numeric and not one.side and not one.range
)


def _meaning(**wanted: Any) -> str:
    """The comparator of which all of this is so."""
    return next(
        code
        for code, one in COMPARATORS.items()
        if all(getattr(one, name) == value for name, value in wanted.items())
    )


# the comparators that rules name by what they mean
ITSELF = _meaning(numeric=True, side=0, exact=True)
ABOUT = _meaning(numeric=True, side=0, exact=False, range=False)
RANGE = _meaning(range=True)
AT_LEAST, MORE_THAN = (_meaning(side=1, strict=strict) for strict in (False, True))
AT_MOST = _meaning(side=-1, strict=False)
NO_NUMBER = _meaning(numeric=False)


def sign(code: str) -> str:
    """The sign of a comparator.

    Examples
    --------
    >>> sign("ge"), sign("eq")
    ('≥', '')
    """
    return COMPARATORS[code].sign


def codes_of_words(where: str) -> dict[str, str]:
    """Word to comparator code, of the words that stand `before` or `after` a number.

    Examples
    --------
    >>> len(set(codes_of_words("after").values()))
    3
    """
    return {word: code for code, one in COMPARATORS.items() for word in getattr(one, where)}
