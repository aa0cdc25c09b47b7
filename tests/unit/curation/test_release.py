"""A release of the data: checksums that hold, metadata that is complete, changes row by row."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.curation.release import write_release
from psanalysis.datapackage.dataset import data_folder


@pytest.fixture
def older(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder(), tmp_path / "older"))


def test_checksums_hold(tmp_path: Path) -> None:
    write_release(data_folder(), tmp_path / "release")
    lines = (tmp_path / "release" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(list(data_folder().glob("*.csv"))) + 1
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((data_folder() / name).read_bytes()).hexdigest() == digest


def test_metadata_have_what_a_doi_needs(tmp_path: Path) -> None:
    write_release(data_folder(), tmp_path / "release", doi="10.1234/example")
    about = json.loads((tmp_path / "release" / "datacite.json").read_bytes())
    needed = {"identifiers", "creators", "titles", "publisher", "publicationYear", "types"}
    assert all(about[key] for key in needed)
    assert about["version"] == ps.load().package.descriptor["version"]
    page = json.loads((tmp_path / "release" / "dataset.jsonld").read_bytes())
    assert (page["@type"], page["@id"]) == ("Dataset", "https://doi.org/10.1234/example")
    assert {item["contentUrl"] for item in page["distribution"]} == {
        path.name for path in data_folder().glob("*.csv")
    }


def test_changes_name_the_row_and_the_column(tmp_path: Path, older: Path) -> None:
    areas = older / "areas.csv"
    text = areas.read_text(encoding="utf-8")
    lines = text.replace("四川省,Sichuan", "四川,Sichuan").splitlines(keepends=True)
    areas.write_text("".join([lines[0], *lines[2:], "atlantis,亚特,Atlantis,county,,\n"]), encoding="utf-8")  # fmt: skip
    (older / "glossary.csv").unlink()
    write_release(data_folder(), tmp_path / "release", older)
    with (tmp_path / "release" / "changes.csv").open(encoding="utf-8", newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert rows[:3] == [
        ("areas.csv", "china", "", "", "added"),
        ("areas.csv", "sichuan", "name_zh", "四川", "四川省"),
        ("areas.csv", "atlantis", "", "removed", ""),
    ]
    assert {row[0] for row in rows[3:]} == {"glossary.csv"}
    assert len(rows[3:]) == len(ps.load().glossary)


def test_older_data_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ps.ParameterError, match="is not a folder -> name the older data"):
        write_release(data_folder(), tmp_path / "release", tmp_path / "nowhere")
