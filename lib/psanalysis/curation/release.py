"""Makes a release of the data: checksums, metadata for a DOI and for search engines, and the
changed rows since the last release.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from psanalysis.datapackage.dataset import Dataset, data_folder, load
from psanalysis.datapackage.files import read_regular
from psanalysis.errors import ParameterError
from psanalysis.wording import vocabulary

CREATORS = ("The psanalysis contributors",)
SUBJECTS: list[str] = vocabulary("curation/words.toml")["release"]["subjects"]
DOI = re.compile(r"10[.][0-9]{4,9}/\S+")
CHANGES = ("file", "row", "column", "before", "after")
Rows = dict[tuple[str, ...], dict[str, str]]


def checksums(folder: Path, ds: Dataset) -> str:
    """SHA-256 of the descriptor and of every file that it describes, in the form that `sha256sum
    -c` reads.
    """
    names = [ds.package.path.name, *(resource.path for resource in ds.package.resources)]
    return "".join(f"{_digest(folder / name)}  {name}\n" for name in names)


def _digest(path: Path) -> str:
    return hashlib.sha256(read_regular(path)).hexdigest()


def datacite(ds: Dataset, doi: str = "") -> dict[str, Any]:
    """Metadata by the JSON form of the DataCite schema 4.5; `doi` is empty until there is one."""
    about = ds.package.descriptor
    licence, day = about["licenses"][0], str(about["created"])[:10]
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        **({"doi": doi} if doi else {}),
        "creators": [{"name": name, "nameType": "Organizational"} for name in CREATORS],
        "titles": [
            {"title": about["title"], "lang": "en"},
            {"title": about["title_zh"], "lang": "zh", "titleType": "TranslatedTitle"},
        ],
        "publisher": {"name": CREATORS[0]},
        "publicationYear": day[:4],
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Tabular data package"},
        "version": about["version"],
        "dates": [{"date": day, "dateType": "Issued"}],
        "subjects": [{"subject": subject} for subject in SUBJECTS],
        "rightsList": [
            {
                "rights": licence["title"],
                "rightsUri": licence["path"],
                "rightsIdentifier": licence["name"],
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "descriptions": [
            {"description": about["description"], "descriptionType": "Abstract", "lang": "en"}
        ],
        "formats": ["text/csv", "application/json"],
        "sizes": [f"{sum(len(getattr(ds, item.name)) for item in ds.package.resources)} rows"],
    }


def schema_org(ds: Dataset, doi: str = "") -> dict[str, Any]:
    """A schema.org Dataset, one distribution a file."""
    about = ds.package.descriptor
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **(dict.fromkeys(("@id", "identifier"), f"https://doi.org/{doi}") if doi else {}),
        "name": about["title"],
        "alternateName": about["title_zh"],
        "description": about["description"],
        "version": about["version"],
        "datePublished": str(about["created"])[:10],
        "inLanguage": ["zh", "en"],
        "isAccessibleForFree": True,
        "license": about["licenses"][0]["path"],
        "creator": [{"@type": "Organization", "name": name} for name in CREATORS],
        "keywords": SUBJECTS,
        "isBasedOn": [
            {"@type": "CreativeWork", "name": source["title"]} for source in about["sources"]
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": item.name,
                "contentUrl": item.path,
                "encodingFormat": "text/csv",
                "sha256": _digest(ds.package.path.parent / item.path),
            }
            for item in ds.package.resources
        ],
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": row.name_en,
                "alternateName": row.name_zh,
                "identifier": row.indicator_id,
            }
            for row in ds.indicators.itertuples()
        ],
    }


def changes(before: Path, after: Path, ds: Dataset) -> Iterator[tuple[str, ...]]:
    """File, key of the row, column, cell before and after; for an added or removed row the column
    is empty.

    Cells are compared as text, so that the older data may have another schema: a column that one of
    them lacks is empty, and a removed file is named without its rows.
    """
    for resource in ds.package.resources:
        old, new = (
            _rows(folder / resource.path, resource.primary_key) for folder in (before, after)
        )
        for key in [*new, *(key for key in old if key not in new)]:
            row = " ".join(key).strip()
            if key not in old or key not in new:
                yield resource.path, row, "", *(("", "added") if key in new else ("removed", ""))
                continue
            for column in dict.fromkeys([*resource.columns, *old[key]]):
                was, now = old[key].get(column, ""), new[key].get(column, "")
                if was != now:
                    yield resource.path, row, column, was, now
    paths = {resource.path for resource in ds.package.resources}
    for path in sorted(before.glob("*.csv")):
        if path.name not in paths:
            yield path.name, "", "", "removed", ""


def _rows(path: Path, key: tuple[str, ...]) -> Rows:
    try:
        text = read_regular(path).decode("utf-8")
    except FileNotFoundError:
        return {}
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {tuple(str(row.get(name, "")) for name in key): dict(row) for row in rows}


def write_release(folder: Path, target: Path, before: Path | None = None, doi: str = "") -> None:
    """Write SHA256SUMS, datacite.json, dataset.jsonld and, against older data, changes.csv.

    Parameters
    ----------
    folder
        The data folder.
    target
        Folder for the files; made if it is not there.
    before
        The data folder of the last release.
    doi
        The DOI of this release, once it has one.

    Raises
    ------
    DataError
        If the data have faults: only data without faults are released.
    ParameterError
        If the older data do not exist, or the DOI is malformed.
    """
    if doi and not DOI.fullmatch(doi):
        raise ParameterError(
            f"doi={doi!r} is no DOI -> prefix and name as in 10.1234/example, no address"
        )
    ds = load(folder)
    if before is not None and not before.is_dir():
        raise ParameterError(f"before={str(before)!r} is not a folder -> name the older data")
    target.mkdir(parents=True, exist_ok=True)
    (target / "SHA256SUMS").write_text(checksums(folder, ds), encoding="utf-8")
    for name, content in (
        ("datacite.json", datacite(ds, doi)),
        ("dataset.jsonld", schema_org(ds, doi)),
    ):
        (target / name).write_text(_json(content), encoding="utf-8")
    if before is not None:
        with (target / "changes.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([CHANGES, *changes(before, folder, ds)])


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), default=None, help="The data folder.")
@click.option("--before", type=click.Path(path_type=Path), default=None, help="Older data.")
@click.option("--doi", default="", help="The DOI of this release.")
def main(target: Path, data: Path | None, before: Path | None, doi: str) -> None:
    """Write checksums, metadata and changes of a release of the data."""
    write_release(data or data_folder(), target, before, doi)


if __name__ == "__main__":
    main()
