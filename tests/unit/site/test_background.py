"""Work beside what follows: its result or its error comes when it is asked for, and nobody waits
for it who does not ask. Many results come in order, and only a few are waited with.
"""

from __future__ import annotations

import subprocess
import sys
from threading import Event, current_thread
from time import sleep

import pytest

from psanalysis.site.background import AHEAD, in_background, in_order


def test_it_starts_at_once_and_its_result_is_waited_for() -> None:
    begun, go = Event(), Event()

    def work() -> str:
        begun.set()
        assert go.wait(10)
        return "done"

    future = in_background(work)
    assert begun.wait(10)
    go.set()
    assert (future.result(), future.result()) == ("done", "done")


def test_its_error_is_raised_where_the_result_is_asked_for() -> None:
    def work() -> None:
        raise OSError("no room")

    future = in_background(work)
    for _ in range(2):
        with pytest.raises(OSError, match="no room"):
            future.result()


def test_a_process_ends_without_it() -> None:
    code = "from threading import Event; from psanalysis.site.background import in_background; in_background(Event().wait)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_many_results_come_in_the_order_of_what_was_given() -> None:
    def slow_first(number: int) -> int:
        sleep(0.02 if number % 2 else 0)
        return number

    assert list(in_order(slow_first, range(50))) == list(range(50))


def test_they_are_computed_in_other_threads_and_only_a_few_ahead() -> None:
    begun: list[str] = []

    def work(number: int) -> int:
        begun.append(current_thread().name)
        return number

    results = in_order(work, range(1000))
    assert next(results) == 0
    assert len(begun) <= AHEAD
    assert current_thread().name not in begun
    results.close()
    assert len(begun) <= AHEAD


def test_an_error_of_one_is_raised_at_its_turn() -> None:
    def work(number: int) -> int:
        if number == 3:
            raise ValueError(number)
        return number

    results = in_order(work, range(10))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(results)
