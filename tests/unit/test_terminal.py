"""What a command says to whoever still listens, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = str(Path(__file__).parents[2] / "lib")
COMMAND = f'"{sys.executable}" -m psanalysis.cli'
MANY = "import psanalysis.terminal as c\nc.say('x')\nfor n in range(20000): c.say('line %d' % n)"
SIGNALLED = """
import os, signal, sys
from psanalysis.terminal import orderly_end
with orderly_end():
    try:
        os.kill(os.getpid(), signal.{name})
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        print("put away")
"""

AT_ITS_END = """
import atexit, os, signal
atexit.register(os.kill, os.getpid(), signal.{name})
from psanalysis.cli import main
main(["list", "plans"])
"""


def shell(line: str, **more: str) -> subprocess.CompletedProcess[str]:
    known = os.environ | {"PYTHONPATH": LIBRARY} | more
    return subprocess.run(
        ["bash", "-c", line], env=known, text=True, capture_output=True, timeout=120, check=False
    )


@pytest.mark.parametrize("what", ["plans", "indicators"])
def test_a_reader_who_has_enough_is_no_error(what: str) -> None:
    done = shell(f"set -o pipefail; {COMMAND} list {what} | head -c 1")
    assert (done.returncode, done.stderr) == (0, "")


def test_many_lines_to_a_closed_pipe() -> None:
    done = shell(f"set -o pipefail; '{sys.executable}' -c \"{MANY}\" | head -1")
    assert (done.returncode, done.stdout, done.stderr) == (0, "x\n", "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_error(closed: str) -> None:
    done = shell(f"{COMMAND} list plans {closed}")
    assert done.returncode == 0
    assert done.stderr == ""


def test_output_that_is_lost_is_said() -> None:
    done = shell(f"{COMMAND} list plans > /dev/full")
    assert done.returncode == 2
    assert done.stderr == "psanalysis: standard output: No space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_characters_that_an_encoding_lacks_are_escaped(encoding: str) -> None:
    done = shell(
        f"{COMMAND} list plans | head -c 15; exit ${{PIPESTATUS[0]}}", PYTHONIOENCODING=encoding
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("mianyang-14fyp")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT"])
def test_a_signal_is_an_orderly_end(name: str) -> None:
    done = shell(f"'{sys.executable}' -c '{SIGNALLED.format(name=name)}'")
    assert done.returncode == 128 + getattr(signal, name)
    assert done.stdout == "put away\n"
    assert done.stderr == ""


def test_a_signal_that_is_ignored_stays_so() -> None:
    line = SIGNALLED.format(name="SIGHUP").replace(
        "        os.kill(os.getpid(), signal.SIGTERM)\n", ""
    )
    done = shell(f"trap '' HUP; '{sys.executable}' -c '{line}'")
    assert (done.returncode, done.stdout) == (0, "put away\n")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_that_comes_after_the_work_changes_nothing(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AT_ITS_END.format(name=name)],
        env=os.environ | {"PYTHONPATH": LIBRARY},
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "mianyang-14fyp" in done.stdout


def test_an_interrupt_within_executed_source_ends_with_its_code(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(
        "from psanalysis.cli.group import clean\nclean(lambda: exec('raise KeyboardInterrupt'))()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": LIBRARY},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "psanalysis: interrupted\n")
