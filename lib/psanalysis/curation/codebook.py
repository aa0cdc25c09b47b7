"""The codebook, data/README.md: text written by hand around parts that are generated from the data
package.

A generated part is between `<!-- begin NAME LANG ARGUMENTS -->` and `<!-- end -->`. Run as a
module, this file renews them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from psanalysis.curation import codebook_measures, codebook_schema
from psanalysis.datapackage.dataset import Dataset, data_folder, load
from psanalysis.errors import choose
from psanalysis.wholefile import write_whole

PARTS: dict[str, Callable[..., str]] = {
    "files": codebook_schema.files,
    "columns": codebook_schema.columns,
    "codes": codebook_schema.codes,
    "example": codebook_schema.example,
    "measure": codebook_measures.measure,
    "status": codebook_measures.status,
    "assess": codebook_measures.assess,
    "pace": codebook_measures.pace,
    "compare": codebook_measures.compare,
    "ambition": codebook_measures.ambition,
}
# The scores of drafts need the source texts: psanalysis draft --evaluate --write writes them.
MARKED = re.compile(r"(<!-- begin (?P<call>(?!draft_)[^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str, ds: Dataset) -> str:
    """The text of the codebook with every generated part renewed.

    Parameters
    ----------
    text
        Markdown with marked parts.
    ds
        The data set that they describe.

    Raises
    ------
    ParameterError
        If a part has an unknown name, or names a statement that does not exist.

    Examples
    --------
    >>> import psanalysis as ps
    >>> part = "<!-- begin measure en gap mianyang-14fyp-174 -->\\n<!-- end -->"
    >>> print(filled(part, ps.load()).splitlines()[1].rpartition(": ")[2])
    `55 − 37.64 = 17.36`
    """

    def part(match: re.Match[str]) -> str:
        name, *arguments = match["call"].split()
        choose("codebook part", name, PARTS)
        return f"{match[1]}{PARTS[name](ds, *arguments)}\n{match[3]}"

    return MARKED.sub(part, text)


def write(folder: Path) -> Path:
    """Write the generated parts of README.md in a data folder; returns its path."""
    path = folder / "README.md"
    return write_whole(path, filled(path.read_text(encoding="utf-8"), load(folder)).encode("utf-8"))


if __name__ == "__main__":
    write(data_folder())
