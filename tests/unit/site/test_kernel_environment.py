"""What surrounds a kernel: nothing of a user's settings reaches a page whose key does not know of
it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.reports.conftest import notebook

from psanalysis.kernels.owner import ForkServer
from psanalysis.kernels.protocol import ADDRESS
from psanalysis.site import fingerprint, kernel_environment
from psanalysis.site.fingerprint import environment_hash
from psanalysis.site.model import Built, Inputs
from psanalysis.site.project import Project
from psanalysis.site.sources import Sources
from psanalysis.site.worker import build_report

TELLS = """
import locale, os, shutil, sys, time, warnings
import matplotlib, pandas
print(pandas.Series(["a"]).dtype)
print(matplotlib.rcParams["lines.linewidth"], matplotlib.rcParams["font.size"], matplotlib.get_backend())
print(time.tzname, locale.getlocale(), shutil.get_terminal_size(), sys.flags, sys.getdefaultencoding(), warnings.filters)
print(sorted(name for name in os.environ if name.startswith(("MPL", "MATPLOT", "LC_", "LANG", "JUPYTER", "PYTHON"))))
"""
SETTINGS = {
    "PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2", "PYTHONIOENCODING": "latin-1",
    "COLUMNS": "33", "LINES": "7", "TZ": "Asia/Shanghai",
    "LANG": "de_DE.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "LANGUAGE": "de", "MPLBACKEND": "pdf",
    "FORCE_COLOR": "1",
    "SOURCE_DATE_EPOCH": "0", "JUPYTER_CONFIG_DIR": "/nowhere", "IPYTHONDIR": "/nowhere",
    "PANDAS_FUTURE_INFER_STRING": "0", "PANDAS_COPY_ON_WRITE": "0",
}  # fmt: skip


def told(folder: Path) -> bytes:
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch, ForkServer(kernel_environment.common()) as server:
        patch.setenv(ADDRESS, server.address)
        outcome = build_report(
            Inputs("n", notebook(['lang = "en"', TELLS]), '{"lang":"en"}', {}, {}, "l", "e"), folder
        )
    assert isinstance(outcome, Built), outcome
    return outcome.page


def test_settings_of_a_user_change_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(tmp_path / "before")
    rc = "lines.linewidth: 17\nfont.size: 40\n"
    for place in (
        ".config/matplotlib/matplotlibrc",
        ".matplotlib/matplotlibrc",
        "own/matplotlibrc",
    ):
        path = tmp_path / "home" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rc, encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "home" / "own"))
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    assert told(tmp_path / "after") == before


def test_the_matplotlib_settings_of_kernels_exist() -> None:
    assert Path(kernel_environment.common()["MATPLOTLIBRC"]).is_file()


def test_what_kernels_read_at_their_start_counts_in_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = Sources(Project(tmp_path, tmp_path, tmp_path))
    before = environment_hash(sources)
    (tmp_path / "sitecustomize.py").write_text("x = 1", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "startup_files", lambda: [tmp_path / "sitecustomize.py"])
    assert environment_hash(sources) != before


def test_startup_files_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    path = tmp_path / "etc" / "ipython" / "ipython_kernel_config.py"
    path.parent.mkdir(parents=True)
    path.write_text("", encoding="utf-8")
    assert path in kernel_environment.startup_files()
