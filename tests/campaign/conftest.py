"""Attacks and what became of them: a few of each kind in every run of the tests, many in `make
campaign`, which writes reports/reliability.md.
"""

from __future__ import annotations

import os
import platform
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
from tests.reports.conftest import Site, built_once, fresh, library, site, unbuilt  # noqa: F401

ROOT = Path(__file__).parents[2]
# share of all attacks that is made, 1 for all; none named: a few of each
SHARE = float(os.environ.get("PSANALYSIS_CAMPAIGN") or 0)
SEED = 20_260_428


@dataclass
class Kind:
    """Attacks of one kind: what is meant to hold, and what was seen, with how often."""

    name: str
    holds: str
    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def row(self) -> str:
        told = ", ".join(f"{what} {count:,}" for what, count in self.seen.most_common())
        count = sum(self.seen.values()) + len(self.broken)
        return (
            f"| {self.name} | {self.holds} | {count:,} | {len(self.broken)} | {told} | "
            f"{self.seconds:.0f} |"
        )


KINDS: list[Kind] = []


@pytest.fixture
def attacks() -> Callable[..., Kind]:
    """Run attacks of a kind; those that broke something are listed with the number that makes them
    again.
    """

    def run(
        name: str, holds: str, short: int, long: int, attack: Callable[[random.Random], str]
    ) -> Kind:
        kind, started = Kind(name, holds), monotonic()
        KINDS.append(kind)
        for number in range(max(short, round(long * SHARE))):
            try:
                kind.seen[attack(random.Random(SEED + number))] += 1
            except Exception as error:
                kind.broken.append(f"{number}: {type(error).__name__}: {str(error)[:300]}")
        kind.seconds = monotonic() - started
        report()
        assert not kind.broken, f"{name}: {len(kind.broken)} broke:\n" + "\n".join(kind.broken[:20])
        return kind

    return run


def report() -> None:
    """Write what is known so far: a campaign that is stopped has not been in vain."""
    if not SHARE:
        return
    lines = [
        "# Reliability",
        "",
        f"`make campaign`{'' if SHARE == 1 else f' ({SHARE:g} of it)'} on {platform.system()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}. Attacks are random and the "
        "same in every "
        f"campaign (seed {SEED} and the number of the attack).",
        "",
        "| attack | what has to hold | attacks | broken | outcomes | s |",
        "|---|---|--:|--:|---|--:|",
        *(kind.row for kind in KINDS),
    ]
    broken = [f"- {kind.name}, {one.splitlines()[0]}" for kind in KINDS for one in kind.broken]
    lines += ["", *broken] if broken else []
    (ROOT / "reports" / "reliability.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
