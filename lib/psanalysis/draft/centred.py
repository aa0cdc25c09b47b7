"""Restores rows and heads of PDF tables whose cells are centred vertically.

The text of such a table has the first line of a name above its row and the last one below it, and
the heads of values above and below those of the other columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from psanalysis.draft.cell_costs import CLOSED, HAN, SERIAL, SHORT, UNIT_LIKE, is_value
from psanalysis.draft.columns import Head
from psanalysis.draft.head_ways import HeadWay
from psanalysis.draft.head_words import KINDS, VALUE_KINDS, head_kind, is_blank, nature_of
from psanalysis.draft.layout import Token
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.spelled import apart

STATING = (*VALUE_KINDS, "year")
OPENS = re.compile(r"[(\[〔【]")


def in_order(tokens: Sequence[Token]) -> list[Token]:
    """Tokens with each name that is printed above and below its row put between serial and values.

    Examples
    --------
    >>> first = ("全社会研发经费投入增长", "1 — 7 预期性", "(%)")
    >>> lines = (*first, "2 城镇调查失业率(%) 5.1 5 预期性")
    >>> cells = [
    ...     Token(word, 0, 0, i, j == 0)
    ...     for i, line in enumerate(lines)
    ...     for j, word in enumerate(line.split())
    ... ]
    >>> [token.text for token in in_order(cells)][:4]
    ['1', '全社会研发经费投入增长', '(%)', '—']
    """
    lines = [list(group) for _, group in groupby(tokens, key=lambda token: token.line)]
    positions = _serial_rows(lines)
    nameless = {row for row, position in positions.items() if _without_name(lines[row][position:])}
    found: list[Token] = []
    index = 0
    while index < len(lines):
        row = index + 1
        around = row in nameless or (
            row in positions and _is_middle(lines, row, positions[row], nameless)
        )
        if not around or not _only_words(lines[index]):
            rest = lines[row] if row < len(lines) and row + 1 not in nameless else []
            position = _name_end(lines[index], rest)
            more = [replace(t, line=lines[index][0].line, first=False) for t in rest]
            found += (
                [*lines[index][:position], *more, *lines[index][position:]]
                if position
                else lines[index]
            )
            index += 2 if position else 1
            continue
        after = row + 1
        below = after < len(lines) and after not in nameless and _only_words(lines[after])
        if below and after + 1 in nameless and not OPENS.match(lines[after][0].text):
            below = False  # the first line of the next name
        number = lines[row][0].line
        own = positions[row]
        middle = lines[row][own : own + (row not in nameless)]
        names = [*lines[index][-1:], *middle, *(lines[after][-1:] if below else ())]
        beside = [*lines[index][:-1], *(lines[after][:-1] if below else ())]
        whole = [*beside, *lines[row][:own], *names, *lines[row][own + len(middle) :]]
        found += [replace(t, line=number, first=i == 0) for i, t in enumerate(whole)]
        index = after + below
    return found


def _serial_rows(lines: Sequence[Sequence[Token]]) -> dict[int, int]:
    """Rows that have the next serial number, each with the position after that number."""
    found: dict[int, int] = {}
    last = 0
    for index, line in enumerate(lines):
        for position, token in enumerate(line[:3], 1):
            serial = SERIAL.match(token.text)
            if serial and int(serial[1]) in (1, last + 1):
                last = int(serial[1])
                found[index] = position
                break
    return found


def _is_middle(
    lines: Sequence[Sequence[Token]], row: int, position: int, nameless: set[int]
) -> bool:
    """True for a row with the middle line of a name: the line above it and its own are full, and
    the name ends below.
    """
    line, after = lines[row], row + 1
    if len(line) < position + 3 or after >= len(lines) or after + 1 in nameless:
        return False
    piece, above = line[position].text, lines[row - 1][-1].text
    return (
        bool(HAN.search(piece))
        and not CLOSED.search(piece)
        and len(above) >= max(len(piece) - 1, SHORT + 1)
        and any(is_value(t.text) for t in line[position + 1 :])
        and _only_words(lines[after])
    )


def _without_name(cells: Sequence[Token]) -> bool:
    """True for a row whose cells are values, units and a nature, without a name."""
    return (
        len(cells) >= 2
        and any(nature_of(cell.text) for cell in cells)
        and all(
            is_value(cell.text)
            or is_blank(cell.text)
            or nature_of(cell.text)
            or UNIT_LIKE.match(cell.text)
            or pattern("table", "value_tail").fullmatch(cell.text)
            for cell in cells
        )
    )


def _name_end(line: Sequence[Token], below: Sequence[Token]) -> int:
    """The position after the name in a complete row, where the line below ends that name with its
    unit; else 0.
    """
    if not below or not _only_words(below) or not nature_of(line[-1].text):
        return 0
    serial = next((i for i, t in enumerate(line[:2]) if SERIAL.match(t.text)), None)
    if serial is None or not CLOSED.search(below[-1].text):
        return 0
    end = next(
        (
            i
            for i in range(serial + 1, len(line))
            if is_value(line[i].text) or is_blank(line[i].text)
        ),
        0,
    )
    named = end > serial + 1 and not CLOSED.search(line[end - 1].text)
    return end if named else 0


def _only_words(line: Sequence[Token]) -> bool:
    """True for a line that may be part of a name: one or two words, no serial number, no value."""
    return len(line) <= 2 and all(
        not is_value(t.text)
        and not nature_of(t.text)
        and head_kind(t.text) not in ("index", "nature")
        and not SERIAL.match(t.text)
        and (HAN.search(t.text) or OPENS.match(t.text))
        for t in line
    )


def _before_values(line: Sequence[Token]) -> int:
    """How many pieces of other heads (half of 序号) come before the first head of values."""
    return next((i for i, token in enumerate(line) if head_kind(token.text) in STATING), len(line))


def split_head(tokens: Sequence[Token]) -> tuple[HeadWay, int] | None:
    """A head in which the heads of values are printed above the line of the other heads: the way to
    read it, and its number of tokens; None for other heads.

    Examples
    --------
    >>> heads = ("2025年 2030年 年均/累", "序号 指标 属性", "(实际) (目标) 计")
    >>> lines = (*heads, "1 入园率(%) 95 97 〔2〕 预期性")
    >>> cells = [
    ...     Token(word, 0, 0, i, j == 0)
    ...     for i, line in enumerate(lines)
    ...     for j, word in enumerate(line.split())
    ... ]
    >>> way, length = split_head(cells)
    >>> [head.text for head in way.heads], length
    (['序号', '指标', '2025年(实际)', '2030年(目标)', '年均/累计', '属性'], 9)
    """
    lines = [list(group) for _, group in groupby(tokens, key=lambda token: token.line)]
    if len(lines) < 3:
        return None
    tokens_of_head = len(lines[0]) + len(lines[1]), len(lines[2])
    (above, below), own = apart(lines[0], lines[2]), lines[1]
    kinds = [head_kind(token.text) for token in own]
    before = _before_values(above)
    behind = next(
        (i for i in range(before, len(above)) if head_kind(above[i].text) not in STATING),
        len(above),
    )
    if before == len(above) or "name" not in kinds or any(k in ("", *STATING) for k in kinds):
        return None
    goes_on = len(below) == len(above) and not any(
        SERIAL.match(t.text) or is_value(t.text) or nature_of(t.text) for t in below
    )
    if (before or behind < len(above)) and not goes_on:
        return None
    pairs = list(zip(above, below, strict=True) if goes_on else ((token,) for token in above))
    joined = [head_kind("".join(t.text for t in pair)) for pair in pairs]
    if any(kind not in KINDS for kind in joined[behind:]) or not all(joined[:before]):
        return None
    last = max(i for i, kind in enumerate(kinds) if kind in ("name", "unit"))
    own_groups = [(t,) for t in own]
    groups = [
        *pairs[:before],
        *own_groups[: last + 1],
        *pairs[before:],
        *own_groups[last + 1 :],
    ]
    heads = tuple(
        Head(
            "".join(re.sub(r"\s", "", t.text) for t in group),
            tuple((t.start, t.end) for t in group),
        )
        for group in groups
    )
    length = tokens_of_head[0] + (tokens_of_head[1] if goes_on else 0)
    return HeadWay(heads, tuple(group[0].position for group in groups), 0.0), length
