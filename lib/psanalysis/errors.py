"""The error classes of the library: everything it raises on purpose derives from
PsanalysisError.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

SHOWN_FAULTS = 200
LISTED_OPTIONS, CLOSE_OPTIONS = 12, 3
PERMISSION, ROOM = "check the permissions, or choose another place", "make room"
REMEDIES = {
    errno.ENOENT: "check the path",
    errno.ENOTDIR: "check the path: a part of it is a file",
    errno.EISDIR: "name a file in it",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EACCES: PERMISSION,
    errno.EPERM: PERMISSION,
    errno.EROFS: PERMISSION,
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
}
ELSE = "try again, or choose another place"


class PsanalysisError(Exception):
    """Base of every error that this library raises on purpose."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with an input, and its location.

    Parameters
    ----------
    file, line, column
        The location; line 0 is the whole file, an empty column the whole row.
    value
        The value found there.
    rule
        The rule that it breaks.
    remedy
        What to do about it.
    """

    file: str
    line: int
    column: str
    value: str
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        where = self.file + (f":{self.line}" if self.line else "")
        what = (
            f" {self.column}={self.value!r}"
            if self.column
            else (f" {self.value!r}" if self.value else "")
        )
        return f"{where}:{what} {self.rule}" + (f" -> {self.remedy}" if self.remedy else "")


class FaultsError(PsanalysisError):
    """An input with faults: lists all of them, sorted by location."""

    subject = "input"

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(sorted(set(faults)))
        shown = [str(fault) for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            shown.append(f"... and {len(self.faults) - SHOWN_FAULTS} more faults")
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__(f"{self.subject}: {count}\n" + "\n".join(shown))


class DataError(FaultsError):
    """The data package breaks its own schema or rules."""

    subject = "data package"


class CatalogError(FaultsError):
    """reports/catalog.yml names something that does not exist or has the wrong type."""

    subject = "report catalogue"


class UnitError(PsanalysisError):
    """Values of two dimensions, or of an unknown unit, cannot be combined."""


class ParameterError(PsanalysisError):
    """A parameter of a function, notebook or report has a value that it does not accept."""


class GlyphError(PsanalysisError):
    """A figure has a character that its fonts cannot draw."""


class MissingExtraError(PsanalysisError):
    """A package of an optional extra is not installed."""


def system_words(error: OSError) -> str:
    """The system's text of an error; an OSError raised by Python has a text but no strerror."""
    return error.strerror or str(error)


def with_remedy(error: OSError) -> str:
    """An error of the system in a line: the file, if there is one, what is wrong, and what to do.

    Examples
    --------
    >>> with_remedy(IsADirectoryError(errno.EISDIR, "Is a directory", "drafts"))
    'drafts: Is a directory -> name a file in it'
    """
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{system_words(error)} -> {REMEDIES.get(error.errno or 0, ELSE)}"


def choose(name: str, value: object, valid: Iterable[object]) -> None:
    """Raise ParameterError unless value is one of the valid ones; the message lists them; of
    very many, the closest ones and the number of all.
    """
    options = list(valid)
    try:
        known = value in options
    except TypeError:  # a missing value of pandas equals nothing
        known = False
    if not known:
        raise ParameterError(
            f"{name}={value!r} is not valid -> choose one of {_listed(value, options)}"
        )


def _listed(value: object, options: list[object]) -> str:
    if len(options) <= LISTED_OPTIONS:
        return ", ".join(map(repr, options))
    close = get_close_matches(str(value), map(str, options), CLOSE_OPTIONS)
    return f"{len(options)}, such as {', '.join(map(repr, close or options[:CLOSE_OPTIONS]))}"
