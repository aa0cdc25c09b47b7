"""Runs a notebook with papermill, in a folder of its own and within its limits; distinguishes all
kinds of failure.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from psanalysis.kernels.internals import spare_unwritten_copies
from psanalysis.lean import IRI_GRAMMAR, without
from psanalysis.site.kernel import KernelManager
from psanalysis.site.meter import OUTPUT_MB, Meter
from psanalysis.site.model import Failed, Inputs

with without(IRI_GRAMMAR):
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import NotebookNode
    from papermill.exceptions import PapermillExecutionError

spare_unwritten_copies()
START_SECONDS = 60
LEAST_SECONDS = 0.1
LOG_CHARACTERS = 20_000
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
SILENT = 60


class Clock:
    """Time left for a report, and the cell that is running."""

    def __init__(self, seconds: float):
        self.deadline = monotonic() + seconds
        self.cell: Mapping[str, Any] = {}

    def __call__(self, cell: Mapping[str, Any]) -> float:
        self.cell = cell
        return max(LEAST_SECONDS, self.deadline - monotonic())


def execute(inputs: Inputs, folder: Path) -> NotebookNode | Failed:
    """Run a report's notebook.

    Parameters
    ----------
    inputs
        The report.
    folder
        Empty folder: the kernel's working directory, its data and its log.

    Returns
    -------
    NotebookNode or Failed
        The notebook with outputs, or why there is none.
    """
    logging.getLogger("papermill").setLevel(SILENT)
    logging.getLogger("traitlets").setLevel(SILENT)
    parameters = _unpack(inputs, folder)
    clock, meter = Clock(inputs.limits.seconds), Meter()
    try:
        executed: NotebookNode = papermill.execute_notebook(
            nbformat.from_dict(json.loads(inputs.source)),  # type: ignore[no-untyped-call]
            None,
            parameters=parameters,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            start_timeout=START_SECONDS,
            kernel_manager_class=KernelManager.for_report(folder, inputs.limits.memory_mb, meter),
            timeout_func=clock,
            iopub_timeout=START_SECONDS,
            shutdown_kernel="immediate",
            record_timing=False,
        )
        return _whole(executed) or _failed(
            inputs, folder, clock, "cell", "SystemExit: the notebook ended before its last cell did"
        )
    except PapermillExecutionError as error:
        message = f"{error.ename}: {_plain(error.evalue)}"
        return _failed(inputs, folder, clock, "cell", message, _plain("\n".join(error.traceback)))
    except CellTimeoutError:
        return _failed(
            inputs, folder, clock, "timeout", f"did not finish within {inputs.limits.seconds:g} s"
        )
    except DeadKernelError:
        if meter.exceeded:
            return _failed(
                inputs, folder, clock, "output", f"wrote more than {OUTPUT_MB} MB of output"
            )
        return _failed(inputs, folder, clock, "dead_kernel", "its kernel died")
    except RuntimeError as error:
        return _failed(
            inputs,
            folder,
            clock,
            "no_kernel",
            f"its kernel did not start: {str(error).splitlines()[0]}",
        )


def _whole(executed: NotebookNode) -> NotebookNode | None:
    """The notebook, if every cell was completed: when a cell ends the kernel, papermill stops
    without an error.
    """
    for cell in executed.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
            continue
        failed = any(output.output_type == "error" for output in cell.outputs)
        if cell.execution_count is None or (failed and "raises-exception" not in tags):
            return None
    return executed


def _unpack(inputs: Inputs, folder: Path) -> dict[str, Any]:
    """Write data and files into the folder; parameters that name a file point to it there."""
    data = folder / "data"
    data.mkdir()
    for name, content in {**inputs.data, **inputs.packed}.items():
        (data / name).write_bytes(content)
    parameters = json.loads(inputs.parameters)
    for name, content in inputs.files.items():
        given = Path("files") / Path(parameters[name]).name
        (folder / given).parent.mkdir(exist_ok=True)
        (folder / given).write_bytes(content)
        parameters[name] = given.as_posix()
    return dict(parameters)


def _failed(
    inputs: Inputs, folder: Path, clock: Clock, kind: str, message: str, traceback: str = ""
) -> Failed:
    cells = json.loads(inputs.source)["cells"]
    running = clock.cell.get("id")
    number = next(
        (number for number, cell in enumerate(cells, start=1) if cell["id"] == running), 0
    )
    source = str(clock.cell.get("source", ""))
    return Failed(
        kind,
        message,
        number,
        source,
        _anonymous(traceback, folder),
        _anonymous(_log(folder), folder),
    )


def _log(folder: Path) -> str:
    try:
        with (folder / "kernel.log").open("rb") as file:
            file.seek(-min(LOG_CHARACTERS, file.seek(0, os.SEEK_END)), os.SEEK_END)
            return _plain(file.read().decode("utf-8", "replace"))
    except OSError:
        return ""


def _plain(text: str) -> str:
    return ESCAPES.sub("", text)


def _anonymous(text: str, folder: Path) -> str:
    """The text without the name of the temporary folder, which differs from run to run."""
    return text.replace(str(folder), ".")
