"""Builds reports on a Dask cluster: inputs are sent by content, pages return as bytes. Builder and
workers share only versions, no files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from time import monotonic

import cloudpickle
from distributed import Client, get_worker

from psanalysis.site import cluster_watch, scheduler, silent
from psanalysis.site.cluster_watch import Watch, within
from psanalysis.site.errors import SiteError
from psanalysis.site.fingerprint import library_hash, versions
from psanalysis.site.model import Failed, Inputs, Load, Outcome, Runner, SecondTries

WAITING_PER_THREAD = 2
# seconds that a report may take beyond its own limit
GRACE_SECONDS = 75.0
cloudpickle.register_pickle_by_value(silent)


def cluster_runner(address: str) -> Runner:
    """What builds reports on the workers of a Dask scheduler.

    Parameters
    ----------
    address
        Of the scheduler, `tcp://host:8786`. Its workers need this library and the packages of the
        lock, and no file of the project.

    Raises
    ------
    SiteError
        If there is no scheduler.
    """
    scheduler.require(address)
    return partial(_run, address)


@dataclass(frozen=True)
class _Sent:
    """A report that was sent to the cluster, and the deadline of its answer."""

    name: str
    deadline: float


def _run(
    address: str, names: Sequence[str], load: Load, jobs: int, scratch: Path
) -> Iterator[tuple[str, Outcome]]:
    """Build reports in the order given. Dask repeats the work of a lost worker; a report whose
    kernel died gets a second try, as everywhere.

    Raises
    ------
    SiteError
        If there is no scheduler or no worker, or they are lost on the way, or a worker has other
        versions.
    """
    waiting = list(reversed(names))
    if not waiting:
        return
    with _connected(address) as client:
        expected, watch = versions(), Watch(client, address)
        room = WAITING_PER_THREAD * _checked(
            client, watch, address, expected, load(names[0]).library
        )
        executor = client.get_executor(pure=False)
        sent: dict[Future[Outcome], _Sent] = {}
        second = SecondTries()

        def submit(name: str) -> None:
            inputs = load(name)
            # it may have to wait for earlier reports
            seconds = (inputs.limits.seconds + GRACE_SECONDS) * (WAITING_PER_THREAD + 1)
            future = executor.submit(build_there, inputs, inputs.key, expected)
            sent[future] = _Sent(name, monotonic() + seconds)

        while waiting or sent:
            while waiting and len(sent) < room:
                submit(waiting.pop())
            done, _ = wait_for(sent, cluster_watch.TICK_SECONDS, FIRST_COMPLETED)
            late = {future for future, one in sent.items() if monotonic() > one.deadline} - done
            if not done:
                watch.look()
            for future in done | late:
                name = sent.pop(future).name
                outcome = LATE if future in late else _outcome(future, address)
                if future in late:
                    future.cancel()
                if second.due(name, outcome):
                    waiting.append(name)
                else:
                    yield name, outcome


LATE = Failed("worker", "no worker answered within its time")


def build_there(inputs: Inputs, key: str, expected: Mapping[str, str]) -> Outcome:
    """Build a report on a worker, which may have joined after the versions were compared.

    Parameters
    ----------
    inputs, key
        The report, and the hash of all its inputs at the sender.
    expected
        Versions of Python and packages at the sender.

    Raises
    ------
    SiteError
        If library, versions or inputs are not those of the sender.
    """
    from psanalysis.site.worker import build_report

    worker = get_worker()
    fault = _unlike({"library": inputs.library, **expected}, toolbox())
    if fault:
        raise SiteError(_refusal(worker.address, fault))
    received = replace(inputs)  # without the hashes that were sent along
    if received.key != key:
        raise SiteError(
            f"worker {worker.address}: the inputs of {inputs.notebook} arrived damaged -> run the "
            "build again"
        )
    return build_report(received, Path(worker.local_directory))


@cache
def toolbox() -> dict[str, str]:
    """Hash of the library, and versions, as this process found them at the first call; its kernels
    run these.
    """
    return {"library": library_hash(), **versions()}


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        client = Client(address, set_as_default=False, timeout=cluster_watch.ANSWER_SECONDS)
    except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
        raise SiteError(scheduler.no_scheduler(address, str(error))) from None
    try:
        yield client
    finally:
        with suppress(SiteError):
            within(address, lambda: client.close(timeout=cluster_watch.ANSWER_SECONDS / 2))


def _checked(
    client: Client, watch: Watch, address: str, expected: Mapping[str, str], library: str
) -> int:
    """Number of threads of all workers; checks that they have the same library and versions."""
    threads: dict[str, int] = within(address, client.nthreads)
    if not threads:
        raise SiteError(
            f"--scheduler {address}: has no worker -> start some: dask worker {address}"
        )
    found = watch.ask(lambda: client.run(toolbox, on_error="return"))
    threads = within(address, client.nthreads)  # silent ones have been taken off meanwhile
    refusals = []
    for worker, theirs in sorted(found.items()):
        if worker not in threads:
            continue
        if isinstance(theirs, BaseException):
            refusals.append(_refusal(worker, f"{type(theirs).__name__}: {theirs}"))
        elif fault := _unlike({"library": library, **expected}, theirs):
            refusals.append(_refusal(worker, fault))
    if refusals:
        raise SiteError("\n".join(refusals))
    return sum(threads.values())


def _unlike(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """The differences in words; empty if there are none."""
    names = [name for name in here if here[name] != there.get(name, "")]
    return ", ".join(
        f"{name} {there.get(name, '')[:12] or 'missing'} instead of {here[name][:12] or 'none'}"
        for name in names
    )


def _refusal(worker: str, fault: str) -> str:
    return (
        f"worker {worker}: {fault} -> install the versions of requirements.lock and the same "
        "psanalysis there"
    )


def _outcome(future: Future[Outcome], address: str) -> Outcome:
    """The outcome of a report on the cluster; SiteError if a worker refused it, or the cluster is
    lost.
    """
    try:
        return future.result()
    except SiteError:
        raise
    except CancelledError:
        raise SiteError(
            f"--scheduler {address}: the scheduler is gone; the published site is as it was -> "
            "start it, and build again"
        ) from None
    except Exception as error:
        return Failed("worker", f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}")
