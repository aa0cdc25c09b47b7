"""The published site stands whatever happens to a build: killed, out of room, kept out, run
twice.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from machine import on_a_small_disk
from psanalysis.site.build import build
from psanalysis.site.capacity import refusal
from psanalysis.site.errors import SiteError
from psanalysis.site.project import find_project
from psanalysis.site.watcher import Watcher

KILLS = 100


def test_kill_at_a_hundred_moments_leaves_a_whole_site(site) -> None:
    script = Path(__file__).with_name("kill_builds.py")
    command = [sys.executable, str(script), str(site.root), str(KILLS)]
    done = subprocess.run(
        command, env=site.environment(), text=True, capture_output=True, timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    seen = told["seen"]
    assert len(seen) == KILLS
    assert seen == sorted(seen)
    assert len(set(seen)) > KILLS / 10
    assert told["half_built"] > KILLS / 10
    site.set_value(site.statement("mianyang-14fyp", {"eldercare", "housing"}), "12.5")
    site.build()
    site.check_whole()
    assert not list(site.store.glob("*.part"))
    assert len([path for path in site.store.iterdir() if path.name.isdigit()]) <= 7


def test_a_killed_builder_keeps_others_out_and_takes_its_kernels_and_folders_along(
    site, tmp_path: Path
) -> None:
    good = (site.root / "reports" / "catalog.yml").read_text(encoding="utf-8")
    site.faulty({"hang": 100, "deaf": 100})
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    mine = {"TMPDIR": str(scratch), "TEST_MARK": str(tmp_path)}
    process = subprocess.Popen(
        site.command("build", "--jobs", "2"),
        cwd=site.root,
        env=site.environment(**mine),
        stdout=subprocess.DEVNULL,
    )
    try:
        assert eventually(lambda: sum("ipykernel" in line for line in running(tmp_path)) == 2, 60)
        second = site.cli("build")
        assert second.exit_code == 3
        assert (
            f"process {process.pid} is building this site -> wait until it is done" in second.stderr
        )
        assert second.stdout == ""
    finally:
        process.kill()
        process.wait()
    assert eventually(lambda: not running(tmp_path), 20)
    assert eventually(lambda: not list(scratch.glob("psanalysis-*")), 10)
    (site.root / "reports" / "catalog.yml").write_text(good, encoding="utf-8")
    assert site.cli("build", "--force").exit_code == 0
    assert site.check_whole()["build"] == 2


@pytest.mark.parametrize(
    ("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGQUIT", 131), ("SIGINT", 130)]
)
@pytest.mark.parametrize("temporary", ["s", "too-long-for-the-path-of-a-socket-" * 3])
def test_a_builder_that_is_asked_to_end_leaves_in_order(
    fresh, tmp_path: Path, name: str, code: int, temporary: str
) -> None:
    fresh.faulty({"hang": 100})
    scratch = tmp_path / temporary
    scratch.mkdir()
    mine = {"TMPDIR": str(scratch), "TEST_MARK": str(tmp_path)}
    process = subprocess.Popen(
        fresh.command("build", "--jobs", "1"),
        cwd=fresh.root,
        env=fresh.environment(**mine),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert eventually(lambda: any("ipykernel" in line for line in running(tmp_path)), 60)
    if name == "SIGINT":  # as a terminal sends it: to the workers as well
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert said == ("psanalysis: interrupted\n" if name == "SIGINT" else "")
    assert eventually(lambda: not running(tmp_path), 10)
    assert not list(scratch.iterdir())
    assert not fresh.out.exists()
    assert not list(fresh.store.glob("*.part"))


def test_a_reader_who_has_enough_does_not_stop_a_build(fresh) -> None:
    command = " ".join(["set -o pipefail;", *fresh.command("build", "| head -1")])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=fresh.root,
        env=fresh.environment(),
        text=True,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    assert len(fresh.check_whole()["reports"]) == 6


def test_nothing_that_others_may_write_is_made(fresh) -> None:
    command = " ".join(["umask 000;", *fresh.command("build")])
    subprocess.run(["bash", "-c", command], cwd=fresh.root, env=fresh.environment(), check=True)
    made = [*fresh.store.rglob("*"), fresh.store]
    assert [path for path in made if not path.is_symlink() and path.stat().st_mode & 0o022] == []


@pytest.mark.parametrize("form", ["form.csv", "form.xlsx"])
def test_no_command_makes_what_others_may_write(fresh, form: str) -> None:
    before = {*fresh.root.rglob("*")}
    command = " ".join(["umask 000;", *fresh.command("actuals", "template", "-o", form)])
    subprocess.run(["bash", "-c", command], cwd=fresh.root, env=fresh.environment(), check=True)
    made = {*fresh.root.rglob("*")} - before
    assert made
    assert [path for path in made if not path.is_symlink() and path.stat().st_mode & 0o002] == []


@pytest.mark.needs("mounts")
def test_a_full_disk_keeps_the_published_site(site, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = Path(__file__).with_name("full_disk.py")
    told = on_a_small_disk(script, site.root, disk, 8 * 1024, site.environment())
    assert told["codes"] == {"empty": 0, "nearly full": 2, "full": 2, "room again": 0}
    for when in ("nearly full", "full"):
        assert "No space left on device" in told["errors"][when]
        assert (
            "the published site is as it was" in told["errors"][when]
            or "cannot be written to" in told["errors"][when]
        )
        assert "Traceback" not in told["errors"][when]
        assert told["site"][when] == told["site"]["empty"]
    assert told["site"]["room again"].keys() >= told["site"]["empty"].keys()
    assert "manifest.json" in told["site"]["empty"]


@pytest.mark.parametrize("made", ["file", "folder", "link", "loop"])
def test_what_a_build_did_not_make_is_not_touched(fresh, made: str) -> None:
    if made == "file":
        fresh.out.write_text("notes", encoding="utf-8")
    elif made in ("link", "loop"):
        fresh.out.symlink_to("../notebooks" if made == "link" else "site")
    else:
        fresh.out.mkdir()
        (fresh.out / "index.html").write_text("hand-made", encoding="utf-8")
    done = fresh.cli("build")
    assert done.exit_code == 2
    assert "is not a link made by a build -> move it away, or name another --output" in done.stderr
    if made in ("link", "loop"):
        assert fresh.out.readlink().as_posix() == ("../notebooks" if made == "link" else "site")
    else:
        assert (fresh.out if made == "file" else fresh.out / "index.html").read_text(
            encoding="utf-8"
        ) in ("notes", "hand-made")


def test_an_unwritable_place_is_named(fresh) -> None:
    done = fresh.cli("build", "--output", "/proc/nowhere/site")
    assert done.exit_code == 2
    assert "/proc/nowhere/site: cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr


def test_faulty_data_and_catalogue_write_nothing(fresh) -> None:
    fresh.set_value(fresh.statement("panjin-14fyp", {"health"}), "many")
    done = fresh.cli("build")
    assert done.exit_code == 2
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


@pytest.mark.parametrize("most", [16, 32, 64])
def test_too_few_open_files_are_said_at_once(fresh, most: int) -> None:
    command = " ".join([f"ulimit -n {most};", *fresh.command("build", "--jobs", "2")])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=fresh.root,
        env=fresh.environment(),
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"psanalysis: a build with --jobs 2 opens up to 80 files, and the limit here is {most} -> "
        "ulimit -n 80, or fewer --jobs\n"
    )


def test_a_soft_limit_of_open_files_is_raised(fresh) -> None:
    command = " ".join(["ulimit -S -n 32;", *fresh.command("build", "--jobs", "2")])
    subprocess.run(
        ["bash", "-c", command], cwd=fresh.root, env=fresh.environment(), check=True, timeout=120
    )
    assert len(fresh.check_whole()["reports"]) == 6


@pytest.mark.parametrize(
    "error", [BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), EOFError()]
)
def test_a_system_that_starts_no_process_is_said(
    site, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", refused)
    with pytest.raises(
        SiteError, match=r"a worker process cannot be started: .* or build with --jobs 1"
    ):
        build(
            find_project(start=site.root),
            Watcher(lambda line: None, lambda *_: None),
            1,
            force=True,
        )
    assert site.check_whole()["build"] == 1


@pytest.mark.parametrize(
    ("code", "remedy"),
    [(errno.EMFILE, "ulimit -n"), (errno.EAGAIN, "--jobs 1"), (errno.ENOSPC, "make room")],
)
def test_the_remedy_fits_what_the_system_refuses(code: int, remedy: str) -> None:
    assert remedy in str(refusal(OSError(code, os.strerror(code)), "reports/site")).split(" -> ")[1]


def test_too_little_memory_is_said(site, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("psanalysis.datapackage.dataset.load", load)
    done = site.cli("check")
    assert done.exit_code == 2
    assert done.stderr.startswith("psanalysis: there is not enough memory -> ")
