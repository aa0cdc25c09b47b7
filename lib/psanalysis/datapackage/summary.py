"""Describes the contents of a data set in a line and as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from psanalysis.datapackage.dataset import Dataset

HASH_SHOWN = 12


def in_words(ds: Dataset) -> str:
    """One line: folder, version, and the rows of each table.

    Examples
    --------
    >>> import psanalysis as ps
    >>> in_words(ps.load()).split(":")[0]
    'Dataset'
    """
    return (
        f"Dataset: {', '.join(f'{name} {rows:,}' for name, rows, _, _ in _tables(ds))} "
        f"({_version(ds)})"
    )


def as_html(ds: Dataset) -> str:
    """A table of the tables: attribute, rows, what it holds."""
    rows = "".join(
        f"<tr><th scope='row'><code>ds.{name}</code></th><td>{rows:,}</td>"
        f"<td>{escape(title)}</td><td>{escape(about)}</td></tr>"
        for name, rows, title, about in _tables(ds)
    ).replace("'", '"')
    return (
        f'<table class="ps-table"><caption>Dataset {escape(_version(ds))}</caption>'
        f"<tbody>{rows}</tbody></table>"
    )


def _tables(ds: Dataset) -> list[tuple[str, int, str, str]]:
    """Name, rows, title in Chinese and description of each table."""
    return [
        (one.name, len(getattr(ds, one.name)), one.title_zh, one.description)
        for one in ds.package.resources
    ]


def _version(ds: Dataset) -> str:
    return f"version {ds.package.descriptor['version']}, {ds.content_hash[:HASH_SHOWN]}"
