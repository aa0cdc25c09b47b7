"""Zip archives whose bytes do not say when they were made."""

from __future__ import annotations

import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def undated(name: str, kind: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """An entry of an archive, on the first day that the format knows.

    Parameters
    ----------
    name
        Path in the archive.
    kind
        How it is packed, as `zipfile` says.

    Examples
    --------
    >>> undated("data/plans.csv").date_time[:3]
    (1980, 1, 1)
    """
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.compress_type = kind
    entry.external_attr = READABLE
    return entry
