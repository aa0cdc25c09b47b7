"""Lays the tokens of a table into its columns: finds the cheapest way to read them as rows.

A token that is laid into a column earns `PLACED`. Unusual cells cost something, and so does every
row. The cheapest path through tokens and columns (dynamic programming) reads cells that are broken
over lines, missing cells, and words of a category between the rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psanalysis.draft.cell_costs import CATEGORY, NEVER, SERIAL, SHORT, cell_cost
from psanalysis.draft.columns import Column
from psanalysis.draft.layout import Token
from psanalysis.draft.values import LONGEST, cell_values

PLACED = 0.5
PATIENCE = 300  # the search stops so many tokens after the best end so far
SHIFTED = 0.1
# a name continues in the next line only where its first line is full: a line that is so many
# letters shorter than the next one comes before the name
SHORTER, LINE_BEFORE = 3, 0.5
MOST = {"name": 7, "value": 6, "category": 4, "other": 4, "unit": 2, "nature": 2, "index": 1}


@dataclass(frozen=True)
class Row:
    """A row: for each column its tokens."""

    cells: tuple[tuple[Token, ...], ...]


@dataclass(slots=True)
class _State:
    cost: float = NEVER
    back: tuple[int, int] = (-1, -1)
    serial: int = 0
    valued: bool = False
    worth: bool = False


def align(
    tokens: Sequence[Token], columns: Sequence[Column], layout: str, positions: Sequence[int] = ()
) -> tuple[list[Row], float]:
    """The rows of tokens laid into columns, and their cost: below zero where they are a table.

    Parameters
    ----------
    tokens
        From `tokens_of`, without the head.
    columns
        From `columns_of`.
    layout
        As in `tokens_of`.
    positions
        The position of each head in its line, where cells are printed below their heads.
    """
    width, count = len(columns), len(tokens)
    name = next((i for i, column in enumerate(columns) if column.kind == "name"), -1)
    if name < 0 or not count:
        return [], 0.0
    own = _own_columns(tokens, width) if layout == "pipe" else [-1] * count
    table: dict[int, list[_State]] = defaultdict(lambda: [_State() for _ in range(width + 1)])
    table[0][0].cost = 0.0
    best, best_end = 0.0, 0
    for i in range(count + 1):
        row = table[i]
        for c in range(name + 1, width):
            _to(row, c, c + 1, _empty(columns[c]))
        done = row[width]
        if done.cost < NEVER:
            ended = done.cost + (0.2 if done.worth else 0.4 if done.valued else 3.0)
            if ended < row[0].cost:
                row[0].cost, row[0].back, row[0].serial = ended, (i, width), done.serial
                row[0].valued = row[0].worth = False
        if row[0].cost < best - 1e-9:
            best, best_end = row[0].cost, i
        for c in range(name):
            _to(row, c, c + 1, _empty(columns[c]))
        if i == count or i - best_end > PATIENCE:
            break
        if row[0].cost < NEVER:
            _skip(table, i, tokens[i])
        for c in range(width):
            if row[c].cost < NEVER:
                position = positions[c] if positions else -1
                odd = SHIFTED if own[i] not in (-1, c) else 0.0
                _fill(table, i, c, tokens, columns[c], layout, position, odd)
    return _rows(table, tokens, best_end), best


def _own_columns(tokens: Sequence[Token], width: int) -> list[int]:
    """The column of each cell, known by its position in a line with as many cells as there are
    columns; else -1.
    """
    lines = Counter(token.line for token in tokens)
    seen: Counter[int] = Counter()
    own = []
    for token in tokens:
        own.append(seen[token.line] if lines[token.line] == width else -1)
        seen[token.line] += 1
    return own


def _to(row: list[_State], c: int, into: int, cost: float) -> None:
    state, target = row[c], row[into]
    if state.cost + cost < target.cost:
        target.cost, target.back = state.cost + cost, (-1, c)
        target.serial, target.valued, target.worth = state.serial, state.valued, state.worth


def _empty(column: Column) -> float:
    return {
        "value": 1.2 if column.growth == (0, 0) else 0.9,
        "index": 0.6,
        "nature": 0.7,
        "unit": 0.8,
        "category": 0.1,
    }.get(column.kind, 0.2)


def _skip(table: Mapping[int, list[_State]], i: int, token: Token) -> None:
    state, target = table[i][0], table[i + 1][0]
    cost = 0.02 if not token.text else 0.3 if CATEGORY.match(token.text) else 1.0
    if token.text and cell_values(token.text).values and not CATEGORY.match(token.text):
        cost = 2.0
    if state.cost + cost < target.cost:
        target.cost, target.back, target.serial = state.cost + cost, (i, 0), state.serial
        target.valued = target.worth = False


def _fill(
    table: Mapping[int, list[_State]],
    i: int,
    c: int,
    tokens: Sequence[Token],
    column: Column,
    layout: str,
    position: int,
    extra: float,
) -> None:
    state = table[i][c]
    begun = _row_begun(table, i, c)
    if not begun and not tokens[i].first and layout != "stream":
        extra += 3.0 if layout == "pipe" else 1.5
    if begun and tokens[i].first and layout == "pipe":
        extra += 1.0
    if position >= 0 and column.kind == "value" and layout == "wide":
        extra += min(0.6, 0.02 * abs(tokens[i].position - position))
    for j in range(i + 1, min(len(tokens), i + MOST[column.kind]) + 1):
        piece = tokens[j - 1]
        if len(piece.text) > LONGEST:
            break
        if j - i > 1:
            if piece.first and layout == "pipe":
                extra += 1.0
            elif layout == "pipe":
                break
            beside = not piece.first and piece.text and tokens[j - 2].text
            extra += 0.15 if piece.first else 0.08
            if j - i == 2 and column.kind == "name" and layout in ("wide", "single"):
                extra += LINE_BEFORE if piece.first and _is_line_before(tokens[i], piece) else 0.0
            if beside and layout == "wide":
                extra += 0.2 if column.kind == "name" else 0.5
        if piece.text:
            extra -= PLACED
        if column.kind != "index" and piece.text == str(state.serial + 1):
            extra += 0.3 if j - i == 1 and (layout == "stream" or not piece.first) else 2.0
        texts = tuple(token.text for token in tokens[i:j])
        cost = cell_cost(column.kind, texts, state.serial)
        if cost >= NEVER:
            if column.kind in ("index", "nature") and texts[-1]:
                break
            continue
        valued = state.valued or (column.kind == "value" and any(texts))
        worth = state.worth or (
            column.kind == "value" and bool(cell_values("\n".join(texts)).values)
        )
        target = table[j][c + 1]
        if state.cost + cost + extra < target.cost:
            target.cost, target.back = state.cost + cost + extra, (i, c)
            target.valued, target.worth = valued, worth
            found = SERIAL.match(texts[0]) if column.kind == "index" else None
            target.serial = int(found[1]) if found else state.serial


def _is_line_before(above: Token, piece: Token) -> bool:
    return len(above.text) <= SHORT and len(above.text) + SHORTER <= len(piece.text)


def _row_begun(table: Mapping[int, list[_State]], i: int, c: int) -> bool:
    """True when the row has a token before column c."""
    while c > 0:
        back = table[i][c].back
        if back[0] >= 0:
            return True
        c = back[1]
    return False


def _rows(table: Mapping[int, list[_State]], tokens: Sequence[Token], end: int) -> list[Row]:
    """The rows on the cheapest path, read backwards from its end."""
    rows: list[Row] = []
    cells: list[tuple[Token, ...]] = []
    i, c = end, 0
    while (i, c) != (0, 0):
        before, column = table[i][c].back
        if c == 0:
            i, c = before, column
            continue
        if before >= 0:
            cells.append(tuple(token for token in tokens[before:i] if token.text))
            i = before
        else:
            cells.append(())
        c = column
        if c == 0:
            rows.append(Row(tuple(reversed(cells))))
            cells = []
    return rows[::-1]
