"""What every page has: title, question, answer, method note, sources and colophon."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
from matplotlib.figure import Figure

from psanalysis import style
from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.errors import choose
from psanalysis.report.frames import signs_note
from psanalysis.report.html import Chart, Column, Html, bullets, heading, paragraph
from psanalysis.report.provenance import colophon, source_table
from psanalysis.wording import keys, say

CODES = {"plan_id", "indicator_id"}


class Page:
    """A page of the site; its methods are its sections, in the order of its notebook.

    Parameters
    ----------
    lang
        zh or en.
    ds
        The data set; by default the curated one.
    parameters
        What the page is about, printed at its end.

    Raises
    ------
    ParameterError
        If the language, a plan_id or an indicator_id is not known.
    """

    section: str

    def __init__(self, lang: str, ds: Dataset | None = None, **parameters: object):
        style.use(lang)
        self.ds = ds or load()
        self.lang = lang
        self.parameters = parameters | {"lang": lang}
        for key in CODES & set(parameters):
            choose(key, parameters[key], getattr(self.ds, f"{key.removesuffix('_id')}s")[key])

    def words(self, key: str, **values: object) -> str:
        """A sentence of the page's own section of wording.toml."""
        return say(f"{self.section}.{key}", self.lang, **values)

    def listed(self, items: Iterable[str], between: str = "item") -> str:
        """Items in a row, with the punctuation of the language."""
        return say(f"punctuation.{between}", self.lang).join(items)

    def subject(self) -> dict[str, str]:
        """What the placeholders of title and question stand for."""
        return {}

    def answer(self) -> str:
        """The finding, computed from the data."""
        raise NotImplementedError

    def statements(self) -> list[str]:
        """statement_id of everything the page rests on."""
        return []

    def title(self) -> Html:
        """Title, question, and the answer in a sentence."""
        return (
            heading(1, self.words("title", **self.subject()))
            + paragraph(self.words("question", **self.subject()), "ps-question")
            + paragraph(self.answer(), "ps-answer")
        )

    def method(self) -> Html:
        """How to read the page."""
        notes = [key for key in keys(self.section) if key.startswith("method_")]
        return heading(2, say("page.method_title", self.lang)) + bullets(
            self.words(note) for note in notes
        )

    def sources(self) -> Html:
        """Every statement behind the page, and the fingerprint of data and library."""
        return source_table(self.ds, self.statements(), self.lang, self.name) + colophon(
            self.ds, self.lang, **self.parameters
        )

    @property
    def name(self) -> str:
        """Short name of the page with its parameters, for files that a reader downloads."""
        return "-".join(
            [
                self.section.replace("_", "-"),
                *(
                    str(value)
                    for key, value in self.parameters.items()
                    if key in ("plan_id", "domain_id", "indicator_id")
                ),
            ]
        )

    def drawn(
        self,
        draw: Callable[..., Figure],
        frame: pd.DataFrame,
        name: str,
        *,
        finding: str,
        source: str,
        **values: object,
    ) -> Chart:
        """A chart of a frame, titled by its finding, with text alternatives from the data; `values` are for its subtitle."""
        source += signs_note(frame, self.lang)
        figure = draw(
            frame,
            title=finding,
            subtitle=self.words(f"{name}_subtitle", **values),
            source=source,
            lang=self.lang,
        )
        alt = say("chart.alt", self.lang, kind=self.words(f"{name}_kind"), finding=finding)
        linked = frame[frame["url"] != ""]
        marks = dict(zip(linked["url"], linked["mark_text"], strict=True))
        # what the page says in its answer it need not say again over the chart
        headed, hint = finding != self.answer(), say("page.swipe", self.lang)
        return Chart(
            figure, alt=alt, marks=marks, name=name.replace("_", "-"), headed=headed, hint=hint
        )

    def columns(self, names: str, numeric: str = "") -> list[Column]:
        """Columns of a table by their keys, separated by blanks; the numeric ones again."""
        return [
            Column(key, say(f"column.{key}", self.lang), key in numeric.split())
            for key in names.split()
        ]


def cell(text: str, value: object) -> tuple[str, object]:
    """A table cell that sorts by its value."""
    return text, "" if pd.isna(value) else value
