"""What decides the key of a page, and what a failure tells."""

from __future__ import annotations

import pytest

from psanalysis.site.model import Failed, Inputs, Limits


def inputs(**changed: object) -> Inputs:
    known: dict[str, object] = {
        "notebook": "n", "source": "{}", "parameters": '{"a":1}', "data": {"x.csv": b"1"},
        "files": {}, "library": "l", "environment": "e",
    }  # fmt: skip
    return Inputs(**{**known, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"notebook": "m"}, {"source": "{} "}, {"parameters": '{"a":2}'}, {"data": {"x.csv": b"2"}},
        {"data": {"y.csv": b"1"}},
        {"files": {"actuals": b""}}, {"library": "m"}, {"environment": "f"},
    ],
)  # fmt: skip
def test_every_input_counts_in_the_key(changed: dict[str, object]) -> None:
    assert inputs(**changed).key != inputs().key


def test_limits_do_not_count_in_the_key() -> None:
    assert inputs(limits=Limits(1, 1)).key == inputs().key


def test_what_a_failure_tells_fits_a_line_and_a_page() -> None:
    failed = Failed(
        "cell",
        "\n\nfirst\nsecond \ud800 \0" + "x" * 1000,
        traceback="a\nb" + "y" * 10**6,
        log="\x1b",
    )
    assert failed.message.startswith("first second \ufffd \ufffdxxx")
    assert len(failed.message) < 310
    assert failed.traceback.startswith("a\nb")
    assert len(failed.traceback) < 50_000
    assert failed.log == "\ufffd"
