"""What `make lab` does before JupyterLab starts."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from psanalysis.site.lab import arguments, trust

ROOT = Path(__file__).parents[3]


def test_notebooks_are_trusted_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    path = Path(shutil.copy(ROOT / "notebooks" / "05_service_coverage.ipynb", tmp_path))
    before = path.read_bytes()
    trust([path])
    notary = NotebookNotary()
    assert notary.check_signature(nbformat.read(path, as_version=4))
    assert path.read_bytes() == before
    strange = nbformat.read(path, as_version=4)
    strange.cells[-1].source = "print(1)"
    assert not notary.check_signature(strange)


@pytest.mark.parametrize(("root", "allowed"), [(True, ["--allow-root"]), (False, [])])
def test_root_may_start_it_too(root: bool, allowed: list[str]) -> None:
    assert arguments(Path("n"), ["--ip=0.0.0.0"], root) == [
        "--notebook-dir=n",
        *allowed,
        "--ip=0.0.0.0",
    ]
