"""The figures of the README, from reports that are executed as a build executes them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from psanalysis.errors import ParameterError
from psanalysis.site.glyphs import without_repeated_glyphs
from psanalysis.site.model import Failed
from psanalysis.site.project import find_project
from psanalysis.site.workshop import Workshop, open_workshop

# file to report and name of the figure in it
FIGURES = {
    "gap": ("01_city_gap/mianyang-14fyp.zh", "gap"),
    "heatmap": ("02_city_comparison/eldercare.zh", "heatmap"),
    "trajectories": ("03_indicator_profile/nursing_bed_share.zh", "trajectories"),
    "overview": ("00_overview/zh", "parts"),
    "services": ("05_service_coverage/zh", "differences"),
    "pace": ("01_city_gap/mianyang-14fyp.zh", "pace"),
}
VARIABLE = re.compile(r"var\(--ps-[a-z0-9-]+, (#[0-9a-f]{6})\)")


def gallery(shown: Mapping[str, str]) -> dict[str, str]:
    """File name to SVG of each figure of the gallery, with its words, in its own colours, without links to a page that is not there.

    Parameters
    ----------
    shown
        What each report of `FIGURES` shows, as HTML, by id.

    Raises
    ------
    ParameterError
        If a report has no such figure.
    """
    return {
        f"{name}-zh.svg": _alone(_figure(report, shown[report], figure))
        for name, (report, figure) in FIGURES.items()
    }


def outputs(cells: Iterable[Mapping[str, Any]]) -> str:
    """The HTML that executed cells show."""
    found = (
        output.get("data", {}).get("text/html", "")
        for cell in cells
        for output in cell.get("outputs", ())
    )
    return "".join("".join(html) for html in found)


def _figure(report: str, html: str, name: str) -> str:
    found = re.search(
        rf'<figure class="ps-figure" id="figure-{name}">.*?(<svg .*?</svg>)', html, re.DOTALL
    )
    if found is None:
        raise ParameterError(
            f"{report}: shows no figure {name!r} -> name another in psanalysis.site.gallery.FIGURES"
        )
    return found[1]


def _alone(svg: str) -> str:
    """A figure that stands for itself."""
    svg = re.sub(r' data-chart="[^"]*"', "", VARIABLE.sub(r"\1", svg))
    return without_repeated_glyphs(re.sub(r"<a [^>]*>", "<g>", svg).replace("</a>", "</g>")) + "\n"


def executed(workshop: Workshop, report: str) -> str:
    """What a report of the catalogue shows, as HTML.

    Raises
    ------
    ParameterError
        If it fails.
    """
    from psanalysis.site.execute import execute

    with tempfile.TemporaryDirectory() as folder:
        notebook = execute(workshop.given(report), Path(folder))
    if isinstance(notebook, Failed):
        raise ParameterError(
            f"{report}: {notebook.message} -> build the site, its page of this failure says more"
        )
    return outputs(notebook.cells)


def main() -> None:
    """Execute the reports and write reports/gallery."""
    workshop = open_workshop(find_project())
    shown = {report: executed(workshop, report) for report, _ in FIGURES.values()}
    folder = workshop.project.root / "reports" / "gallery"
    folder.mkdir(exist_ok=True)
    for name, svg in gallery(shown).items():
        (folder / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
