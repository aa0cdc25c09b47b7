"""Tables without ruling lines, from the pieces of printed lines."""

from __future__ import annotations

from psanalysis.formats.pdf_columns import cells_of, runs_of_columns
from psanalysis.formats.pdf_lines import Piece, Row


def line(height: float, *pieces: tuple[str, float, float]) -> Row:
    return [Piece(text, left, height, right, height + 11, 11.0) for text, left, right in pieces]


HEAD = line(
    200,
    ("领域", 60, 82),
    ("指标", 150, 172),
    ("2020年", 260, 300),
    ("2025年", 340, 380),
    ("性质", 420, 442),
)
TABLE = [
    HEAD,
    line(180, ("资源", 60, 82), ("每千人口注册护士数", 110, 210), ("3.05", 268, 292), ("3.8", 350, 370),
        ("预期性", 415, 447)),
    line(160, ("健康 人均预期寿命", 60, 200), ("77.9", 268, 292), ("79", 350, 370), ("预期性", 415, 447)),
    line(140, ("居民电子健康档案建档", 110, 212), ("88.3", 268, 292), ("90", 350, 370), ("预期性", 415, 447)),
    line(126, ("率（%）", 110, 150)),
    line(90, ("三、重点任务", 60, 130)),
]  # fmt: skip


def test_names_left_of_a_narrow_head_and_words_of_two_columns_find_their_cells() -> None:
    (run,) = runs_of_columns(TABLE)
    assert run == (0, 5)
    rows = [[text for text, _, _ in row] for row in cells_of(TABLE[slice(*run)])]
    assert rows[1:] == [
        ["资源", "每千人口注册护士数", "3.05", "3.8", "预期性"],
        ["健康", "人均预期寿命", "77.9", "79", "预期性"],
        ["", "居民电子健康档案建档\n率（%）", "88.3", "90", "预期性"],
    ]


def test_a_line_below_a_short_cell_is_no_part_of_the_table() -> None:
    rows = [*TABLE[:2], line(166, ("注：为预计数", 110, 180))]
    rows[1] = [*rows[1][:1], Piece("护士", 110, 180, 132, 191, 11.0), *rows[1][2:]]
    assert runs_of_columns(rows) == [(0, 2)]


def test_the_last_name_goes_on_over_two_lines_and_around_values_that_stand_between() -> None:
    """Names set in the middle of a row: their lines stand above and below those of the values."""
    row = [("3.6", 268, 292), ("4.2", 350, 370), ("约束性", 415, 447)]
    lower = [
        *TABLE[:2],
        line(160, ("二级及以上综合医院设", 110, 212)),
        line(153, *row),
        line(146, ("立老年医学科的比例", 110, 212)),
        line(132, ("（%）", 110, 150)),
        line(90, ("三、重点任务", 60, 130)),
    ]
    (run,) = runs_of_columns(lower)
    assert run == (0, 6)
    names = [row[1][0] for row in cells_of(lower[slice(*run)])]
    assert names[-1] == "二级及以上综合医院设\n立老年医学科的比例\n（%）"


def test_the_end_of_a_sentence_with_a_gap_in_it_and_a_title_are_no_part_of_the_table() -> None:
    above = [
        line(240, ("1个，老年人助浴点达到", 50, 156), ("60个。", 300, 331)),
        line(222, ("表1 主要指标", 230, 288)),
    ]
    assert runs_of_columns([*above, *TABLE]) == [(2, 7)]
