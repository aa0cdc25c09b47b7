"""Kernels that are forked and kernels that are started anew make the same pages; which it is takes
at most one line.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from psanalysis.kernels import internals
from psanalysis.site.model import Built, Inputs
from psanalysis.site.pool import run_local
from psanalysis.site.worker import build_report

from .conftest import notebook


def test_both_ways_make_the_same_pages(fresh, tmp_path: Path) -> None:
    shutil.copytree(fresh.root, tmp_path / "other")
    other = replace(fresh, root=tmp_path / "other")
    forked = fresh.run("build", "--jobs", "2")
    ordinary = other.run("build", "--jobs", "2", **{internals.SWITCH: internals.ORDINARY})
    assert (forked.returncode, forked.stderr) == (0, "")
    assert (ordinary.returncode, ordinary.stderr) == (0, "")
    pages, others = fresh.pages(), other.pages()
    assert {name for name in pages if pages[name] != others[name]} <= {
        "changes.html",
        "changes.en.html",
    }


def test_unknown_versions_are_one_line_of_warning(
    monkeypatch: pytest.MonkeyPatch, capfd, tmp_path: Path
) -> None:
    monkeypatch.delenv(internals.SWITCH, raising=False)
    monkeypatch.setattr(
        internals, "obstacle", lambda: "ipykernel 9.0 is not among the versions tried"
    )
    assert list(run_local([], lambda name: pytest.fail(name), 1, tmp_path)) == []
    assert capfd.readouterr().err == (
        "warning: kernels are started anew for each report, which takes longer: "
        "ipykernel 9.0 is not among the versions tried\n"
    )


LISTENS = """
import os
inodes = set()
for name in os.listdir("/proc/self/fd"):
    try:
        inodes.add(os.readlink(f"/proc/self/fd/{name}"))
    except OSError:
        pass
for file in ("tcp", "tcp6"):
    for line in open(f"/proc/net/{file}").read().splitlines()[1:]:
        words = line.split()
        if words[3] == "0A" and f"socket:[{words[9]}]" in inodes:
            print("listens at", words[1].split(":")[0])
"""


@pytest.mark.parametrize("way", [internals.FORKED, internals.ORDINARY])
def test_a_kernel_listens_to_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    monkeypatch.setenv(internals.SWITCH, way)
    internals.obstacle.cache_clear()
    cells = notebook(['lang = "en"', LISTENS])
    inputs = Inputs("n", cells, '{"lang":"en"}', {}, {}, "l", "e")
    outcome = build_report(inputs, tmp_path)
    internals.obstacle.cache_clear()
    assert isinstance(outcome, Built)
    assert set(re.findall(r"listens at (\w+)", outcome.page.decode())) <= {"0100007F"}
