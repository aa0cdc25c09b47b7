"""Process groups, child processes, and files left by kernels, for the fork server."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

PORTS = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")


def kill(group: int, number: int) -> None:
    """Signal a process group; before the kernel has called setsid, the process alone."""
    for send in (os.killpg, os.kill):
        try:
            send(group, number)
            return
        except ProcessLookupError:
            continue


def remove(paths: Sequence[Path]) -> None:
    """Remove files that exist."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def children() -> list[int]:
    """Processes whose parent is this one."""
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def descendants(process: int) -> list[int]:
    """The children of a process, their children and so on, where the system lists them (Linux)."""
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, listed.read_text().split()):
                found += [child, *descendants(child)]
    return found


def leavings(arguments: Sequence[str]) -> list[Path]:
    """Connection file and socket files of a kernel: removed here if the client cannot do so."""
    named = next((Path(file) for option, file in pairwise(arguments) if option == "-f"), None)
    if named is None:
        return []
    try:
        info = json.loads(named.read_bytes())
    except (OSError, ValueError):
        return [named]
    sockets = (
        [Path(f"{info['ip']}-{info[port]}") for port in PORTS if port in info]
        if info.get("transport") == "ipc"
        else []
    )
    return [named, *sockets]
