"""A small project with notebooks that need no pandas, so that a build takes seconds; and ways to
run the command line on it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import posixpath
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import nbformat
import pytest
from click.testing import CliRunner, Result

import psanalysis
from psanalysis.cli import main
from psanalysis.datapackage.dataset import data_folder
from psanalysis.site.build import Summary, Watcher, build, survey
from psanalysis.site.export import export
from psanalysis.site.model import Built, Failed, Inputs
from psanalysis.site.project import find_project

ROWS = """
import csv, os
from IPython.display import HTML, display
with open(os.path.join(os.environ["PSANALYSIS_DATA"], "statements.csv"), encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
"""
PAGE = """
cells = "".join(f"<tr id='row-{r['statement_id']}'><th scope='row'>{r['statement_id']}</th><td>{r['value'] or '—'}</td></tr>" for r in rows)
display(HTML(f"<h1>{title}</h1><h2>Chart</h2><figure class='ps-figure' id='figure-a'><div class='ps-scroll'>"
             f"<svg aria-label='sum' viewBox='0 0 9 9'><title>s</title><path d='M0 {sum(float(r['value'] or 0) for r in rows):g}h9'/></svg></div></figure><h2>Table</h2>"
             f"<table class='ps-table' data-csv-name='rows'><caption>rows</caption><thead><tr><th>id</th><th>value</th></tr></thead>"
             f"<tbody>{cells}</tbody></table>"))
"""
NOTEBOOKS = {
    "01_city_gap": [
        'plan_id = "mianyang-14fyp"\nlang = "zh"',
        ROWS,
        "rows = [r for r in rows if r['plan_id'] == plan_id]\ntitle = f'{plan_id} {lang}'",
        PAGE,
    ],
    "02_city_comparison": [
        'domain_id = "health"\nlang = "zh"\nplans = []',
        ROWS,
        "title = f'{domain_id} {lang}'",
        PAGE,
    ],
}
FAULTY = [
    'how = "ok"\nlang = "en"',
    ROWS,
    """
if "TRIES" in os.environ:
    with open(os.environ["TRIES"], "a") as file:
        file.write(how + "\\n")
if how == "raise":
    raise ValueError("no such figure")
if how == "exit":
    raise SystemExit(0)
if how == "hang":
    import time
    time.sleep(600)
if how == "deaf":
    import signal, time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)
if how == "kill":
    import signal
    os.kill(os.getpid(), signal.SIGKILL)
if how == "kill_once" and not os.path.exists(os.environ["KILL_MARK"]):
    import signal
    open(os.environ["KILL_MARK"], "w").close()
    os.kill(os.getpid(), signal.SIGKILL)
if how == "memory":
    hoard = [bytearray(50_000_000) for _ in range(100)]
if how == "flood":
    print("z" * 40_000_000)
if how == "large":
    display(HTML("<p>" + "y " * 400_000 + "</p>"))
if how == "style":
    display(HTML("<p style='color:red'>red</p>"))
if how == "subprocess":
    import subprocess
    subprocess.Popen(["sleep", "600"])
""",
    "display(HTML(f'<h1>Report {how}</h1>'))",
]
CATALOG = """\
reports:
  - notebook: 01_city_gap
    matrix:
      plan_id: [mianyang-14fyp, panjin-14fyp]
      lang: languages
  - notebook: 02_city_comparison
    matrix:
      domain_id: [health, education]
    parameters:
      lang: zh
"""


def notebook(cells: list[str]) -> str:
    """A notebook of code cells, the first of which holds the parameters."""
    made = [
        {
            "cell_type": "code",
            "id": f"cell-{place}",
            "metadata": {} if place else {"tags": ["parameters"]},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for place, source in enumerate(cells)
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def executed_without_kernel(inputs: Inputs) -> Built | Failed:
    """What the small notebooks show, worked out here, through the real exporter."""
    parameters = json.loads(inputs.parameters)
    if "assert False" in inputs.source:
        return Failed("cell", "AssertionError: broken", 3, "assert False", "AssertionError: broken")
    rows = list(csv.DictReader(inputs.data["statements.csv"].decode("utf-8").splitlines()))
    plan = parameters.get("plan_id")
    shown = [row for row in rows if plan in (None, row["plan_id"])]
    cells = "".join(
        f"<tr id='row-{row['statement_id']}'><th scope='row'>{row['statement_id']}</th><td>"
        f"{row['value'] or '—'}</td></tr>"
        for row in shown
    )
    length = sum(float(row["value"] or 0) for row in shown)
    html = (
        f"<h1>{plan or parameters['domain_id']} {parameters['lang']}</h1><h2>Chart</h2><figure "
        "class='ps-figure' id='figure-a'>"
        "<div class='ps-scroll'><svg aria-label='sum' viewBox='0 0 9 9'><path d='M0 "
        f"{length:g}h9'/></svg></div></figure><h2>Table</h2><table class='ps-table' "
        "data-csv-name='rows'><caption>rows</caption><thead><tr><th>id</th><th>value</th></tr>"
        f"</thead><tbody>{cells}</tbody></table>"
    )
    node = nbformat.from_dict(json.loads(inputs.source))
    node.cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/html": html})]
    page, facts = export(node, inputs)
    return Built(page, facts, 0.01)


def without_kernels(names, load, jobs, scratch):  # type: ignore[no-untyped-def]
    """A runner for `build` that takes no time."""
    for name in names:
        yield name, executed_without_kernel(load(name))


class _Links:
    """Links and ids of a page."""

    def __init__(self, text: str) -> None:
        page = lxml.html.document_fromstring(text)
        self.links = [str(link) for link in page.xpath("//@href | //@src")]
        self.ids = {str(name) for name in page.xpath("//@id")}


@dataclass
class Site:
    """A project on disk and its site."""

    root: Path
    lib: Path

    @property
    def out(self) -> Path:
        return self.root / "reports" / "site"

    @property
    def store(self) -> Path:
        return self.root / "reports" / ".builds"

    @property
    def manifest(self) -> dict:
        return json.loads((self.out / "manifest.json").read_text(encoding="utf-8"))

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "psanalysis.cli", *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "PSANALYSIS_DATA"}
        return kept | {"PYTHONPATH": str(self.lib)} | more

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), cwd=self.root, env=self.environment(**more), text=True,
            capture_output=True, timeout=240, check=False
        )  # fmt: skip

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(*arguments), cwd=self.root, env=self.environment(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )  # fmt: skip

    def cli(self, *arguments: str) -> Result:
        """Run the command line in this process, on its own data and without kernels."""
        told = signal.getsignal(signal.SIGTERM)
        with chdir(self.root), pytest.MonkeyPatch.context() as patch:
            patch.delenv("PSANALYSIS_DATA", raising=False)
            patch.setattr("psanalysis.site.pool.local_runner", lambda: nullcontext(without_kernels))
            try:
                return CliRunner().invoke(main, arguments)
            finally:
                signal.signal(signal.SIGTERM, told)

    def build(self, only: str | None = None, force: bool = False) -> Summary:
        """Build in this process and without kernels."""
        return build(
            find_project(start=self.root),
            Watcher(lambda line: None, lambda *_: None),
            1,
            only,
            force,
            without_kernels,
        )

    def due(self) -> dict[str, str]:
        """Reports that a build would make, with the reason."""
        return {
            step.report.id: step.why for step in survey(find_project(start=self.root)) if step.due
        }

    def pages(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*.html"))
        }

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def statement(self, plan: str, domains: set[str], role: str = "target") -> str:
        """A statement with a value of a plan, about an indicator of one of some domains and of no
        other plan, that no finding names.
        """
        with (self.root / "data" / "indicators.csv").open(encoding="utf-8") as file:
            wanted = {
                row["indicator_id"] for row in csv.DictReader(file) if row["domain_id"] in domains
            }
        findings = (self.root / "data" / "findings.csv").read_text(encoding="utf-8")
        with (self.root / "data" / "statements.csv").open(encoding="utf-8") as file:
            every = list(csv.DictReader(file))
        wanted -= {row["indicator_id"] for row in every if row["plan_id"] != plan}
        rows = [
            row
            for row in every
            if row["plan_id"] == plan and row["role"] == role and row["comparator"] in ("eq", "ge")
        ]
        return next(
            r["statement_id"]
            for r in rows
            if r["indicator_id"] in wanted
            and r["statement_id"] not in findings
            and float(r["value"]) < 90
        )

    def set_value(self, statement: str, value: str) -> str:
        """Write another value into a statement, as its document would print it; the old one."""
        path = self.root / "data" / "statements.csv"
        lines = path.read_text(encoding="utf-8").split("\n")
        columns = next(csv.reader(lines[:1]))
        number = next(n for n, line in enumerate(lines) if line.startswith(f"{statement},"))
        cells = dict(zip(columns, next(csv.reader([lines[number]])), strict=True))
        old, cells["value"] = cells["value"], value
        written, found = re.subn(r"\d[\d.,]*", value, cells["value_as_written"], count=1)
        whole = found and written.count(value) == 1
        cells["value_as_written"] = written if whole else value
        if not whole:
            cells["unit_source"] = "inferred"
        if cells["char_start"]:
            length = len(cells["value_as_written"])
            cells["char_end"] = str(int(cells["char_start"]) + length)
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(cells.values())
        lines[number] = written.getvalue()
        path.write_text("\n".join(lines), encoding="utf-8")
        return old

    def faulty(self, seconds: dict[str, int], memory_mb: int = 1024) -> None:
        """Replace the catalogue by one of faulty reports, each with its time limit."""
        (self.root / "notebooks" / "09_faulty.ipynb").write_text(notebook(FAULTY), encoding="utf-8")
        entries = [
            f"  - notebook: 09_faulty\n    parameters: {{lang: en, how: {way}}}\n    limits: "
            f"{{seconds: {most}}}\n"
            for way, most in seconds.items()
        ]
        text = f"limits: {{memory_mb: {memory_mb}}}\nreports:\n{''.join(entries)}"
        (self.root / "reports" / "catalog.yml").write_text(text, encoding="utf-8")

    def check_whole(self) -> dict:
        """Assert that the published site is whole: manifest true, pages closed, links resolving;
        the manifest.
        """
        manifest = self.manifest
        parsed = {}
        for name, page in self.pages().items():
            text = page.decode("utf-8")
            assert text.startswith("<!DOCTYPE html>"), name
            assert text.rstrip().endswith("</html>"), name
            parsed[name] = _Links(text)
        for entry in manifest["reports"].values():
            if entry["sha256"]:
                assert (
                    hashlib.sha256((self.out / entry["path"]).read_bytes()).hexdigest()
                    == entry["sha256"]
                )
        for name, page in parsed.items():
            for link in page.links:
                parts = urlsplit(link)
                if parts.scheme in ("data", "http", "https"):
                    continue
                target = (
                    posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
                    if parts.path
                    else name
                )
                assert target in parsed or (self.out / target).is_file(), f"{name}: {link}"
                assert not parts.fragment or parts.fragment in parsed[target].ids, f"{name}: {link}"
        assert {"index.html", "index.en.html", "changes.html", "changes.en.html"} <= set(parsed)
        return manifest


def make_project(root: Path) -> None:
    """Write the small project into a folder."""
    (root / "notebooks").mkdir()
    (root / "reports").mkdir()
    for name, cells in NOTEBOOKS.items():
        (root / "notebooks" / f"{name}.ipynb").write_text(notebook(cells), encoding="utf-8")
    (root / "reports" / "catalog.yml").write_text(CATALOG, encoding="utf-8")
    shutil.copytree(data_folder(), root / "data", ignore=shutil.ignore_patterns("*.md"))


@pytest.fixture(scope="session", autouse=True)
def still_library() -> Iterator[None]:
    """Builds in this process see a library that nobody edits; what its changes do is tested by
    changing this hash.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("psanalysis.site.fingerprint.library_hash", lambda: "0" * 64)
        patch.setattr("psanalysis.site.fingerprint.library_stamp", tuple)
        yield


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the library, so that nobody's edits reach a running build."""
    folder = tmp_path_factory.mktemp("lib")
    shutil.copytree(
        Path(psanalysis.__file__).parent,
        folder / "psanalysis",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    return folder


@pytest.fixture(scope="session")
def unbuilt(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project before its first build; copy it, do not build it."""
    root = tmp_path_factory.mktemp("unbuilt")
    make_project(root)
    return Site(root, library)


@pytest.fixture(scope="session")
def built_once(unbuilt: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project after its first build; copy it, do not change it."""
    root = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(unbuilt.root, root, symlinks=True)
    site = Site(root, unbuilt.lib)
    assert site.build().built == 6
    return site


@pytest.fixture
def fresh(unbuilt: Site, tmp_path: Path) -> Site:
    """A project that was never built."""
    shutil.copytree(unbuilt.root, tmp_path / "project", symlinks=True)
    return Site(tmp_path / "project", unbuilt.lib)


@pytest.fixture
def site(built_once: Site, tmp_path: Path) -> Site:
    """A project with a published site."""
    shutil.copytree(built_once.root, tmp_path / "project", symlinks=True)
    return Site(tmp_path / "project", built_once.lib)


@pytest.fixture
def text_of():  # type: ignore[no-untyped-def]
    """Words of a page, tags left out."""
    return lambda page: re.sub(
        r"\s+",
        " ",
        re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", page.decode("utf-8"), flags=re.DOTALL),
    )
