"""Waits for a cluster with timeouts: silent workers are removed, and a lost scheduler is reported
with a plain message.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as LateError
from concurrent.futures import wait as wait_for
from time import monotonic
from typing import TypeVar

from distributed import Client

from psanalysis.site import silent
from psanalysis.site.background import in_background
from psanalysis.site.errors import SiteError

# how long: between looks at the cluster; a worker may be silent; there may be no worker; an answer
# may take
TICK_SECONDS = 2.0
SILENT_SECONDS = 45.0
WITHOUT_WORKERS_SECONDS = 60.0
ANSWER_SECONDS = 30.0
Answer = TypeVar("Answer")


class Watch:
    """Watches a cluster while waiting for results; every wait has a timeout."""

    def __init__(self, client: Client, address: str):
        self.client, self.address = client, address
        self.alone_since: float | None = None

    def look(self) -> None:
        """Remove silent workers.

        Raises
        ------
        SiteError
            If the scheduler does not answer, or has had no worker for too long.
        """
        left, _ = within(
            self.address,
            lambda: self.client.run_on_scheduler(silent.drop_silent, seconds=SILENT_SECONDS),
        )
        if left:
            self.alone_since = None
            return
        self.alone_since = self.alone_since or monotonic()
        if monotonic() - self.alone_since > WITHOUT_WORKERS_SECONDS:
            raise SiteError(
                f"--scheduler {self.address}: has lost all its workers -> start some: dask worker "
                f"{self.address}"
            )

    def ask(self, call: Callable[[], Answer]) -> Answer:
        """The results of a call on all workers; a worker that is silent for too long is removed and
        no longer waited for.
        """
        answer, deadline = in_background(call), monotonic() + SILENT_SECONDS + ANSWER_SECONDS
        while not answer.done() and monotonic() < deadline:
            wait_for([answer], TICK_SECONDS)
            self.look()
        return within(self.address, answer.result)


def within(address: str, call: Callable[[], Answer]) -> Answer:
    """The result of a call; SiteError if the scheduler is gone, or does not answer in time."""
    try:
        return in_background(call).result(ANSWER_SECONDS)
    except LateError:
        reason = f"has not answered for {ANSWER_SECONDS:g} s"
    except (OSError, RuntimeError, CancelledError) as error:
        reason = f"is gone ({type(error).__name__})"
    raise SiteError(
        f"--scheduler {address}: the scheduler {reason}; the published site is as it was -> start "
        "it, and build again"
    )
