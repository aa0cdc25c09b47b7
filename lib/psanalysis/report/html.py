"""What a notebook cell shows: HTML without style attributes or scripts, the same bytes for the same inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from psanalysis.report.text import RANGE, escaped, held
from psanalysis.untrusted import forms

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

# Lengths of the longest text of a column, in ems, that the style sheet gives least widths for
WIDTHS = (4, 8, 80, 160)


@dataclass(frozen=True)
class Html:
    """A piece of HTML that Jupyter shows."""

    text: str = field(repr=False)

    def _repr_html_(self) -> str:
        return self.text

    def __add__(self, other: Html | Chart) -> Html:
        return Html(f"{self.text}\n{other._repr_html_()}")


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
        greyscale: bool = False,
    ) -> Figure:
        """The figure for print or a screen.

        Parameters
        ----------
        width_cm
            8.5 for a column, 17 for a page, or any other; without it 21 cm, for a screen.
        title, subtitle, source
            Whether the words stand in the figure, or other words.
        greyscale
            Greys instead of colours.

        Raises
        ------
        ParameterError
            If the width is out of range.
        """
        words = {
            key: (getattr(self, key) if wanted else "") if isinstance(wanted, bool) else wanted
            for key, wanted in (("title", title), ("subtitle", subtitle), ("source", source))
        }
        figure: Figure = self._function()(
            self.frame, lang=self.lang, width_cm=width_cm, greyscale=greyscale, **words
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
            What `draw` takes: `chart.save("gap.pdf", width_cm=8.5, title=False)`.

        Raises
        ------
        ParameterError
            If the ending is another one.
        """
        from psanalysis.plot.saving import save

        return save(self.draw(**form), path)

    def content(self, kind: str, **form: Any) -> bytes:
        """The figure as a file of a kind (pdf, svg, png), for who does not want it written."""
        from psanalysis.plot.saving import rendered

        return rendered(self.draw(**form), kind)

    @property
    def marks(self) -> dict[str, str]:
        """url of a mark to what it says, its text alternative."""
        linked = self.frame[self.frame["url"] != ""]
        return dict(zip(linked["url"], linked["mark_text"], strict=True))

    def _function(self) -> Any:
        # a builder asks what pages there are and draws none
        from psanalysis import plot

        return getattr(plot, self.kind)

    def _repr_html_(self) -> str:
        finding = f"<b>{held(self.title)}</b>" if self.headed else ""
        return (
            f'<figure class="ps-figure" id="figure-{escaped(self.name)}">'
            f"<figcaption>{finding}<span>{held(self.subtitle)}</span></figcaption>"
            # a notebook shows one of the two, the style sheet of the site the one that fits
            f"{forms(self._svg(''), self._svg('-narrow'), self.lang)}"
            f'<p class="ps-source">{held(self.source)}</p></figure>'
        )

    def _svg(self, form: str) -> str:
        from psanalysis import style
        from psanalysis.plot.form import PHONE, SCREEN, Form
        from psanalysis.report.svg import inline_svg

        with style.applied(self.lang):
            width = PHONE if form else SCREEN
            figure = self._function().layout(self.frame, Form(self.lang, width))
            return inline_svg(figure, alt=self.alt, marks=self.marks, name=self.name + form)


def heading(level: int, words: str) -> Html:
    return Html(f"<h{level}>{held(words)}</h{level}>")


def paragraph(words: str, kind: str = "") -> Html:
    attribute = f' class="{escaped(kind)}"' if kind else ""
    return Html(f"<p{attribute}>{held(words)}</p>")


def bullets(items: Iterable[str]) -> Html:
    return Html("<ul>" + "".join(f"<li>{held(item)}</li>" for item in items) + "</ul>")


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    key, title
        Key of the row, and heading.
    numeric
        Whether it holds numbers.
    download
        Whether it is in the CSV alone.
    """

    key: str
    title: str
    numeric: bool = False
    download: bool = False


def table(
    rows: Iterable[Mapping[str, Any]],
    columns: list[Column],
    *,
    caption: str,
    name: str,
    data: Mapping[str, str] | None = None,
) -> Html:
    """A table that the page makes sortable and downloadable.

    Parameters
    ----------
    rows
        Cells by column key: text as shown, or `Html`, or (text, value) where sorting and the CSV use another value. `id` names the row, `href` of a
        cell `key` is taken from `key_href`, and a short remark behind it, which the CSV leaves out, from `key_tag`.
    columns
        What to show. `of` of a row is the statement that it shows: its CSV has what the source table says of it.
        `data` of a row are further values by name.
    caption
        What the table holds.
    name
        File name of the downloads, without ending.
    data
        Further values of the table by name.
    """
    rows = list(rows)
    given = "".join(f' data-{key}="{escaped(value)}"' for key, value in (data or {}).items())
    head = "".join(
        f'<th scope="col" data-key="{escaped(column.key)}"{_hidden(column) or _class(column, _width(rows, column))}>'
        f"{escaped(column.title)}</th>"
        for column in columns
    )
    body = "".join(_row(row, columns) for row in rows)
    return Html(
        f'<div class="ps-table-wrap" tabindex="0" role="region" aria-label="{escaped(caption)}">'
        f'<table class="ps-table" data-csv-name="{escaped(name)}"{given}><caption>{escaped(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _width(rows: list[Mapping[str, Any]], column: Column) -> str:
    """Class of a column by its longest text, so that no column is squeezed to a character a line."""
    cells = [row[column.key] for row in rows]
    cells = ["" if isinstance(cell, Html) else cell for cell in cells]
    shown = (str(cell[0] if isinstance(cell, tuple) else cell) for cell in cells)
    longest = max(
        (sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text) / 2 for text in shown),
        default=0,
    )
    return next((f"ps-w{ems}" for ems in WIDTHS if longest <= ems), f"ps-w{WIDTHS[-1]}")


def _hidden(column: Column) -> str:
    return " hidden" if column.download else ""


def _class(column: Column, width: str = "") -> str:
    name = "ps-number" if column.numeric else width
    return f' class="{name}"' if name else ""


def _row(row: Mapping[str, Any], columns: list[Column]) -> str:
    attributes = {"id": row.get("id"), "data-of": row.get("of")}
    attributes |= {f"data-{key}": value for key, value in row.get("data", {}).items()}
    given = "".join(f' {key}="{escaped(str(value))}"' for key, value in attributes.items() if value)
    return (
        f"<tr{given}>"
        + "".join(_cell(row, column, first=column is columns[0]) for column in columns)
        + "</tr>"
    )


def _cell(row: Mapping[str, object], column: Column, first: bool) -> str:
    value = row[column.key]
    if isinstance(value, Html):
        return f"<td>{value.text}</td>"
    if column.download:
        return f"<td hidden>{escaped(str(value))}</td>"
    shown, data = value if isinstance(value, tuple) else (value, None)
    attribute = "" if data is None else f' data-value="{escaped(str(data))}"'
    # years of a plan in the name of its row stay together
    text = held(str(shown)) if first and RANGE.search(str(shown)) else escaped(str(shown))
    if row.get(f"{column.key}_href"):
        text = f'<a href="{escaped(str(row[f"{column.key}_href"]))}">{text}</a>'
    if row.get(f"{column.key}_tag"):
        attribute = attribute or f' data-value="{escaped(str(shown))}"'
        text += f' <span class="ps-tag">{escaped(str(row[f"{column.key}_tag"]))}</span>'
    tag = 'th scope="row"' if first else "td"
    return f"<{tag}{_class(column)}{attribute}>{text}</{tag[:2]}>"
