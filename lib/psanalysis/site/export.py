"""Exports an executed notebook to a self-contained page; each process has one exporter."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from psanalysis.kernels.internals import export_by_template
from psanalysis.site.assets import (
    FURTHER,
    LANGUAGE_TAGS,
    PAGE_KB,
    SCRIPT_WORDS,
    policy,
    script,
    style,
    templates,
)
from psanalysis.site.contract import require
from psanalysis.site.errors import ContractError
from psanalysis.site.facts import Contents
from psanalysis.site.model import Inputs
from psanalysis.site.outputs import as_html, prepare
from psanalysis.wording import say

UP = "../"  # every report lies one folder deep
CELLS = 500  # highlighted cells that are kept


class PageExporter(HTMLExporter):
    """HTML by the site's own template."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **settings: Any
    ) -> tuple[Any, Any]:
        return export_by_template(self, nb, resources, **settings)


@cache
def exporter() -> PageExporter:
    """The exporter of this process."""
    config = Config()
    config.TemplateExporter.extra_template_basedirs = [str(templates())]
    config.HighlightMagicsPreprocessor.enabled = False
    # the notebook was validated as it was executed
    config.Exporter.optimistic_validation = True
    made = PageExporter(config=config, template_name="report")  # type: ignore[no-untyped-call]
    # the cells of a notebook are the same on all its pages
    highlight = lru_cache(CELLS)(Highlight2HTML(pygments_lexer="ipython3", parent=made))  # type: ignore[no-untyped-call]
    made.register_filter("highlight_code", highlight)
    return made


def export(executed: NotebookNode, inputs: Inputs) -> tuple[bytes, dict[str, Any]]:
    """The page of an executed notebook, and its facts.

    Raises
    ------
    ContractError
        If an output has content that the page policy forbids.
    """
    parameters = json.loads(inputs.parameters)
    lang = str(parameters.get("lang", "zh"))
    contents = Contents()
    # cells are numbered as in the notebook, without the cell added by papermill
    own = [
        cell
        for cell in executed.cells
        if "injected-parameters" not in cell.metadata.get("tags", [])
    ]
    for number, cell in enumerate(own, start=1):
        if cell.cell_type == "code":
            cell.outputs = [_checked(output, f"cell {number}", contents) for output in cell.outputs]
    contents.title = contents.title or inputs.notebook
    page, _ = exporter().from_notebook_node(
        executed,
        {
            "ps": {
                "lang": lang,
                "language_tag": LANGUAGE_TAGS.get(lang, lang),
                "title": contents.title,
                "toc": contents.toc,
                "policy": policy(UP, *contents.scripts),
                "style": Markup(style(UP)),
                "script": Markup(script(*contents.scripts)),
                "script_words": SCRIPT_WORDS,
                "say": lambda key, **values: say(f"site.{key}", lang, **values),
                "fingerprints": fingerprints(inputs),
            }
        },
    )
    content = str(page).encode()
    limit = max([PAGE_KB, *(FURTHER[name] for name in contents.scripts)])
    if len(content) > limit * 1024:
        raise ContractError(
            f"the page has {len(content) // 1024} KB, more than {limit}"
            " -> show less, or make two reports of it"
        )
    return content, contents.facts()


def _checked(output: NotebookNode, where: str, contents: Contents) -> NotebookNode:
    """An output with checked and reserialised HTML as its only representation."""
    html = contents.take(require(as_html(output), where, prepare))
    return NotebookNode(output_type="display_data", metadata={}, data={"text/html": html})  # type: ignore[no-untyped-call]


def export_nothing() -> None:
    """Export an empty page, which compiles templates, reads schemas and words and finds lexers;
    that takes five times as long as a page.
    """
    table = new_output(
        "display_data", {"text/html": "<h1>1</h1><table><tr><td>1</td></tr></table>"}
    )  # type: ignore[no-untyped-call]
    nothing = new_notebook(cells=[new_markdown_cell("1"), new_code_cell("1", outputs=[table])])  # type: ignore[no-untyped-call]
    export(nothing, Inputs("nothing", "", "{}", {}, {}, "", ""))


def fingerprints(inputs: Inputs) -> dict[str, str]:
    """The fingerprints of its inputs that a page shows, in order."""
    hashes = {name: inputs.hashes[name] for name in ("data", "notebook", "library", "environment")}
    shown = ", ".join(
        f"{name} = {json.dumps(value, ensure_ascii=False)}"
        for name, value in json.loads(inputs.parameters).items()
    )
    return {"parameters": shown, **hashes}
