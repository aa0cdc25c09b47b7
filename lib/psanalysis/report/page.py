"""What all pages share: a kind that the site knows, title, question, answer, method note, sources
and colophon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from psanalysis.datapackage.dataset import Dataset, load
from psanalysis.datapackage.identity import plan_names
from psanalysis.datapackage.remembered import remembering
from psanalysis.datapackage.slices import Masks, Slicer
from psanalysis.errors import choose
from psanalysis.report.addresses import default_slug, indicator_page
from psanalysis.report.blocks import folded
from psanalysis.report.citation import citation
from psanalysis.report.facets import Codes, city_and_domain, of_domain
from psanalysis.report.frames import signs_note
from psanalysis.report.html import Chart, Html, bullets, heading, paragraph
from psanalysis.report.injected import require_known_parameters
from psanalysis.report.parameters import PARAMETERS, Parameter
from psanalysis.report.periods import as_of_line
from psanalysis.report.provenance import colophon, document_table, source_table
from psanalysis.tables.model import Head
from psanalysis.wording import LANGUAGES, keys, say


class Page:
    """A kind of page: what the site has to know of it, and its sections in the order of its
    notebook.

    A new kind is a subclass that says `section`, `notebook` and `takes`, a notebook that calls its
    sections, and a line in `psanalysis.report.kinds`. The site knows a page of a notebook without a
    kind as `Page` itself.

    Attributes
    ----------
    section
        Its section of wording.toml.
    notebook
        Name of its notebook without ending.
    takes
        Parameters of notebook and class.
    row
        Parameters that pages which lead to each other as previous and next have in common.
    dated
        Whether the title says as of which day the data speak; False where another section of the
        page says it.

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
        If a parameter holds a code that is not known.
    """

    section: ClassVar[str] = ""
    notebook: ClassVar[str] = ""
    takes: ClassVar[tuple[Parameter, ...]] = ()
    row: ClassVar[tuple[str, ...]] = ("lang",)
    dated: ClassVar[bool] = True

    def __init__(self, lang: str, ds: Dataset | None = None, **parameters: Any):
        require_known_parameters()
        choose("lang", lang, LANGUAGES)
        self.ds = ds or remembering(load())
        self.lang = lang
        for name, value in parameters.items():
            known = PARAMETERS[name].codes
            for code in value if isinstance(value, list) else [value]:
                if known:
                    choose(name, code, known(self.ds))
        self.parameters = {
            name: " ".join(value) if isinstance(value, list) else value
            for name, value in parameters.items()
        } | {"lang": lang}

    @classmethod
    def address(cls, lang: str, **subject: Any) -> str:
        """Address of a page of this kind, relative to any other page; the site removes links to
        pages that it does not have.
        """
        return f"../{cls.notebook}/{default_slug(subject | {'lang': lang})}.html"

    def indicator(self, indicator_id: str) -> str:
        """Address of the page of an indicator."""
        return indicator_page(indicator_id, self.lang)

    @classmethod
    def kind_title(cls, lang: str) -> str:
        """What the index calls pages of this kind."""
        return say(f"{cls.section}.kind", lang) if cls.section else cls.notebook

    @classmethod
    def reads(cls, slicer: Slicer, subject: Mapping[str, Any]) -> Masks:
        """The rows that a page about a subject starts from; what they refer to comes with them. The
        page gets these rows alone, by default all.
        """
        return slicer.whole()

    @classmethod
    def facets(
        cls, codes: Codes, parameters: Mapping[str, Any], plans: Iterable[str]
    ) -> dict[str, str]:
        """Codes of city and domain by which a reader finds a page, see `city_and_domain`."""
        return city_and_domain(codes, parameters, plans)

    @classmethod
    def above(cls, codes: Codes, parameters: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
        """Address and name of the pages between the first page and this one, see `of_domain`."""
        return of_domain(codes, parameters, lang)

    def words(self, key: str, **values: object) -> str:
        """A sentence of the page's own section of wording.toml."""
        return say(f"{self.section}.{key}", self.lang, **values)

    def listed(self, items: Iterable[str], between: str = "item") -> str:
        """Items in a row, with the punctuation of the language."""
        return say(f"punctuation.{between}", self.lang).join(items)

    @cached_property
    def called(self) -> pd.Series:
        """What each plan is called on the page, by plan_id."""
        return plan_names(self.ds, self.lang)

    def subject(self) -> dict[str, str]:
        """Values for the placeholders of title and question."""
        return {}

    def answer(self) -> str:
        """The finding, computed from the data."""
        raise NotImplementedError

    def statements(self) -> list[str]:
        """statement_id of everything the page rests on."""
        return []

    def title(self) -> Html:
        """Title, question, the answer in a sentence, and the as-of date of the data."""
        day = self.period() if self.dated else ""
        return (
            heading(1, self.words("title", **self.subject()))
            + paragraph(self.words("question", **self.subject()), "ps-question")
            + paragraph(self.answer(), "ps-answer")
            + (paragraph(day, "ps-period") if day else Html(""))
        )

    def period(self) -> str:
        """The as-of date of the data."""
        return as_of_line(self.ds, self.lang).strip()

    def method(self) -> Html:
        """How to read the page."""
        notes = [key for key in keys(self.section) if key.startswith("method_")]
        words = bullets(self.words(note) for note in notes)
        return folded(say("page.method_title", self.lang), "method", words)

    def told(self) -> list[str]:
        """finding_id of the findings on the page; links to others lead to their page."""
        return []

    def sources(self) -> Html:
        """Every statement behind the page, the documents that they stand in, how to cite it, and
        the fingerprint of data and library.
        """
        ids = set(self.statements())
        plans = self.ds.statements.loc[self.ds.statements["statement_id"].isin(ids), "plan_id"]
        rows = source_table(self.ds, list(ids), self.lang, self.name, self.told())
        return self.provenance(rows, list(plans.unique()))

    def provenance(self, rows: Html, plans: list[str]) -> Html:
        """Statements, documents, citation, fingerprint: where every page ends."""
        documents = document_table(self.ds, self.lang, plans) if plans else Html("")
        return (
            rows
            + documents
            + citation(self.ds, self.lang, self.words("title", **self.subject()), self.path)
            + colophon(self.ds, self.lang, **self.parameters)
        )

    @property
    def path(self) -> str:
        """Where the page is within its site."""
        subject = {one.name: self.parameters[one.name] for one in self.takes if one.subject}
        return self.address(self.lang, **subject).removeprefix("../")

    @property
    def name(self) -> str:
        """Short name of the page and its subject, for files that a reader downloads."""
        subject = [str(self.parameters[one.name]) for one in self.takes if one.subject]
        return "-".join([self.section.replace("_", "-"), *subject])

    def drawn(
        self,
        chart: str,
        frame: pd.DataFrame,
        name: str,
        *,
        finding: str,
        source: str,
        **values: object,
    ) -> Chart:
        """A chart titled by its finding; `frame` has its columns, `values` fill the subtitle."""
        alt = say("chart.alt", self.lang, kind=self.words(f"{name}_kind"), finding=finding)
        return Chart(
            chart,
            frame,
            title=finding,
            subtitle=self.words(f"{name}_subtitle", **values),
            source=source + signs_note(frame, self.lang),
            lang=self.lang,
            alt=alt,
            name=name.replace("_", "-"),
            # a finding at the top of the page is not repeated over the chart
            headed=finding not in self.said(),
        )

    def said(self) -> set[str]:
        """Sentences at the top of the page, which no chart repeats as its finding."""
        return {self.answer()}

    def columns(
        self,
        names: str,
        numeric: str = "",
        *,
        filled: Mapping[str, bool] | None = None,
        download: bool = False,
    ) -> list[Head]:
        """Columns of a table by their keys, separated by blanks; the numeric ones again.

        A key that `filled` calls empty is left out: a column of nothing tells a reader nothing.
        """
        there = filled or {}
        return [
            Head(key, say(f"column.{key}", self.lang), key in numeric.split(), download)
            for key in names.split()
            if there.get(key, True)
        ]
