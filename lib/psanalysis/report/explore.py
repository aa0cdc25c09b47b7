"""Page 10: pick city, domain, indicator and language in JupyterLab, and see the charts of the
reports.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.identity import plan_title, shared_indicators
from psanalysis.datapackage.remembered import remembering
from psanalysis.errors import ParameterError, choose
from psanalysis.measures.compare import compare
from psanalysis.measures.gaps import gaps
from psanalysis.measures.outcomes import outcomes
from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.city_gap import CityGap
from psanalysis.report.frames import headline, names
from psanalysis.report.html import Chart, Html, paragraph
from psanalysis.report.indicator_profile import IndicatorProfile
from psanalysis.report.outcomes_page import Outcomes
from psanalysis.report.periods import last_year
from psanalysis.tables.build import table
from psanalysis.tables.model import Table
from psanalysis.wording import LANGUAGES, say

if TYPE_CHECKING:
    import ipywidgets
    from matplotlib.figure import Figure

# the choices that each view depends on, in addition to the language
VIEWS = {
    "gap": ("plan_id",),
    "outcomes": ("plan_id",),
    "heatmap": ("domain_id",),
    "comparison": ("domain_id",),
    "profile": ("domain_id", "indicator_id"),
}
FIGURES, TABLES = ("pdf", "svg", "png"), ("xlsx", "docx", "tex", "csv")
COMPARING = ("heatmap", "comparison")


class Explorer:
    """Controls, the chart they choose, and its figures as a table.

    Parameters
    ----------
    lang
        zh or en, to begin with.
    ds
        The data set; by default the curated one.

    Attributes
    ----------
    choice
        What is chosen: view, plan_id, domain_id, indicator_id, lang.
    shown
        What is in view: a chart, or a sentence where there is nothing to draw.

    Examples
    --------
    >>> explorer = Explorer("en")
    >>> explorer.show(view="profile", indicator_id="nursing_bed_share").name
    'trajectories'
    >>> explorer.controls
    ('view', 'domain_id', 'indicator_id', 'lang')
    """

    def __init__(self, lang: str, ds: Dataset | None = None):
        self.ds = ds or remembering(load())
        first = self.ds.domains["domain_id"].iloc[0]
        self.choice: dict[str, Any] = {
            "view": "gap", "plan_id": self.ds.plans["plan_id"].iloc[0], "domain_id": first,
            "indicator_id": self._indicators(first)[0], "lang": lang,
        }  # fmt: skip
        self.shown: Chart | Html = self.show()

    @property
    def controls(self) -> tuple[str, ...]:
        """The controls that the current view depends on; the others would change nothing."""
        return ("view", *VIEWS[self.choice["view"]], "lang")

    @property
    def figure(self) -> Figure | None:
        """The figure in view; None for a view of words alone."""
        return self.shown.figure if isinstance(self.shown, Chart) else None

    def show(self, **choice: Any) -> Chart | Html:
        """The chart for a choice of view, plan_id, domain_id, indicator_id, lang; what is not named
        stays as it was.

        Raises
        ------
        ParameterError
            If something else is named, or a view is not known.
        """
        for name in choice:
            choose("name of a choice", name, self.choice)
        choose("view", choice.get("view", self.choice["view"]), VIEWS)
        chosen = self.choice | choice
        shown = self._drawn(chosen)
        # on a page the answer may already say the finding; here nothing else does
        self.shown = replace(shown, headed=True) if isinstance(shown, Chart) else shown
        self.choice = chosen
        return self.shown

    def _drawn(self, chosen: dict[str, Any]) -> Chart | Html:
        lang = chosen["lang"]
        if chosen["view"] == "gap":
            return CityGap(chosen["plan_id"], lang, self.ds).chart()
        if chosen["view"] in COMPARING:
            compared = CityComparison(chosen["domain_id"], lang, ds=self.ds)
            return compared.heatmap() if chosen["view"] == "heatmap" else compared.chart()
        page: Outcomes | IndicatorProfile = (
            Outcomes(chosen["plan_id"], lang, as_of=self._year(), ds=self.ds)
            if chosen["view"] == "outcomes"
            else IndicatorProfile(chosen["indicator_id"], lang, self.ds)
        )
        chart = page.chart()
        return chart if isinstance(chart, Chart) else paragraph(page.answer())

    def table(self) -> Table:
        """The figures behind the view: `explorer.table().to_excel("table.xlsx")`."""
        chosen, lang = self.choice, self.choice["lang"]
        if chosen["view"] == "gap":
            frame = headline(gaps(self.ds, chosen["plan_id"]))
        elif chosen["view"] == "outcomes":
            frame = outcomes(self.ds, chosen["plan_id"], self._year())
        elif chosen["view"] == "profile":
            frame = compare(self.ds, chosen["indicator_id"])
        else:
            own = set(self._indicators(chosen["domain_id"]))
            frame = compare(self.ds, [one for one in shared_indicators(self.ds) if one in own])
        return table(frame, lang, ds=self.ds)

    def save(self, path: str | Path, **form: Any) -> Path:
        """Save the view, as its ending says: .pdf, .svg, .png the chart; .xlsx, .docx, .tex, .csv
        the table.

        Parameters
        ----------
        path
            The file to write.
        form
            For a chart what `Chart.draw` takes: `explorer.save("figure.pdf", width_cm=8.5)`.

        Raises
        ------
        ParameterError
            If the ending is another one, a form does not fit, or a chart is asked for where there
            is none.
        """
        path = Path(path)
        ending = path.suffix.removeprefix(".").lower()
        choose("ending", ending, (*FIGURES, *TABLES))
        if ending in FIGURES:
            if not isinstance(self.shown, Chart):
                raise ParameterError(
                    "this view has no chart -> choose another view, or save its table as .xlsx"
                )
            return self.shown.save(path, **form)
        if form:
            raise ParameterError(
                f"{next(iter(form))}: is for a chart -> save it as .pdf, .svg or .png"
            )
        shown = self.table()
        if ending == "csv":  # with a byte-order mark, by which Excel recognises UTF-8
            shown.to_frame().to_csv(path, index=False, encoding="utf-8-sig")
        elif ending == "tex":
            shown.to_latex(path)
        elif ending == "docx":
            shown.to_word(path)
        else:
            shown.to_excel(path)
        return path

    @property
    def name(self) -> str:
        """A name for files of the view."""
        asked = [
            key
            for key in self.controls
            if key != "domain_id" or "indicator_id" not in self.controls
        ]
        return "-".join(str(self.choice[key]) for key in asked)

    def _year(self) -> int:
        """The last year that had ended by the as-of date of the data."""
        known = last_year(self.ds)
        return int(self.ds.plans["horizon_year"].max()) if known is None else known

    def _domains(self) -> list[str]:
        """Domains for which the view has something to show."""
        view = self.choice["view"]
        shared = set(shared_indicators(self.ds))
        return [
            domain
            for domain in self.ds.domains["domain_id"]
            if (own := self._indicators(domain)) and (view not in COMPARING or shared & set(own))
        ]

    def _indicators(self, domain_id: str) -> list[str]:
        """Indicators of a domain that a plan has a target for, those of several plans first."""
        targets = self.ds.statements[self.ds.statements["role"] == "target"]
        plans = targets.groupby("indicator_id")["plan_id"].nunique()
        own = self.ds.indicators.loc[self.ds.indicators["domain_id"] == domain_id, "indicator_id"]
        return sorted(
            (indicator for indicator in own if indicator in plans.index),
            key=lambda indicator: -plans[indicator],
        )

    def options(self, key: str) -> list[tuple[str, str]]:
        """What a control offers: the words of each option, and its code."""
        lang = self.choice["lang"]
        if key == "view":
            return [(say(f"explore.{view}", lang), view) for view in VIEWS]
        if key == "plan_id":
            return [(plan_title(self.ds, plan, lang), plan) for plan in self.ds.plans["plan_id"]]
        if key == "domain_id":
            known = names(self.ds, "domains", "domain_id", lang)
            return [(known[domain], domain) for domain in self._domains()]
        if key == "indicator_id":
            known = names(self.ds, "indicators", "indicator_id", lang)
            return [(known[one], one) for one in self._indicators(self.choice["domain_id"])]
        return [(say(f"explore.language_{code}", lang), code) for code in LANGUAGES]

    def settle(self) -> None:
        """Replace each choice that the view does not offer by the first one that it does."""
        for key in ("domain_id", "indicator_id"):
            offered = [code for _, code in self.options(key)]
            if self.choice[key] not in offered:
                self.choice[key] = offered[0]

    def widget(self) -> ipywidgets.VBox:
        """The controls of the view with the chart below, and buttons that save chart and table in
        the working folder.
        """
        from psanalysis.report.explorer_controls import ExplorerControls

        return ExplorerControls(self).box
