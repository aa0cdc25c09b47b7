"""Which of the years in a text governs a number."""

from __future__ import annotations

from passages import AHEAD, found, names


def test_a_year_governs_to_the_end_of_its_sentence() -> None:
    rows = found(
        AHEAD
        + "到2025年,甲覆盖率达到90%;乙覆盖率达到80%。丙覆盖率达到70%。2022年底前,丁覆盖率达到60%。"
    )
    assert [(p.year, p.year_basis) for p in rows] == [
        (2025, "stated"),
        (2025, "stated"),
        (2025, "implied"),
        (2022, "stated"),
    ]


def test_an_interim_year_that_begins_a_paragraph_governs_it() -> None:
    rows = found(AHEAD + "到2023年,甲覆盖率达到90%。乙覆盖率达到80%。\n丙覆盖率达到70%。")
    assert [p.year for p in rows] == [2023, 2023, 2025]


def test_a_year_in_brackets_is_that_of_the_number_before_it() -> None:
    text = f"{AHEAD}空气优良天数比率85.3%(2019年),细颗粒物浓度34微克/立方米,参保人数由上年的35万人增至36万人。"
    rows = found(text)
    assert [(p.role, p.year) for p in rows[:2]] == [("baseline", 2019), ("target", 2025)]
    assert names(text)[2] == "参保人数"
