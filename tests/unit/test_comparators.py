"""Comparators: one table that the schema, the measures, the printed signs and the drafting rules
agree with.
"""

from __future__ import annotations

import ast
from pathlib import Path

import psanalysis as ps
from psanalysis import comparators
from psanalysis.comparators import CODES, COMPARATORS, INEXACT, NUMERIC, RANGES, SIDES, STRICT
from psanalysis.draft.lexicon import comparator_words


def test_the_schema_lists_the_same_codes() -> None:
    field = ps.load().package.by_name["statements"].field("comparator")
    assert tuple(field.constraints["enum"]) == CODES
    assert tuple(field.labels) == CODES


def test_the_groups_of_comparators() -> None:
    assert SIDES == {"ge": 1, "gt": 1, "le": -1, "lt": -1}
    assert (STRICT, INEXACT, RANGES) == (("gt", "lt"), ("approx", "between"), ("between",))
    assert [code for code in CODES if code not in NUMERIC] == ["none"]


def test_a_word_means_one_comparator_and_drafting_reads_it() -> None:
    for where in ("before", "after"):
        words = [word for one in COMPARATORS.values() for word in getattr(one, where)]
        assert len(words) == len(set(words))
        assert set(comparator_words(where)[1]) == set(words)
    assert COMPARATORS["approx"].words[-1] == "上下"


def test_signs_differ_where_there_is_one() -> None:
    signs = [one.sign for one in COMPARATORS.values() if one.sign]
    assert len(signs) == len(set(signs)) == 5


def test_the_comparators_that_rules_name() -> None:
    meant = ("ITSELF", "ABOUT", "RANGE", "AT_LEAST", "MORE_THAN", "AT_MOST", "NO_NUMBER")
    codes = [getattr(comparators, name) for name in meant]
    assert codes == ["eq", "approx", "between", "ge", "gt", "le", "none"]
    assert comparators.SIDELESS == ("eq", "approx")


def test_labels_of_documents_tell_the_numeric_ones_apart() -> None:
    labels = [COMPARATORS[code].label for code in NUMERIC]
    assert all(labels)
    assert len(labels) == len(set(labels))


LIBRARY = Path(ps.__file__).parent
# the room where a number that no document states is still written with the code of a number itself
STILL = {"measures"}


def test_no_rule_knows_a_comparator_by_its_code() -> None:
    # "none" is a word of other vocabularies too
    codes = set(NUMERIC)
    found = [
        f"{path.relative_to(LIBRARY).as_posix()}:{node.lineno}: {node.value}"
        for path in sorted(LIBRARY.rglob("*.py"))
        if path.relative_to(LIBRARY).parts[0] not in STILL
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    ]
    assert found == [], "import its name from psanalysis.comparators"
