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
from psanalysis.wording import LANGUAGES

# file to report and name of the figure in it
FIGURES = {
    "gap": ("01_city_gap/mianyang-14fyp.{lang}", "gap"),
    "heatmap": ("02_city_comparison/eldercare.{lang}", "heatmap"),
    "trajectories": ("03_indicator_profile/nursing_bed_share.{lang}", "trajectories"),
    "overview": ("00_overview/{lang}", "parts"),
    "services": ("05_service_coverage/{lang}", "differences"),
    "pace": ("01_city_gap/mianyang-14fyp.{lang}", "pace"),
}
VARIABLE = re.compile(r"var\(--ps-[a-z0-9-]+, (#[0-9a-f]{6})\)")


def reports(lang: str) -> list[str]:
    """The reports of the gallery in a language, each once."""
    return list(dict.fromkeys(report.format(lang=lang) for report, _ in FIGURES.values()))


def gallery(shown: Mapping[str, str], lang: str, only: str = "") -> dict[str, str]:
    """File name to SVG of each figure of the gallery in a language, with its words, in its own colours, without links to a page that is not there.

    Parameters
    ----------
    shown
        What each of these reports shows, as HTML, by id.
    lang
        zh or en.
    only
        One figure instead of all.

    Raises
    ------
    ParameterError
        If a report has no such figure.
    """
    return {
        f"{name}-{lang}.svg": _alone(
            _figure(report.format(lang=lang), shown[report.format(lang=lang)], figure)
        )
        for name, (report, figure) in FIGURES.items()
        if only in ("", name)
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
    folder = workshop.project.root / "reports" / "gallery"
    folder.mkdir(exist_ok=True)
    for lang in LANGUAGES:
        shown = {report: executed(workshop, report) for report in reports(lang)}
        for name, svg in gallery(shown, lang).items():
            (folder / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
