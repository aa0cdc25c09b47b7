"""Running text in two columns on a printed page."""

from __future__ import annotations

import pytest

from psanalysis.formats.pdf_gutter import columns_of_text
from psanalysis.formats.pdf_lines import Piece, Row

WIDTH = 600.0


def piece(left: float, right: float, text: str = "养老机构护理型床位占比达到") -> Piece:
    return Piece(text, left, 0.0, right, 10.0, 10.0)


LEFT, RIGHT = piece(60, 285), piece(315, 540)
BOTH: Row = [LEFT, RIGHT]
TITLE: Row = [piece(150, 450)]
HEADING: Row = [piece(60, 120, "一、目标")]
NUMBERS: Row = [piece(60, 285), piece(330, 350, "95"), piece(420, 440, "98")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([BOTH] * 6, [(0, 6, 312.0)]),
        ([TITLE, *[BOTH] * 6, TITLE], [(0, 1, None), (1, 7, 312.0), (7, 8, None)]),
        ([[LEFT], [RIGHT]] * 5, [(0, 10, 312.0)]),
        ([HEADING, [RIGHT], *[BOTH] * 4], [(0, 6, 312.0)]),
        ([NUMBERS] * 6, [(0, 6, None)]),
        ([TITLE] * 6, [(0, 6, None)]),
        ([*[BOTH] * 2, *[TITLE] * 2], [(0, 4, None)]),
        ([], [(0, 0, None)]),
    ],
)
def test_stretches_of_two_columns(
    rows: list[Row], expected: list[tuple[int, int, float | None]]
) -> None:
    assert list(columns_of_text(rows, WIDTH)) == expected
