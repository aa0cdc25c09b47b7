"""Folders of temporary files: one a process, gone with it, and after a kill with the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from psanalysis.site import workspace as module
from psanalysis.site.workspace import LOCK, PREFIX, clear, workspace

USE = """
import multiprocessing.util, sys
from psanalysis.site.workspace import workspace
folder = workspace()
(folder / "part").mkdir()
print(folder, multiprocessing.util.get_temp_dir(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def user() -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", USE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    folder, sockets = process.stdout.readline().split()
    assert folder == sockets  # multiprocessing makes no folder of its own
    return process, Path(folder)


def test_a_process_that_ends_leaves_nothing(place: Path) -> None:
    process, folder = user()
    assert folder.parent == place
    process.communicate("")
    assert not list(place.iterdir())


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_uses_stays(
    place: Path,
) -> None:
    killed, gone = user()
    living, used = user()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert gone.is_dir()
    clear()
    assert list(place.iterdir()) == [used]
    assert (used / "part").is_dir()
    living.communicate("")


def test_what_is_no_such_folder_stays(place: Path) -> None:
    theirs = place / f"{PREFIX}theirs"
    kept = place / f"{PREFIX}without-lock" / "file"
    linked = place / f"{PREFIX}linked"
    for folder in (theirs, kept.parent, place / "elsewhere"):
        folder.mkdir()
    (theirs / LOCK).touch()
    kept.touch()
    (place / "elsewhere" / LOCK).touch()
    linked.symlink_to(place / "elsewhere")
    if os.geteuid() == 0:
        os.chown(theirs / LOCK, 12345, 12345)
    else:
        theirs.rename(place / "unlike")
    before = sorted(place.rglob("*"))
    clear()
    assert sorted(place.rglob("*")) == before


def test_a_folder_that_somebody_removed_is_made_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_made", {})
    monkeypatch.setattr(module.internals, "put_sockets_into", lambda folder: None)
    first = workspace()
    module.shutil.rmtree(first)
    assert workspace() != first
    assert workspace() == workspace()
