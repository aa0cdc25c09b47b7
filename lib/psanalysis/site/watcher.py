"""Who is told how a build goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Watcher:
    """Who is told how a build goes on: a line of log, and each report as it is done (number, of how
    many, its line).
    """

    log: Callable[[str], None]
    done: Callable[[int, int, str], None]
