"""Page 10: pick city, domain, indicator and language in JupyterLab, and see the charts of the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.identity import plan_title
from psanalysis.report.city_comparison import CityComparison
from psanalysis.report.city_gap import CityGap
from psanalysis.report.frames import names
from psanalysis.report.html import Chart, Html
from psanalysis.report.indicator_profile import IndicatorProfile
from psanalysis.report.progress import Progress
from psanalysis.wording import LANGUAGES, say

if TYPE_CHECKING:
    import ipywidgets
    from matplotlib.figure import Figure

VIEWS = ("gap", "progress", "heatmap", "comparison", "profile")
YEAR = 2023


class Explorer:
    """Controls and the chart they choose.

    Parameters
    ----------
    lang
        zh or en, to begin with.
    ds
        The data set; by default the curated one.

    Attributes
    ----------
    shown
        What is in view: `explorer.shown.save("figure.pdf")` saves a chart, also as SVG or PNG.

    Examples
    --------
    >>> explorer = Explorer("en")
    >>> explorer.show(view="profile", indicator_id="nursing_bed_share").name
    'trajectories'
    """

    def __init__(self, lang: str, ds: Dataset | None = None):
        self.ds = ds or load()
        self.choice: dict[str, Any] = {
            "view": "gap", "plan_id": self.ds.plans["plan_id"].iloc[0], "domain_id": self.ds.domains["domain_id"].iloc[0],
            "indicator_id": self._indicators(self.ds.domains["domain_id"].iloc[0])[0], "lang": lang,
        }  # fmt: skip
        self.shown: Chart | Html = self.show()

    @property
    def figure(self) -> Figure | None:
        """The figure in view; None where a view has only words."""
        return self.shown.figure if isinstance(self.shown, Chart) else None

    def show(self, **choice: Any) -> Chart | Html:
        """The chart for a choice of view, plan_id, domain_id, indicator_id, lang; what is not named stays as it was."""
        self.choice |= choice
        chosen = self.choice
        lang = chosen["lang"]
        if chosen["view"] == "gap":
            self.shown = CityGap(chosen["plan_id"], lang, self.ds).chart()
        elif chosen["view"] == "progress":
            self.shown = Progress(chosen["plan_id"], lang, as_of=self._year(), ds=self.ds).chart()
        elif chosen["view"] == "profile":
            self.shown = IndicatorProfile(chosen["indicator_id"], lang, self.ds).chart()
        else:
            page = CityComparison(chosen["domain_id"], lang, ds=self.ds)
            self.shown = page.heatmap() if chosen["view"] == "heatmap" else page.chart()
        return self.shown

    def _year(self) -> int:
        plan = self.ds.plans.set_index("plan_id").loc[self.choice["plan_id"]]
        return min(max(YEAR, int(plan["baseline_year"]) + 1), int(plan["horizon_year"]))

    def _indicators(self, domain_id: str) -> list[str]:
        """Indicators of a domain that a plan has a target for, those of several plans first."""
        targets = self.ds.statements[self.ds.statements["role"] == "target"]
        plans = targets.groupby("indicator_id")["plan_id"].nunique()
        own = self.ds.indicators.loc[self.ds.indicators["domain_id"] == domain_id, "indicator_id"]
        return sorted(
            (indicator for indicator in own if indicator in plans.index),
            key=lambda indicator: -plans[indicator],
        )

    def _options(self, key: str) -> list[tuple[str, str]]:
        lang = self.choice["lang"]
        if key == "view":
            return [(say(f"explore.{view}", lang), view) for view in VIEWS]
        if key == "plan_id":
            return [(plan_title(self.ds, plan, lang), plan) for plan in self.ds.plans["plan_id"]]
        if key == "domain_id":
            return [
                (name, domain)
                for domain, name in names(self.ds, "domains", "domain_id", lang).items()
            ]
        if key == "indicator_id":
            known = names(self.ds, "indicators", "indicator_id", lang)
            return [
                (known[indicator], indicator)
                for indicator in self._indicators(self.choice["domain_id"])
            ]
        return [(say(f"explore.language_{code}", lang), code) for code in LANGUAGES]

    def widget(self) -> ipywidgets.VBox:
        """The controls with the chart below."""
        import ipywidgets

        view = ipywidgets.HTML(self.shown._repr_html_())
        controls = {
            key: ipywidgets.Dropdown(
                options=self._options(key),
                value=self.choice[key],
                description=say(f"explore.{key}", self.choice["lang"]),
            )
            for key in self.choice
        }

        def change(event: dict[str, Any]) -> None:
            key = next(name for name, control in controls.items() if control is event["owner"])
            self.choice[key] = event["new"]
            if key == "domain_id":
                self.choice["indicator_id"] = self._indicators(event["new"])[0]
            listen(False)
            for name, control in controls.items():
                control.options = self._options(name)
                control.value = self.choice[name]
                control.description = say(f"explore.{name}", self.choice["lang"])
            listen(True)
            view.value = self.show()._repr_html_()

        def listen(on: bool) -> None:
            # new options reset a control's value, which is not a choice of the reader
            for control in controls.values():
                (control.observe if on else control.unobserve)(change, names="value")

        listen(True)
        return ipywidgets.VBox(
            [ipywidgets.HBox(list(controls.values()), layout={"flex_flow": "row wrap"}), view]
        )
