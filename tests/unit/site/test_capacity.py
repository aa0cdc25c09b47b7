"""What a build may use of the machine."""

import os
import subprocess
import sys

import pytest

from psanalysis.site.capacity import cores


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="a system without affinities")
def test_a_process_bound_to_one_core_uses_one() -> None:
    bound = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
        "from psanalysis.site.capacity import cores; print(cores())"
    )
    done = subprocess.run([sys.executable, "-c", bound], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_there_is_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
