"""Tables of places (or kinds of facility) by indicators: rows are places and columns indicators, or
the reverse; the year is in the caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from psanalysis.draft.alignment import Row
from psanalysis.draft.cell_costs import is_value
from psanalysis.draft.columns import FIVE_YEARS, Column, Head, value_column
from psanalysis.draft.head_words import BRACKETED_UNIT, VALUE_KINDS, YEAR, head_kind, is_blank
from psanalysis.draft.layout import Token
from psanalysis.draft.lexicon import pattern
from psanalysis.draft.period import Plan

STATING = (*VALUE_KINDS, "year")
PASSED = ("other", "unit", "nature", "category")
# most rows, and fewest places, of a table of places
MOST_PLACES, FEWEST_PLACES = 400, 2
MOST_LETTERS = 12  # of the name of a place


@dataclass(frozen=True)
class Crossed:
    """The table turned so that each row is an indicator and each column a place, with year and
    role.
    """

    heads: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def crossed(lines: Sequence[list[Token]], caption: str, plan: Plan) -> Crossed | None:
    """The table of places by indicators that begins with the first line; None where there is none.

    Parameters
    ----------
    lines
        The cells line by line, from the possible head on.
    caption
        The lines above it, which state the year; without them the plan's years are used.
    plan
        The plan.

    Examples
    --------
    >>> cells = (("县区", "托位(个)", "床位(张)"), ("东川区", "12", "80"), ("西山县", "9", "60"))
    >>> lines = [[Token(t, 0, 0, i, j == 0) for j, t in enumerate(row)] for i,
    ...     row in enumerate(cells)]
    >>> found = crossed(lines, "2025年目标", Plan("x", "x", 2021, 2025, 2020, 2025))
    >>> found.heads, [(c.role, c.year, c.area) for c in found.columns[1:]], len(found.rows)
    (('', '东川区', '西山县'), [('target', 2025, 'elsewhere'), ('target', 2025, 'elsewhere')], 2)
    """
    head = lines[0] if lines else []
    lead = int(bool(head) and head_kind(head[0].text) == "index")
    if len(head) - lead < 2:
        return None
    corner, heads = _bare(head[lead].text), range(lead + 1, len(head))
    years = _years(lines, lead)
    body = list(_body(lines[1 + bool(years) :], len(head), lead))
    if not body:
        return None
    above = _said(caption, plan)
    said = {i: value_column(_head(years[i]), plan) if years else above for i in heads}
    if pattern("table", "places").search(corner):
        firsts = [line[lead].text for line in body]
        named = sum(_is_place(text) for text in firsts)
        kept = [i for i in heads if head_kind(_bare(head[i].text)) not in PASSED]
        if named < FEWEST_PLACES or 2 * named < len(firsts) or not kept:
            return None
        if any(not _is_name(head[i].text) for i in kept):
            return None
        return _of_rows(head, body, lead, kept, said)
    if _counts(head, lead) and _dated(caption, plan):
        return _of_rows(head, body, lead, list(heads), said, "plan")
    places = [i for i in heads if _is_place(head[i].text) or _is_all(head[i].text)]
    if head_kind(corner) != "name" or sum(_is_place(head[i].text) for i in places) < FEWEST_PLACES:
        return None
    others = [i for i in heads if i not in places]
    if any(head_kind(_bare(head[i].text)) not in PASSED for i in others):
        return None
    unit = next((i for i in others if head_kind(_bare(head[i].text)) == "unit"), None)
    return _of_columns(head, body, lead, places, said, unit)


def crosses(lines: Sequence[list[Token]]) -> bool:
    """True where the first line may be the head of such a table; a cheap test before `crossed`."""
    head = lines[0] if lines else []
    lead = int(bool(head) and head_kind(head[0].text) == "index")
    if len(lines) < 2 or len(head) - lead < 2:
        return False
    corner = _bare(head[lead].text)
    named = sum(_is_place(token.text) for token in head[lead + 1 :])
    if pattern("table", "places").search(corner) or _counts(head, lead):
        return True
    return head_kind(corner) == "name" and named >= FEWEST_PLACES


def _counts(head: list[Token], lead: int) -> bool:
    """True for a head of kinds whose columns all count something: 学校类别, 学校数(所),
    在校学生(人).
    """
    own = [_bare(token.text) for token in head[lead:]]
    return (
        len(own) > FEWEST_PLACES
        and head_kind(own[0]) in ("category", "name")
        and all(BRACKETED_UNIT.search(word) and _is_name(word) for word in own[1:])
        and not any(head_kind(word) in PASSED for word in own[1:])
    )


def _dated(caption: str, plan: Plan) -> bool:
    """True where the lines above a table, or the kind of document, date its values."""
    said = re.sub(r"\s", "", caption)
    return plan.kind == "bulletin" or bool(YEAR.search(said) or FIVE_YEARS.search(said))


def _of_rows(
    head: list[Token], body: list[list[Token]], lead: int, kept: list[int], said: dict[int, Column],
    area: str = "elsewhere",
) -> Crossed | None:  # fmt: skip
    """A table whose rows are places, or kinds of facility of the plan's own area, transposed; an
    indicator with several years becomes a row for each.
    """
    groups: dict[str, list[int]] = {}
    for i in kept:
        groups.setdefault(_bare(head[i].text), []).append(i)
    first, *others = groups.values()
    if any(len(group) != len(first) for group in others):
        return None
    # the first column now has indicators, which the corner cell does not name
    columns, heads = [Column("name")], [""]
    for line in body:
        columns += [_of_place(said[i], line[lead], area) for i in first]
        heads += [line[lead].text] * len(first)
    rows = [
        Row(((head[group[0]],), *(_cell(line[i]) for line in body for i in group)))
        for group in groups.values()
    ]
    return Crossed(tuple(heads), tuple(columns), tuple(rows))


def _of_columns(
    head: list[Token],
    body: list[list[Token]],
    lead: int,
    places: list[int],
    said: dict[int, Column],
    unit: int | None,
) -> Crossed:
    """A table whose columns are places; it is not transposed."""
    columns = [Column("name"), *(_of_place(said[i], head[i]) for i in places)]
    heads = [head[lead].text, *(head[i].text for i in places)]
    rows = [[(line[lead],), *(_cell(line[i]) for i in places)] for line in body]
    if unit is not None:
        columns.insert(1, Column("unit"))
        heads.insert(1, head[unit].text)
        for row, line in zip(rows, body, strict=True):
            row.insert(1, (line[unit],))
    return Crossed(tuple(heads), tuple(columns), tuple(Row(tuple(row)) for row in rows))


def _of_place(column: Column, token: Token, area: str = "elsewhere") -> Column:
    if _is_all(token.text):
        return column
    return replace(column, area=area, place=token.pieces or ((token.start, token.end),))


def _cell(token: Token) -> tuple[Token, ...]:
    return (token,) if token.text and not is_blank(token.text) else ()


def _years(lines: Sequence[list[Token]], lead: int) -> list[Token]:
    """The second line of a head, where it has years below the names of the first."""
    if len(lines) < 2 or len(lines[1]) != len(lines[0]):
        return []
    below = lines[1][lead + 1 :]
    return lines[1] if all(head_kind(_bare(t.text)) in STATING for t in below) else []


def _body(lines: Sequence[list[Token]], width: int, lead: int) -> Iterator[list[Token]]:
    """The rows with a name and values, up to the first line of another kind."""
    for line in lines[:MOST_PLACES]:
        if len(line) != width or is_value(line[lead].text) or not line[lead].text:
            return
        cells = [t.text for t in line[lead + 1 :]]
        if not any(map(is_value, cells)):
            return
        yield line


def _said(caption: str, plan: Plan) -> Column:
    """The column that a caption describes: by its nearest line with a year, else by its nearest
    line.
    """
    lines = [re.sub(r"\s", "", line) for line in reversed(caption.split("\n")) if line.strip()]
    dated = [line for line in lines if YEAR.search(line) or FIVE_YEARS.search(line)]
    column = value_column(Head((dated or lines or [""])[0]), plan)
    unit = pattern("table", "caption_unit").search(caption)
    return replace(column, unit=unit[1] if unit else "", growth=(0, 0), area="plan")


def _head(token: Token) -> Head:
    return Head(_bare(token.text), ((token.start, token.end),))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _is_place(text: str) -> bool:
    bare = _bare(text)
    return len(bare) <= MOST_LETTERS and bool(pattern("table", "place_name").match(bare))


def _is_all(text: str) -> bool:
    return bool(pattern("table", "all_places").match(_bare(text)))


def _is_name(text: str) -> bool:
    kind = head_kind(_bare(text))
    return bool(text) and not is_value(text) and kind not in (*STATING, "unit", "nature")
