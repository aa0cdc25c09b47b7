"""Every function that takes or returns a frame says which columns it reads or adds, or names the
frame that has them.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from psanalysis.datapackage.schema import read_package
from psanalysis.datapackage.shipped import BUNDLED

LIBRARY = Path(__file__).parents[2] / "lib" / "psanalysis"
QUOTED = re.compile(r"`([\w.]+)`")
WORD = re.compile(r"\w+")
FILE = re.compile(r"\b(\w+)\.csv\b")
SECTION = re.compile(r"^ *(?:Parameters|Returns)\n *-{3,}$", re.MULTILINE)
RESOURCES = read_package(BUNDLED).resources
TABLES = {resource.name for resource in RESOURCES}
OF_DATA = {field.name for resource in RESOURCES for field in resource.fields}


@dataclass(frozen=True)
class Function:
    """A function with what its docstring is compared with.

    Attributes
    ----------
    module, where
        Its file, and this with its line and name.
    drawn
        The columns that `@chart` asks for.
    words
        Words of its code, of which its columns are some.
    """

    module: str
    where: str
    name: str
    docstring: str
    parameters: frozenset[str]
    drawn: frozenset[str]
    words: frozenset[str]
    of_frames: bool

    @classmethod
    def of(cls, node: ast.FunctionDef, module: str, shared: frozenset[str]) -> Function:
        """`shared` are the words of the constants of its module."""
        docstring = ast.get_docstring(node) or ""
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        types = [node.returns, *(argument.annotation for argument in arguments)]
        charts = [
            one.args[0]
            for one in node.decorator_list
            if isinstance(one, ast.Call) and ast.unparse(one.func) == "chart"
        ]
        return cls(
            module,
            f"{module}:{node.lineno} {node.name}",
            node.name,
            docstring,
            frozenset(argument.arg for argument in arguments),
            words(charts),
            words(node.body[1:] if docstring else node.body) | shared,
            any("DataFrame" in ast.unparse(kind) for kind in types if kind),
        )


def words(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """Words of strings, attributes and names of arguments: columns are written as one of these."""
    found: set[str] = set()
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(WORD.findall(node.value))
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
    return frozenset(found)


def functions(source: str, module: str) -> Iterator[Function]:
    """All functions of a module, also methods and functions within functions."""
    tree = ast.parse(source)
    shared = words(node for node in tree.body if isinstance(node, ast.Assign))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield Function.of(node, module, shared)


FUNCTIONS = [
    function
    for path in sorted(LIBRARY.rglob("*.py"))
    for function in functions(
        path.read_text(encoding="utf-8"), path.relative_to(LIBRARY).as_posix()
    )
]
OF_FRAMES = [function for function in FUNCTIONS if function.of_frames]
BY_NAME: dict[str, list[Function]] = defaultdict(list)
for _function in OF_FRAMES:
    BY_NAME[_function.name].append(_function)


def documented(function: Function, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a docstring names a column, or something whose columns are documented: a file of the
    data or another function. That of a chart names all columns that the chart needs.
    """
    text = function.docstring
    if function.drawn:
        return function.drawn <= set(WORD.findall(text))
    quoted = set(QUOTED.findall(text))
    if quoted & (function.words | TABLES | OF_DATA) or set(FILE.findall(text)) & TABLES:
        return True
    # a column that the caller names
    if "column" in text and quoted & function.parameters:
        return True
    # sections list columns without backquotes
    if SECTION.search(text) and any(
        "_" in word for word in set(WORD.findall(text)) & (function.words | OF_DATA)
    ):
        return True
    return any(
        documented(other, seen | {function.where})
        for name in quoted
        for other in BY_NAME[name.rpartition(".")[2]]
        if other.where not in {*seen, function.where}
    )


@pytest.mark.parametrize("function", OF_FRAMES, ids=lambda function: function.where)
def test_the_docstring_names_columns(function: Function) -> None:
    assert documented(function), (
        "say which columns it reads and which it adds, in backquotes, or whose columns it takes"
    )


@pytest.mark.parametrize(
    ("docstring", "enough"),
    [
        ("Rows.", False),
        ("Rows of `rows`.", False),
        ("Rows with a `colour`.", False),
        ("Rows with a year.", False),
        ("Rows with a `place`.", True),
        ("Rows of `psanalysis.gaps`.", True),
        ("Rows of statements.csv.", True),
        ("Rows of `render`.", False),
    ],
)
def test_a_column_is_named_where_the_code_has_it(docstring: str, enough: bool) -> None:
    source = f'def f(rows: pd.DataFrame) -> None:\n    """{docstring}"""\n    rows["place"]\n'
    [function] = functions(source, "made_up")
    assert function.of_frames
    assert documented(function) == enough
