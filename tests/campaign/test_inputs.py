"""Inputs and state with random edits: an error that was raised on purpose, or a sound result; never
another exception, never long.
"""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

import psanalysis as ps
from psanalysis.datapackage.dataset import data_folder
from psanalysis.errors import CatalogError, DataError, ParameterError
from psanalysis.site.catalog import read_catalog
from psanalysis.site.datafiles import load_with_files
from psanalysis.site.manifest import read_manifest
from psanalysis.site.notebook import read_notebook

SECONDS = 20
ODD = [
    None, True, -1, 0, 3.5, 1e308, 10**30, "", "x", "\u2028", "\x00", "\ud800", "..", "/etc/passwd",
    "<script>", [], {}, [[]], {"": {}},
    [None], {"a": None}, "9" * 5000, "2024-05-01",
]  # fmt: skip
WORDS = [
    "\x00", "\u2028", "\u200b", "\u202e", "\ufeff", ",", '"', "\n", "\r", "-", "9", "=1+1", "&a",
    "*a", "<<", "!!set", "[", "{", ": ", "- ",
    "\t", "#", "|", "'", "%", "..", "9" * 50, "1e999", "\x1b[0m", "中",
]  # fmt: skip


def swap(random: Random, value: Any) -> Any:
    """A JSON value with one part, at any depth, replaced by something odd."""
    if isinstance(value, (dict, list)) and value and random.random() < 0.9:
        key = (
            random.choice(list(value)) if isinstance(value, dict) else random.randrange(len(value))
        )
        changed = dict(value) if isinstance(value, dict) else list(value)
        if random.random() < 0.1:
            del changed[key]
        else:
            changed[key] = swap(random, value[key])
        return changed
    return random.choice(ODD)


def scramble(random: Random, content: bytes) -> bytes:
    """A text with a few random edits."""
    for _ in range(random.randint(1, 4)):
        offset, size = random.randrange(len(content) + 1), random.choice([0, 0, 1, 1, 5, 200])
        new = random.choice([b"", random.choice(WORDS).encode(), random.randbytes(3)])
        content = content[:offset] + new + content[offset + size :]
    return content


def require(holds: object, words: str) -> None:
    assert holds, words


def in_time(started: float) -> None:
    require(time.monotonic() - started < SECONDS, f"took {time.monotonic() - started:.0f} s")


def test_data(attacks, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    sound = {path.name: path.read_bytes() for path in data_folder().glob("*.csv")}
    folder = tmp_path / "data"
    folder.mkdir()
    descriptor = (data_folder() / "datapackage.json").read_bytes()

    def attack(random: Random) -> str:
        started = time.monotonic()
        for name, content in {**sound, "datapackage.json": descriptor}.items():
            (folder / name).write_bytes(content)
        name = random.choice(sorted(sound))
        (folder / name).write_bytes(scramble(random, sound[name]))
        try:
            ds, files = load_with_files(folder)
        except DataError as error:
            require(error.faults, "an error without a fault")
            return "refused, with file and line"
        finally:
            in_time(started)
        assert ps.load(folder).content_hash == ds.content_hash
        assert files.content(name) == (folder / name).read_bytes()
        return "sound"

    attacks(
        "CSV files with random edits",
        "a message with file and line, or the same data as loaded without a build",
        60,
        5000,
        attack,
    )


@pytest.fixture
def project(unbuilt, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    return Path(shutil.copytree(unbuilt.root, tmp_path / "project"))


def test_catalogue(attacks, project: Path) -> None:  # type: ignore[no-untyped-def]
    ds = ps.load(project / "data")
    path = project / "reports" / "catalog.yml"
    real = (Path(__file__).parents[2] / "reports" / "catalog.yml").read_bytes()
    shutil.copytree(
        Path(__file__).parents[2] / "notebooks", project / "notebooks", dirs_exist_ok=True
    )

    def attack(random: Random) -> str:
        started = time.monotonic()
        path.write_bytes(scramble(random, random.choice([real, SMALL])))
        told, found = "", None
        try:
            found = read_catalog(path, project / "notebooks", ds)
        except CatalogError as error:
            told = str(error)
        finally:
            in_time(started)
        if told:
            require(len(told) < 100_000, "a message of 100 KB")
            return "refused"
        json.dumps([dict(report.parameters) for report in found.reports])
        return "sound"

    attacks(
        "catalogues with random edits",
        "a message, or reports whose parameters are JSON; within 20 s",
        60,
        2000,
        attack,
    )


SMALL = b"""reports:
  - notebook: 01_city_gap
    parameters: {lang: zh}
    matrix: {plan_id: &p [mianyang-14fyp, panjin-14fyp]}
    slug: "{plan_id}.{lang}"
    limits: {seconds: 60, memory_mb: 500}
"""


def test_notebooks(attacks, project: Path) -> None:  # type: ignore[no-untyped-def]
    path = project / "notebooks" / "01_city_gap.ipynb"
    sound = json.loads(path.read_text(encoding="utf-8"))

    def attack(random: Random) -> str:
        started = time.monotonic()
        if random.random() < 0.7:
            path.write_text(json.dumps(swap(random, sound)), encoding="utf-8")
        else:
            path.write_bytes(scramble(random, json.dumps(sound).encode()))
        try:
            notebook = read_notebook(path)
        except ParameterError:
            return "refused"
        finally:
            in_time(started)
        notebook.source.encode()
        return "sound"

    attacks(
        "notebooks with random edits",
        "a message, or a notebook that can be sent",
        150,
        5000,
        attack,
    )


def test_manifests(attacks, built_once) -> None:  # type: ignore[no-untyped-def]
    folder = built_once.root / "other"
    folder.mkdir(exist_ok=True)
    sound = built_once.manifest

    def attack(random: Random) -> str:
        text = json.dumps(swap(random, sound))
        (folder / "manifest.json").write_bytes(
            text.encode() if random.random() < 0.7 else scramble(random, text.encode())
        )
        manifest = read_manifest(folder)
        if manifest is None:
            return "counts as none"
        manifest.to_json(), manifest.run()
        for entry in manifest.reports.values():
            assert ".." not in entry.path
        return "sound"

    attacks(
        "manifests with random edits", "counts as none, or can be written again", 150, 5000, attack
    )
