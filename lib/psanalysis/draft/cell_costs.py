"""The cost of reading tokens as a cell of a column: zero where they are of the column's kind."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from psanalysis.draft.head_words import is_blank, nature_of
from psanalysis.draft.lexicon import pattern, rule
from psanalysis.draft.values import cell_values

NEVER = 1e9
SHORT = 4
STOPS = "\u3002;"
HAN = re.compile(r"[\u3400-\u9fff]")
SERIAL = re.compile(r"[(\[]?(\d{1,4})[.、)\]]?$")
# a number this large is a serial only if it is close to the last one: 2025 is a year
LARGE_SERIAL, GAP = 1000, 4
UNIT_LIKE = rule("cell_costs", "unit_like")
CLOSED = re.compile(r"\([^()]{1,12}\)$")
CATEGORY = rule("cell_costs", "category")


@lru_cache(maxsize=1 << 16)
def cell_cost(kind: str, texts: tuple[str, ...], serial: int) -> float:
    """The cost of texts as a cell of a kind of column, after a serial number; `NEVER` where they
    cannot be one.
    """
    whole = "".join(texts)
    if not whole:
        return NEVER if kind == "name" else 0.0 if kind in ("value", "unit") else 0.02
    if kind == "index":
        return _serial_cost(whole, serial)
    if kind == "nature":
        return 0.0 if nature_of(whole) else 0.1 if is_blank(whole) else NEVER
    if nature_of(whole):
        return 3.0
    if kind == "unit":
        plain = whole.replace(" ", "")
        return (
            0.0
            if UNIT_LIKE.match(plain)
            else 0.5
            if len(plain) <= 8 and not plain[0].isdigit()
            else NEVER
        )
    if kind == "category":
        return _category_cost(texts, whole)
    if kind == "name":
        return _name_cost(texts, whole)
    if kind == "value":
        return _value_cost(texts)
    return 0.0 if len(whole) <= 60 else NEVER


def _category_cost(texts: tuple[str, ...], whole: str) -> float:
    if len(whole) > 30 or not (HAN.search(whole) or CATEGORY.match(whole)):
        return NEVER
    if any(text and (nature_of(text) or is_value(text)) for text in texts):
        return NEVER
    return sum(0.05 if CATEGORY.match(text) else 0.3 for text in texts if text)


def _serial_cost(whole: str, serial: int) -> float:
    found = SERIAL.match(whole)
    if not found:
        return NEVER
    number = int(found[1])
    if number == serial + 1:
        return 0.0
    near = serial < number <= serial + GAP
    if number >= LARGE_SERIAL and not near:
        return NEVER
    return 0.6 if number == 1 else 1.0 if near else 2.0


def _name_cost(texts: tuple[str, ...], whole: str) -> float:
    if not HAN.search(whole) or len(whole) > 80:
        return NEVER
    filled = [text for text in texts if text]
    cost = 0.05 * (len(texts) - len(filled))
    if len(filled) > 1 and len(filled[0]) <= SHORT:
        cost += 0.2  # it is more likely a category
    if len(filled) > 1 and pattern("table", "section").match(filled[0]):
        cost += 1.0
    if not texts[-1]:
        return NEVER
    if any(nature_of(text) or is_blank(text) for text in filled):
        return NEVER
    if is_value(whole) or (SERIAL.match(filled[0]) and len(filled) > 1):
        cost += 2.0
    for before, text in pairwise(filled):
        joins = text.startswith("(") or not CLOSED.search(before)
        cost += 0.05 if text.startswith("(") else 0.1 if joins else 0.5
        if is_value(text):
            cost += 2.5
    if pattern("table", "value_tail").fullmatch(filled[-1]):
        cost += 1.0
    return cost


def is_value(text: str) -> bool:
    """True for a cell of numbers alone."""
    found = cell_values(text)
    return bool(found.values) and not found.words


def _is_name(text: str) -> bool:
    """True for a piece that ends in a unit in brackets, as only names do."""
    return bool(CLOSED.search(text)) and bool(HAN.match(text)) and not re.search(r"\d", text)


def _goes_beyond(text: str) -> bool:
    """True for a line that cannot be part of a cell of values: a heading, a sentence."""
    return bool(pattern("table", "section").match(text)) or text[-1:] in STOPS


def _value_cost(texts: tuple[str, ...]) -> float:
    if is_blank("".join(texts)):
        return 0.0 if len(texts) == 1 else NEVER
    if not all(texts) or any(_goes_beyond(text) for text in texts[1:]):
        return NEVER
    found = cell_values("\n".join(texts))
    if len(found.words) > 40 or any(nature_of(t) or _is_name(t) for t in texts):
        return NEVER
    cost = 1.5 if pattern("table", "value_tail").match(texts[0]) else 0.0
    if CATEGORY.match("".join(texts)) and found.values:
        cost += 2.0
    if not found.values:
        cost += (0.9 if HAN.search(found.words) else 1.5) + 0.25 * (len(texts) - 1)
    elif found.words:
        share = len(found.words) / len("".join(texts))
        cost += 0.3 + 0.5 * share
    unlabelled = sum(v.label == (0, 0) and v.year is None for v in found.values)
    paired = len(texts) == 1 and "/" in texts[0] and unlabelled == 2
    return cost + (0.2 if paired else max(0, unlabelled - 1)) + 0.05 * (len(found.values) - 1) ** 2
