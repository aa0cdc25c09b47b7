"""The figures of the README, drawn from the pages that show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from psanalysis import report
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.errors import ParameterError
from psanalysis.report.html import Chart
from psanalysis.report.page import Page
from psanalysis.site.project import find_project
from psanalysis.wording import LANGUAGES


@dataclass(frozen=True)
class Shown:
    """Where a figure stands: a kind of page, its subject, the section, the name of the chart."""

    kind: str
    section: str
    name: str
    subject: dict[str, str] = field(default_factory=dict)

    def page(self, ds: Dataset, lang: str) -> Page:
        """The page in a language."""
        made: Page = getattr(report, self.kind)(**self.subject, lang=lang, ds=ds)
        return made


MIANYANG = {"plan_id": "mianyang-14fyp"}
FIGURES = {
    "gap": Shown("CityGap", "chart", "gap", MIANYANG),
    "heatmap": Shown("CityComparison", "heatmap", "heatmap", {"domain_id": "eldercare"}),
    "trajectories": Shown(
        "IndicatorProfile", "chart", "trajectories", {"indicator_id": "nursing_bed_share"}
    ),
    "overview": Shown("Overview", "chart", "parts"),
    "services": Shown("ServiceCoverage", "chart", "differences"),
    "pace": Shown("CityGap", "pace", "pace", MIANYANG),
}


def gallery(ds: Dataset, lang: str) -> dict[str, bytes]:
    """File name to SVG of each figure in a language, with its words, whose letters need no font of
    the reader.

    Raises
    ------
    ParameterError
        If a page shows no such figure.
    """
    return {
        f"{name}-{lang}.svg": chart(shown, ds, lang).content("svg")
        for name, shown in FIGURES.items()
    }


def chart(shown: Shown, ds: Dataset, lang: str) -> Chart:
    """The chart of a section of a page.

    Raises
    ------
    ParameterError
        If the section shows no chart of this name.
    """
    page = shown.page(ds, lang)
    charts: list[Chart] = []
    draw = page.drawn

    def keep(*given: Any, **named: Any) -> Chart:
        charts.append(draw(*given, **named))
        return charts[-1]

    page.drawn = keep  # type: ignore[method-assign]
    getattr(page, shown.section)()
    found = next((one for one in charts if one.name == shown.name), None)
    if found is None:
        raise ParameterError(
            f"{shown.kind}.{shown.section}: shows no figure {shown.name!r}"
            " -> name another in psanalysis.site.gallery.FIGURES"
        )
    return found


def main() -> None:
    """Draw the figures and write reports/gallery."""
    folder = find_project().root / "reports" / "gallery"
    folder.mkdir(exist_ok=True)
    ds = load()
    for lang in LANGUAGES:
        for name, svg in gallery(ds, lang).items():
            (folder / name).write_bytes(svg)


if __name__ == "__main__":
    main()
