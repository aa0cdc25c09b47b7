"""Worker processes that build reports: a dead worker is replaced, and all end with the builder."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

from psanalysis.kernels import internals
from psanalysis.kernels.owner import ForkServer
from psanalysis.kernels.protocol import NotForkedError
from psanalysis.site.capacity import no_worker
from psanalysis.site.kernel_environment import common
from psanalysis.site.model import Failed, Inputs, Load, Outcome, Runner, SecondTries
from psanalysis.site.serving import serve
from psanalysis.site.workspace import workspace
from psanalysis.terminal import complain

GRACE_SECONDS = 75.0
# 107 bytes for a socket's path, of which its name takes 38 (/psanalysis-…/listener-…)
LONGEST_FOLDER = 69


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: str = ""
    deadline: float = 0.0


@contextmanager
def local_runner() -> Iterator[Runner]:
    """Context with a function that builds reports in processes of this machine. They start now and
    end with the context.

    One fork server gives all workers their kernels. The workers too are forked, from a process that
    has imported their modules. Both import while the builder reads its inputs. The function can be
    used once: with the last report the fork server ends, so that no kernel remains that could write
    to a folder which is being removed.
    """
    workspace()
    context = worker_context()
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["psanalysis.site.imported_once"])
        internals.start_worker_server()
    server: ForkServer | None = None
    try:
        server = ForkServer(common())
    except NotForkedError as reason:
        if os.environ.get(internals.SWITCH) != internals.ORDINARY:  # or it was asked for
            complain(
                f"warning: kernels are started anew for each report, which takes longer: {reason}"
            )
    address = server.address if server else ""
    try:
        yield partial(_run, lambda: _start(context, address), server)
    finally:
        if server:
            server.close()


def worker_context() -> BaseContext:
    """The multiprocessing context: forked workers where possible. A socket's path must be short, so
    they are not if the folder of temporary files has a long name.
    """
    can_fork = (
        "forkserver" in multiprocessing.get_all_start_methods()
        and len(os.fsencode(tempfile.gettempdir())) <= LONGEST_FOLDER
    )
    return multiprocessing.get_context("forkserver" if can_fork else "spawn")


def run_local(
    names: Sequence[str], load: Load, jobs: int, scratch: Path
) -> Iterator[tuple[str, Outcome]]:
    """Build reports in `jobs` processes of this machine.

    Parameters
    ----------
    names, load
        Names of the reports in the order of starting, and a function that returns the inputs of
        one; it is called one report ahead.
    jobs
        Number of processes.
    scratch
        Folder for temporary files; a worker removes it if the builder has ended.

    Yields
    ------
    (str, Outcome)
        Each report's outcome as soon as it is known. Failures that the notebook did not cause (a
        dead kernel, a dead worker) are tried once more.
    """
    with local_runner() as run:
        yield from run(names, load, jobs, scratch)


def _run(
    start: Callable[[], _Worker],
    server: ForkServer | None,
    names: Sequence[str],
    load: Load,
    jobs: int,
    scratch: Path,
) -> Iterator[tuple[str, Outcome]]:
    waiting = list(reversed(names))
    ready: list[tuple[str, Inputs]] = []  # the next one, so that no worker waits for its inputs
    second = SecondTries()
    workers = [start() for _ in range(min(jobs, len(waiting)))]
    ended: list[tuple[str, Outcome]] = []
    try:
        while waiting or ready or any(worker.task for worker in workers):
            for worker in workers:
                if (waiting or ready) and not worker.task:
                    name, inputs = ready.pop() if ready else _next(waiting, load)
                    _give(worker, name, inputs, scratch)
            # the caller stores these pages while the workers build the next
            yield from ended
            if waiting and not ready:
                ready.append(_next(waiting, load))
            _until_one_ends([worker for worker in workers if worker.task])
            ended = []
            for number, worker in enumerate(workers):
                outcome = _outcome(worker)
                if outcome is None:
                    continue
                name, worker.task = worker.task, ""
                if isinstance(outcome, Failed) and not worker.process.is_alive():
                    workers[number] = start()
                if second.due(name, outcome):
                    waiting.append(name)
                else:
                    ended.append((name, outcome))
        yield from ended
    finally:
        for worker in workers:
            _stop(worker)
        # a worker that was ended leaves its kernel to the server; until that is gone it may write
        # to its folder
        if server:
            server.close()


def _next(waiting: list[str], load: Load) -> tuple[str, Inputs]:
    name = waiting.pop()
    return name, load(name)


def _until_one_ends(busy: Sequence[_Worker]) -> None:
    """Wait until a worker has an outcome, has ended, or has exceeded its time."""
    soonest = min(worker.deadline for worker in busy)
    wait(
        [handle for worker in busy for handle in (worker.pipe, worker.process.sentinel)],
        max(0.0, soonest - monotonic()),
    )


def _start(context: BaseContext, address: str) -> _Worker:
    try:
        ours, theirs = context.Pipe()
        given = (theirs, address, str(workspace()))
        process = context.Process(target=serve, args=given, daemon=False)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
    except (OSError, EOFError) as error:
        raise no_worker(error) from None
    return _Worker(process, ours)


def _give(worker: _Worker, name: str, inputs: Inputs, scratch: Path) -> None:
    worker.task, worker.deadline = name, monotonic() + inputs.limits.seconds + GRACE_SECONDS
    try:
        worker.pipe.send(
            (replace(inputs, data={}, packed={}), [*inputs.data], [*inputs.packed], str(scratch))
        )
        for content in (
            *inputs.data.values(),
            *inputs.packed.values(),
        ):  # unpickled bytes: pickling would copy each of them
            worker.pipe.send_bytes(content)
    except OSError:
        worker.process.kill()


def _outcome(worker: _Worker) -> Outcome | None:
    """The outcome from a busy worker, or the failure that its end means; None while it works."""
    if not worker.task:
        return None
    try:
        if worker.pipe.poll():
            return worker.pipe.recv()  # type: ignore[no-any-return]
    except (EOFError, OSError):
        worker.process.join(5)
    if not worker.process.is_alive():
        return Failed(
            "worker", f"the process that built it ended with code {worker.process.exitcode}"
        )
    if monotonic() > worker.deadline:
        _end(worker)
        return Failed("timeout", "it kept its process beyond every limit", seconds=GRACE_SECONDS)
    return None


def _stop(worker: _Worker) -> None:
    if worker.task or not worker.process.is_alive():
        _end(worker)
        return
    with suppress(OSError):
        worker.pipe.send(None)
    worker.process.join(5)
    _end(worker)


def _end(worker: _Worker) -> None:
    """End a worker with its kernels."""
    if worker.process.is_alive():
        worker.process.terminate()
        worker.process.join(5)
        worker.process.kill()
        worker.process.join()
    worker.pipe.close()
