"""What changed, for machines and for the mail: no clock, entries that stay, texts that say what
happened.
"""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

import psanalysis as ps
from psanalysis.site.against_published import Changes
from psanalysis.site.changes import NumberChange, ReportChange, RowChange, StatusChange
from psanalysis.site.news import ATOM, KEPT, NAME, news_files, read_entries

ROW = RowChange("statements.csv", "panjin-14fyp-001", "changed", "value", "97", "98")
CHANGED = Changes(
    since="2026-01-01T00:00:00Z",
    rows=[ROW, RowChange("findings.csv", "panjin-14fyp-f99", "added", new="<b>x & y</b>")],
    statuses=[StatusChange("panjin-14fyp-034", "panjin-14fyp", "nursing_bed_share", "to_improve",
        "already_met")],
    reports=[ReportChange("01_city_gap/panjin-14fyp.zh", ("data",)),
        ReportChange("00_overview/zh", ("failed",))],
    numbers=[NumberChange("01_city_gap/panjin-14fyp.zh", "table: 2025", "97%", "98%")],
)  # fmt: skip


@pytest.fixture(scope="module")
def ds() -> ps.Dataset:
    return ps.load()


def written(ds: ps.Dataset, folder: Path, data: str, changes: Changes) -> dict[str, bytes]:
    """The files of a publication after the one in the folder, which they then are in."""
    files = dict(news_files(ds, data, changes, folder))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return files


def test_the_first_publication_and_then_a_change(ds, tmp_path) -> None:
    first = written(ds, tmp_path, "a", Changes(first=True))
    assert "首次发布" in first["digest.txt"].decode()
    files = written(ds, tmp_path, "b", CHANGED)
    entries = json.loads(files[NAME])["entries"]
    assert [one["first"] for one in entries] == [False, True]
    assert entries[0]["counts"] == {"rows": 2, "statuses": 1, "reports": 2, "numbers": 1}
    assert entries[0]["changes"]["rows"][0]["new"] == "98"
    assert entries[0]["changes"]["numbers"] == [
        {"report": CHANGED.numbers[0].report, "place": "table: 2025", "old": "97%", "new": "98%"}
    ]
    feed = ElementTree.fromstring(files["feed.en.xml"])
    titles = [one.text for one in feed.findall(f"{{{ATOM}}}entry/{{{ATOM}}}title")]
    assert titles[0].endswith(
        "changes in the data: 2, changes of status: 1, reports changed: 2, numbers and figures "
        "changed: 1"
    )
    ids = [one.text for one in feed.iter(f"{{{ATOM}}}id")]
    assert len(ids) == len(set(ids)) == 3


def test_a_build_that_changed_nothing_adds_no_entry(ds, tmp_path) -> None:
    first = written(ds, tmp_path, "a", Changes(first=True))
    again = written(ds, tmp_path, "a", Changes())
    assert again["feed.xml"] == first["feed.xml"]
    assert again["digest.en.txt"].decode().strip() == "Nothing changed since the last version"
    assert json.loads(again[NAME])["changed"] is False


def test_the_same_change_after_the_same_site_gives_the_same_bytes(ds, tmp_path) -> None:
    written(ds, tmp_path, "a", Changes(first=True))
    one, other = (dict(news_files(ds, "b", CHANGED, tmp_path)) for _ in range(2))
    assert one == other
    later = Changes(**{**CHANGED.__dict__, "since": "2027-05-05T10:00:00Z"})
    assert dict(news_files(ds, "b", later, tmp_path)) == one, "nothing says when it was made"


def test_the_digest_says_what_changed_in_words(ds, tmp_path) -> None:
    files = written(ds, tmp_path, "b", CHANGED)
    text = files["digest.en.txt"].decode()
    assert "statements.csv panjin-14fyp-001: changed, value: 97 → 98" in text
    assert "table: 2025: 97% → 98%" in text
    assert "00_overview/zh" in text
    assert "\n\n\n" not in text
    page = files["digest.html"].decode()
    assert "&lt;b&gt;x &amp; y&lt;/b&gt;" in page
    assert "<script" not in page
    assert "style=" not in page


def test_the_feed_keeps_the_last_entries(ds, tmp_path) -> None:
    for number in range(KEPT + 3):
        written(ds, tmp_path, str(number), CHANGED)
    assert len(read_entries(tmp_path)) == KEPT


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"format": 1, "entries": [{}]}', b"\xff",
                                     b'{"format": 1, "entries": [{"id": 1}]}'])  # fmt: skip
def test_a_broken_file_of_the_last_site_counts_as_none(ds, tmp_path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert read_entries(tmp_path) == []
    assert (
        len(json.loads(dict(news_files(ds, "a", Changes(first=True), tmp_path))[NAME])["entries"])
        == 1
    )
