"""The review of a draft: decisions, corrections, and what check says.

The city of Yunhe is made up.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import psanalysis as ps
from psanalysis.cli import main
from psanalysis.curation.decisions import Curation
from psanalysis.curation.plan_info import AdditionError
from psanalysis.errors import ParameterError

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "notebooks" / "examples"


@pytest.fixture
def curation(draft: Path, ds: ps.Dataset) -> Curation:
    return Curation.load(draft, ds)


def rules(curation: Curation, number: int) -> list[tuple[str, str]]:
    return [(fault.column, fault.rule) for fault in curation.faults(number)]


def test_the_example_is_what_the_rules_draft_today(tmp_path: Path) -> None:
    words = ["draft", EXAMPLES / "yunhe.txt", "--plan", "yunhe-14fyp", "-o", tmp_path / "yunhe.csv"]
    assert CliRunner().invoke(main, [str(word) for word in words]).exit_code == 0
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert made == {
        file.name: file.read_bytes() for file in EXAMPLES.iterdir() if file.name != "yunhe.txt"
    }


def test_the_example_is_the_text_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    printed = "".join(
        f"   {line}\n" for line in (EXAMPLES / "yunhe.txt").read_text(encoding="utf-8").splitlines()
    )
    assert f"```\n{printed}   ```" in readme


def test_a_change_gives_a_new_state_and_leaves_the_old_one(curation: Curation) -> None:
    changed = curation.decide(0, "yes").correct(1, "value", "2.7")
    assert (curation.counts["yes"], changed.counts["yes"]) == (0, 1)
    assert (curation.row(1)["value"], changed.row(1)["value"]) == ("2.6", "2.7")


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("value", "2,6", ("value", "must be a plain number")),
        ("role", "aim", ("role", "is not a valid code")),
        (
            "comparator",
            "none",
            ("comparator", "a value has a comparator, and no value has comparator none"),
        ),
        ("year", "", ("year_basis", "year and year_basis go together")),
        ("unit_id", "percent", ("unit_id", "is of another dimension than its indicator's unit")),
        ("unit_id", "new_shao", ("unit_id", "is a code to be replaced")),
        ("commitment", "firm", ("commitment", "targets have a commitment, other roles have none")),
        ("char_end", "x", ("char_end", "must be a whole number")),
    ],
)
def test_each_change_is_checked(
    curation: Curation, column: str, cell: str, fault: tuple[str, str]
) -> None:
    assert rules(curation, 1) == []
    changed = curation.correct(1, column, cell)
    assert fault in rules(changed, 1)
    assert rules(changed, 0) == []


def test_a_span_takes_its_words_from_the_text(curation: Curation) -> None:
    start = curation.text.index("每千人口拥有执业")
    changed = curation.correct(1, "char_start", str(start)).correct(1, "char_end", str(start + 4))
    assert changed.row(1)["value_as_written"] == "每千人口"
    assert rules(changed, 1) == []


def test_a_new_code_has_to_be_replaced(curation: Curation) -> None:
    number = len(curation.rows) - 1
    assert [column for column, _ in rules(curation, number)] == ["indicator_id"]
    assert (
        rules(curation.correct(number, "indicator_id", "puppet_theatre_schools_new"), number) == []
    )


def test_only_accepted_rows_with_faults_are_counted(curation: Curation) -> None:
    wrong = (
        curation.correct(0, "value", "x").correct(1, "value", "x").decide(0, "yes").decide(1, "no")
    )
    assert wrong.counts == {"yes": 1, "no": 1, "open": len(wrong.rows) - 2, "faulty": 1}


def test_what_is_written_is_what_add_plan_takes(
    curation: Curation, tmp_path: Path, ds: ps.Dataset
) -> None:
    path = (
        curation.decide(0, "yes")
        .decide(2, "yes")
        .decide(3, "no")
        .write(tmp_path / "out" / "mine.csv")
    )
    stored = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert stored["accepted"].tolist() == ["yes", "", "yes", "no", *[""] * (len(stored) - 4)]
    done = CliRunner().invoke(
        main, ["add-plan", str(path), "--plan-info", str(tmp_path / "info.yml")]
    )
    assert done.exit_code == 0, done.output
    assert Curation.load(path, ds).counts["yes"] == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("missing", "cannot be read"),
        ("text", "no text beside it"),
        ("other", "is not the text that was drafted"),
    ],
)
def test_a_draft_that_cannot_be_reviewed_is_told(
    draft: Path, ds: ps.Dataset, change: str, said: str
) -> None:
    (text,) = draft.parent.glob("yunhe.?*.txt")
    if change == "missing":
        draft.unlink()
    elif change == "text":
        text.unlink()
    else:
        text.write_text("x", encoding="utf-8")
    with pytest.raises(AdditionError, match=said):
        Curation.load(draft, ds)


def test_wrong_words_are_told(curation: Curation) -> None:
    for wrong in (
        lambda: curation.decide(0, "perhaps"),
        lambda: curation.correct(0, "plan_id", "x"),
        lambda: curation.row(99),
    ):
        with pytest.raises(ParameterError):
            wrong()
