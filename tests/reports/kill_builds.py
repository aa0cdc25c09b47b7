"""Run by test_faults: builds in a forked process, which dies at a random moment of a build, and
looks at the site each time.

A moment is a random operation on files and a random time of up to a few milliseconds after it; the
signal is one that nobody handles.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import random
import signal
import sys
from dataclasses import replace
from pathlib import Path

TURNS = 1.4
LATER = 0.004
OPERATIONS = {
    "open",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
}


class Operations:
    """Counts operations on files of this process; the last one sets off its end."""

    def __init__(self) -> None:
        self.count, self.last, self.later = 0, -1, 0.0
        sys.addaudithook(self.seen)

    def seen(self, event: str, arguments: tuple[object, ...]) -> None:
        self.count += event in OPERATIONS and (event != "open" or writes(arguments))
        if self.count == self.last:
            self.last = -1
            signal.setitimer(signal.ITIMER_REAL, self.later)


def writes(arguments: tuple[object, ...]) -> bool:
    """Whether a file is opened for writing: reading changes nothing that a killed build could
    leave.
    """
    return bool(int(arguments[2]) & (os.O_WRONLY | os.O_RDWR))  # type: ignore[call-overload]


def main(root: str, kills: int) -> None:
    spec = importlib.util.spec_from_file_location(
        "report_fixtures", Path(__file__).with_name("conftest.py")
    )
    fixtures = importlib.util.module_from_spec(spec)
    sys.modules["report_fixtures"] = fixtures
    spec.loader.exec_module(fixtures)
    from psanalysis.site import build as builder
    from psanalysis.site import fingerprint

    fingerprint.library_stamp = tuple
    site = fixtures.Site(Path(root), Path(root))
    project = fixtures.find_project(start=site.root)
    workshop = builder.open_workshop(project)
    builder.open_workshop = lambda *_: workshop
    watcher = builder.Watcher(lambda line: None, lambda *_: None)
    # pages are made once, so that the children's time goes into caching and publishing them
    made = {
        name: fixtures.executed_without_kernel(workshop.inputs(name)) for name in workshop.by_id
    }

    def build(mark: str) -> None:
        def runner(names, *_):  # type: ignore[no-untyped-def]
            for name in names:
                yield (
                    name,
                    replace(
                        made[name],
                        page=made[name].page.replace(b"</body>", f"<p>{mark}</p></body>".encode()),
                    ),
                )

        builder.build(project, watcher, 1, force=True, runner=runner)

    build("first")
    operations = Operations()
    build("second")
    turn, moments, seen, halves = operations.count, random.Random(7), [], 0
    for kill in range(kills):
        moment, later = moments.uniform(1, TURNS * turn), moments.uniform(1e-6, LATER)
        child = os.fork()
        if not child:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            operations.count, operations.last, operations.later = 0, int(moment), later
            for number in itertools.count():
                build(f"{kill}.{number}")
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGALRM
        halves += bool(list(site.store.glob("*.part")))
        seen.append(site.check_whole()["build"])
    print(json.dumps({"seen": seen, "half_built": halves}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
