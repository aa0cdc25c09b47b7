"""What is kept from one page to the next."""

from __future__ import annotations

from psanalysis.site.workshop import of_the_last


def test_what_is_made_of_the_last_subject_is_made_once() -> None:
    made: list[str] = []
    first, second = object(), object()
    make = of_the_last(lambda subject, word: made.append(word) or word)
    assert [make(first, "a"), make(first, "b"), make(second, "c"), make(first, "d")] == [
        "a",
        "a",
        "c",
        "d",
    ]
    assert made == ["a", "c", "d"]
