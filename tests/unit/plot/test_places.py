"""Values of points keep clear of other marks, lines and values."""

from __future__ import annotations

import pytest
from matplotlib.collections import LineCollection

from psanalysis.plot.canvas import canvas
from psanalysis.plot.form import Form
from psanalysis.plot.places import Ground


@pytest.fixture
def axes():
    made = canvas(Form("zh", title="标题", source="来源"), body=2).axes(2, 6)
    made.set_xlim(2018, 2028)
    made.set_ylim(0, 10)
    made.scatter([2023], [5])
    return made


def sides(ground, above=True):
    place = ground.place((2023, 5), "3.7人", above)
    return place.along, place.across


@pytest.mark.parametrize(("above", "side"), [(True, "bottom"), (False, "top")])
def test_a_point_alone_has_its_value_on_the_usual_side(axes, above, side):
    assert sides(Ground.of(axes), above) == (side, "center")


def test_a_mark_above_moves_the_value_below(axes):
    axes.scatter([2023], [6.2])
    assert sides(Ground.of(axes)) == ("top", "center")


def test_a_line_through_both_sides_moves_the_value_beside(axes):
    axes.add_collection(LineCollection([[(2023, 0), (2023, 10)]]), autolim=False)
    assert sides(Ground.of(axes)) == ("center", "left")


def test_a_value_that_is_set_keeps_others_away(axes):
    ground = Ground.of(axes)
    assert sides(ground) != sides(ground)


def test_a_value_does_not_leave_its_panel(axes):
    axes.scatter([2028, 2028, 2028], [5, 6.2, 3.8])
    assert Ground.of(axes).place((2028, 5), "186,000 person-times", True).across == "right"


def test_words_of_a_pledge_stand_where_they_hide_nothing(axes):
    axes.scatter([2023], [8.4])
    ground = Ground.of(axes)
    assert ground.clearest(2023, "应保尽保", (0.84, 0.5, 0.16)) == 0.16
    assert ground.clearest(2019, "应保尽保", (0.84, 0.5, 0.16)) == 0.84
