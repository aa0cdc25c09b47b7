"""System resources of a build, and errors with remedies where the system refuses them."""

from __future__ import annotations

import errno
import os

from psanalysis.errors import system_words
from psanalysis.site.errors import SiteError

FILES, FILES_A_JOB = 64, 8
NOT_FILES = {errno.EMFILE, errno.ENFILE}
NOT_PROCESSES = {errno.EAGAIN, errno.ENOMEM}


def cores() -> int:
    """Number of cores that this process may use, perhaps fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def require_open_files(jobs: int) -> None:
    """Raise this process's limit of open files as far as it may; SiteError if that is too few for a
    build.
    """
    if os.name != "posix":
        return
    import resource

    needed = FILES + FILES_A_JOB * jobs
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if now == resource.RLIM_INFINITY or now >= needed:
        return
    wanted = needed if most == resource.RLIM_INFINITY else min(needed, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    if wanted < needed:
        raise SiteError(
            f"a build with --jobs {jobs} opens up to {needed} files, and the limit here is "
            f"{wanted} -> ulimit -n {needed}, or fewer --jobs"
        )


def refusal(error: OSError, where: object) -> SiteError:
    """The error of a build to which the system refused a resource, with the remedy."""
    if error.errno in NOT_FILES:
        return SiteError(f"{system_words(error)}; {AS_IT_WAS} -> raise the limit: ulimit -n 1024")
    if error.errno in NOT_PROCESSES:
        return SiteError(f"{system_words(error)}; {AS_IT_WAS} -> {FEWER}")
    named = error.filename or where
    return SiteError(
        f"{named}: {system_words(error)}; {AS_IT_WAS} -> make room or check the permissions"
    )


def no_worker(error: Exception) -> SiteError:
    """The error of a build that gets no worker processes."""
    words = system_words(error) if isinstance(error, OSError) else "the system refuses it"
    return SiteError(f"a worker process cannot be started: {words}; {AS_IT_WAS} -> {FEWER}")


AS_IT_WAS = "the published site is as it was"
FEWER = "end other programs, raise the limit of processes (ulimit -u), or build with --jobs 1"
