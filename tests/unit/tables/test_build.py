"""Tables for readers: what cells say, and what Excel, Word, LaTeX and HTML make of them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook

import psanalysis as ps
from psanalysis.site.contract import require
from psanalysis.tables.cells import is_numeric
from psanalysis.tables.marks import SIGNS
from psanalysis.tables.model import Cell
from psanalysis.tables.vocabulary import rules
from psanalysis.wording import keys

PLAN = "mianyang-14fyp"


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.fixture(scope="module")
def gaps(ds: ps.Dataset) -> pd.DataFrame:
    frame = ps.gaps(ds, PLAN)
    return frame[frame["nature"].notna() | frame["pledge"].notna()].reset_index(drop=True)


@pytest.fixture(scope="module")
def frames(ds: ps.Dataset, gaps: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """A frame of every kind that the library makes, and every table of the data."""
    made = {
        "gaps": gaps,
        "compare": ps.compare(ds),
        "ambition": ps.ambition(ds, PLAN),
        "pace": ps.pace(ds),
        "progress": ps.progress(ds, as_of=2023),
        "outcomes": ps.outcomes(ds),
        "succession": ps.succession(ds, "panjin"),
        "coverage": ps.coverage(ds),
        "find": ps.find("nurse", ds),
        "waiting": ps.waiting(ds),
    }
    return made | {name: getattr(ds, name).head(40) for name in ds.package.by_name}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_code_and_no_other_language_is_left(frames: dict[str, pd.DataFrame], lang: str) -> None:
    coded = ("gaps", "compare", "ambition", "pace", "progress", "outcomes", "coverage", "waiting")
    for name in coded:
        shown = ps.table(frames[name], lang).to_frame()
        texts = [*shown.columns, *shown.stack()]
        assert not [text for text in texts if re.search(r"[a-z]+_[a-z]+", text)], name
        if lang == "en":
            # a Chinese term may stand in brackets behind its translation; what a document prints,
            # in quotation marks
            bare = [re.sub("\\([\u3400-\u9fff/]+\\)|“[^”]+”", "", text) for text in texts]
            assert not [text for text in bare if re.search("[\u3400-\u9fff]", text)], name


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("units", ["cells", "head"])
def test_every_frame_of_the_library_is_a_table(
    frames: dict[str, pd.DataFrame], lang: str, units: str
) -> None:
    for name, frame in frames.items():
        table = ps.table(frame, lang, units=units)
        shown = table.to_frame()
        assert len(shown) == len(frame), name
        assert shown.columns.is_unique, name
        assert len(shown.columns) > 1, name
        require(table.to_html(), name)


def test_a_known_row(gaps: pd.DataFrame) -> None:
    row = gaps[gaps["indicator_id"].eq("nursing_bed_share")].head(1)
    columns = ["name", "nature", "baseline", "target", "gap", "room_share", "target_year", "status"]
    assert ps.table(row, "zh", columns=columns).to_frame().iloc[0].tolist() == [
        "养老机构护理型床位占比 §", "约束性", "37.64%", "55%", "+17.36个百分点", "27.8%", "2025", "须提升",
    ]  # fmt: skip
    assert ps.table(row, "en", columns=columns).to_frame().iloc[0].tolist() == [
        "Share of nursing-care beds in eldercare institutions §", "binding", "37.64%", "55%",
        "+17.36 pp", "27.8%", "2025", "to improve",
    ]  # fmt: skip


def test_ten_thousands_are_counted_out_in_english(gaps: pd.DataFrame) -> None:
    row = gaps[gaps["unit_id"].eq("ten_thousand_person_times")].head(1)
    assert len(row)
    zh, en = (
        ps.table(row, lang, columns=["name", "target"]).to_frame()[head].item()
        for lang, head in (("zh", "目标值"), ("en", "target"))
    )
    assert (zh, en) == ("19万人次", "190,000 person-times")


def test_a_pledge_is_said_in_words(gaps: pd.DataFrame) -> None:
    row = gaps[gaps["pledge"].eq("all_eligible")].head(1)
    assert ps.table(row, "zh", columns=["target"]).to_frame().squeeze() == "应保尽保 ¶"


@pytest.mark.parametrize(
    ("target", "other", "comparator", "text"),
    [
        (98.0, None, "ge", "≥98%"),
        (98.0, None, "gt", ">98%"),
        (3.0, 5.0, "between", "3–5%"),
        (5.0, 3.0, "between", "3–5%"),
        (7.5, None, "approx", "≈7.5%"),
        (None, None, "none", "—"),
    ],
)
def test_comparators_and_ranges(
    target: float | None, other: float | None, comparator: str, text: str
) -> None:
    frame = pd.DataFrame(
        {
            "target": [target],
            "target_high": [other],
            "comparator": [comparator],
            "unit_id": ["percent"],
        }
    ).astype({"target": "float64", "target_high": "float64"})
    assert ps.table(frame, "en", columns=["target"]).to_frame().squeeze() == text


def test_units_in_heads(ds: ps.Dataset) -> None:
    frame = ps.compare(ds, ["nursing_bed_share"])
    shown = ps.table(frame, "en", columns=["plan_id", "value", "year"], units="head").to_frame()
    assert list(shown.columns) == ["plan", "value (%)", "year"]
    assert shown["value (%)"].iloc[0] == "55"


def test_rows_of_several_units_get_a_column_for_them(gaps: pd.DataFrame) -> None:
    shown = ps.table(gaps, "en", columns=["name", "target"], units="head").to_frame()
    assert list(shown.columns) == ["indicator", "unit", "target"]


def test_signs_are_explained_once(gaps: pd.DataFrame) -> None:
    table = ps.table(gaps, "en")
    shown = "".join(table.to_frame()["indicator"])
    for sign in "†‡§¶~":
        assert (sign in shown) == any(f"{sign} " in note for note in table.notes if "Signs" in note)


def test_notes_heads_and_caption_may_be_ones_own(gaps: pd.DataFrame) -> None:
    table = ps.table(
        gaps,
        "en",
        columns=["name", "target"],
        titles={"target": "goal"},
        notes=["My note."],
        caption="T",
    )
    assert [head.title for head in table.heads] == ["indicator", "goal"]
    assert table.notes == ("My note.",)
    assert ps.table(gaps, "en", notes=[]).notes == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lang": "de"}, "lang='de'"),
        ({"units": "none"}, "units='none'"),
        ({"columns": ["targte"]}, "column='targte' is not valid"),
    ],
)
def test_what_is_not_known_is_told(
    gaps: pd.DataFrame, options: dict[str, object], message: str
) -> None:
    with pytest.raises(ps.ParameterError, match=message):
        ps.table(gaps, **options)


def test_only_a_frame_is_a_frame() -> None:
    with pytest.raises(ps.ParameterError, match="is no DataFrame"):
        ps.table([1, 2])


@pytest.mark.parametrize(
    ("text", "digits", "value", "form"),
    [
        ("≥98.5%", "98.5", 98.5, '"≥"#,##0.0"%"'),
        ("−3.18 pp", "−3.18", -3.18, '#,##0.00" pp"'),
        ("1,597元", "1,597", 1597.0, '#,##0"元"'),
        ('2"', "2", 2.0, '#,##0""""'),
    ],
)
def test_number_formats(text: str, digits: str, value: float, form: str) -> None:
    assert Cell.number(value, digits, text) == Cell(text, value, form)


def test_excel_keeps_numbers_as_numbers(gaps: pd.DataFrame, tmp_path: Path) -> None:
    table = ps.table(gaps, "zh", caption="=1+1")
    sheet = load_workbook(table.to_excel(tmp_path / "t.xlsx")).active
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")
    heads = [cell.value for cell in sheet[3]]
    assert heads == [head.title for head in table.heads]
    column = heads.index("目标值")
    values = [row[column] for row in sheet.iter_rows(min_row=4, max_row=3 + len(gaps))]
    numbers = [cell.value for cell in values if cell.data_type == "n"]
    assert (
        numbers == gaps.loc[gaps["target"].notna() & gaps["target_high"].isna(), "target"].tolist()
    )
    assert {"%" in cell.number_format for cell in values if cell.data_type == "n"} == {True, False}


def test_word_has_the_same_cells(gaps: pd.DataFrame, tmp_path: Path) -> None:
    table = ps.table(gaps, "en", caption="Main indicators")
    document = Document(str(table.to_word(tmp_path / "t.docx")))
    grid = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert grid[0] == [head.title for head in table.heads]
    assert grid[1:] == table.to_frame().to_numpy().tolist()
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[0] == "Main indicators"
    assert set(table.notes) <= set(words)


def test_latex_escapes_and_sets_signs(gaps: pd.DataFrame, tmp_path: Path) -> None:
    table = ps.table(gaps, "en", caption="A & B", notes=["50 % of all_targets"])
    text = table.to_latex(tmp_path / "t.tex", label="tab:gaps")
    assert (tmp_path / "t.tex").read_text(encoding="utf-8") == text
    for part in (
        r"\toprule",
        r"\bottomrule",
        r"\caption{A \& B}",
        r"\label{tab:gaps}",
        r"50 \% of all\_targets",
    ):
        assert part in text
    assert not re.search("[≥≤≈−–—²‰✓]", text)
    assert not re.search(r"(?<!\\)[%_]", text.replace("tab:gaps", ""))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_table_goes_over_pages_in_latex_and_none_is_wider_than_its_line(lang: str) -> None:
    gaps = ps.gaps(ps.load(), "mianyang")
    whole, few = (ps.table(frame, lang, caption="A") for frame in (gaps, gaps.head(5)))
    text = whole.to_latex(label="tab:a")
    assert r"\begin{longtable}" in text
    assert text.count(r"\endhead") == 1
    assert text.count("\\\\\n") == len(gaps) + 3, "each row, the caption, and two times the heads"
    assert r"\begin{longtable}" not in few.to_latex()
    assert r"\begin{table}" in few.to_latex()
    narrow = ps.table(gaps, lang, columns=["target_year", "target"])
    assert re.search(r"tabular}{rr}|longtable}{rr}", narrow.to_latex())
    for one in (text, few.to_latex()):
        parts = re.findall(r"dimexpr([\d.]+)\\linewidth", one)
        assert len(parts) == len(whole.heads)
        assert sum(map(float, parts)) <= 1


def test_a_wide_table_stands_on_its_side_in_latex() -> None:
    wide = pd.DataFrame({f"column {n}": ["incomprehensibilities"] for n in range(6)})
    assert r"\begin{landscape}" in ps.table(wide, "en").to_latex()
    assert (
        r"\begin{landscape}"
        not in ps.table(wide[["column 0", "column 1", "column 2"]], "en").to_latex()
    )


def test_notes_of_a_workbook_are_as_wide_as_the_table(gaps: pd.DataFrame, tmp_path: Path) -> None:
    table = ps.table(gaps, "en", notes=["note " * 200])
    sheet = load_workbook(table.to_excel(tmp_path / "t.xlsx")).active
    (merged,) = sheet.merged_cells.ranges
    assert (merged.size["columns"], merged.size["rows"]) == (len(table.heads), 1)
    assert sheet.row_dimensions[merged.min_row].height > 40


ENDINGS = {"to_excel": ".xlsx", "to_word": ".docx", "to_latex": ".tex"}


@pytest.mark.parametrize("way", ENDINGS)
def test_a_file_is_what_its_name_says(gaps: pd.DataFrame, tmp_path: Path, way: str) -> None:
    table = ps.table(gaps.head(1), "en")
    getattr(table, way)(tmp_path / f"t{ENDINGS[way].upper()}")
    with pytest.raises(ps.ParameterError, match=ENDINGS[way]):
        getattr(table, way)(tmp_path / "t.csv")
    assert [path.name for path in tmp_path.iterdir()] == [f"t{ENDINGS[way].upper()}"]


@pytest.mark.parametrize("way", ["to_excel", "to_word"])
def test_the_same_table_is_the_same_bytes(gaps: pd.DataFrame, tmp_path: Path, way: str) -> None:
    first, second = (
        getattr(ps.table(gaps, "en"), way)(tmp_path / f"{name}{ENDINGS[way]}").read_bytes()
        for name in ("a", "b")
    )
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"1980-01-01" in archive.read("docProps/core.xml")


def test_an_empty_frame_is_a_table_without_rows(gaps: pd.DataFrame, tmp_path: Path) -> None:
    table = ps.table(gaps.head(0), "en")
    assert table.rows == ()
    assert table.to_frame().empty
    table.to_excel(tmp_path / "t.xlsx")
    table.to_word(tmp_path / "t.docx")
    assert r"\toprule" in table.to_latex()
    assert "<tbody></tbody>" in table.to_html()


def test_every_column_of_the_rules_has_a_head_and_a_frame(frames: dict[str, pd.DataFrame]) -> None:
    heads = set(keys("table_head"))
    for name, kind in rules()["kinds"].items():
        assert set(kind["has"]) <= set(frames[name].columns), name
        assert set(kind["columns"]) <= heads | {"name", "reason"}, name
        columns = {re.sub("_(zh|en)$", "", column) for column in frames[name]} | {"name"}
        assert set(kind["columns"]) <= columns, name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_that_the_schema_has_words_for_is_in_words(ds: ps.Dataset, lang: str) -> None:
    for resource in ds.package.resources:
        table = ps.table(getattr(ds, resource.name), lang)
        shown = [head.key for head in table.heads]
        for field in resource.fields:
            if field.labels and field.name in shown:
                place = shown.index(field.name)
                cells = {row.cells[place].text for row in table.rows} - {"—"}
                wordless = cells & {
                    code for code, words in field.labels.items() if not words[lang].startswith(code)
                }
                assert wordless == set(), f"{resource.name}.{field.name}"


def test_one_column_may_be_named_alone(gaps: pd.DataFrame) -> None:
    one, listed = (ps.table(gaps, "en", columns=names) for names in ("target", ["target"]))
    assert one == listed


def test_codes_are_not_numbers() -> None:
    frame = pd.DataFrame({"plan_id": ["a"], "rank": [1], "interpolated": [True]})
    assert [is_numeric(frame, column) for column in frame] == [False, True, False]


def test_every_mark_has_a_sign_and_words() -> None:
    assert set(SIGNS) == set(keys("mark")) - {"list"}
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_an_actual_value_has_its_own_comparator_and_no_pledge() -> None:
    frame = pd.DataFrame(
        {"value": [78.6, None], "comparator": ["ge", "none"], "value_comparator": ["eq", None],
         "pledge": [None, "full_coverage"], "unit_id": ["percent"] * 2}
    )  # fmt: skip
    assert ps.table(frame, "en", columns=["value"]).to_frame()["value"].tolist() == ["78.6%", "—"]
