"""Work beside what follows: its result or its error comes when it is asked for, and nobody waits for it who
does not ask.
"""

from __future__ import annotations

import subprocess
import sys
from threading import Event

import pytest

from psanalysis.site.background import in_background


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
