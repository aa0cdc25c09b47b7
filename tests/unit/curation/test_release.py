"""A release of the data: checksums that hold, metadata that is complete, changes row by row."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis.curation.release import datacite, schema_org, write_release
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
    assert about["doi"] == "10.1234/example"
    assert about["version"] == ps.load().package.descriptor["version"]
    page = json.loads((tmp_path / "release" / "dataset.jsonld").read_bytes())
    assert (page["@type"], page["@id"]) == ("Dataset", "https://doi.org/10.1234/example")
    assert {item["contentUrl"] for item in page["distribution"]} == {
        path.name for path in data_folder().glob("*.csv")
    }


@pytest.mark.parametrize("doi", ["", "10.1234/example"])
def test_metadata_keep_the_schema_of_datacite(doi: str) -> None:
    """Mandatory properties, controlled values and nothing that the schema does not know."""
    jsonschema = pytest.importorskip("jsonschema", reason="it comes with the extra reports")
    schema = json.loads((Path(__file__).parent / "datacite-4.5.json").read_bytes())
    about = datacite(ps.load(), doi)
    jsonschema.validate(about, schema)
    for fault in (
        {"types": {"resourceTypeGeneral": "Data"}},
        {"identifiers": []},
        {"doi": "example"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(about | fault, schema)
    mandatory = {"creators", "titles", "publisher", "publicationYear", "types"}
    assert all(about[key] for key in mandatory)
    assert "titleType" not in about["titles"][0], "the first title is the main one"


def test_every_distribution_has_the_checksum_of_its_file() -> None:
    page = schema_org(ps.load())
    for item in page["distribution"]:
        digest = hashlib.sha256((data_folder() / item["contentUrl"]).read_bytes()).hexdigest()
        assert item["sha256"] == digest
    assert {item["@type"] for item in page["isBasedOn"]} == {"CreativeWork"}


@pytest.mark.parametrize("doi", ["https://doi.org/10.1234/example", "10.12/x", "10.1234/a b"])
def test_what_is_no_doi_is_refused(tmp_path: Path, doi: str) -> None:
    with pytest.raises(
        ps.ParameterError, match=r"is no DOI -> prefix and name as in 10\.1234/example"
    ):
        write_release(data_folder(), tmp_path / "release", doi=doi)
    assert not (tmp_path / "release").exists()


def test_changes_name_the_row_and_the_column(tmp_path: Path, older: Path) -> None:
    areas = older / "areas.csv"
    text = areas.read_text(encoding="utf-8")
    lines = text.replace("四川省,Sichuan", "四川,Sichuan").splitlines(keepends=True)
    areas.write_text(
        "".join([lines[0], *lines[2:], "atlantis,亚特,Atlantis,county,,\n"]), encoding="utf-8"
    )
    (older / "glossary.csv").unlink()
    (older / "boxes.csv").write_text("box_id\nbox-1\n", encoding="utf-8")
    write_release(data_folder(), tmp_path / "release", older)
    with (tmp_path / "release" / "changes.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    rows = [tuple(row.values()) for row in read]
    assert rows[:3] == [
        ("areas.csv", "china", "", "", "added"),
        ("areas.csv", "sichuan", "name_zh", "四川", "四川省"),
        ("areas.csv", "atlantis", "", "removed", ""),
    ]
    assert rows[-1] == ("boxes.csv", "", "", "removed", "")
    assert {row["file"] for row in read[3:-1]} == {"glossary.csv"}
    assert len(rows[3:-1]) == len(ps.load().glossary)


def test_older_data_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ps.ParameterError, match="is not a folder -> name the older data"):
        write_release(data_folder(), tmp_path / "release", tmp_path / "nowhere")
