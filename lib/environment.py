"""Make the environment of a make command: `python lib/environment.py reports`. Needs nothing but
Python.

What a command needs stands in a lock of its own. An environment that is whole for this lock is left
alone; one that was interrupted, or whose Python is gone, is taken up again or made anew. What pip
says goes into a log, whose place is told when something fails.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# each holds all of the ones before it
LOCKS = {
    "reports": "requirements.lock",
    "lab": "requirements-lab.lock",
    "dev": "requirements-dev.lock",
}
OLDEST = (3, 11)
# what nobody imports is not compiled: the packages' own tests and jedi's copies of other packages'
# stubs
COMPILE = (
    "import compileall, re, sys;"
    " compileall.compile_dir(sys.argv[1], quiet=2, workers=0, rx=re.compile(sys.argv[2]))"
)
UNUSED = r"/tests?/|/testing/|/jedi/third_party/"
BUILDS_FROM = "pyproject.toml"


def main() -> int:
    """Make what is asked for, and say what is done and how long it takes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("level", choices=LOCKS)
    parser.add_argument("--venv", type=Path, default=Path(".venv"))
    asked = parser.parse_args()
    if sys.version_info < OLDEST:
        print(
            f"Python {sys.version.split()[0]} is too old: psanalysis needs 3.11 or newer."
            " Name one that you have: make PYTHON=python3.12 …",
            file=sys.stderr,
        )
        return 2
    venv = asked.venv.absolute()
    if any(
        _stamp(venv, level).is_file() and _is_current(venv, level) for level in _enough(asked.level)
    ):
        return 0
    log = venv.with_name(f"{venv.name}.log")
    try:
        _make(venv, asked.level, log)
    except subprocess.CalledProcessError as error:
        _explain(error, log)
        return 2
    except OSError as error:
        print(f"{error.filename or venv}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


def _enough(level: str) -> list[str]:
    """The levels that hold what this one asks for, itself first."""
    names = list(LOCKS)
    return names[names.index(level) :]


def _stamp(venv: Path, level: str) -> Path:
    return venv / f".ready-{level}"


def _wanted(level: str) -> str:
    """What an environment of this level is made of, as a hash."""
    parts = [(ROOT / name).read_bytes() for name in (LOCKS[level], BUILDS_FROM)]
    return hashlib.sha256(b"\0".join([*parts, str(ROOT).encode()])).hexdigest()


def _is_current(venv: Path, level: str) -> bool:
    return _python(venv).exists() and _stamp(venv, level).read_text() == _wanted(level)


def _python(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make(venv: Path, level: str, log: Path) -> None:
    with log.open("w", encoding="utf-8") as file:
        if not _works(venv):
            if venv.exists():
                print(f"{venv.name} is not whole: making it anew", flush=True)
                shutil.rmtree(venv)
            _step("Making an environment", [sys.executable, "-m", "venv", str(venv)], file)
        for stamp in venv.glob(".ready-*"):
            stamp.unlink()
        pip = [str(_python(venv)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        lock = ROOT / LOCKS[level]
        count = len(re.findall(r"^[A-Za-z0-9][^\s=]*==", lock.read_text(encoding="utf-8"), re.M))
        _step(
            f"Installing what {LOCKS[level]} names, up to {count} packages (a minute or two at "
            "first)",
            [*pip, "install", "--no-compile", "--require-hashes", "-r", str(lock)],
            file,
        )
        _step("Compiling", [str(_python(venv)), "-c", COMPILE, str(venv / "lib"), UNUSED], file)
        own = ["install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
        _step("Installing psanalysis itself", [*pip, *own], file)
    _stamp(venv, level).write_text(_wanted(level))


def _works(venv: Path) -> bool:
    """Whether there is a Python with pip of the same version as this one."""
    version = "import pip, sys; print(sys.version_info[:2] == " + str(sys.version_info[:2]) + ")"
    try:
        done = subprocess.run([str(_python(venv)), "-c", version], capture_output=True, text=True)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == "True"


def _step(words: str, command: list[str], log: object) -> None:
    print(f"{words} … ", end="", flush=True)
    started = time.monotonic()
    try:
        subprocess.run(
            command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=True
        )  # type: ignore[call-overload]
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - started:.0f} s", flush=True)


def _explain(error: subprocess.CalledProcessError, log: Path) -> None:
    """The last lines of what went wrong, and where the rest is."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    said = [line for line in lines if "ERROR" in line or "error:" in line.lower()] or lines[-5:]
    print(
        "\n".join(
            [
                "",
                *said[-5:],
                "",
                f"The set-up failed (exit code {error.returncode}). All it said: {log}",
            ]
        ),
        "Run the same command again to go on: what is installed already stays.",
        sep="\n",
        file=sys.stderr,
    )


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("interrupted; the same command goes on from here", file=sys.stderr)
        sys.exit(130)
