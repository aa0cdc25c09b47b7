"""How workers are started."""

from __future__ import annotations

import tempfile

import pytest

from psanalysis.site.pool import LONGEST_FOLDER, worker_context


@pytest.mark.parametrize(
    ("length", "method"), [(LONGEST_FOLDER, "forkserver"), (LONGEST_FOLDER + 1, "spawn")]
)
def test_workers_are_forked_where_the_name_of_their_socket_fits(
    monkeypatch: pytest.MonkeyPatch, length: int, method: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/" + "x" * (length - 1))
    assert worker_context().get_start_method() == method
