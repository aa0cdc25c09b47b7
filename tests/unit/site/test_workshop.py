"""What a build reads, and what is kept from one page to the next."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from pathlib import Path

from psanalysis.site.project import find_project
from psanalysis.site.sources import Sources
from psanalysis.site.workshop import of_the_last, open_workshop

ROOT = Path(__file__).parents[3]


def test_each_file_of_the_data_is_read_once(tmp_path: Path) -> None:
    """Also where the build first asked whether anything has changed."""
    opened: Counter[str] = Counter()
    counting = [True]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if counting and event == "open" and isinstance(arguments[0], str | os.PathLike):
            opened[os.fspath(arguments[0])] += 1

    names = [path.name for path in (ROOT / "data").glob("*.csv")]
    known = {
        f"package:{name}": hashlib.sha256((ROOT / "data" / name).read_bytes()).hexdigest()
        for name in names
    }
    sys.addaudithook(count)  # which cannot be removed, only told to be silent
    try:
        project = find_project(data=ROOT / "data", output=tmp_path / "site", start=ROOT)
        sources = Sources(project)
        assert not sources.same({**known, "package:no-such.csv": "gone"})
        workshop = open_workshop(project, sources, copy=tmp_path / "copy")
        for report in workshop.catalog.reports[:4]:
            assert workshop.inputs(report.id).key
    finally:
        counting.clear()
    assert {name: opened[str(project.data / name)] for name in names} == dict.fromkeys(names, 1)


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
