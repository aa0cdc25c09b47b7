"""Code that is sent to a Dask scheduler by content, because the scheduler has neither this library
nor its packages.
"""

from __future__ import annotations

from typing import Any


async def drop_silent(seconds: float, dask_scheduler: Any = None) -> tuple[int, list[str]]:
    """Take workers off that have not been heard of; Dask gives what they were at to others.

    Parameters
    ----------
    seconds
        How long a worker may be silent: a living one sends a heartbeat every few seconds.
    dask_scheduler
        The scheduler; Dask gives it.

    Returns
    -------
    int, list of str
        Number of the workers that are left, and addresses of those that were taken off.
    """
    from distributed.metrics import time

    silent = [
        address
        for address, worker in dask_scheduler.workers.items()
        if time() - worker.last_seen > seconds
    ]
    for address in silent:
        await dask_scheduler.remove_worker(address, stimulus_id="psanalysis-silent")
    return len(dask_scheduler.workers), silent
