"""Cache, lock, facts, slots, notebooks: each alone."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from psanalysis.errors import ParameterError
from psanalysis.site.cache import Cache, Label
from psanalysis.site.changes import number_changes
from psanalysis.site.errors import LockedError
from psanalysis.site.export import export_nothing, exporter
from psanalysis.site.fingerprint import library_hash
from psanalysis.site.lock import locked
from psanalysis.site.model import Built, Failed, Inputs, Limits, Report
from psanalysis.site.neighbours import neighbours
from psanalysis.site.notebook import read_notebook
from psanalysis.site.page import fill, slot
from psanalysis.site.pool import LONGEST_FOLDER, worker_context
from psanalysis.site.workshop import of_the_last

PAGE = Built("页面".encode(), {"title": "x", "figures": [], "tables": []}, 1.5)
KEY = "ab" * 32

# blocks of 6 MB come and go while small things stay above them; MB that the process has grown by in the end
SPARING = """
from psanalysis.site.memory import spare_memory
spare_memory()
def resident():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]) / 1024
def turn():
    block = b"x" * (6 << 20)
    return bytearray(100_000)
turn()
before = resident()
kept = [turn() for _ in range(12)]
print(resident() - before)
"""


def test_cache_gives_back_what_it_got(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.get(KEY) is None
    cache.put(KEY, PAGE)
    assert cache.get(KEY) == PAGE


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[:-1],
        lambda b: b + b"x",
        lambda b: b"",
        lambda b: b[:-5] + b"12345",
        lambda b: b"\x00" * 50,
    ],
)
def test_cache_trusts_nothing_damaged(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    cache = Cache(tmp_path)
    cache.put(KEY, PAGE)
    cache.path(KEY).write_bytes(damage(cache.path(KEY).read_bytes()))
    assert cache.get(KEY) is None


def test_cache_trusts_no_entry_under_a_foreign_name(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, PAGE)
    other = "ac" * 32
    cache.path(other).parent.mkdir()
    cache.path(KEY).rename(cache.path(other))
    assert cache.get(other) is None


def test_cache_prunes_what_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, PAGE)
    cache.put("cd" * 32, PAGE)
    assert cache.prune([KEY]) == 1
    assert cache.get(KEY) == PAGE


def _hold(path: str, taken, done) -> None:  # type: ignore[no-untyped-def]
    with locked(Path(path)):
        taken.set()
        done.wait(30)


def test_lock_keeps_a_second_process_out_and_survives_its_holder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    taken, done = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(tmp_path / "lock"), taken, done))
    holder.start()
    assert taken.wait(30)
    with (
        pytest.raises(LockedError, match=f"process {holder.pid} is building"),
        locked(tmp_path / "lock"),
    ):
        pass
    holder.kill()
    holder.join()
    with locked(tmp_path / "lock"):
        pass


def inputs(**changed: object) -> Inputs:
    known: dict[str, object] = {
        "notebook": "n", "source": "{}", "parameters": '{"a":1}', "data": {"x.csv": b"1"}, "files": {}, "library": "l", "environment": "e",
    }  # fmt: skip
    return Inputs(**{**known, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        {"notebook": "m"}, {"source": "{} "}, {"parameters": '{"a":2}'}, {"data": {"x.csv": b"2"}}, {"data": {"y.csv": b"1"}},
        {"files": {"actuals": b""}}, {"library": "m"}, {"environment": "f"},
    ],
)  # fmt: skip
def test_every_input_counts_in_the_key(changed: dict[str, object]) -> None:
    assert inputs(**changed).key != inputs().key


def test_limits_do_not_count_in_the_key() -> None:
    assert inputs(limits=Limits(1, 1)).key == inputs().key


def test_what_a_failure_tells_fits_a_line_and_a_page() -> None:
    failed = Failed(
        "cell",
        "\n\nfirst\nsecond \ud800 \0" + "x" * 1000,
        traceback="a\nb" + "y" * 10**6,
        log="\x1b",
    )
    assert failed.message.startswith("first second \ufffd \ufffdxxx")
    assert len(failed.message) < 310
    assert failed.traceback.startswith("a\nb")
    assert len(failed.traceback) < 50_000
    assert failed.log == "\ufffd"


def test_numbers_that_changed() -> None:
    def page(value: str, digest: str) -> dict[str, object]:
        table = {
            "name": "t",
            "caption": "Table",
            "rows": [["city", "value"], ["Panjin", value], ["Xinyang", "1"]],
        }
        return {"tables": [table], "figures": [{"name": "f", "label": "Figure", "sha256": digest}]}

    assert [
        (c.place, c.old, c.new) for c in number_changes("r", page("2", "a"), page("3", "b"))
    ] == [
        ("Table: Panjin · value", "2", "3"),
        ("Figure", "", ""),
    ]
    assert list(number_changes("r", page("2", "a"), page("2", "a"))) == []


def test_slots_can_be_filled_again() -> None:
    reports = [
        Report("01", {"plan_id": plan, "lang": lang}, f"{plan}.{lang}")
        for plan in ("a", "b")
        for lang in ("zh", "en")
    ]
    around = neighbours(reports, {report.id: f"<{report.id}>" for report in reports})
    page = f"<body>{slot('home')}{slot('languages')}{slot('notice')}{slot('neighbours')}</body>".encode()
    full = fill(page, reports[0], around["01/a.zh"], "2026-11-22")
    assert b'href="../01/a.en.html" hreflang="en"' in full
    assert b'rel="next" href="../01/b.zh.html"' in full
    assert b"&lt;01/b.zh&gt;" in full
    assert b"ps-stale" in full
    assert fill(full, reports[0], around["01/a.zh"]) == fill(page, reports[0], around["01/a.zh"])
    assert b"ps-stale" not in fill(full, reports[0], around["01/a.zh"])


def write(path: Path, *cells: tuple[str, list[str]]) -> Path:
    made = [
        {
            "cell_type": "code",
            "id": str(i),
            "metadata": {"tags": tags},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for i, (source, tags) in enumerate(cells)
    ]
    path.write_text(
        json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}),
        encoding="utf-8",
    )
    return path


def test_parameters_of_a_notebook(tmp_path: Path) -> None:
    source = '# comment\nplan_id = "a"  # which\nlang: str = "zh"\nplans = []\nyear = 2025\nrate = -1.5\nfull = False'
    read = read_notebook(write(tmp_path / "n.ipynb", (source, ["parameters"])))
    assert read.parameters == {
        "plan_id": "a",
        "lang": "zh",
        "plans": [],
        "year": 2025,
        "rate": -1.5,
        "full": False,
    }
    assert read.required() == ["plan_id", "lang", "year", "rate", "full"]
    assert read.fault("year", "2025") == "must be a whole number, like 2025"
    assert read.fault("year", True) == "must be a whole number, like 2025"
    assert read.fault("rate", 2) == ""


@pytest.mark.parametrize("source", ["import os", "a = b", "a = f(1)", "a, b = 1, 2", "a ="])
def test_parameters_must_be_plain_values(tmp_path: Path, source: str) -> None:
    with pytest.raises(ParameterError, match="parameters cell"):
        read_notebook(write(tmp_path / "n.ipynb", (source, ["parameters"])))


def test_a_notebook_without_parameters_cell(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="0 cells tagged"):
        read_notebook(write(tmp_path / "n.ipynb", ("a = 1", [])))


def test_library_hash_sees_sources_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "a.py").write_text("1")
    before = library_hash(tmp_path)
    (tmp_path / "data" / "x.json").write_text("1")
    (tmp_path / "a.pyc").write_text("1")
    assert library_hash(tmp_path) == before
    (tmp_path / "b.css").write_text("1")
    assert library_hash(tmp_path) != before


@pytest.mark.parametrize(
    ("length", "method"), [(LONGEST_FOLDER, "forkserver"), (LONGEST_FOLDER + 1, "spawn")]
)
def test_workers_are_forked_where_the_name_of_their_socket_fits(
    monkeypatch: pytest.MonkeyPatch, length: int, method: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/" + "x" * (length - 1))
    assert worker_context().get_start_method() == method


def test_what_is_made_of_the_last_subject_is_made_once() -> None:
    made: list[str] = []
    first, second = object(), object()
    make = of_the_last(lambda subject, word: made.append(word) or word)
    assert [make(first, "a"), make(first, "b"), make(second, "c"), make(first, "d")] == [
        "a",
        "a",
        "c",
        "d",
    ]
    assert made == ["a", "c", "d"]


def test_the_label_of_an_entry_is_what_is_in_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, Built(b"<p>", {"title": "绵阳", "shown": "x"}, 1.5))
    assert cache.label(KEY) == Label("绵阳", 1.5)
    assert cache.label("cd" * 32) is None
    damaged = cache.path(KEY)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert cache.label(KEY) is None


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system as Linux answers")
def test_a_builder_that_spares_memory_gives_back_what_it_freed() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SPARING], capture_output=True, text=True, check=True
    )
    assert float(told.stdout) < 2


def test_what_workers_are_warmed_with_is_a_page() -> None:
    exporter.cache_clear()
    export_nothing()
    assert exporter.cache_info().currsize == 1
    assert list(exporter().environment.cache)
