"""The explorer's controls in JupyterLab: what can be chosen, the chart below, and buttons that save
it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from psanalysis.errors import PsanalysisError
from psanalysis.report.explore import FIGURES, TABLES, Explorer
from psanalysis.report.html import Chart, paragraph
from psanalysis.wording import say

if TYPE_CHECKING:
    import ipywidgets


class ExplorerControls:
    """Dropdowns and buttons that follow what the explorer shows.

    Attributes
    ----------
    box
        All of it, for a notebook to show.
    """

    def __init__(self, explorer: Explorer):
        import ipywidgets

        self.explorer = explorer
        self.view, self.told = ipywidgets.HTML(), ipywidgets.HTML()
        # True while options change: that resets values, which is no choice of the reader
        self.filling = False
        self.dropdowns = {key: ipywidgets.Dropdown() for key in explorer.choice}
        self.buttons = {
            ending: ipywidgets.Button(layout={"width": "auto"}) for ending in (*FIGURES, *TABLES)
        }
        for ending, button in self.buttons.items():
            button.on_click(self._saving(ending))
        for dropdown in self.dropdowns.values():
            dropdown.observe(self._chosen, names="value")
        self._draw()
        choices, savers = (
            ipywidgets.HBox(list(some), layout={"flex_flow": "row wrap"})
            for some in (self.dropdowns.values(), self.buttons.values())
        )
        self.box: ipywidgets.VBox = ipywidgets.VBox([choices, self.view, savers, self.told])

    def _draw(self) -> None:
        """Show what is chosen, and renew the options of the other controls."""
        explorer = self.explorer
        explorer.settle()
        lang = explorer.choice["lang"]
        self.filling = True
        for key, dropdown in self.dropdowns.items():
            dropdown.options, dropdown.value = explorer.options(key), explorer.choice[key]
            dropdown.description = say(f"explore.{key}", lang)
            dropdown.layout.display = None if key in explorer.controls else "none"
        self.filling = False
        self.view.value, self.told.value = explorer.show()._repr_html_(), ""
        drawn = isinstance(explorer.shown, Chart)
        for ending, button in self.buttons.items():
            kind = "save_figure" if ending in FIGURES else "save_table"
            button.description = say(f"explore.{kind}", lang, ending=ending)
            button.layout.display = None if drawn or ending in TABLES else "none"

    def _chosen(self, event: dict[str, Any]) -> None:
        if self.filling:
            return
        key = next(name for name, one in self.dropdowns.items() if one is event["owner"])
        self.explorer.choice[key] = event["new"]
        self._draw()

    def _saving(self, ending: str) -> Callable[[Any], None]:
        def press(_: Any) -> None:
            try:
                file = self.explorer.save(f"{self.explorer.name}.{ending}")
                words = say("explore.saved", self.explorer.choice["lang"], file=file)
            except (PsanalysisError, OSError) as error:
                words = str(error)
            self.told.value = paragraph(words).text

        return press
