"""Runs a function beside what follows, without anybody having to wait for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Answer = TypeVar("Answer")


def in_background(work: Callable[[], Answer]) -> Future[Answer]:
    """Start a function in a thread of its own; the future has its result or its error.

    Not by an executor, which a process waits for at its end: an interrupted build ends at once, and
    so does one whose cluster does not answer.

    Examples
    --------
    >>> in_background(lambda: 6 * 7).result()
    42
    """
    future: Future[Answer] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future
