"""The controls of a review in JupyterLab, what they show, and the file that they save.

The city of Yunhe is made up.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.curation.curator import Curator
from psanalysis.curation.reasons import in_language
from psanalysis.errors import ParameterError
from psanalysis.tables.vocabulary import head

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "notebooks" / "examples"


def test_a_language_that_there_is_not(draft: Path, ds: ps.Dataset) -> None:
    with pytest.raises(ParameterError):
        Curator(draft, "fr", ds)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_controls_accept_correct_check_and_save(draft: Path, ds: ps.Dataset, lang: str) -> None:
    curator = Curator(draft, lang, ds)
    which, _, told, grid, buttons, summary, saved = curator.widget().children
    accept, reject, leave, before, after, save = buttons.children
    ds_words = {column: head(ds, column, lang) for column in ("value", "indicator_id")}
    shown = {control.description: control for control in grid.children}
    assert not [words for words in shown if "_" in words]
    cells = {column: shown[words] for column, words in ds_words.items()}
    before_saving = draft.read_bytes()
    accept.click()
    assert (which.value, curator.curation.row(0)["accepted"]) == (1, "yes")
    cells["value"].value = "many"
    assert ds_words["value"] in told.value
    assert curator.curation.row(1)["value"] == "many"
    reject.click()
    assert curator.curation.row(1)["accepted"] == "no"
    before.click()
    leave.click()
    assert (which.value, curator.curation.row(1)["accepted"]) == (1, "")
    after.click()
    assert which.value == 2
    code = "preschool_gross_enrolment"
    assert cells["indicator_id"].value.endswith(f"({code})")
    assert curator.curation.row(2)["indicator_id"] == code
    assert "1" in summary.value
    save.click()
    reviewed = draft.with_name(f"{draft.stem}-reviewed.csv")
    assert reviewed.name in re.sub("<[^>]*>", "", saved.value)
    assert draft.read_bytes() == before_saving
    stored = pd.read_csv(reviewed, dtype=str, keep_default_na=False)
    assert (stored.at[0, "accepted"], stored.at[1, "value"]) == ("yes", "many")


def test_a_review_goes_on_in_its_own_file(draft: Path, ds: ps.Dataset) -> None:
    first = Curator(draft, "en", ds)
    first.decide("yes")
    again = Curator(first.save(), "en", ds)
    assert again.curation.row(0)["accepted"] == "yes"
    assert again.save() == first.save()


def test_a_notebook_that_stands_alone_has_its_example_and_saves_where_it_stands(
    tmp_path: Path, ds: ps.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    curator = Curator("examples/yunhe.csv", "en", ds)
    assert len(curator.curation.rows) > 3
    curator.decide("yes")
    saved = curator.save()
    assert saved == Path("yunhe-reviewed.csv")
    assert Curator(saved, "en", ds).curation.row(0)["accepted"] == "yes"
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".csv", ".txt"]
    with pytest.raises(ps.PsanalysisError, match=r"elsewhere/mine.csv: cannot be read .*draft"):
        Curator("elsewhere/mine.csv", "en", ds)


def test_an_indicator_is_chosen_by_its_name_and_kept_by_its_code(
    draft: Path, ds: ps.Dataset
) -> None:
    curator = Curator(draft, "zh", ds)
    grid = curator.widget().children[3]
    control = grid.children[0]
    name = ds.indicators.set_index("indicator_id").at["nurses_per_1000", "name_zh"]
    control.value = next(one for one in control.options if name in one)
    assert curator.curation.row(0)["indicator_id"] == "nurses_per_1000"
    control.value = "my_own_code"
    assert curator.curation.row(0)["indicator_id"] == "my_own_code"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reasons_are_said_in_the_language_of_the_reader(
    draft: Path, ds: ps.Dataset, lang: str
) -> None:
    curator = Curator(draft, lang, ds)
    stored = curator.curation.rows.filter(regex="^reason_").stack()
    for reason in {text for text in stored if text}:
        told = in_language(reason, lang)
        assert in_language(told, lang) == told
        assert in_language(in_language(reason, "en"), "zh") == reason
        # what the document says is quoted, or stands in brackets
        bare = re.sub(r"“[^”]*”|\([^)]*\)", "", told)
        assert lang == "zh" or not re.search("[\u3400-\u9fff]", bare), told


def test_the_text_is_shown_with_every_span_and_nothing_unescaped(
    draft: Path, ds: ps.Dataset
) -> None:
    curator = Curator(draft, "zh", ds)
    shown = curator.text()._repr_html_()
    assert shown.count("<mark>") == len(
        curator.curation.rows.drop_duplicates(["char_start", "char_end"])
    )
    assert "联系电话" in shown
    curator.number = 7
    assert "<strong><mark>12个</mark>" in curator.passage()._repr_html_()
