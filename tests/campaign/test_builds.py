"""Builds that are killed, run out of room, or whose data are edited under them: the published site
is whole, and true in the end.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path
from random import Random

import psutil
import pytest

from machine import on_a_small_disk

SIGNALS = {
    "SIGKILL": -signal.SIGKILL, "SIGTERM": 143, "SIGHUP": 129, "SIGQUIT": 131, "SIGINT": 130,
}  # fmt: skip
DISK = Path(__file__).with_name("small_disk.py")


def marked(mark: str) -> list[str]:
    """Command lines of processes that run for a project."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        if (process.info["environ"] or {}).get("TEST_MARK") == mark:
            found.append(" ".join(process.info["cmdline"] or []))
    return found


def handles(pid: int, number: int) -> bool:
    """Whether a process has a handler of its own for a signal: before, its interpreter is still
    starting, and nothing has been made.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return False
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


def soon(holds, seconds: float = 30) -> bool:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_killed_builds(attacks, site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "t").mkdir()
    known = site.environment(TEST_MARK=str(tmp_path), TMPDIR=str(tmp_path / "t"))
    before = [site.manifest["build"]]

    def temporary() -> set[str]:
        return {path.name for path in (tmp_path / "t").iterdir()}

    def attack(random: Random) -> str:
        name, earlier = random.choice(list(SIGNALS)), temporary()
        process = subprocess.Popen(
            site.command("build", "--force", "--jobs", "2"),
            cwd=site.root,
            env=known,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        early = False
        try:
            _, said = process.communicate(timeout=random.uniform(0.3, 8))
        except subprocess.TimeoutExpired:
            early = not handles(process.pid, signal.SIGTERM)
            process.send_signal(getattr(signal, name))
            _, said = process.communicate(timeout=60)
        codes = (0, SIGNALS[name], -getattr(signal, name) if early else 0)
        assert process.returncode in codes, (process.returncode, said)
        assert "Traceback" not in said or early, said
        assert soon(lambda: not marked(str(tmp_path))), marked(str(tmp_path))
        if name != "SIGKILL":
            assert soon(lambda: temporary() <= earlier), temporary() - earlier
        number = site.check_whole()["build"]
        published = number != before[0]
        before[0] = number
        return f"{name}, {'published' if published else 'the site as it was'}"

    attacks("builds killed at a random moment",
        "the published site is whole; no process is left; nor a file, after SIGKILL once the next "
        "build ran",
            6, 200, attack)  # fmt: skip
    assert site.run("build", "--force", TMPDIR=str(tmp_path / "t")).returncode == 0
    assert not temporary()
    assert not list(site.store.glob("*.part"))


@pytest.mark.needs("mounts")
def test_small_disks(attacks, unbuilt, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    def attack(random: Random) -> str:
        size = random.randint(200, 12_000)
        disk = tmp_path / f"disk{size}"
        disk.mkdir(exist_ok=True)
        root = tmp_path / "project"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(unbuilt.root, root)
        return str(on_a_small_disk(DISK, root, disk, size, unbuilt.environment())["outcome"])

    attacks(
        "disks of 0.2 to 12 MB",
        "a whole site, or none and a message that says the disk is full",
        3,
        100,
        attack,
    )


def test_data_edited_while_a_build_starts(attacks, fresh) -> None:  # type: ignore[no-untyped-def]
    assert fresh.run("build", "--jobs", "2").returncode == 0
    named = fresh.statement(
        "mianyang-14fyp", {"childcare", "eldercare", "housing", "support", "employment"}
    )
    page = fresh.out / "01_city_gap" / "mianyang-14fyp.zh.html"

    def attack(random: Random) -> str:
        first, second = (f"{random.uniform(1, 89):.3f}" for _ in range(2))
        fresh.set_value(named, first)
        process = fresh.start("build", "--jobs", "2")
        time.sleep(random.uniform(0, 2.5))
        fresh.set_value(named, second)
        process.communicate(timeout=120)
        assert process.returncode == 0
        shown = page.read_text(encoding="utf-8")
        late = f"<td>{float(second):g}</td>" not in shown and f"<td>{second}</td>" not in shown
        again = fresh.run("build", "--jobs", "2")
        assert again.returncode == 0
        assert second in page.read_text(encoding="utf-8"), "the last edit was never published"
        assert "nothing changed" in fresh.run("build").stdout
        return "published by the next build" if late else "published at once"

    attacks(
        "data edited while a build starts",
        "what is published in the end is what the files say",
        2,
        40,
        attack,
    )
