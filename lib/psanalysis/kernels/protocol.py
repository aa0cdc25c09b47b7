"""The protocol between clients, the fork server and its owner: small JSON messages on Unix sockets,
with open files attached.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from psanalysis.errors import PsanalysisError

ADDRESS = "PSANALYSIS_FORKSERVER"
LARGEST = 1 << 20
MOST_FILES = 8
# variables that are read while an interpreter starts or its libraries load: a kernel that needs
# other values cannot be forked
AT_START = (
    "PYTHON",
    "LD_",
    "LC_",
    "MPL",
    "MATPLOTLIB",
    "XDG_",
    "MALLOC_",
    "JE_",
    "ARROW_",
    "OMP_",
    "OPENBLAS_",
    "MKL_",
    "NUMEXPR_",
)
AT_START_NAMES = ("LANG", "LANGUAGE", "TZ", "HOME")


class NotForkedError(PsanalysisError):
    """A kernel cannot be forked; an ordinary one can be started."""


@dataclass(frozen=True)
class Start:
    """Owner to server: the variables whose values its kernels must share."""

    fixed: Mapping[str, str]


@dataclass(frozen=True)
class Launch:
    """Client to server: fork a kernel. Attached files: stdin, stdout and stderr."""

    arguments: Sequence[str]
    folder: str
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Launched:
    """Server to client.

    Attached files: the kernel's pidfd, and a pipe that gets a byte once the kernel's sockets are
    bound.
    """

    pid: int


@dataclass(frozen=True)
class Refused:
    """Server to client: no kernel, and why."""

    reason: str


@dataclass(frozen=True)
class Signal:
    """Client to server: signal the kernel's process group."""

    number: int


@dataclass(frozen=True)
class Exited:
    """Server to client: the kernel has ended; code is negative for a signal, as in subprocess."""

    code: int


Message = Start | Launch | Launched | Refused | Signal | Exited
KINDS = {kind.__name__: kind for kind in (Start, Launch, Launched, Refused, Signal, Exited)}


def fixed_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that a running interpreter cannot change.

    >>> fixed_at_start({"PYTHONHASHSEED": "0", "PSANALYSIS_DATA": "/data"})
    {'PYTHONHASHSEED': '0'}
    """
    return {
        name: value
        for name, value in sorted(environment.items())
        if name.startswith(AT_START) or name in AT_START_NAMES
    }


def encode(message: Message) -> bytes:
    """A message as bytes; file names that are not UTF-8 are preserved."""
    return json.dumps({"kind": type(message).__name__, **asdict(message)}).encode("ascii")


def decode(raw: bytes) -> Message:
    """The message in the bytes.

    >>> decode(encode(Signal(2)))
    Signal(number=2)

    Raises
    ------
    NotForkedError
        If the bytes are not a message.
    """
    try:
        fields = json.loads(raw)
        return KINDS[fields.pop("kind")](**fields)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotForkedError(f"not a message of the fork server: {raw[:80]!r}") from error


def send(connection: socket.socket, message: Message, files: Sequence[int] = ()) -> None:
    """Send a message with open files; OSError if the other side has ended or the message is too
    long for the socket.
    """
    socket.send_fds(connection, [encode(message)], files)


def receive(connection: socket.socket) -> tuple[Message | None, list[int]]:
    """The next message and its files, which the caller must close; None if the other side has
    ended.
    """
    try:
        raw, files, _, _ = socket.recv_fds(connection, LARGEST, MOST_FILES)
    except ConnectionError:
        return None, []
    try:
        return (decode(raw) if raw else None), files
    except NotForkedError:
        close(files)
        raise


def close(files: Sequence[int]) -> None:
    """Close open files."""
    for file in files:
        os.close(file)
