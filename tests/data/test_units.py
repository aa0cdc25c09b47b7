"""Every pair of units that converts: what one of the first is in the second, from outside the
data.
"""

from __future__ import annotations

from itertools import combinations

import pytest

import psanalysis as ps
from psanalysis.measures.units import convert

# one of the unit in the first unit of its dimension; counting words (个, 所, 家 ...) are each one
# thing
WORTH = {
    "proportion": {"percent": 1, "permille": 0.1, "per_100k": 0.001},
    "person": {"person": 1, "person_ming": 1, "ten_thousand_persons": 10_000},
    "person_time": {"person_time": 1, "ten_thousand_person_times": 10_000},
    "household": {"household": 1, "ten_thousand_households": 10_000},
    "bed": {"bed": 1, "ten_thousand_beds": 10_000},
    "dwelling": {
        "dwelling": 1,
        "dwelling_or_room": 1,
        "dwelling_or_household": 1,
        "ten_thousand_dwellings": 10_000,
        "ten_thousand_dwellings_or_rooms": 10_000,
    },
    "money": {"yuan": 1, "ten_thousand_yuan": 10_000, "hundred_million_yuan": 100_000_000},
    "money_per_year": {"yuan_per_person_year": 1, "yuan_per_person_month": 12},
    "time": {"minute": 1, "quarter_hour": 15, "hour": 60},
    "length": {"kilometre": 1, "li": 0.5},
    "area": {
        "square_metre": 1,
        "ten_thousand_square_metres": 10_000,
        "square_kilometre": 1_000_000,
        "ten_thousand_hectares": 100_000_000,
    },
    "year": {"year": 1, "age_year": 1, "rise_in_a_row": 1},
    "occasion": {"visit": 1, "ten_thousand_visits": 10_000},
    "session": {"session": 1, "session_time": 1},
}
APART = [
    ("award_term", "title_in_a_row"), ("award_term", "item"), ("multiple", "visit"),
    ("visit", "session"), ("yuan", "yuan_per_person_month"),
    ("yuan", "yuan_per_person_year"), ("dwelling", "household"), ("person", "person_time"),
    ("minute", "year"),
]  # fmt: skip


def test_every_pair_of_a_dimension(ds: ps.Dataset) -> None:
    known = ds.units[ds.units["dimension"] != "item"]
    for dimension, group in known.groupby("dimension"):
        worth = WORTH.get(dimension, dict.fromkeys(group["unit_id"], 1))
        assert len(group) == 1 or dimension in WORTH, f"{dimension}: say what its units are worth"
        assert set(group["unit_id"]) <= set(worth), f"{dimension}: say what its units are worth"
        for one, other in combinations(group["unit_id"], 2):
            assert convert(7.0, one, other, ds.units) == pytest.approx(
                7.0 * worth[one] / worth[other]
            )


def test_counting_words_count_one_thing_or_ten_thousand(ds: ps.Dataset) -> None:
    items = ds.units[ds.units["dimension"] == "item"]
    for unit in items.itertuples():
        assert unit.factor == (10_000 if unit.name_zh.startswith("万") else 1), unit.unit_id


@pytest.mark.parametrize(("one", "other"), APART)
def test_unlike_things_do_not_convert(ds: ps.Dataset, one: str, other: str) -> None:
    dimension = ds.units.set_index("unit_id")["dimension"]
    assert dimension[one] != dimension[other]


def test_a_monthly_and_a_yearly_allowance_meet(ds: ps.Dataset) -> None:
    assert convert(17_000, "yuan_per_person_year", "yuan_per_person_month", ds.units) == (
        pytest.approx(1416.67, abs=0.01)
    )
