"""All data to take away: the data package itself, and the same as one zip, one Excel workbook and
Parquet files.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from psanalysis.about import DESCRIPTOR
from psanalysis.archives import undated
from psanalysis.datapackage.dataset import Dataset
from psanalysis.extras import has
from psanalysis.report.form_files import Keep
from psanalysis.site.datafiles import DataFiles

FOLDER = "data"
BOOK = ".xlsx"
# a workbook of so many rows takes a second to make, and a larger one is no use to a reader
MOST_ROWS = 10_000
# what goes into the zip besides the tables, where it is there: name, and where it lies from the
# data
BESIDE = {"README.md": "README.md", "LICENSE.md": "LICENSE.md", "CITATION.cff": "../CITATION.cff"}


@dataclass(frozen=True)
class Download:
    """A file to take away: what it is (zip, xlsx, parquet, package), where, and its size in
    bytes.
    """

    kind: str
    path: str
    size: int


def all_downloads(
    ds: Dataset,
    files: DataFiles,
    beside: Mapping[str, bytes],
    book: bytes | None,
    tables: bytes,
) -> Iterator[tuple[str, str, bytes]]:
    """Kind, path and content of every file.

    Parameters
    ----------
    ds, files
        The data, and the files that they were read from.
    beside
        Name to content of what goes into the zip besides the tables.
    book, tables
        What `workbook` and `parquet_tables` made; None for a workbook that there is not.
    """
    yield "package", f"{FOLDER}/{DESCRIPTOR}", files.content(DESCRIPTOR)
    for name in files.files:
        if name != DESCRIPTOR:
            yield "", f"{FOLDER}/{name}", files.content(name)
    yield "zip", _path(ds, ".zip"), _zip(ds, files, beside)
    if book:
        yield "xlsx", _path(ds, BOOK), book
    yield "parquet", _path(ds, "-parquet.zip"), tables


def _path(ds: Dataset, ending: str) -> str:
    name = str(ds.package.descriptor.get("name") or "data")
    stem = "".join(sign for sign in name if sign.isalnum() or sign in "-_") or "data"
    return f"{FOLDER}/{stem}{ending}"


def has_workbook(ds: Dataset) -> bool:
    """Whether there is a workbook: its writer is installed, and the data are few enough."""
    rows = sum(len(getattr(ds, resource.name)) for resource in ds.package.resources)
    return has("openpyxl") and rows <= MOST_ROWS


def workbook(ds: Dataset, files: DataFiles, keep: Keep) -> bytes | None:
    """The data as one Excel workbook, taken from where `keep` has it, or made; None where there is
    none, see `has_workbook`.
    """
    if not has_workbook(ds):
        return None
    from psanalysis.tables.dataset_book import dataset_workbook

    return keep(f"workbook {files.hash}", lambda: dataset_workbook(ds))


def parquet_tables(ds: Dataset, files: DataFiles, keep: Keep) -> bytes:
    """The data as one zip of Parquet files, taken from where `keep` has it, or made."""
    return keep(f"parquet {files.hash}", lambda: _parquet(ds))


def _zip(ds: Dataset, files: DataFiles, beside: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted({"README.md": _readme(ds), **beside}.items()):
            packed.writestr(undated(name), content)
        for name in sorted(files.files):
            with (files.folder / name).open("rb") as file, packed.open(undated(name), "w") as out:
                shutil.copyfileobj(file, out)
    return made.getvalue()


def _readme(ds: Dataset) -> bytes:
    """What the package says of itself, for data without a README of their own."""
    told = ds.package.descriptor
    lines = [f"# {told.get('title', told.get('name', 'data'))}", ""]
    lines += [f"{told['title_zh']}", ""] if told.get("title_zh") else []
    lines += [f"{key}: {told[key]}" for key in ("version", "created") if told.get(key)]
    lines += [
        f"licence: {one.get('title', one['name'])} {one.get('path', '')}".rstrip()
        for one in told.get("licenses", ())
    ]
    lines += [
        "",
        *(f"- {one.path}: {one.title_zh}. {one.description}" for one in ds.package.resources),
    ]
    return ("\n".join(lines) + "\n").encode()


def _parquet(ds: Dataset) -> bytes:
    """A Parquet file a table, types as in the library."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        for resource in ds.package.resources:
            table = arrow.Table.from_pandas(getattr(ds, resource.name), preserve_index=False)
            titles = {field.name: field.title_zh for field in resource.fields}
            about: dict[str, Any] = {"title_zh": resource.title_zh, "columns_zh": titles}
            table = table.replace_schema_metadata(
                {"psanalysis": json.dumps(about, ensure_ascii=False)}
            )
            out = io.BytesIO()
            parquet.write_table(table, out)
            entry = undated(f"{resource.name}.parquet", zipfile.ZIP_STORED)
            packed.writestr(entry, out.getvalue())
    return made.getvalue()
