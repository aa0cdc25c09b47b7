"""One build at a time, also when a builder is killed."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from psanalysis.site.errors import LockedError
from psanalysis.site.lock import locked


def _hold(path: str, taken, done) -> None:  # type: ignore[no-untyped-def]
    with locked(Path(path)):
        taken.set()
        done.wait(30)


def test_lock_keeps_a_second_process_out_and_survives_its_holder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    taken, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path / "lock"), taken, done))
    holder.start()
    assert taken.wait(30)
    with (
        pytest.raises(LockedError, match=f"process {holder.pid} is building"),
        locked(tmp_path / "lock"),
    ):
        pass
    holder.kill()
    holder.join()
    with locked(tmp_path / "lock"):
        pass
