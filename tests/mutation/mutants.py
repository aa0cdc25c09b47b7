"""Mutants of a module: its code with one operator changed, one after the other in the order of the
text; and running with changed code.
"""

from __future__ import annotations

import ast
import copy
import os
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import unwrap
from pathlib import Path
from tempfile import TemporaryFile
from types import CodeType, FunctionType, ModuleType
from typing import Any

SIGN: dict[type[ast.AST], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.Is: "is", ast.IsNot: "is not",
    ast.In: "in", ast.NotIn: "not in", ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
    ast.Pow: "**", ast.Mod: "%",
    ast.FloorDiv: "//", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.And: "and",
    ast.Or: "or", ast.Not: "not", ast.USub: "-", ast.Invert: "~",
}  # fmt: skip
COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.Mod: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.BitXor: ast.BitAnd,
}  # fmt: skip
PAIRS = (
    ("isna", "notna"),
    ("where", "mask"),
    ("any", "all"),
    ("min", "max"),
    ("idxmin", "idxmax"),
    ("first", "last"),
)
NAMES = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
NO_END = "no end"


@dataclass(frozen=True)
class Mutant:
    """One changed operator.

    Attributes
    ----------
    module, function
        Where it is; function is empty for what a module does when it is imported, and the name of
        the class in a class.
    source
        Text of the line.
    change
        What was changed into what, with a number where the same text has the same change before it.
    line
        Number of the line.
    code
        The changed module, compiled.
    """

    module: str
    function: str
    source: str
    change: str
    line: int
    code: CodeType

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What equivalent.toml knows it by."""
        return (self.module, self.function, self.source, self.change)


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.split("\n")
    told: Counter[tuple[str, str, str]] = Counter()
    for node, function in sorted(
        _nodes(tree, ""), key=lambda found: (found[0].lineno, found[0].col_offset)
    ):
        for change, new in _changes(node):
            source = lines[node.lineno - 1].strip()
            key = (function, source, change)
            told[key] += 1
            ast.copy_location(new, node)
            changed = ast.fix_missing_locations(_Swap(node, new).visit(tree))
            code = compile(changed, str(path), "exec")
            _Swap(new, node).visit(tree)
            numbered = change if told[key] == 1 else f"{change} ({told[key]})"
            yield Mutant(path.stem, function, source, numbered, node.lineno, code)


def _nodes(node: ast.AST, function: str) -> Iterator[tuple[Any, str]]:
    """Nodes that run, each with the function that it is in; annotations do not run."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            inside = function
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and (
                name == "body" or isinstance(node, ast.ClassDef)
            ):
                inside = f"{function}.{node.name}".lstrip(".")
            if hasattr(child, "lineno"):
                yield child, inside
            yield from _nodes(child, inside)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Every changed form of a node, and the change in words."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                for other in COMPARED[type(operator)]:
                    operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                    yield f"{SIGN[type(operator)]} -> {SIGN[other]}", _with(node, ops=operators)
        case ast.BinOp() | ast.AugAssign() if type(node.op) in CALCULATED:
            calculated = CALCULATED[type(node.op)]
            yield f"{SIGN[type(node.op)]} -> {SIGN[calculated]}", _with(node, op=calculated())
        case ast.BoolOp():
            joined: type[ast.boolop] = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield f"{SIGN[type(node.op)]} -> {SIGN[joined]}", _with(node, op=joined())
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield f"{SIGN[type(node.op)]}x -> x".replace("notx", "not x"), copy.copy(node.operand)
        case ast.If() | ast.IfExp() if not isinstance(
            node.test, ast.Compare | ast.BoolOp | ast.UnaryOp
        ):
            yield "if x -> if not x", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.Constant(value=bool() as flag):
            yield f"{flag} -> {not flag}", _with(node, value=not flag)
        case ast.Constant(value=int() | float() as number):
            yield f"{number} -> {number + 1}", _with(node, value=number + 1)
        case ast.Constant(value=str() as word) if word in NAMES:
            yield f'"{word}" -> "{NAMES[word]}"', _with(node, value=NAMES[word])
        case ast.Attribute() if node.attr in NAMES:
            yield f".{node.attr} -> .{NAMES[node.attr]}", _with(node, attr=NAMES[node.attr])
        case ast.Name() if node.id in NAMES and isinstance(node.ctx, ast.Load):
            yield f"{node.id} -> {NAMES[node.id]}", _with(node, id=NAMES[node.id])


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


class _Swap(ast.NodeTransformer):
    """One node of a tree for another."""

    def __init__(self, old: ast.AST, new: ast.AST):
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else self.generic_visit(node)


def patch(module: ModuleType, code: CodeType, function: str) -> None:
    """Give the functions of a module the code of another version, wherever they have been imported,
    and what has changed besides them.
    """
    new = ModuleType(module.__name__)
    new.__file__ = module.__file__
    sys.modules[module.__name__] = new  # a dataclass looks up its module
    exec(code, vars(new))
    sys.modules[module.__name__] = module
    fresh = dict(_functions(new))
    for name, old in _functions(module):
        old.__code__, old.__defaults__, old.__kwdefaults__ = (
            fresh[name].__code__,
            fresh[name].__defaults__,
            fresh[name].__kwdefaults__,
        )
    for name, value in list(vars(module).items()):
        constant = not function and name.isupper() and value != vars(new)[name]
        if constant or (isinstance(value, type) and name == function):
            for other in list(sys.modules.values()):
                for alias in [alias for alias, held in list(vars(other).items()) if held is value]:
                    setattr(other, alias, vars(new)[name])


def _functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in list(vars(module).items()):
        inner = vars(value) if isinstance(value, type) else {}
        for qualified, held in [
            (name, value),
            *((f"{name}.{each}", method) for each, method in inner.items()),
        ]:
            own = unwrap(held) if isinstance(held, FunctionType) else held  # without a decorator
            if isinstance(own, FunctionType) and own.__code__.co_filename == module.__file__:
                yield qualified, own


def forked(work: Callable[[], Any]) -> Any:
    """The result of work that is done in a process of its own; an error in words."""
    return result(*started(work))


def started(work: Callable[[], Any]) -> tuple[int, int]:
    """Begin work in a process of its own: its number, and the pipe with its result."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        try:
            result = work()
        except BaseException as error:
            result = repr(error)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(result, pipe)
        os._exit(0)
    os.close(writing)
    return process, reading


def result(process: int, reading: int) -> Any:
    """What started work came to."""
    with os.fdopen(reading, "rb") as pipe:
        written = pipe.read()
    os.waitpid(process, 0)
    return pickle.loads(written) if written else NO_END


def divided(work: Callable[[Iterator[int]], dict[int, Any]], count: int) -> dict[int, Any]:
    """The results of numbered work, by number; one process for each core takes what comes next."""
    with TemporaryFile() as numbers:
        for number in range(count):
            numbers.write(number.to_bytes(4))
        numbers.seek(0)  # processes that are forked share the place where they read

        def following() -> Iterator[int]:
            while number := os.read(numbers.fileno(), 4):
                yield int.from_bytes(number)

        together: dict[int, Any] = {}
        parts = [started(lambda: work(following())) for _ in range(os.cpu_count() or 1)]
        for part in parts:
            results = result(*part)
            if not isinstance(results, dict):
                raise RuntimeError(results)
            together |= results
    return together
