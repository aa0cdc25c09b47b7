"""Each private thing of other packages that kernels and site use is there, and does what it is used
for; with other versions none is used.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import threading
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from packaging.requirements import Requirement
from packaging.version import Version
from traitlets import Bool, Float
from traitlets.config import Configurable

from psanalysis.kernels import internals
from psanalysis.site.kernel import SPARED

ROOT = Path(__file__).parents[3]
# of types that are named so, and a function that is documented
PUBLIC = re.compile(r"etree\._Element|hashlib\._Hash|os\._exit")
LIBRARY = ROOT / "lib" / "psanalysis"


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.delenv(internals.SWITCH, raising=False)
    internals.obstacle.cache_clear()
    yield monkeypatch
    internals.obstacle.cache_clear()


def test_the_versions_installed_are_among_those_tried(fresh: Any) -> None:
    assert internals.obstacle() == ""


@pytest.mark.parametrize("name", internals.TRIED)
@pytest.mark.parametrize("beyond", [True, False])
def test_another_version_means_ordinary_kernels(fresh: Any, name: str, beyond: bool) -> None:
    original, (least, most) = internals.installed, internals.TRIED[name]
    other = f"{most[0]}.{most[1]}.0" if beyond else f"{least[0] - 1}.99"
    fresh.setattr(internals, "installed", lambda asked: other if asked == name else original(asked))
    assert internals.obstacle().startswith(f"{name} {other} is not among the versions tried (")


@pytest.mark.parametrize("told", ["", "unknown", "7"])
def test_a_version_that_cannot_be_told_means_ordinary_kernels(fresh: Any, told: str) -> None:
    fresh.setattr(internals, "installed", lambda _: told)
    assert internals.obstacle()


def test_another_python_means_ordinary_kernels(fresh: Any) -> None:
    fresh.setattr(internals, "PYTHONS", ((2, 6), (2, 8)))
    assert re.fullmatch(r"CPython 3\.\S+ is not among the versions tried", internals.obstacle())


def test_the_switch_means_ordinary_kernels(fresh: Any) -> None:
    fresh.setenv(internals.SWITCH, internals.ORDINARY)
    assert internals.obstacle() == "PSANALYSIS_KERNELS=ordinary"
    internals.obstacle.cache_clear()
    fresh.setenv(internals.SWITCH, internals.FORKED)
    assert internals.obstacle() == ""


def test_pyproject_allows_no_more_than_one_major_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        one.name.replace("-", "_"): one
        for one in map(Requirement, project["optional-dependencies"]["reports"])
    }
    for name, (least, beyond) in internals.TRIED.items():
        bounds = {one.operator: Version(one.version) for one in asked[name].specifier}
        assert bounds[">="].release[:2] >= least or bounds[">="].release == least[:1], name
        assert beyond <= bounds["<"].release[:2] or bounds["<"].release == (beyond[0] + 1,), name


def test_the_main_thread_gets_its_number() -> None:
    internals.renumber_main_thread()
    assert threading.main_thread().native_id


def test_exit_functions_run_without_an_end() -> None:
    code = (
        "import atexit\nfrom psanalysis.kernels.internals import "
        "run_exit_functions\natexit.register(print, 'ran')\nrun_exit_functions()\nprint('still "
        "here')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=LIBRARY.parent
    )
    assert done.stdout == "ran\nstill here\n"


def test_font_files_are_closed() -> None:
    from matplotlib import font_manager
    from matplotlib.figure import Figure

    figure = Figure()
    figure.text(0, 0, "x")
    figure.draw_without_rendering()
    assert font_manager._get_font.cache_info().currsize > 0
    internals.close_font_files()
    assert font_manager._get_font.cache_info().currsize == 0


def test_the_server_of_workers_can_be_started_early() -> None:
    code = (
        "from multiprocessing import forkserver\nfrom psanalysis.kernels.internals import "
        "start_worker_server\n"
        "start_worker_server()\nassert forkserver._forkserver._forkserver_pid"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=LIBRARY.parent)


def test_a_kernel_started_so_lists_no_modules_and_knows_the_rest_of_the_system() -> None:
    from ipykernel import ipkernel

    with internals.without_module_list():
        assert not ipkernel.sys.modules
        assert ipkernel.sys.version_info == sys.version_info
    assert ipkernel.sys is sys


class Held(Configurable):
    """What is no part of the application, as the history is not."""

    enabled = Bool(True).tag(config=True)
    share = Float(0.5).tag(config=True)


def settled(arguments: list[str], plain: bool) -> tuple[Any, ...]:
    """Settings of a kernel's application, and what it keeps of its arguments."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp(parent_handle=internals.NO_POLLER)
    if plain:
        internals.read_plain_arguments(app)
    app.parse_command_line(arguments)
    names = ("connection_file", "ip", "transport", "shell_port", "log_level", "quiet")
    held = Held(parent=app)
    values = {name: getattr(app, name) for name in names}
    return values, held.enabled, held.share, app.argv, app.extra_args, app.cli_config.keys()


PLAIN = (
    ["-f", "/a folder/kernel.json", "--Held.enabled=False", "--IPKernelApp.ip=::1"],
    ["--IPKernelApp.shell_port=99", "--Held.share=0", "-f", "k=.json"],
    ["-f", "kernel.json", *SPARED],
)


@pytest.mark.parametrize("arguments", PLAIN)
def test_plain_arguments_are_read_as_the_parser_would_and_without_it(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ipykernel.kernelapp import IPKernelApp

    by_the_parser = settled(arguments, False)
    monkeypatch.setattr(IPKernelApp, "_create_loader", lambda *_, **__: pytest.fail("a parser"))
    assert settled(arguments, True) == by_the_parser


@pytest.mark.parametrize(
    "arguments",
    [
        ["-f", "k.json", "--transport=ipc"],
        ["-f", "k.json", "--debug"],
        ["-f", "k.json", "other"],
        ["-f", "k.json", "--quiet", "--Held.enabled=False"],
        ["--Held.enabled", "False"],
    ],
)
def test_other_arguments_are_left_to_the_parser(arguments: list[str]) -> None:
    assert settled(arguments, True) == settled(arguments, False)


def test_papermill_makes_no_text_of_what_it_writes_nowhere(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from papermill import execute, iorw

    internals.spare_unwritten_copies()
    once = execute.write_ipynb
    internals.spare_unwritten_copies()
    assert execute.write_ipynb is once
    notebook = new_notebook(cells=[new_code_cell("1")])
    with monkeypatch.context() as within:
        within.setattr(iorw.nbformat, "writes", lambda _: pytest.fail("made a text"))
        execute.write_ipynb(notebook, None)
    execute.write_ipynb(notebook, str(tmp_path / "written.ipynb"))
    assert nbformat.read(tmp_path / "written.ipynb", 4).cells[0].source == "1"


def test_ipykernel_knows_the_option_that_spares_a_pause() -> None:
    from ipykernel.kernelbase import Kernel

    name = internals.WITHOUT_PAUSE.split(".")[1].split("=")[0]
    assert Kernel.class_traits()[name].default_value > 0


def test_ipykernel_polls_no_parent_where_it_is_told_so() -> None:
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp(parent_handle=internals.NO_POLLER)
    app.init_poller()
    assert app.poller is None


def test_html_is_exported_without_a_soup(monkeypatch: pytest.MonkeyPatch) -> None:
    from psanalysis.site import export

    def soup(*_: object) -> None:
        raise AssertionError("made a soup")

    monkeypatch.setattr("nbconvert.exporters.html.BeautifulSoup", soup)
    export.export_nothing()
    assert "highlight_code" in export.exporter().environment.filters


def private(tree: ast.AST) -> list[ast.Attribute]:
    """What code takes of another's object although its name begins with an underscore; a named
    tuple's `_replace` and Jupyter's `_repr_html_` are public.
    """
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and re.match(r"_[A-Za-z]", node.attr)
        and node.attr not in {"_replace", "_fields", "_asdict", "_repr_html_", *own}
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
    ]


def test_no_other_module_reaches_for_what_is_private() -> None:
    found = {
        f"{path.relative_to(LIBRARY).as_posix()}: {ast.unparse(node)}"
        for path in LIBRARY.rglob("*.py")
        if path.name != "internals.py"
        for node in private(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert not {one for one in found if not PUBLIC.search(one)}


def test_only_one_module_hides_others_from_imports() -> None:
    """Of `sys.modules`: see psanalysis.lean."""
    found = [
        path.relative_to(LIBRARY).as_posix()
        for path in LIBRARY.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign | ast.AugAssign)
        and "sys.modules"
        in ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
    ]
    assert found == ["lean.py"]
