"""Patterns of words that tell a login page, a page number or the start of a section; the words
themselves are data (lexicon.toml).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from psanalysis.wording import vocabulary


def lexicon() -> dict[str, dict[str, Any]]:
    """Section -> name -> a list of words or a pattern."""
    return vocabulary("formats/lexicon.toml")


@cache
def words(section: str, name: str) -> re.Pattern[str]:
    """A pattern that matches any of the words of an entry, ignoring case.

    Examples
    --------
    >>> bool(words("page", "login").search("Please log in"))
    True
    """
    return re.compile("|".join(map(re.escape, lexicon()[section][name])), re.IGNORECASE)


@cache
def beginnings() -> re.Pattern[str]:
    """A pattern for the start of a printed line that does not continue the line before."""
    own = lexicon()["print"]
    signs = r"\d{1,2}[.、\uff0e]\D|[●■◆•★]|——|[①-⑳]"
    return re.compile(
        rf"\s*(?:{own['heading']}|{own['numbered']}|{own['bracketed']}|{own['box']}|{signs})"
    )


@cache
def page_number() -> re.Pattern[str]:
    """A line that is a page number and nothing else."""
    own = lexicon()["print"]["page_number"]
    return re.compile(
        rf"^\s*(?:{own}|[-—–·~]+\s*\d{{1,4}}\s*[-—–·~]+|\d{{1,4}}\s*/\s*\d{{1,4}})\s*$"
    )
