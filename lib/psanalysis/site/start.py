"""Makes a user's own project: data, notebooks, catalogue, schedule and a README."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from psanalysis.datapackage.dataset import data_folder
from psanalysis.errors import ParameterError, system_words
from psanalysis.folders import SHIPPED
from psanalysis.site.assets import templates
from psanalysis.site.project import CATALOG

OWN_PAGE = "20_my_page.ipynb"
IGNORED = """\
reports/site
reports/site-briefs/
reports/site-local/
reports/.builds/
.ipynb_checkpoints/
"""
SHIPPED_PLACE, SHIPPED_COMMAND = "/srv/psanalysis", ".venv/bin/psanalysis"


def start_project(folder: Path) -> Iterator[str]:
    """Make a project in a folder that is new or empty, all or nothing; yields the lines of the
    report.

    Raises
    ------
    ParameterError
        If the folder holds something already, or cannot be made.
    """
    folder = Path.cwd() / folder
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ParameterError(f"{folder}: holds something already -> name a new or empty folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            _fill(part, folder)
            if folder.exists():
                folder.rmdir()
            part.chmod(0o755)
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise ParameterError(
            f"{error.filename or folder}: {system_words(error)} -> name another folder"
        ) from None
    for name, what in (
        ("data", "a copy of the shipped data, yours to add to"),
        ("notebooks", f"the reports, and {OWN_PAGE}, a page of your own"),
        ("reports/catalog.yml", "what the site consists of"),
        ("reports/PAGES.md", "what a page of your own may hold"),
        ("reports/schedule", "examples for cron, systemd and CI"),
        ("README.md", "what to do next"),
    ):
        yield f"{folder / name}: {what}"
    yield f"next: cd {folder} && psanalysis build"


def _fill(part: Path, folder: Path) -> None:
    start = templates() / "start"
    shutil.copytree(data_folder(), part / "data", ignore=shutil.ignore_patterns("*.arrow"))
    (part / "notebooks").mkdir()
    for path in sorted((SHIPPED / "notebooks").glob("*.ipynb")):
        _write(part / "notebooks" / path.name, _without_outputs(path))
    shutil.copytree(SHIPPED / "notebooks" / "examples", part / "notebooks" / "examples")
    shutil.copy(start / OWN_PAGE, part / "notebooks")
    (part / "reports" / "schedule").mkdir(parents=True)
    catalog = (SHIPPED / CATALOG).read_text(encoding="utf-8").rstrip("\n") + "\n"
    _write(part / CATALOG, catalog + (start / "entry.yml").read_text(encoding="utf-8"))
    shutil.copy(SHIPPED / "reports" / "PAGES.md", part / "reports")
    command = shlex.quote(os.fspath(Path(sys.executable).parent / "psanalysis"))
    for path in sorted((SHIPPED / "reports" / "schedule").iterdir()):
        text = path.read_text(encoding="utf-8").replace(
            f"cd {SHIPPED_PLACE}", f"cd {shlex.quote(os.fspath(folder))}"
        )
        text = text.replace(SHIPPED_PLACE, os.fspath(folder))
        _write(part / "reports" / "schedule" / path.name, text.replace(SHIPPED_COMMAND, command))
    (part / "sources").mkdir()
    _write(part / "sources" / ".gitkeep", "")
    _write(part / ".gitignore", IGNORED)
    shutil.copy(start / "README.md", part)


def _without_outputs(path: Path) -> str:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
