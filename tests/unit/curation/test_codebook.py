"""The codebook: its generated parts are up to date, its worked examples are true, both languages
say the same.
"""

from __future__ import annotations

import ast
import operator
import re

import pytest

import psanalysis as ps
from psanalysis.curation.codebook import MARKED, filled, write
from psanalysis.datapackage.dataset import data_folder
from psanalysis.errors import ParameterError

EQUATION = re.compile(r"`([^`]*\d[^`]*) = (−?[\d.]+)`")
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


@pytest.fixture(scope="module")
def text() -> str:
    return (data_folder() / "README.md").read_text(encoding="utf-8")


def value_of(formula: str) -> float:
    tree = ast.parse(
        formula.replace("−", "-").replace("×", "*").replace("^", "**").replace("≥", ""), mode="eval"
    )

    def walk(node: ast.AST) -> float:
        match node:
            case ast.Expression():
                return walk(node.body)
            case ast.Constant():
                return float(node.value)
            case ast.UnaryOp(op=ast.USub()):
                return -walk(node.operand)
            case ast.BinOp():
                return OPERATORS[type(node.op)](walk(node.left), walk(node.right))
            case ast.Call(func=ast.Name(id="max")):
                return max(walk(argument) for argument in node.args)
        raise AssertionError(f"unexpected {ast.dump(node)}")

    return walk(tree)


def parts(text: str, lang: str) -> list[list[str]]:
    calls = [match["call"].split() for match in MARKED.finditer(text)]
    return [[name, *rest] for name, own, *rest in calls if own == lang]


def test_the_generated_parts_are_up_to_date(ds, text):
    assert filled(text, ds) == text, "run python -m psanalysis.curation.codebook (make codebook)"


def test_every_printed_equation_is_true(text):
    equations = EQUATION.findall(text)
    assert len(equations) >= 30
    for formula, result in equations:
        printed = float(result.replace("−", "-"))
        assert value_of(formula) == pytest.approx(printed, rel=1e-3, abs=1e-4), (
            f"{formula} = {result}"
        )


def test_worked_examples_come_out_of_the_library(ds, text):
    row = ps.gaps(ds, plan="mianyang-14fyp").set_index("statement_id").loc["mianyang-14fyp-174"]
    assert f"`55 − 37.64 = {row['gap']:.2f}`" in text
    assert f"= {row['annual_step']:.3f}`" in text
    assert f"= {row['room_share']:.4f}`" in text
    found = ps.assess(
        baseline=37.64,
        current=45,
        target=55,
        baseline_year=2020,
        current_year=2023,
        target_year=2025,
        nature="binding",
    )
    assert f"= {found.unsd_share:.4f}`" in text
    assert f"`status`: `{found.status}`" in text
    assert found.reason_zh in text
    assert found.reason_en in text


def test_every_measure_has_an_example(text):
    shown = {part[1] for part in parts(text, "en") if part[0] == "measure"}
    from psanalysis.measures.exante import MEASURES

    assert shown == set(MEASURES)
    assert {part[0] for part in parts(text, "en")} >= {
        "assess",
        "pace",
        "compare",
        "ambition",
        "status",
    }


def test_both_languages_have_the_same_parts(text):
    assert parts(text, "zh") == parts(text, "en")
    chinese, english = text.split('<a id="english"></a>')
    head = re.compile(r"^#{1,3} [\d.]*", re.MULTILINE)
    assert [found.group() for found in head.finditer(chinese)] == [
        found.group() for found in head.finditer(english)
    ]


def test_all_files_columns_and_codes_are_described(ds, text):
    for resource in ds.package.resources:
        assert text.count(f"#### {resource.path}") == 2
        for field in resource.fields:
            assert f"| `{field.name}` | {field.title_zh} |" in text
            assert f"| `{field.name}` | {field.description} |" in text
            for code, words in field.labels.items():
                assert f"| `{code}` | {words['zh']} |" in text
                assert f"| `{code}` | {words['en']} |" in text


def test_a_stale_part_is_written_anew(text, tmp_path):
    for file in data_folder().iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = tmp_path / "README.md"
    good = next(part.group() for part in MARKED.finditer(text) if "= 17.36`" in part.group())
    path.write_text(good.replace("= 17.36`", "= 18`"), encoding="utf-8")
    assert write(tmp_path) == path
    assert path.read_text(encoding="utf-8") == good


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("nonsense en", "nonsense"),
        ("example en mianyang-14fyp-999", "mianyang-14fyp-999"),
        ("measure en gap mianyang-14fyp-001", "mianyang-14fyp-001"),
    ],
)
def test_a_part_that_cannot_be_written_says_why(ds, call, message):
    with pytest.raises(ParameterError, match=message):
        filled(f"<!-- begin {call} -->\n<!-- end -->", ds)


def test_text_around_the_parts_is_left_alone(ds):
    own = "before\n<!-- begin files en -->\nold\n<!-- end -->\nafter <!-- a comment -->\n"
    new = filled(own, ds)
    assert new.startswith("before\n<!-- begin files en -->\n| File |")
    assert new.endswith("<!-- end -->\nafter <!-- a comment -->\n")
    assert "old" not in new
