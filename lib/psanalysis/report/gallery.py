"""The figures of the README: taken from the stored outputs of the notebooks, which CI keeps equal to what the code makes."""

from __future__ import annotations

import json
import re
from pathlib import Path

from psanalysis.errors import ParameterError
from psanalysis.site.glyphs import without_repeated_glyphs

ROOT = Path(__file__).parents[3]
# file to notebook and name of the figure in it
FIGURES = {
    "gap": ("01_city_gap", "gap"),
    "heatmap": ("02_city_comparison", "heatmap"),
    "trajectories": ("03_indicator_profile", "trajectories"),
    "overview": ("00_overview", "parts"),
    "services": ("05_service_coverage", "differences"),
    "pace": ("01_city_gap", "pace"),
}
VARIABLE = re.compile(r"var\(--ps-[a-z0-9-]+, (#[0-9a-f]{6})\)")


def gallery(notebooks: Path) -> dict[str, str]:
    """File name to SVG of each figure of the gallery, with its words, in its own colours, without links to a page that is not there.

    Raises
    ------
    ParameterError
        If a notebook has no such figure.
    """
    return {f"{name}-zh.svg": _alone(_figure(notebooks / f"{notebook}.ipynb", figure)) for name, (notebook, figure) in FIGURES.items()}


def _figure(notebook: Path, name: str) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = (output.get("data", {}).get("text/html", "") for cell in cells for output in cell.get("outputs", []))
    html = "".join(part for output in outputs for part in output)
    found = re.search(rf'<figure class="ps-figure" id="figure-{name}">.*?(<svg .*?</svg>)', html, re.DOTALL)
    if found is None:
        raise ParameterError(f"{notebook}: no figure {name!r} in its outputs -> run the notebook and save it")
    return found[1]


def _alone(svg: str) -> str:
    """A figure that stands for itself."""
    svg = re.sub(r' data-chart="[^"]*"', "", VARIABLE.sub(r"\1", svg))
    return without_repeated_glyphs(re.sub(r"<a [^>]*>", "<g>", svg).replace("</a>", "</g>")) + "\n"


def main() -> None:
    """Write reports/gallery."""
    folder = ROOT / "reports" / "gallery"
    folder.mkdir(exist_ok=True)
    for name, svg in gallery(ROOT / "notebooks").items():
        (folder / name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
