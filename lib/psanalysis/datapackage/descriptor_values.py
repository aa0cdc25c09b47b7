"""Checks single values of datapackage.json and words the faults."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

# a published file of another kind could be a page that was never checked
CSV_NAME = re.compile(r"\w[\w.-]{0,99}\.csv")
MOST = 1e300
SHOWN = 60


def text(value: Any) -> bool:
    """Text that is not empty."""
    return isinstance(value, str) and bool(value)


def truth(value: Any) -> bool:
    return isinstance(value, bool)


def number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= MOST


def day(value: Any) -> bool:
    """A date, optionally with a time."""
    try:
        return text(value) and bool(date.fromisoformat(value[:10]))
    except ValueError:
        return False


def names(value: Any) -> bool:
    items = [value] if isinstance(value, str) else value
    return isinstance(items, list) and bool(items) and all(map(text, items))


def file_name(value: Any) -> bool:
    """A name of a CSV file in the folder itself."""
    return text(value) and CSV_NAME.fullmatch(value) is not None


MUST: dict[Callable[[Any], bool], str] = {
    text: "must be text",
    truth: "must be true or false",
    number: "must be a number that every program can hold",
    day: "must be a day, like 2026-04-28",
    names: "must be a name or a list of names",
    file_name: "must be the name of a file in the folder, with .csv at its end",
}


def shown(value: Any) -> str:
    """A value for a message, cut to one line."""
    written = "missing" if value is None else json.dumps(value, ensure_ascii=False)
    return written if len(written) <= SHOWN else written[:SHOWN] + "…"
