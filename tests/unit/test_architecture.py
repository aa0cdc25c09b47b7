"""The library's imports keep the rules of ARCHITECTURE.md: no room imports one that stands above
it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "lib" / "psanalysis"
PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
GROUND, PACKAGE = "ground", "psanalysis"


def rules() -> dict[str, set[str]]:
    """Room to the rooms that it may import, in the order of the page: from the bottom up."""
    table = PAGE.split("<!-- begin rooms -->")[1].split("<!-- end rooms -->")[0]
    rows = [line.strip("| ").split("|") for line in table.strip().splitlines()[2:]]
    return {cells[0].strip(" `"): set(re.findall(r"`(\w+)`", cells[-1])) for cells in rows}


def modules() -> dict[str, Path]:
    """Dotted name of each module to its file."""
    found = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = path.relative_to(LIBRARY.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def room(module: str) -> str:
    """The room of a module; single modules of the package root are the ground."""
    parts = module.split(".")
    if len(parts) == 1:
        return PACKAGE
    path = MODULES[module]
    if len(parts) == 2 and path.name != "__init__.py":
        return GROUND
    return parts[1]


def imported(module: str, nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The library's modules that import statements name."""
    for node in nodes:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import -> name the module in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == PACKAGE:
                yield name if name in MODULES else name.rsplit(".", 1)[0]


def named(nodes: Iterator[ast.AST]) -> Iterator[str]:
    """The library's modules that whole strings name: `importlib` and `python -m` take such."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value.partition(":")[0]
            if name in MODULES and name != PACKAGE:
                yield name


def imports(module: str) -> set[str]:
    """Everything a module imports, also inside functions, for type checkers and by name."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    return {*imported(module, ast.walk(tree)), *named(ast.walk(tree))}


def test_the_page_is_read_from_the_bottom_up() -> None:
    seen: set[str] = set()
    for name, allowed in rules().items():
        assert allowed <= seen, f"{name} may import what stands above it: {sorted(allowed - seen)}"
        seen.add(name)


def test_every_room_is_on_the_page() -> None:
    rooms = {room(module) for module in MODULES} - {PACKAGE}
    assert rooms <= set(rules()), "describe the new room in ARCHITECTURE.md"


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) != PACKAGE])
def test_a_module_imports_what_its_room_may(module: str) -> None:
    own = room(module)
    allowed = rules()[own] | {own}
    wrong = sorted(other for other in imports(module) if room(other) not in allowed)
    assert not wrong, f"{module} ({own}) imports {wrong} -> see the table of ARCHITECTURE.md"


def test_modules_import_each_other_in_no_circle() -> None:
    graph = {}
    for module, path in MODULES.items():
        body = ast.parse(path.read_text(encoding="utf-8")).body
        graph[module] = set(imported(module, iter(body))) - {module}
    TopologicalSorter(graph).prepare()


LAZY = "def f():\n    from psanalysis.site import build\n"
TYPED = "if TYPE_CHECKING:\n    from psanalysis.site.build import Summary\n"
BY_NAME = "def f():\n    import_module('psanalysis.site.build')\n"
OF_A_NAME = "READERS = {'pdf': 'psanalysis.site.build:survey'}\n"


@pytest.mark.parametrize("code", [LAZY, TYPED, BY_NAME, OF_A_NAME])
def test_no_import_hides_from_the_test(code: str) -> None:
    nodes = list(ast.walk(ast.parse(code)))
    found = {*imported("made_up", iter(nodes)), *named(iter(nodes))}
    assert found == {"psanalysis.site.build"}


def test_no_module_makes_up_the_name_of_another() -> None:
    """Only the root may: its names are listed there."""
    made_up = [
        f"{module}:{node.lineno}"
        for module, path in MODULES.items()
        if module != PACKAGE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value) == f"{PACKAGE}."
    ]
    assert made_up == []


# what several modules do together, by room: the name of a test file, and its subject; every other
# test file is named after its module
TOGETHER = {
    "": {
        "architecture": "which room may import which, and where a test stands",
        "documented_frames": "docstrings name the columns of frames",
        "documents": "links of the pages at the top of the project",
        "environment": "the script that makes an environment",
        "packaging": "pyproject.toml, locks and environment.yml agree",
        "typing": "the public types, as a checker outside sees them",
        "wheel": "what an installed library has",
    },
    "curation": {"actuals": "from the empty form to rows and page, all of them or none"},
    "kernels": {
        "fallback": "when a kernel is an ordinary one, and why the log says so",
        "isolation": "a forked kernel is as fresh as an ordinary one",
        "lifecycle": "no kernel outlives its client, its server or its owner",
    },
    "measures": {
        "documented": "frames are what their docstrings say",
        "method": "the vectors and codes of METHOD.md",
    },
    "plot": {
        "colour": "contrast, colour vision and a second sign in all charts",
        "every_chart": "no overlap, a row for each mark, the same bytes in all charts",
    },
    "report": {
        "known_in_part": "no page counts a plan known in part as a whole one",
        "next_plans": "all pages where each place has two plans",
    },
}
TESTS = Path(__file__).parent


def test_test_files_mirror_the_modules() -> None:
    known = {path.with_suffix("").as_posix() for path in LIBRARY.rglob("*.py")}
    stray = []
    for path in sorted(TESTS.rglob("test_*.py")):
        at = path.parent.relative_to(TESTS).as_posix().removeprefix(".")
        name = path.stem.removeprefix("test_")
        module = (LIBRARY / at / name).as_posix()
        if module not in known and name not in TOGETHER.get(at, {}):
            stray.append(path.relative_to(TESTS).as_posix())
    assert stray == [], "name the file after its module, or say in TOGETHER what it is for"
    named = {(at, name) for at, names in TOGETHER.items() for name in names}
    gone = [one for one in named if not (TESTS / one[0] / f"test_{one[1]}.py").is_file()]
    assert gone == [], "TOGETHER names files that are not there"
