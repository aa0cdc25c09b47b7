"""Zip archives whose bytes do not depend on the time of writing."""

from __future__ import annotations

import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def undated(name: str, kind: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """An entry of an archive, dated on the first day that the format allows.

    Parameters
    ----------
    name
        Path in the archive.
    kind
        Compression, a constant of `zipfile`.

    Examples
    --------
    >>> undated("data/plans.csv").date_time[:3]
    (1980, 1, 1)
    """
    entry = zipfile.ZipInfo(name, FIRST_DAY)
    entry.compress_type = kind
    entry.external_attr = READABLE
    return entry
