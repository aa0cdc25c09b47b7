"""Comparators (equal, at least, under, about): each is defined once, in comparators.toml."""

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
        Code in the data: ge.
    sign
        Sign that is printed before a number: ≥; empty for the number itself.
    side
        +1 for a floor, -1 for a cap, 0 where it has no side, so that the direction of the indicator
        decides.
    strict
        True if the number itself does not satisfy it (over 95).
    exact
        False if the text leaves the size open (about, a range).
    range
        True if it has an upper value.
    numeric
        False for a pledge without a number.
    label
        Its name in the labels of documents, against which drafts are scored.
    before, after
        Words for it before or after the number, in simplified script and half-width signs.
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
        """All words for it, those before the number first."""
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
# without a side: the number itself, or about it
SIDELESS = tuple(
    code for code, one in COMPARATORS.items() if one.numeric and not one.side and not one.range
)


def _meaning(**wanted: Any) -> str:
    """The comparator with all these attributes."""
    return next(
        code
        for code, one in COMPARATORS.items()
        if all(getattr(one, name) == value for name, value in wanted.items())
    )


# comparators by their meaning, for rules
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
    """Word -> comparator code, for the words `before` or `after` a number.

    Examples
    --------
    >>> len(set(codes_of_words("after").values()))
    3
    """
    return {word: code for code, one in COMPARATORS.items() for word in getattr(one, where)}
