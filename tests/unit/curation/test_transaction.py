"""Files replaced together: killed at any step, the next run finds all of the old or makes all of
the new.
"""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from psanalysis.curation import transaction
from psanalysis.curation.plan_info import AdditionError
from psanalysis.curation.transaction import JOURNAL, finish, replace_files

OLD = {"a.csv": b"1\n", "b.csv": b"2\n", "c.csv": b"3\n"}
NEW = {"a.csv": b"1\n4\n", "b.csv": b"2\n5\n", "c.csv": b"3\n6\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def killed(folder: Path, step: int) -> None:
    """Replace the files in this process, which ends without a word at the given step."""
    steps = [0]

    def counted(function):
        def run(*given, **named):
            steps[0] += 1
            if steps[0] == step:
                os._exit(9)
            return function(*given, **named)

        return run

    for name in ("replace", "unlink"):
        setattr(Path, name, counted(getattr(Path, name)))
    transaction._write = counted(transaction._write)
    replace_files(folder, NEW, OLD)


@pytest.mark.parametrize("step", range(1, 14))
def test_a_kill_at_any_step_leaves_all_or_nothing(folder: Path, step: int) -> None:
    context = multiprocessing.get_context("fork")
    process = context.Process(target=killed, args=(folder, step))
    process.start()
    process.join(30)
    begun = (folder / JOURNAL).exists()
    finish(folder)
    now = content(folder)
    assert {name: now[name] for name in OLD} in (OLD, NEW)
    if begun:
        assert now == NEW
    if {name: now[name] for name in OLD} == OLD:
        replace_files(folder, NEW, OLD)
        assert content(folder) == NEW


def test_a_file_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    (folder / "b.csv").write_bytes(b"mine\n")
    with pytest.raises(AdditionError, match=r"b\.csv.*changed meanwhile"):
        replace_files(folder, NEW, OLD)
    assert content(folder) == {**OLD, "b.csv": b"mine\n"}


def test_a_failure_before_the_journal_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, data: bytes) -> None:
        if file.name == ".c.csv.new":
            raise OSError(28, "No space left on device")
        file.write_bytes(data)

    monkeypatch.setattr(transaction, "_write", full)
    with pytest.raises(OSError, match="No space"):
        replace_files(folder, NEW, OLD)
    assert content(folder) == OLD


@pytest.mark.parametrize("words", [b"", b"[]", b'{"a.csv": 1}', b"\xff"])
def test_a_journal_of_others_is_named(folder: Path, words: bytes) -> None:
    (folder / JOURNAL).write_bytes(words)
    with pytest.raises(AdditionError, match="no journal"):
        finish(folder)


def test_a_file_edited_after_a_kill_is_named_and_stays(folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    for step in range(1, 14):
        process = context.Process(target=killed, args=(folder, step))
        process.start()
        process.join(30)
        if (folder / JOURNAL).exists():
            break
    (folder / "c.csv").write_bytes(b"mine\n")
    with pytest.raises(AdditionError, match=r"c\.csv.*broke off"):
        finish(folder)
    assert (folder / "c.csv").read_bytes() == b"mine\n"
