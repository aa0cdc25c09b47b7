"""Reports built on a Dask cluster: inputs go out by content, pages come back as bytes, and nothing is shared but the versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from distributed import Client, Future, as_completed, get_worker

from psanalysis.site.errors import SiteError
from psanalysis.site.fingerprint import library_hash, versions
from psanalysis.site.model import Failed, Inputs, Load, Outcome, Runner

WAITING_PER_THREAD = 2


def cluster_runner(address: str) -> Runner:
    """What builds reports on the workers of a Dask scheduler.

    Parameters
    ----------
    address
        Of the scheduler, `tcp://host:8786`. Its workers need this library and the packages of the lock, and no file of the project.
    """
    return partial(_run, address)


def _run(
    address: str, names: Sequence[str], load: Load, jobs: int, scratch: Path
) -> Iterator[tuple[str, Outcome]]:
    """Build reports, first named first; Dask does what a lost worker was at again, a dead kernel gets a second try as everywhere.

    Raises
    ------
    SiteError
        If there is no scheduler or no worker, or a worker has other versions; it names the worker and the versions.
    """
    waiting = list(reversed(names))
    if not waiting:
        return
    with _connected(address) as client:
        expected = versions()
        room = WAITING_PER_THREAD * _checked(client, address, expected, load(names[0]).library)
        running: dict[Future, str] = {}
        tried: set[str] = set()
        done = as_completed(loop=client.loop)

        def submit(name: str) -> None:
            inputs = load(name)
            order = len(names) - names.index(name)
            future = client.submit(
                build_there, inputs, inputs.key, expected, pure=False, priority=order
            )
            running[future] = name
            done.add(future)

        while waiting and len(running) < room:
            submit(waiting.pop())
        for future in done:
            name, outcome = running.pop(future), _outcome(future)
            future.release()
            if isinstance(outcome, Failed) and outcome.retry and name not in tried:
                tried.add(name)
                submit(name)
            else:
                if waiting:
                    submit(waiting.pop())
                yield name, outcome


def build_there(inputs: Inputs, key: str, expected: Mapping[str, str]) -> Outcome:
    """Build a report on a worker, which may have come after the others were asked for their versions.

    Parameters
    ----------
    inputs, key
        The report, and the hash over all that it is made of where it was sent from.
    expected
        Versions of Python and packages there.

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
            f"worker {worker.address}: the inputs of {inputs.notebook} arrived damaged -> run the build again"
        )
    return build_report(received, Path(worker.local_directory))


@cache
def toolbox() -> dict[str, str]:
    """Hash of the library, and versions, as this process found them when it was first asked: what its kernels run."""
    return {"library": library_hash(), **versions()}


def _connected(address: str) -> Client:
    try:
        return Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SiteError(
            f"--scheduler {address}: no Dask scheduler answers there ({error}) -> start one, or correct the address"
        ) from None


def _checked(client: Client, address: str, expected: Mapping[str, str], library: str) -> int:
    """Number of threads of all workers, once each of them is known to have the same library and versions."""
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise SiteError(
            f"--scheduler {address}: has no worker -> start some: dask worker {address}"
        )
    found = client.run(toolbox, on_error="return")
    refusals = []
    for worker, theirs in sorted(found.items()):
        if isinstance(theirs, BaseException):
            refusals.append(_refusal(worker, f"{type(theirs).__name__}: {theirs}"))
        elif fault := _unlike({"library": library, **expected}, theirs):
            refusals.append(_refusal(worker, fault))
    if refusals:
        raise SiteError("\n".join(refusals))
    return sum(threads.values())


def _unlike(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What differs, in words; empty if nothing does."""
    names = [name for name in here if here[name] != there.get(name, "")]
    return ", ".join(
        f"{name} {there.get(name, '')[:12] or 'missing'} instead of {here[name][:12] or 'none'}"
        for name in names
    )


def _refusal(worker: str, fault: str) -> str:
    return f"worker {worker}: {fault} -> install the versions of requirements.lock and the same psanalysis there"


def _outcome(future: Future) -> Outcome:
    error = future.exception()
    if isinstance(error, SiteError):
        raise error
    if error is not None:
        return Failed("worker", f"{type(error).__name__}: {str(error).splitlines()[0]}")
    outcome: Outcome = future.result()
    return outcome
