"""A missing extra is named."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import metadata
from importlib.util import find_spec

import pytest

from psanalysis.extras import extras

WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in {absent!r}:
            raise ModuleNotFoundError(f'No module named {{name!r}}', name=name)
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name in {absent!r} else found(name, *rest)
sys.meta_path.insert(0, Absent())
sys.argv = ['psanalysis', *{arguments!r}]
"""


def without(absent: set[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line where some packages are not installed."""
    code = WITHOUT.format(absent=absent, arguments=arguments)
    code += "from psanalysis.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_every_module_of_an_extra_can_be_imported_under_its_name() -> None:
    assert extras()
    assert [module for module in extras() if find_spec(module) is None] == []
    named = {extra for found in extras().values() for extra in found}
    assert named == set(metadata("psanalysis").get_all("Provides-Extra") or []) - {"all"}


@pytest.mark.parametrize(
    ("absent", "arguments", "extra"),
    [
        ({"papermill", "nbconvert", "jupyter_client"}, ["build"], "reports"),
        ({"rapidfuzz", "docx"}, ["draft", "README.md", "--plan", "x-14fyp"], "draft"),
        ({"distributed"}, ["build", "--scheduler", "tcp://127.0.0.1:1"], "cluster"),
    ],
)
def test_a_command_names_the_extra_that_it_needs(
    absent: set[str], arguments: list[str], extra: str
) -> None:
    done = without(absent, *arguments)
    assert done.returncode == 2
    assert f"-> pip install 'psanalysis[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_core_does_without_any_extra() -> None:
    code = (
        "import psanalysis as ps; ds = ps.load(); ps.gaps(ds, plan='mianyang-14fyp');"
        "ps.compare(ds); ps.style.use('zh'); ps.plot; ps.report.CityGap('mianyang-14fyp', 'zh', ds)"
    )
    absent = set(extras()) - {"fontTools"}  # matplotlib brings it
    lines = WITHOUT.format(absent=absent, arguments=[])
    done = subprocess.run(
        [sys.executable, "-c", lines + code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_workbooks_do_with_what_the_site_brings() -> None:
    """The extra `reports` has openpyxl without the rest of `tables`."""
    code = (
        "import psanalysis as ps; from psanalysis.tables.dataset_book import dataset_workbook;"
        "from psanalysis.tables.form_file import form_bytes, form_suffixes; ds = ps.load();"
        "print(len(dataset_workbook(ds)), form_suffixes(), len(form_bytes(ds, ps.waiting(ds, "
        "'china'))))"
    )
    absent = {module for module, bringing in extras().items() if "reports" not in bringing}
    assert "docx" in absent
    lines = WITHOUT.format(absent=absent, arguments=[])
    done = subprocess.run(
        [sys.executable, "-c", lines + code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert ".xlsx" in done.stdout
