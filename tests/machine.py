"""What a machine may lack, and what to do about it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chromium import find as find_chromium

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
# the folders of the plans' texts
SOURCES = [
    Path(folder)
    for folder in os.environ.get(
        "PSANALYSIS_SOURCES", f"{SHARED / 'sources'}{os.pathsep}{SHARED / 'drafting'}"
    ).split(os.pathsep)
]


def _mounts() -> bool:
    command = [*private_mounts(), "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def private_mounts() -> list[str]:
    """How to run a command that may mount: root in a mount namespace, else root of a user
    namespace.
    """
    unshare = ["unshare", "--mount"]
    return unshare if os.geteuid() == 0 else [*unshare, "--user", "--map-root-user"]


def on_a_small_disk(
    script: Path, root: Path, disk: Path, kilobytes: int, environment: Mapping[str, str]
) -> dict[str, Any]:
    """Run a script with a project and a disk of that size; what it tells, as JSON."""
    mount = f"mount -t tmpfs -o size={kilobytes}k tmpfs {disk}"
    done = subprocess.run(
        [
            *private_mounts(),
            "sh",
            "-c",
            f'{mount} && exec "{sys.executable}" {script} {root} {disk}',
        ],
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _ports() -> bool:
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError:
        return False
    return True


def _shared_memory() -> bool:
    try:
        with tempfile.TemporaryFile(dir="/dev/shm"):
            return True
    except OSError:
        return False


def _repository() -> bool:
    return shutil.which("git") is not None and (ROOT / ".git").exists()


# what a test may need: whether it is there, and what to say and to do where it is not
NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "sources": (
        lambda: all(folder.is_dir() for folder in SOURCES),
        "tests on the plans' own texts: the texts are not here; put them into a folder, or several,"
        " and name them in PSANALYSIS_SOURCES (data/README.md says what they are)",
    ),
    "chromium": (
        lambda: find_chromium() is not None,
        "browser tests: no Chromium found; apt install chromium, or playwright install chromium,"
        " or name one in PSANALYSIS_CHROMIUM",
    ),
    "mounts": (
        _mounts,
        "tests on a full disk: no small file system can be mounted here; run as root, or on a"
        " system that lets users have namespaces (util-linux: unshare)",
    ),
    "ports": (
        _ports,
        "tests of a cluster and of notebooks run by hand: nothing can be served on 127.0.0.1; allow"
        " connections on loopback",
    ),
    "shm": (
        _shared_memory,
        "tests of a cluster: the locks of Dask's workers need a /dev/shm that can be written to;"
        " mount a tmpfs there",
    ),
    "systemd": (
        lambda: shutil.which("systemd-analyze") is not None,
        "systemd's own look at the schedule's units: no systemd-analyze; apt install systemd",
    ),
    "office": (
        lambda: shutil.which("soffice") is not None,
        "forms saved by LibreOffice: no soffice; apt install libreoffice-calc",
    ),
    "make": (
        lambda: shutil.which("make") is not None and shutil.which("git") is not None,
        "tests of the Makefile: no make or git; apt install make git",
    ),
    "repository": (
        _repository,
        "what is committed is not looked at: this is no clone, or git is missing; git clone it",
    ),
}


@cache
def lacks(need: str) -> str:
    """What to say where a need is not met; empty where it is."""
    there, words = NEEDS[need]
    return "" if there() else words
