"""What a notebook cell shows: HTML without style attributes and scripts, the same bytes for the
same inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from psanalysis.markup import escaped, unbroken
from psanalysis.untrusted import forms

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


class Shown(Protocol):
    """Something that has an HTML form: a piece of HTML, a chart, a table."""

    def _repr_html_(self) -> str: ...


@dataclass(frozen=True)
class Html:
    """A piece of HTML that Jupyter shows."""

    text: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.text

    def __add__(self, other: Shown) -> Html:
        return Html(f"{self.text}\n{other._repr_html_()}")

    def __radd__(self, other: Shown) -> Html:
        return Html(f"{other._repr_html_()}\n{self.text}")


@dataclass(frozen=True)
class Chart:
    """A chart of a page: drawn anew for each form in which it is wanted.

    In a page its words are text around it, and it is drawn twice, for a screen and for a phone.

    Attributes
    ----------
    kind
        Name of the function of `psanalysis.plot`.
    frame
        What it draws, with the columns `url` and `mark_text`.
    title, subtitle, source
        The words around it.
    lang
        zh or en.
    alt
        What it shows, in words.
    name
        Short name, unique on the page.
    headed
        Whether the page sets the finding over the chart; false where its answer says the same.
    """

    kind: str
    frame: pd.DataFrame = field(repr=False)
    title: str
    subtitle: str = field(repr=False)
    source: str = field(repr=False)
    lang: str
    alt: str = field(repr=False)
    name: str
    headed: bool = True

    def draw(
        self,
        *,
        width_cm: float | None = None,
        title: str | bool = True,
        subtitle: str | bool = True,
        source: str | bool = True,
        height_cm: float | None = None,
        part: int = 1,
        greyscale: bool = False,
    ) -> Figure:
        """The figure for print or a screen.

        Parameters
        ----------
        width_cm
            8.5 for a column, 17 for a page, or any other; without it 21 cm, for a screen.
        title, subtitle, source
            Whether the words stand in the figure, or other words.
        height_cm
            Most height; in print 24 cm where nothing else is said. What is higher comes in parts.
        part
            Which part, from 1; `figure.parts` says how many there are.
        greyscale
            Greys instead of colours.

        Raises
        ------
        ParameterError
            If width or height is out of range, or there is no such part.
        """
        words = {
            key: (getattr(self, key) if wanted else "") if isinstance(wanted, bool) else wanted
            for key, wanted in (("title", title), ("subtitle", subtitle), ("source", source))
        }
        figure: Figure = self._function()(
            self.frame,
            lang=self.lang,
            width_cm=width_cm,
            height_cm=height_cm,
            part=part,
            greyscale=greyscale,
            **words,
        )
        return figure

    @property
    def figure(self) -> Figure:
        """The figure with all its words, for a screen."""
        return self.draw()

    def save(self, path: str | Path, **form: Any) -> Path:
        """Write the figure to a file, the same bytes each time.

        Parameters
        ----------
        path
            Its ending says what is written: .pdf, .svg or .png.
        form
            What `draw` takes: `chart.save("gap.pdf", width_cm=8.5, title=False)`; what is higher
            than a page comes in parts, `chart.save("gap-2.pdf", width_cm=8.5, part=2)`.

        Raises
        ------
        ParameterError
            If the ending is another one.
        """
        from psanalysis.plot.saving import save

        return save(self.draw(**form), path)

    def content(self, kind: str, **form: Any) -> bytes:
        """The figure as a file of a kind (pdf, svg, png), in memory."""
        from psanalysis.plot.saving import rendered

        return rendered(self.draw(**form), kind)

    def contents(self, kind: str, **form: Any) -> Iterator[bytes]:
        """`content` of each part, for a figure that may be higher than a page."""
        from psanalysis.plot.saving import rendered

        first = self.draw(**form)
        yield rendered(first, kind)
        for part in range(2, getattr(first, "parts", 1) + 1):
            yield self.content(kind, part=part, **form)

    @property
    def marks(self) -> dict[str, str]:
        """The text alternative of each linked mark, by its url."""
        linked = self.frame[self.frame["url"] != ""]
        return dict(zip(linked["url"], linked["mark_text"], strict=True))

    def _function(self) -> Any:
        # imported here: listing the pages of the site draws none
        from psanalysis import plot

        return getattr(plot, self.kind)

    def _repr_html_(self) -> str:
        finding = f"<b>{unbroken(self.title)}</b>" if self.headed else ""
        return (
            f'<figure class="ps-figure" id="figure-{escaped(self.name)}">'
            f"<figcaption>{finding}<span>{unbroken(self.subtitle)}</span></figcaption>"
            # the style sheet of the site shows the one that fits the screen, a notebook the first
            f"{forms(self._svg(''), self._svg('-narrow'))}"
            f'<p class="ps-source">{unbroken(self.source)}</p></figure>'
        )

    def _svg(self, form: str) -> str:
        from psanalysis import style
        from psanalysis.plot.form import PHONE, SCREEN, Form
        from psanalysis.report.svg import inline_svg

        with style.applied(self.lang):
            width = PHONE if form else SCREEN
            figure = self._function().layout(self.frame, Form(self.lang, width))
            return inline_svg(
                figure,
                alt=self.alt,
                marks=self.marks,
                name=self.name + form,
                lang="" if form else self.lang,
            )


def heading(level: int, words: str) -> Html:
    return Html(f"<h{level}>{unbroken(words)}</h{level}>")


def paragraph(words: str, kind: str = "") -> Html:
    attribute = f' class="{escaped(kind)}"' if kind else ""
    return Html(f"<p{attribute}>{unbroken(words)}</p>")


def bullets(items: Iterable[str]) -> Html:
    return Html("<ul>" + "".join(f"<li>{unbroken(item)}</li>" for item in items) + "</ul>")
