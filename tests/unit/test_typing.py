"""The library's types as somebody outside sees them: mypy, strict, on a script that uses the
API.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psanalysis as ps

LIBRARY = Path(ps.__file__).parent
SCRIPT = """
import psanalysis as ps

ds = ps.load()
reveal_type(ds)
reveal_type(ps.find("nurse", ds, plan=["mianyang"]))
reveal_type(ps.gaps(ds, plan="mianyang"))
reveal_type(ps.compare(ds, "nurses_per_1000", plans=["mianyang", "panjin"]))
table = ps.table(ps.pace(ds), "en", columns=["name", "status"])
reveal_type(table)
reveal_type(table.to_excel("pace.xlsx"))
reveal_type(ps.plot.dumbbell)
ps.gaps(ds, plan=7)  # wrong
ps.table(ps.pace(ds), 3)  # wrong
"""


def test_the_marker_of_types_is_in_the_package() -> None:
    assert (LIBRARY / "py.typed").is_file()


def test_every_public_name_has_its_type() -> None:
    """Names that are imported on first use are declared for type checkers too."""
    source = (LIBRARY / "__init__.py").read_text(encoding="utf-8")
    declared = re.findall(r"^    from [\w.]+ import (\w+) as \1$", source, re.MULTILINE)
    assert sorted(declared) == sorted(set(ps.__all__) - {"__version__"})


def test_mypy_from_outside(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--follow-imports=silent",
         "--ignore-missing-imports", "--config-file=", script.name],
        cwd=tmp_path,
        env=os.environ | {"MYPYPATH": str(LIBRARY.parent)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    revealed = re.findall(r'Revealed type is "([^"]+)"', done.stdout)
    assert revealed[0] == "psanalysis.datapackage.dataset.Dataset", done.stdout
    # pandas itself has types only with pandas-stubs
    assert all(kind.endswith(("DataFrame", "Any")) for kind in revealed[1:4]), revealed
    assert revealed[4:6] == ["psanalysis.tables.model.Table", "pathlib.Path"]
    assert revealed[6] == "psanalysis.plot.form.Drawing"
    wrong = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert len(wrong) == SCRIPT.count("# wrong"), done.stdout
    assert all("arg-type" in line for line in wrong)
