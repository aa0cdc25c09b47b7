"""How many changed operators of the measures do their tests notice: `make mutation`, or `python
tests/mutation/run.py gaps pace` for some modules, whose rows of the report it replaces.

The tests are collected once. Each mutant gets a process of its own, forked from that one, in which
the functions of its module have the changed code, and the tests that call its function run until
one fails; tests that found a mutant of the module before come first, then the module's own, the
quickest first. A mutant that no test can notice is listed in equivalent.toml with the reason; a
listed one that is not there any more, or is noticed, is an error.

Neither mutmut nor Cosmic Ray does this: mutmut 3 changes every string and argument and cannot be
told not to, Cosmic Ray starts the tests anew for each mutant and needs a database and a web client;
neither changes isna to notna or where to mask.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings
from mutants import NO_END, Mutant, divided, forked, mutants, patch
from scores import REPORT, lines, renewed

ROOT = Path(__file__).resolve().parents[2]
TESTS = "tests/unit/measures"
FOLDER = ROOT / "lib/psanalysis/measures"
PACKAGE = "psanalysis.measures"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
# Of processor time beyond what its tests took; a mutant that never ends is noticed too
SECONDS = 60
CONTROL_SECONDS = 1200  # for all tests, which have to pass without a change


class Plugin:
    """Takes the place of pytest's loop over the tests."""

    def __init__(self, wanted: list[str]):
        self.wanted = wanted
        self.failed = ""
        self.called: set[tuple[str, str]] = set()
        self.by_fixture: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.outcome = 1

    def pytest_sessionstart(self) -> None:
        """A found example is enough; it need not be made small."""
        settings.register_profile(
            "mutation", settings.get_profile("project"), phases=(Phase.explicit, Phase.generate)
        )
        settings.load_profile("mutation")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        """That a test fails is enough; why need not be told."""
        if call.excinfo and not self.failed:
            self.failed = item.nodeid
        return pytest.TestReport(
            item.nodeid, item.location, {}, "failed" if call.excinfo else "passed", None, call.when
        )  # type: ignore[arg-type]

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """What a fixture calls counts for every test that uses it, not for the one that sets
        it up.
        """
        before, self.called = self.called, self.by_fixture[fixturedef.argname]
        try:
            return (yield)
        finally:
            self.called = before

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        self.run(
            session, [next(item for item in items if "stated" in fixtures(item))]
        )  # the data set is loaded once
        modules = {
            path.stem: import_module(f"{PACKAGE}.{path.stem}")
            for path in sorted(FOLDER.glob("[a-z]*.py"))
        }
        observed = forked(
            lambda: self.observed(session, items)
        )  # what tests share is set up anew for each mutant
        if isinstance(observed, str):
            raise pytest.UsageError(observed)
        seconds, calls = observed
        gc.freeze()  # what is there need not be copied for each process
        if noticed := self.tested(
            session,
            sorted(items, key=lambda item: seconds[item.nodeid]),  # in no order of files
            *((module, unchanged(module), "") for module in modules.values()),
            limit=CONTROL_SECONDS,
        ):
            raise pytest.UsageError(f"{noticed} without any change")
        self.looked_at(
            [
                mutant
                for stem, module in modules.items()
                if not self.wanted or stem in self.wanted
                for mutant in mutants(source(module))
            ],
            modules,
            session,
            seconds,
            calls,
        )
        return True

    def looked_at(
        self,
        every: list[Mutant],
        modules: dict[str, ModuleType],
        session: pytest.Session,
        seconds: dict[str, float],
        calls: dict[str, set[tuple[str, str]]],
    ) -> None:
        """Try all mutants in as many processes as there are cores, and tell what was found."""
        entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["mutant"]
        known = {
            tuple(entry[name] for name in ("module", "function", "source", "change"))
            for entry in entries
            if not self.wanted or entry["module"] in self.wanted
        }

        def work(numbers: Iterator[int]) -> dict[int, str]:
            results = {}
            finders: Counter[str] = Counter()
            for number in numbers:
                mutant = every[number]
                chosen = ordered(mutant, session.items, seconds, calls, finders)
                limit = SECONDS + sum(seconds[item.nodeid] for item in chosen)
                changed = (modules[mutant.module], mutant.code, mutant.function)
                found = self.tested(session, chosen, changed, limit=limit)
                finders[found] += 1
                results[number] = found
                if found in ("", NO_END):
                    say(f"{told(mutant)} {found or 'not noticed'}")
            return results

        found = divided(work, len(every))
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        faults = []
        for number, mutant in enumerate(every):
            listed = mutant.key in known
            known.discard(mutant.key)
            kind = "equivalent" if listed else "alive"
            if found[number]:  # a listed one that a test notices is not equivalent
                kind = "alive" if listed else "killed"
            counts[mutant.module][kind] += 1
            if kind == "alive":
                faults.append(f"{told(mutant)} {found[number]}".rstrip())
        faults += [f"equivalent.toml: no such mutant: {' | '.join(key)}" for key in sorted(known)]
        say("\n".join([*lines(counts), *faults]))
        before = REPORT.read_text(encoding="utf-8") if REPORT.is_file() else ""
        REPORT.write_text(renewed(before, counts, faults, set(modules)), encoding="utf-8")
        self.outcome = int(bool(faults))

    def run(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Run tests until one fails; what belongs to the whole session is kept."""
        self.failed = ""
        for number, item in enumerate(items, 1):
            if number < len(items):
                following = items[number]
            else:  # what belongs to the file of the last one ends with it
                following = next(other for other in session.items if other.path != item.path)
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                break

    def observed(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> tuple[dict[str, float], dict[str, set[tuple[str, str]]]]:
        """Seconds of each test, and the functions of the package that it calls."""
        seconds, calls = {}, {}

        def trace(frame: FrameType, event: str, argument: Any) -> None:
            module = frame.f_globals.get("__name__", "")
            if module.startswith(PACKAGE):
                self.called.add(
                    (module.rpartition(".")[2], frame.f_code.co_qualname.partition(".<locals>")[0])
                )

        for item in items:
            self.called, start = set(), time.process_time()
            sys.settrace(trace)
            try:
                self.run(session, [item])
            finally:
                sys.settrace(None)
            if self.failed:
                raise pytest.UsageError(f"{self.failed} fails without any change")
            seconds[item.nodeid], calls[item.nodeid] = time.process_time() - start, self.called
        return seconds, {
            item.nodeid: calls[item.nodeid].union(
                *(self.by_fixture[name] for name in fixtures(item))
            )
            for item in items
        }

    def tested(
        self,
        session: pytest.Session,
        items: list[pytest.Item],
        *changed: tuple[ModuleType, CodeType, str],
        limit: float,
    ) -> str:
        """The test that notices changed modules, or nothing."""

        def work() -> str:
            signal.setitimer(signal.ITIMER_PROF, limit)
            for module, code, function in changed:
                patch(module, code, function)
            self.run(session, items)
            return self.failed

        return forked(work)


def unchanged(module: ModuleType) -> CodeType:
    return compile(source(module).read_text(encoding="utf-8"), source(module), "exec")


def source(module: ModuleType) -> Path:
    return Path(str(module.__file__))


def fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def told(mutant: Mutant) -> str:
    return f"{mutant.module}.py:{mutant.line} {mutant.function}: {mutant.change}: {mutant.source}"


def ordered(
    mutant: Mutant,
    items: list[pytest.Item],
    seconds: dict[str, float],
    calls: dict[str, set[tuple[str, str]]],
    finders: Counter[str],
) -> list[pytest.Item]:
    """The tests that call the changed function, the likeliest to notice it first."""
    chosen = [item for item in items if (mutant.module, mutant.function) in calls[item.nodeid]]
    chosen = chosen or [
        item for item in items if any(mutant.module == called for called, _ in calls[item.nodeid])
    ]
    return sorted(
        chosen,
        key=lambda item: (
            -finders[item.nodeid],
            f"test_{mutant.module}.py" not in item.nodeid,
            seconds[item.nodeid],
        ),
    )


def say(text: str) -> None:
    sys.__stdout__.write(text + "\n")  # type: ignore[union-attr]
    sys.__stdout__.flush()  # type: ignore[union-attr]


if __name__ == "__main__":
    os.chdir(ROOT)
    plugin = Plugin(sys.argv[1:])
    code = pytest.main(
        [
            "-p",
            "no:terminal",
            "-o",
            "addopts=--import-mode=importlib -p no:cacheprovider",
            "--capture=no",
            TESTS,
        ],
        plugins=[plugin],
    )
    sys.exit(plugin.outcome or code)
