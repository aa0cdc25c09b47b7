"""What a notebook cell shows: HTML without style attributes or scripts, the same bytes for the same inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from psanalysis.report.text import RANGE, escaped, held

if TYPE_CHECKING:
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
    """A figure with its text alternative.

    Attributes
    ----------
    figure
        The matplotlib figure; `chart.save("gap.pdf")` saves it, also as SVG or PNG.
    alt
        What the figure shows, in words.
    marks
        url of a mark to what it says, its text alternative.
    name
        Short name, unique on the page.
    headed
        Whether the page sets the finding over the chart; false where its answer says the same.
    hint
        What a page says on a screen that is narrower than the chart.
    """

    figure: Figure = field(repr=False)
    alt: str
    marks: Mapping[str, str] = field(repr=False)
    name: str
    headed: bool = True
    hint: str = ""

    def _repr_html_(self) -> str:
        # a builder asks what pages there are and draws none
        from psanalysis.report.svg import inline_svg

        svg = inline_svg(self.figure, alt=self.alt, marks=self.marks, name=self.name)
        return f'<figure class="ps-figure" id="figure-{escaped(self.name)}">{self._around(svg)}</figure>'

    def save(self, path: str | Path) -> Path:
        """Write the figure to a file, the same bytes each time.

        Parameters
        ----------
        path
            Its ending says what is written: .svg, .pdf or .png.

        Raises
        ------
        ParameterError
            If the ending is another one.
        """
        from psanalysis.report.svg import rendered

        path = Path(path)
        content = rendered(self.figure, path.suffix.removeprefix(".").lower())
        path.write_bytes(content)
        return path

    def _around(self, svg: str) -> str:
        """The words around the chart as text: hidden as long as they are drawn, see `psanalysis.site.glyphs.words_as_text`."""
        from psanalysis.plot.canvas import Captioned
        from psanalysis.report.svg import names_svg

        if not isinstance(self.figure, Captioned):
            return svg
        words = self.figure.caption
        names = (
            f'<div class="ps-names" hidden="">{names_svg(self.figure, self.name)}</div>'
            if self.figure.labels
            else ""
        )
        hint = f'<p class="ps-swipe" hidden="">{escaped(self.hint)}</p>' if self.hint else ""
        finding = f"<b>{held(words.title)}</b>" if self.headed else ""
        return (
            f'<figcaption hidden="">{finding}<span>{held(words.subtitle)}</span></figcaption>{hint}'
            f'<div class="ps-scroll">{svg}{names}</div><p class="ps-source" hidden="">{held(words.source)}</p>'
        )


def heading(level: int, words: str) -> Html:
    return Html(f"<h{level}>{held(words)}</h{level}>")


def paragraph(words: str, kind: str = "") -> Html:
    attribute = f' class="{escaped(kind)}"' if kind else ""
    return Html(f"<p{attribute}>{held(words)}</p>")


def bullets(items: Iterable[str]) -> Html:
    return Html("<ul>" + "".join(f"<li>{held(item)}</li>" for item in items) + "</ul>")


@dataclass(frozen=True)
class Column:
    """A column of a table: key of the row, heading, and whether it holds numbers."""

    key: str
    title: str
    numeric: bool = False


def table(
    rows: Iterable[Mapping[str, object]], columns: list[Column], *, caption: str, name: str
) -> Html:
    """A table that the page makes sortable and downloadable.

    Parameters
    ----------
    rows
        Cells by column key: text as shown, or (text, value) where sorting and the CSV use another value. `id` names the row, `href` of a
        cell `key` is taken from `key_href`.
    columns
        What to show.
    caption
        What the table holds.
    name
        File name of the CSV download, without ending.
    """
    rows = list(rows)
    head = "".join(
        f'<th scope="col"{_class(column, _width(rows, column))}>{escaped(column.title)}</th>'
        for column in columns
    )
    body = "".join(_row(row, columns) for row in rows)
    return Html(
        f'<div class="ps-table-wrap" tabindex="0" role="region" aria-label="{escaped(caption)}">'
        f'<table class="ps-table" data-csv-name="{escaped(name)}"><caption>{escaped(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _width(rows: list[Mapping[str, object]], column: Column) -> str:
    """Class of a column by its longest text, so that no column is squeezed to a character a line."""
    cells = [row[column.key] for row in rows]
    shown = (str(cell[0] if isinstance(cell, tuple) else cell) for cell in cells)
    longest = max(
        (sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text) / 2 for text in shown),
        default=0,
    )
    return next((f"ps-w{ems}" for ems in WIDTHS if longest <= ems), f"ps-w{WIDTHS[-1]}")


def _class(column: Column, width: str = "") -> str:
    name = "ps-number" if column.numeric else width
    return f' class="{name}"' if name else ""


def _row(row: Mapping[str, object], columns: list[Column]) -> str:
    name = f' id="{escaped(str(row["id"]))}"' if row.get("id") else ""
    return (
        f"<tr{name}>"
        + "".join(_cell(row, column, first=column is columns[0]) for column in columns)
        + "</tr>"
    )


def _cell(row: Mapping[str, object], column: Column, first: bool) -> str:
    value = row[column.key]
    shown, data = value if isinstance(value, tuple) else (value, None)
    attribute = "" if data is None else f' data-value="{escaped(str(data))}"'
    # years of a plan in the name of its row stay together
    text = held(str(shown)) if first and RANGE.search(str(shown)) else escaped(str(shown))
    if row.get(f"{column.key}_href"):
        text = f'<a href="{escaped(str(row[f"{column.key}_href"]))}">{text}</a>'
    tag = 'th scope="row"' if first else "td"
    return f"<{tag}{_class(column)}{attribute}>{text}</{tag[:2]}>"
