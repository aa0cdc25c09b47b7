"""The numbers that a span prints."""

from __future__ import annotations

from psanalysis.datapackage.printed_figures import figures, is_more_than, years


def test_figures_of_a_span() -> None:
    assert [(one.number, one.times) for one in figures("由33.36%提高到52.49%")] == [
        (33.36, None),
        (52.49, None),
    ]
    assert [one.number for one in figures("二十三个")] == [23]
    assert list(figures("全覆盖")) == []


def test_years_of_a_span_are_no_other_numbers() -> None:
    assert years("到2025年达到95%") == {2025}
    assert years("2025人") == set()


def test_a_word_behind_a_number_says_that_it_is_more() -> None:
    assert is_more_than("30余万人次")
    assert is_more_than("491万余人")
    assert not is_more_than("30万人次")
