"""Which numbers of a page changed."""

from __future__ import annotations

from psanalysis.site.changes import number_changes


def test_numbers_that_changed() -> None:
    def page(value: str, digest: str) -> dict[str, object]:
        table = {
            "name": "t",
            "caption": "Table",
            "rows": [["city", "value"], ["Panjin", value], ["Xinyang", "1"]],
        }
        return {"tables": [table], "figures": [{"name": "f", "label": "Figure", "sha256": digest}]}

    assert [
        (c.place, c.old, c.new) for c in number_changes("r", page("2", "a"), page("3", "b"))
    ] == [
        ("Table: Panjin · value", "2", "3"),
        ("Figure", "", ""),
    ]
    assert list(number_changes("r", page("2", "a"), page("2", "a"))) == []


def test_two_tables_of_one_name_are_told_apart() -> None:
    """The page of outcomes names both of its tables after itself."""

    def page(second: str) -> dict[str, object]:
        tables = [
            {"name": "t", "caption": "First", "rows": [["city", "value"], ["Panjin", "1"]]},
            {"name": "t", "caption": "Second", "rows": [["city", "year"], ["Xinyang", second]]},
        ]
        return {"tables": tables, "figures": []}

    assert list(number_changes("r", page("2025"), page("2025"))) == []
    assert [(c.place, c.old, c.new) for c in number_changes("r", page("2025"), page("2030"))] == [
        ("Second: Xinyang · year", "2025", "2030")
    ]
