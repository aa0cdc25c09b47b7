"""ps.verify: spans and hashes against source texts that a test writes itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import psanalysis as ps

TEXT = "绵阳市规划：床位占比37.64%，目标55%。"


@pytest.fixture
def small(ds: ps.Dataset) -> ps.Dataset:
    """Two plans with one statement each; the second is cited and has no text."""
    content = TEXT.encode()
    plans = ds.plans[ds.plans["plan_id"].isin(["mianyang-14fyp", "china-14fyp"])].reset_index(
        drop=True
    )
    plans.loc[0, ["source_sha256", "source_chars"]] = [
        hashlib.sha256(content).hexdigest(),
        len(TEXT),
    ]
    rows = pd.concat(
        [ds.statements.head(1), ds.statements[ds.statements["plan_id"] == "china-14fyp"].head(1)],
        ignore_index=True,
    )
    rows.loc[0, ["value_as_written", "char_start", "char_end"]] = ["37.64%", 10, 16]
    rows.loc[0, "value"] = 37.64
    return replace(
        ds, plans=plans, statements=rows, services=ds.services.head(0), projects=ds.projects.head(0)
    )


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "mianyang.txt").write_bytes(TEXT.encode())
    return tmp_path


def test_all_is_well(small: ps.Dataset, sources: Path) -> None:
    result = ps.verify(small, sources)
    assert result.ok
    assert result.sources["status"].tolist() == ["match", "cited"]
    assert result.spans["status"].tolist() == ["match", "cited"]
    assert result.summary().split("\n") == [
        "mianyang-14fyp: source mianyang.txt match; 1 of 1 statements match",
        "mianyang-14fyp: no address of its text is recorded; it is cited as "
        f"{small.plans['citation'].iloc[0]}",
        "china-14fyp: source (none) cited; 1 figures cited from a report, no text to check",
        "china-14fyp: no address of its report is recorded; it is cited as "
        f"{small.plans['citation'].iloc[1]}",
    ]


def test_a_span_that_differs_is_shown(small: ps.Dataset, sources: Path) -> None:
    small.statements.loc[0, ["char_start", "char_end"]] = [9, 15]
    result = ps.verify(small, str(sources))
    assert not result.ok
    assert result.spans["status"].iloc[0] == "differs"
    assert (
        "mianyang-14fyp statements mianyang-14fyp-001 [9:15]: differs: written '37.64%', source "
        "has '比37.64'" in result.summary()
    )


def test_one_plan_alone(small: ps.Dataset, sources: Path) -> None:
    plan = small.plans["plan_id"].iloc[0]
    assert ps.verify(small, sources, plan=plan).sources["plan_id"].tolist() == [plan]
    with pytest.raises(ps.PsanalysisError, match="choose one of"):
        ps.verify(small, sources, plan="nowhere-14fyp")


def test_spans_of_a_missing_source_are_not_listed_one_by_one(
    small: ps.Dataset, tmp_path: Path
) -> None:
    found = ps.verify(small, tmp_path)
    assert not found.ok
    assert "no_text" not in found.summary()
    assert "missing" in found.summary()


def test_a_missing_span(small: ps.Dataset, sources: Path) -> None:
    small.statements.loc[0, ["char_start", "char_end"]] = pd.NA
    assert ps.verify(small, sources).spans["status"].tolist() == ["no_span", "cited"]


@pytest.mark.parametrize(
    ("content", "source", "span"),
    [
        (None, "missing", "no_text"),
        (TEXT.encode("gb18030"), "not_utf8", "no_text"),
        ((TEXT + "\n").encode(), "hash_differs", "match"),
        (("　" + TEXT).encode(), "hash_differs", "differs"),
    ],
)
def test_sources_that_are_not_the_ones(
    small: ps.Dataset, sources: Path, content: bytes | None, source: str, span: str
) -> None:
    path = sources / "mianyang.txt"
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    result = ps.verify(small, sources)
    assert (result.sources["status"].iloc[0], result.spans["status"].iloc[0], result.ok) == (
        source,
        span,
        False,
    )


def test_the_length_is_counted_in_characters(small: ps.Dataset, sources: Path) -> None:
    small.plans.loc[0, "source_chars"] = len(TEXT.encode())
    assert ps.verify(small, sources).sources["status"].iloc[0] == "length_differs"


@pytest.mark.parametrize("place", ["nowhere", "mianyang.txt"])
def test_sources_must_be_a_folder(small: ps.Dataset, sources: Path, place: str) -> None:
    with pytest.raises(
        ps.ParameterError, match="is not a folder -> name the folder that holds the source texts"
    ):
        ps.verify(small, sources / place)


@pytest.mark.parametrize("name", ["mianyang-14fyp.txt", "{hash}.txt", "24_anything.txt"])
def test_a_text_is_found_by_its_plan_or_its_content_in_several_folders(
    small: ps.Dataset, tmp_path: Path, name: str
) -> None:
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (empty / "mianyang.txt").write_text("another text", encoding="utf-8")
    named = name.format(hash=small.plans["source_sha256"].iloc[0])
    (full / named).write_bytes(TEXT.encode())
    assert ps.verify(small, empty).sources["status"].iloc[0] == "hash_differs"
    found = ps.verify(small, [empty, full])
    assert found.ok
    assert found.sources["file"].tolist() == [named, ""]
    assert f"mianyang.txt match (read from {named})" in found.summary()


def test_it_is_said_where_a_text_can_be_had(small: ps.Dataset, tmp_path: Path) -> None:
    small.plans.loc[0, ["url", "archive_url"]] = ["https://example.org/a", "https://example.org/b"]
    small.plans.loc[0, "retrieved_on"] = pd.Timestamp("2026-11-20")
    found = ps.verify(small, tmp_path)
    assert found.sources["retrieved_on"].tolist() == ["2026-11-20", ""]
    assert (
        "mianyang-14fyp: text at https://example.org/a (read 2026-11-20), kept at "
        "https://example.org/b" in found.summary()
    )
