"""The published site stands whatever happens to a build: killed, out of room, kept out, run twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

KILLS = 100


def test_kill_at_a_hundred_moments_leaves_a_whole_site(site) -> None:
    script = Path(__file__).with_name("kill_builds.py")
    command = [sys.executable, str(script), str(site.root), str(KILLS)]
    done = subprocess.run(command, env=site.environment(), text=True, capture_output=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)["seen"]
    assert len(seen) == KILLS
    assert seen == sorted(seen)
    assert len(set(seen)) > KILLS / 10
    site.set_value(site.statement("mianyang-14fyp", {"eldercare", "housing"}), "12.5")
    site.build()
    site.check_whole()
    assert not list(site.store.glob("*.part"))
    assert len([path for path in site.store.iterdir() if path.name.isdigit()]) <= 7


def test_a_killed_builder_takes_its_kernels_and_folders_along(fresh, tmp_path: Path) -> None:
    fresh.faulty("hang", "busy", seconds=100)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    mine = {"TMPDIR": str(scratch), "TEST_MARK": str(tmp_path)}
    process = subprocess.Popen(
        fresh.command("build", "--jobs", "2"), cwd=fresh.root, env=fresh.environment(**mine), stdout=subprocess.DEVNULL
    )
    try:
        assert eventually(lambda: sum("ipykernel" in line for line in running(tmp_path)) == 2, 60)
    finally:
        process.kill()
        process.wait()
    assert eventually(lambda: not running(tmp_path), 20)
    assert eventually(lambda: not list(scratch.glob("psanalysis-*")), 10)
    assert fresh.run("build", "--dry-run").returncode == 0


def test_a_terminated_builder_leaves_in_order(fresh, tmp_path: Path) -> None:
    fresh.faulty("hang", seconds=100)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    mine = {"TMPDIR": str(scratch), "TEST_MARK": str(tmp_path)}
    process = subprocess.Popen(
        fresh.command("build", "--jobs", "1"), cwd=fresh.root, env=fresh.environment(**mine), stdout=subprocess.DEVNULL
    )
    assert eventually(lambda: any("ipykernel" in line for line in running(tmp_path)), 60)
    process.terminate()
    assert process.wait(30) == 143
    assert eventually(lambda: not running(tmp_path), 10)
    assert not list(scratch.glob("psanalysis-*"))
    assert not fresh.out.exists()


def test_two_builds_at_once(fresh) -> None:
    fresh.faulty("hang", "ok", seconds=25)
    first = fresh.start("build", "--jobs", "1")
    assert eventually(lambda: (fresh.store / "lock").exists() and (fresh.store / "lock").read_text().strip(), 60)
    second = fresh.run("build")
    assert second.returncode == 3
    assert f"process {first.pid} is building this site -> wait until it is done" in second.stderr
    assert second.stdout == ""
    first.kill()
    first.wait()
    first.stdout.close()
    first.stderr.close()
    fresh.faulty("ok")
    assert fresh.run("build").returncode == 0


def test_a_full_disk_keeps_the_published_site(site, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"""
        mount -t tmpfs -o size=3m tmpfs {disk} || exit 77
        export PYTHONPATH={site.lib}
        python="{sys.executable} -m psanalysis.cli"
        $python build --only '*panjin*zh' --output {disk}/site >/dev/null || exit 71
        cp -r {disk}/site/ {tmp_path}/before
        head -c 20m /dev/zero > {disk}/filler 2>/dev/null
        $python build --force --output {disk}/site; echo "code $?"
        cp -r {disk}/site/ {tmp_path}/after
        rm {disk}/filler
        $python build --only '*panjin*zh' --output {disk}/site >/dev/null; echo "code $?"
    """
    done = subprocess.run(
        [*private_mounts(), "sh", "-c", script], cwd=site.root, env=site.environment(), text=True, capture_output=True, check=False
    )
    assert done.stdout.split("\n").count("code 2") == 1, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("code 0"), done.stdout + done.stderr
    assert "No space left on device" in done.stderr
    assert "the published site is as it was" in done.stderr or "cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr
    old, new = ({path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()} for name in ("before", "after"))
    assert old == new
    assert "manifest.json" in old


def private_mounts() -> list[str]:
    """How to run a command that may mount: as root in a mount namespace, else as root of a user namespace."""
    return ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]


@pytest.mark.parametrize("made", ["file", "folder"])
def test_what_a_build_did_not_make_is_not_touched(fresh, made: str) -> None:
    if made == "file":
        fresh.out.write_text("notes", encoding="utf-8")
    else:
        fresh.out.mkdir()
        (fresh.out / "index.html").write_text("hand-made", encoding="utf-8")
    done = fresh.run("build")
    assert done.returncode == 2
    assert "is not a link made by a build -> move it away, or name another --output" in done.stderr
    assert (fresh.out if made == "file" else fresh.out / "index.html").read_text(encoding="utf-8") in ("notes", "hand-made")


def test_an_unwritable_place_is_named(fresh) -> None:
    done = fresh.run("build", "--output", "/proc/nowhere/site")
    assert done.returncode == 2
    assert "/proc/nowhere/site: cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr


def test_faulty_data_and_catalogue_write_nothing(fresh) -> None:
    fresh.set_value(fresh.statement("panjin-14fyp", {"health"}), "many")
    done = fresh.run("build")
    assert done.returncode == 2
    assert "statements.csv:" in done.stderr
    assert "'many'" in done.stderr
    assert not fresh.out.exists()


def running(mark: Path) -> list[str]:
    found = []
    for process in psutil.process_iter(["name", "cmdline", "environ"]):
        if (process.info["environ"] or {}).get("TEST_MARK") == str(mark):
            found.append(" ".join([process.info["name"], *(process.info["cmdline"] or [])]))
    return found


def eventually(holds, seconds: float) -> bool:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False
