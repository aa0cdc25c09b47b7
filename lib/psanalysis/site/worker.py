"""The function that makes a page from inputs given by content. It runs in a process of this machine
or on another one.
"""

from __future__ import annotations

import shutil
import tempfile
import traceback
from dataclasses import replace
from pathlib import Path
from time import monotonic

from psanalysis.site.errors import ContractError
from psanalysis.site.model import Built, Failed, Inputs, Outcome


def build_report(inputs: Inputs, scratch: Path | None = None) -> Outcome:
    """Execute and export one report.

    Parameters
    ----------
    inputs
        Everything that the report is made of.
    scratch
        Parent of the report's temporary folder; by default the system's.

    Returns
    -------
    Built or Failed
        Errors of the notebook are returned, never raised.
    """
    from psanalysis.site.execute import execute
    from psanalysis.site.export import export

    started = monotonic()
    folder = Path(tempfile.mkdtemp(prefix="r-", dir=scratch))
    try:
        executed = execute(inputs, folder)
        if isinstance(executed, Failed):
            return replace(executed, seconds=monotonic() - started)
        page, facts = export(executed, inputs)
        return Built(page, facts, monotonic() - started)
    except ContractError as error:
        return Failed("contract", str(error), seconds=monotonic() - started)
    except Exception as error:
        last = traceback.format_exc().replace(str(folder), ".")
        return Failed(
            "worker",
            f"{type(error).__name__}: {error}",
            traceback=last,
            seconds=monotonic() - started,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
