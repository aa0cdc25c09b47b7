"""The years of a five-year plan by its number: the fourteenth is 2021 to 2025."""

from __future__ import annotations

from psanalysis.draft.lexicon import rule
from psanalysis.draft.numerals import chinese_number

FIVE_YEARS = rule("five_years", "figure")
FIRST_PLAN = 1953


def five_year_period(figure: str) -> tuple[int, int]:
    """First and last year of a five-year plan; `figure` is 四 for 十四五.

    Examples
    --------
    >>> five_year_period("四")
    (2021, 2025)
    """
    number = 10 + int(chinese_number(figure) or 0)
    start = FIRST_PLAN + 5 * (number - 1) + (3 if number > 3 else 0)
    return start, start + 4
