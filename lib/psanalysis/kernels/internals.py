"""Private interfaces of other packages that kernels and site use, and the versions in which they
were tested.

Each function here uses one of them, and tests/unit/kernels/test_internals.py tests it. Forked
kernels rely on more than public interfaces: how ipykernel starts, how an interpreter records its
main thread. So they are used with the versions below only; with others kernels are ordinary, see
`obstacle`.
"""

from __future__ import annotations

import atexit
import os
import platform
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

from psanalysis.about import installed

# environment variable that chooses how kernels are started: `ordinary`, or `forked` (the default,
# where it is known to work)
SWITCH = "PSANALYSIS_KERNELS"
FORKED, ORDINARY = "forked", "ordinary"
PYTHONS = ((3, 11), (3, 15))
# package -> the first version that was tested and the first that was not
TRIED = {
    "ipykernel": ((7, 0), (7, 5)),
    "jupyter_client": ((8, 6), (8, 11)),
    "nbclient": ((0, 10), (0, 12)),
    "nbconvert": ((7, 16), (7, 18)),
    "papermill": ((2, 7), (2, 8)),
}
# ipykernel's pause before each reply, for clients that do not wait for all outputs of a cell
WITHOUT_PAUSE = "--Kernel._execute_sleep=0"
CONNECTION_FILE = "-f"
SETTING = re.compile(r"--([A-Z]\w*)\.(\w+)=(.*)")
# parent_handle of ipykernel's application: it does not watch its parent
NO_POLLER = 1


@cache
def obstacle() -> str:
    """Why kernels cannot be forked here; empty if they can."""
    if os.environ.get(SWITCH, FORKED) != FORKED:
        return f"{SWITCH}={os.environ[SWITCH]}"
    if sys.platform != "linux":
        return f"fork servers need Linux, this is {sys.platform}"
    if platform.python_implementation() != "CPython" or not within(sys.version_info[:2], PYTHONS):
        return (
            f"{platform.python_implementation()} {platform.python_version()} is not among the "
            "versions tried"
        )
    missing = [name for name in ("fork", "pidfd_open") if not hasattr(os, name)]
    if missing:
        return f"this interpreter has no {missing[0]}"
    return next(filter(None, (_untried(name) for name in TRIED)), "")


def within(found: tuple[int, ...], bounds: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    """Whether a version is among those that were tested.

    >>> within((7, 4, 0), ((7, 0), (7, 5))), within((7, 5, 0), ((7, 0), (7, 5)))
    (True, False)
    """
    least, beyond = bounds
    return least <= tuple(found[:2]) < beyond


def _untried(name: str) -> str:
    known = installed(name)
    try:
        parts = tuple(int(part) for part in known.split(".")[:2])
    except ValueError:
        return f"the version of {name} cannot be told"
    least, beyond = TRIED[name]
    if within(parts, (least, beyond)):
        return ""
    return (
        f"{name} {known} is not among the versions tried ({_words(least)} to before "
        f"{_words(beyond)})"
    )


def _words(parts: tuple[int, int]) -> str:
    return ".".join(map(str, parts))


def renumber_main_thread() -> None:
    """After a fork: update the main thread's system number, which its object still has from the
    parent.
    """
    main: Any = threading.main_thread()
    if hasattr(main, "_set_native_id"):
        main._set_native_id()


class _WithoutModules:
    """The module `sys` as it would be if nothing were imported."""

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


@contextmanager
def without_module_list() -> Iterator[None]:
    """Have a kernel that starts within the block list no modules for a debugger.

    To list them touches each of 1,500 modules, of which a forked kernel then copies the memory:
    six milliseconds, a seventh of its start. No kernel of a report is debugged.
    """
    kernel: Any = import_module("ipykernel.ipkernel")
    own, kernel.sys = kernel.sys, _WithoutModules()
    try:
        yield
    finally:
        kernel.sys = own


def read_plain_arguments(app: Any) -> None:
    """Have a kernel's application read its connection file and `--Class.name=value` as they stand.

    Its own parser is made of all options that there are, which takes a fifth of a kernel's start.
    It is used for any other argument.
    """
    parse = app.parse_command_line

    def read(arguments: Sequence[str]) -> None:
        config = _plain(arguments)
        if config is None:
            parse(arguments)
            return
        app.argv, app.extra_args, app.cli_config = list(arguments), [], config
        app.update_config(config)

    app.parse_command_line = read


def _plain(arguments: Sequence[str]) -> Any:
    """The settings in a kernel's arguments; None if there are others."""
    from traitlets.config.loader import Config, DeferredConfigString

    config, words = Config(), iter(arguments)
    for word in words:
        if word == CONNECTION_FILE:
            config.IPKernelApp.connection_file = next(words, "")
        elif found := SETTING.fullmatch(word):
            config[found[1]][found[2]] = DeferredConfigString(found[3])
        else:
            return None
    return config


def run_exit_functions() -> None:
    """Run the functions registered with atexit, without ending the interpreter."""
    atexit._run_exitfuncs()


def close_font_files() -> None:
    """Have matplotlib close its font files: a forked process would share their offsets."""
    if "matplotlib.font_manager" in sys.modules:
        manager: Any = import_module("matplotlib.font_manager")
        manager._get_font.cache_clear()


def start_worker_server() -> None:
    """Start multiprocessing's fork server now, so that it is ready for the first worker."""
    import_module("multiprocessing.forkserver").ensure_running()


def put_sockets_into(folder: Path) -> None:
    """Make multiprocessing put its sockets into a folder; a folder of its own would remain after a
    kill.
    """
    current: Any = import_module("multiprocessing.process").current_process()
    current._config.setdefault("tempdir", str(folder))


def spare_unwritten_copies() -> None:
    """Have papermill make no text of an executed notebook that it is to write nowhere: that takes a
    tenth of a worker's time. One that it is to write is written as before.
    """
    papermill: Any = import_module("papermill.execute")
    write = papermill.write_ipynb
    if hasattr(write, "__wrapped__"):
        return

    @wraps(write)
    def where_it_is_wanted(notebook: Any, path: Any) -> None:
        if path is not None:
            write(notebook, path)

    papermill.write_ipynb = where_it_is_wanted


def export_by_template(
    exporter: Any, notebook: Any, resources: Any, **settings: Any
) -> tuple[Any, Any]:
    """Export HTML without nbconvert's BeautifulSoup pass over the result."""
    from nbconvert.exporters.templateexporter import TemplateExporter

    return TemplateExporter.from_notebook_node(exporter, notebook, resources, **settings)
