"""Services by list: what one list alone has is named."""

from __future__ import annotations

from psanalysis.report import (
    ServiceCoverage,
)


def test_services_in_one_list_only_are_named(ds):
    page = ServiceCoverage("zh", ds)
    assert "荆门市（2016—2020年）的清单属于较早的规划期" in page.answer()
    notes = page.cells.drop_duplicates("label").set_index("label")["note"]
    assert notes["保障性租赁住房建设"] == "只见于盘锦市"
    assert notes["城镇棚户区改造"] == ""
