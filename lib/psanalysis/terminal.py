"""Output and end of commands: a closed pipe is not an error, and a signal is an orderly end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from psanalysis.errors import system_words

_lost: list[str] = []
STREAMS = ("stdin", "stdout", "stderr")
INTERRUPTED = 128 + signal.SIGINT
ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT")


def prepare() -> None:
    """Give this process the three standard streams, with an encoding error handler for any
    character.

    A closed stream becomes the null device: otherwise the next file that is opened would take its
    number, and output would go there. A character that the stream's encoding lacks is written as
    its escape.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < len(STREAMS):
        pass
    os.close(descriptor)
    for number, name in enumerate(STREAMS):
        if getattr(sys, name) is None:
            opened = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, opened)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def say(line: str) -> None:
    """Write a line to standard output; once the pipe is closed, the rest goes to the null device.

    Another write error (a full disk) is reported once on standard error.
    """
    try:
        print(line, flush=True)
    except OSError as error:
        silence(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            _lost.append(system_words(error))
            complain(f"psanalysis: standard output: {_lost[-1]}")


def output_lost() -> bool:
    """Whether a line could not be written for another reason than a closed pipe; reading the flag
    resets it.
    """
    lost = bool(_lost)
    _lost.clear()
    return lost


def complain(line: str) -> None:
    """Write a line to standard error, unless it is closed."""
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        silence(sys.stderr)


def silence(stream: object) -> None:
    """Redirect the remaining output of a standard stream to the null device."""
    with suppress(OSError, AttributeError, ValueError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())  # type: ignore[attr-defined]
        os.close(descriptor)
    with suppress(OSError, AttributeError, ValueError):
        stream.flush()  # type: ignore[attr-defined]


@contextmanager
def orderly_end() -> Iterator[None]:
    """Within the block a signal that asks the process to end raises SystemExit with 128 and its
    number.

    So open files are closed and temporary ones removed. A signal that is ignored (by nohup, for
    example) stays so.
    While the process ends, further ones change nothing.
    """
    before: dict[int, Any] = {}

    def leave(number: int, frame: FrameType | None) -> None:
        for one in before:
            signal.signal(one, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for name in ENDING if threading.current_thread() is threading.main_thread() else ():
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            before[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def finish() -> None:
    """Ignore signals from now on, so that a finished process keeps its exit code while the
    interpreter ends.
    """
    for name in (*ENDING, "SIGINT"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
