"""How workers are started."""

from __future__ import annotations

import multiprocessing
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

import pytest

from psanalysis.site import serving, worker
from psanalysis.site.model import Inputs
from psanalysis.site.pool import LONGEST_FOLDER, worker_context


@pytest.mark.parametrize(
    ("length", "method"), [(LONGEST_FOLDER, "forkserver"), (LONGEST_FOLDER + 1, "spawn")]
)
def test_workers_are_forked_where_the_name_of_their_socket_fits(
    monkeypatch: pytest.MonkeyPatch, length: int, method: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/" + "x" * (length - 1))
    assert worker_context().get_start_method() == method


def _serve_without_a_listener(theirs: Connection, ours: Connection, home: str) -> None:
    ours.close()
    worker.build_report = lambda inputs, scratch: SimpleNamespace(page=b"made")  # type: ignore[assignment]
    serving.FAREWELL_SECONDS = 0.1
    serving.serve(theirs, "", home)


def test_a_worker_that_nobody_listens_to_ends_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = multiprocessing.Pipe()
    bare = Inputs(*[None] * len(Inputs.__dataclass_fields__))  # type: ignore[arg-type]
    ours.send((bare, [], [], str(tmp_path)))
    process = multiprocessing.get_context("fork").Process(
        target=_serve_without_a_listener, args=(theirs, ours, str(tmp_path))
    )
    process.start()
    theirs.close()
    ours.close()
    process.join(30)
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""
