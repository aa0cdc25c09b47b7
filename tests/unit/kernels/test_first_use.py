"""What the fork server does once, no kernel has to do again."""

from __future__ import annotations

import subprocess
import sys

# after the steps nothing may be read of the packages that are installed, nor may a descriptor with
# known content be looked at again
AGAIN = """
import importlib.metadata, sys
from psanalysis.kernels import preload
assert preload.preload() == []
def refused(*given, **named):
    raise AssertionError(f"asked again: {given} {named}")
importlib.metadata.entry_points = importlib.metadata.version = refused
import matplotlib
from psanalysis.about import installed
from psanalysis.datapackage import schema
from psanalysis.datapackage.dataset import TABLES
from psanalysis.datapackage.shipped import BUNDLED
from psanalysis.report.provenance import PACKAGES
schema.shape_faults = refused
matplotlib.rcParams["backend"] = "module://matplotlib_inline.backend_inline"
schema.read_package(BUNDLED, TABLES)
print([name for name in PACKAGES if not installed(name)], preload.threads(),
      "matplotlib_inline.backend_inline" in sys.modules)
"""


BROKEN = """
from psanalysis.kernels import first_use, preload
def broken():
    raise ImportError("no such font")
first_use.STEPS = (broken, first_use.facts)
print(preload.preload())
"""


def ran(code: str, environment: dict[str, str]) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return run.stdout.strip() or run.stderr


def test_nothing_that_the_server_has_read_is_read_again(environment: dict[str, str]) -> None:
    assert ran(AGAIN, environment) == "[] 1 False"


def test_a_step_that_fails_is_named_and_hinders_nothing(environment: dict[str, str]) -> None:
    assert ran(BROKEN, environment) == "['broken']"
