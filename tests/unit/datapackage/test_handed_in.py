"""Files as Excel saves them are read as what they say."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps
from psanalysis.datapackage.handed_in import as_csv, as_text

WAYS = {
    "UTF-8": ("utf-8", ","),
    "CSV UTF-8 of Excel": ("utf-8-sig", ","),
    "CSV of a Chinese Windows": ("gbk", ","),
    "GB18030": ("gb18030", ","),
    "Unicode text of Excel": ("utf-16", "\t"),
    "CSV of a European Windows": ("utf-8-sig", ";"),
}


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize("way", WAYS)
def test_actual_values_are_taken_in_as_excel_saves_them(
    ds: ps.Dataset, tmp_path: Path, way: str, line: str
) -> None:
    encoding, separator = WAYS[way]
    rows = ds.actuals.head(5).assign(note_zh="一，二")
    content = rows.to_csv(index=False, sep=separator, lineterminator=line, date_format="%Y-%m-%d")
    file = tmp_path / "mine.csv"
    file.write_bytes(content.encode(encoding))
    plain = tmp_path / "plain.csv"
    plain.write_text(rows.to_csv(index=False, date_format="%Y-%m-%d"), encoding="utf-8")
    pd.testing.assert_frame_equal(ps.progress(ds, file), ps.progress(ds, plain))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8a", b"\xff\x00\x81", b"a\x00b"])
def test_what_is_no_text_is_refused(ds: ps.Dataset, tmp_path: Path, content: bytes) -> None:
    assert as_text(content) is None
    assert as_csv(content) is None
    file = tmp_path / "mine.csv"
    file.write_bytes(content)
    with pytest.raises(ps.DataError, match="is no text in UTF-8"):
        ps.progress(ds, file)


def test_a_file_that_is_not_there_is_named(ds: ps.Dataset, tmp_path: Path) -> None:
    with pytest.raises(ps.DataError, match=r"nowhere\.csv: cannot be read.*name a CSV file"):
        ps.progress(ds, tmp_path / "nowhere.csv")


def test_cells_with_separators_and_breaks_stay_whole() -> None:
    assert as_csv(b'a;b\n"1;2";"x\ny"\n') == 'a,b\n1;2,"x\ny"\n'
    assert as_csv(b"a,b;c\n1,2;3\n") == "a,b;c\n1,2;3\n"
