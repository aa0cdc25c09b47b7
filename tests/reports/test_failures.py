"""Reports that fail, each in its own way: the others are published, the last good page stays, and
nothing is left behind.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace

import psutil
import pytest

from psanalysis.site import console

SOON = 10


def status(site) -> dict[str, str]:
    return {name.split("/")[1]: entry["status"] for name, entry in site.manifest["reports"].items()}


def left_behind(mark: str) -> list[str]:
    """Command lines of kernels and workers that still run for a project."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        environment = process.info["environ"] or {}
        if environment.get("TEST_MARK") == mark:
            found.append(" ".join(process.info["cmdline"] or []))
    return found


@pytest.fixture(scope="module")
def ended(unbuilt, tmp_path_factory):  # type: ignore[no-untyped-def]
    """A build with reports that fail in every way, and one that does not."""
    root = tmp_path_factory.mktemp("faulty") / "project"
    shutil.copytree(unbuilt.root, root)
    site = replace(unbuilt, root=root)
    ways = (
        "hang",
        "deaf",
        "ok",
        "raise",
        "kill",
        "kill_once",
        "memory",
        "style",
        "large",
        "flood",
        "subprocess",
        "exit",
    )
    site.faulty({way: SOON if way in ("hang", "deaf") else 100 for way in ways}, memory_mb=1500)
    hook = f"cat > {root}/mail.txt; echo $PSANALYSIS_FAILED > {root}/ids.txt"
    done = site.run(
        "build",
        "--jobs",
        "2",
        "--on-failure",
        hook,
        TEST_MARK=str(root),
        KILL_MARK=str(root / "mark"),
        TRIES=str(root / "tries"),
    )
    return site, done


def test_each_failure_is_one_line_and_the_rest_is_published(ended) -> None:
    site, done = ended
    assert done.returncode == 1
    assert sorted(re.sub(r"has \d+ KB", "has N KB", done.stderr).splitlines()) == [
        f"failed: 09_faulty/deaf.en in cell 3: timeout: did not finish within {SOON} s",
        "failed: 09_faulty/exit.en in cell 3: cell: SystemExit: the notebook ended before its "
        "last cell did",
        "failed: 09_faulty/flood.en in cell 3: output: wrote more than 32 MB of output",
        f"failed: 09_faulty/hang.en in cell 3: timeout: did not finish within {SOON} s",
        "failed: 09_faulty/kill.en in cell 3: dead_kernel: its kernel died",
        "failed: 09_faulty/large.en: contract: the page has N KB, more than 600 -> show less, or "
        "make two reports of it",
        "failed: 09_faulty/memory.en in cell 3: cell: MemoryError:",
        "failed: 09_faulty/raise.en in cell 3: cell: ValueError: no such figure",
        'failed: 09_faulty/style.en: contract: cell 3: <p style="color:red">: style attribute -> '
        "use a class of the page's style sheet",
    ]
    assert {name for name, state in status(site).items() if state == "current"} == {
        "ok.en",
        "kill_once.en",
        "subprocess.en",
    }
    assert site.check_whole()["reports"]["09_faulty/raise.en"]["failure"]["cell"] == 3


def test_what_is_not_the_notebooks_doing_is_tried_once_more(ended) -> None:
    tries = Counter((ended[0].root / "tries").read_text(encoding="utf-8").split())
    assert {way for way, count in tries.items() if count == 2} == {"kill", "kill_once"}
    assert (
        tries["raise"] == tries["hang"] == tries["memory"] == tries["flood"] == tries["exit"] == 1
    )


def test_a_log_has_plain_lines_with_times(ended) -> None:
    _, done = ended
    lines = done.stdout.splitlines()
    assert all(re.match(r"\d\d:\d\d:\d\d \S", line) for line in lines[:-1])
    words = [line.split(" ", 1)[1] for line in lines[:-1]]
    assert words[:2] == [
        "reading data and catalogue",
        "12 of 12 reports to build: 12 new report",
    ]
    assert any(line.startswith("[12/12] ") for line in words)
    assert re.fullmatch(r"3 built, 0 kept, 9 failed, in \d+ s", words[-1])
    assert lines[-1].endswith("reports/site/index.html")
    assert "\x1b" not in done.stdout + done.stderr


def test_a_thousand_failures_reach_the_hook(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    names = [
        f"09_faulty/a-report-with-a-rather-long-name-{number:05d}.en" for number in range(9000)
    ]
    told = tmp_path / "told"
    command = f"cat > {told}; echo $PSANALYSIS_FAILED | wc -w >> {told}"
    text = "".join(f"failed: {name}\n" for name in names)
    console._run_hook("--on-failure", command, text, tmp_path, console._some(names))
    *lines, count = told.read_text().splitlines()
    assert lines == [f"failed: {name}" for name in names]
    assert 100 < int(count) < 9000


def test_the_failure_page_tells_what_is_needed(ended, text_of) -> None:
    words = text_of(ended[0].pages()["09_faulty/raise.en.failure.html"])
    for part in (
        "A cell raised an error: ValueError: no such figure",
        "Cell 3",
        "how = raise",
        "raise ValueError(",
        "Traceback",
    ):
        assert part in words


def test_the_hook_gets_the_failures(ended) -> None:
    site, done = ended
    assert (site.root / "mail.txt").read_text().splitlines() == done.stderr.splitlines()
    assert set((site.root / "ids.txt").read_text().split()) == {
        name for name, entry in site.manifest["reports"].items() if entry["failure"]
    }


def test_no_process_and_no_folder_is_left(ended) -> None:
    site, _ = ended
    assert [
        line
        for line in left_behind(str(site.root))
        if "ipykernel" in line or "multiprocessing" in line
    ] == []
    assert [line for line in left_behind(str(site.root)) if "sleep" in line] == []


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("cat >/dev/null; exit 7", "ended with code 7"),
        ("sleep 20", "did not end within 0.3 s and was stopped"),
    ],
)
def test_a_hook_that_fails_is_said_and_changes_nothing(
    site, capfd, monkeypatch: pytest.MonkeyPatch, command: str, words: str
) -> None:
    monkeypatch.setattr("psanalysis.site.console.HOOK_SECONDS", 0.3)
    site.edit(
        "notebooks/02_city_comparison.ipynb",
        "title = f'{domain_id}",
        "assert False\\ntitle = f'{domain_id}",
    )
    done = site.cli("build", "--on-failure", command)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == f"--on-failure command {words}"
    assert site.check_whole()["build"] == 2


def test_the_last_good_page_stays_and_is_marked(site, text_of) -> None:
    site.edit(
        "notebooks/01_city_gap.ipynb", "title = f'{plan_id}", "assert False\\ntitle = f'{plan_id}"
    )
    done = site.build()
    stale = {name for name in site.manifest["reports"] if name.startswith("01")}
    assert set(done.failures) == stale
    manifest = site.check_whole()
    assert {
        name for name, entry in manifest["reports"].items() if entry["status"] == "stale"
    } == stale
    pages = site.pages()
    assert "a later update did not succeed" in text_of(pages["01_city_gap/panjin-14fyp.en.html"])
    assert "version of 20" in text_of(pages["index.en.html"])
    assert 'data-status="stale"' in pages["index.html"].decode()
    told = text_of(pages["01_city_gap/panjin-14fyp.en.failure.html"])
    assert "Last good version" in told
    title = manifest["reports"]["01_city_gap/panjin-14fyp.en"]["title"]
    assert title and title in told.partition("Technical")[0]  # noqa: PT018
    assert "update failed" in text_of(pages["changes.en.html"])
    assert site.due() == dict.fromkeys(stale, "failed last time")
    site.edit("notebooks/01_city_gap.ipynb", "assert False\\n", "")
    assert not site.build().failures
    manifest = site.check_whole()
    assert {entry["status"] for entry in manifest["reports"].values()} == {"current"}
    assert not list(site.out.rglob("*.failure.html"))
    assert "updated again" in text_of(site.pages()["changes.en.html"])


def test_a_stale_page_survives_the_loss_of_the_cache(site, text_of) -> None:
    site.edit(
        "notebooks/01_city_gap.ipynb", "title = f'{plan_id}", "assert False\\ntitle = f'{plan_id}"
    )
    shutil.rmtree(site.store / "cache")
    assert len(site.build().failures) == 4
    site.check_whole()
    assert "a later update did not succeed" in text_of(
        site.pages()["01_city_gap/panjin-14fyp.en.html"]
    )
