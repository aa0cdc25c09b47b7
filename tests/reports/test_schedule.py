"""The examples of reports/schedule: what cron, systemd and a CI service would make of them."""

from __future__ import annotations

import re
import shlex
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from psanalysis.cli import main

ROOT = Path(__file__).parents[2]
SCHEDULE = ROOT / "reports" / "schedule"
SERVICE, TIMER = SCHEDULE / "psanalysis-build.service", SCHEDULE / "psanalysis-build.timer"
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
DIRECTIVES = {
    "Unit": {"Description", "Wants", "After", "OnFailure"},
    "Service": {
        "Type", "User", "WorkingDirectory", "ExecStart", "TimeoutStartSec", "Nice", "KillMode",
        "PrivateTmp", "NoNewPrivileges",
        "ProtectSystem",
    },
    "Timer": {"OnCalendar", "Persistent", "RandomizedDelaySec"},
    "Install": {"WantedBy"},
}  # fmt: skip


def unit(path: Path) -> RawConfigParser:
    parser = RawConfigParser(
        delimiters=("=",), comment_prefixes=("#", ";"), strict=True, interpolation=None
    )
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def check_command(words: list[str]) -> None:
    """Assert that words are a call of the command line that it understands."""
    assert Path(words[0]).name == "psanalysis"
    command = main.commands[words[1]]
    assert command.make_context(words[1], words[2:]).params is not None


def check_cron(fields: list[str]) -> None:
    for field, (least, most) in zip(fields, RANGES, strict=True):
        assert field == "*" or least <= int(field) <= most


@pytest.mark.parametrize("path", [SERVICE, TIMER], ids=lambda path: path.suffix)
def test_units_have_known_directives(path: Path) -> None:
    read = unit(path)
    assert set(read.sections()) == {"Unit", path.suffix[1:].capitalize(), "Install"}
    for section in read.sections():
        assert set(read[section]) <= DIRECTIVES[section]
    assert not re.search(r"[^\x00-\x7f]|[ \t]$", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_service_runs_the_build_in_the_project() -> None:
    service = unit(SERVICE)["Service"]
    shell, option, line = shlex.split(service["ExecStart"])
    assert (shell, option) == ("/bin/sh", "-c")
    assert line.startswith("exec .venv/bin/")
    check_command(shlex.split(line)[1:])
    assert service["Type"] == "oneshot"
    assert Path(service["WorkingDirectory"]).is_absolute()
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d", unit(TIMER)["Timer"]["OnCalendar"])


@pytest.mark.needs("systemd")
def test_systemd_finds_nothing_wrong() -> None:
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(SERVICE), str(TIMER)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in checked.stderr.splitlines() if "psanalysis" in line] == []
    assert checked.returncode == 0, checked.stderr
    when = unit(TIMER)["Timer"]["OnCalendar"]
    assert (
        subprocess.run(
            ["systemd-analyze", "calendar", when], capture_output=True, check=False
        ).returncode
        == 0
    )


def test_the_crontab_mails_failures_and_keeps_the_log() -> None:
    lines = [
        line
        for line in (SCHEDULE / "crontab").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert len(lines) == 1
    *fields, command = lines[0].split(maxsplit=5)
    check_cron(fields)
    assert "%" not in command
    found = re.fullmatch(r"cd /\S+ && (\.venv/bin/psanalysis [^>|;&]+) >> (\S+)", command)
    assert found
    check_command(shlex.split(found[1]))
    assert subprocess.run(
        ["git", "check-ignore", "-q", found[2]], cwd=ROOT, check=False
    ).returncode in (0, 128)


def test_the_workflow_builds_and_keeps_the_site_whatever_happens() -> None:
    workflow = YAML(typ="safe").load((SCHEDULE / "ci.yml").read_text(encoding="utf-8"))
    for entry in workflow["on"]["schedule"]:
        check_cron(entry["cron"].split())
    steps = workflow["jobs"]["build"]["steps"]
    commands = [shlex.split(step["run"]) for step in steps if "run" in step]
    check_command(next(words for words in commands if words[0] == "psanalysis"))
    assert any("requirements.lock" in words and "--require-hashes" in words for words in commands)
    upload = next(
        step for step in steps if step.get("uses", "").startswith("actions/upload-artifact@")
    )
    copied = next(words for words in commands if words[0] == "cp")
    assert copied == ["cp", "-RL", "reports/site", upload["with"]["path"]]
    assert all("cancelled()" in step["if"] for step in steps[steps.index(upload) - 1 :])
