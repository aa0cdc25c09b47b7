"""Runs functions in threads beside what follows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import TypeVar

Answer = TypeVar("Answer")
Given = TypeVar("Given")
# results that wait for their turn, so that memory does not grow with their number
AHEAD = 8


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


def in_order(
    work: Callable[[Given], Answer], given: Iterable[Given], threads: int = 2
) -> Iterator[Answer]:
    """What a function answers to each of many, in their order; computed in threads, a few ahead of
    what was asked for.

    It pays where the work is done by code that lets other threads run, as parsing and unpacking is.

    Examples
    --------
    >>> list(in_order(abs, [-2, 1, -3]))
    [2, 1, 3]
    """
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Answer]] = deque()
        for one in given:
            waiting.append(pool.submit(work, one))
            if len(waiting) == AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
