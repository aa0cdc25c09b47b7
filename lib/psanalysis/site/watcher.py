"""Who is told how a build goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Watcher:
    """Receives the progress of a build: lines of the log, and each finished report (number, total,
    its line).
    """

    log: Callable[[str], None]
    done: Callable[[int, int, str], None]
