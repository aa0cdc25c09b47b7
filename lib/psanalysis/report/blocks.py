"""Blocks of a page: cards with a number, lists with a heading, and sections that a
reader can open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psanalysis.formatting import MISSING
from psanalysis.markup import escaped, unbroken
from psanalysis.report.addresses import plan_page
from psanalysis.report.html import Html, Shown
from psanalysis.report.periods import ended_word

if TYPE_CHECKING:
    from psanalysis.report.page import Page


@dataclass(frozen=True)
class Card:
    """A number, what it counts, and a link to its details."""

    number: str
    words: str
    href: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of a list: a name, what is said about it, and where the name links to."""

    name: str
    words: str | Html = ""
    href: str = ""
    sign: str = ""


def link(words: str, href: str) -> str:
    """Words as HTML, a link where there is an address."""
    return f'<a href="{escaped(href)}">{unbroken(words)}</a>' if href else unbroken(words)


def filled(words: str, **parts: Html | str) -> Html:
    """A sentence whose placeholders are links: `filled("{own} of {all}", own=link(…), all=…)`."""
    text = unbroken(words)
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part.text if isinstance(part, Html) else part)
    return Html(text)


def names_linked(page: Page, plans: Iterable[str]) -> Html | str:
    """The names of plans on a page, each a link to its page; a dash for none."""
    names = page.called
    shown = {names[plan]: link(names[plan], plan_page(plan, page.lang)) for plan in plans}
    return Html(page.listed(shown.values())) if shown else MISSING


def ways_to(page: Page, plan_id: str) -> dict[str, str]:
    """Cells of a row for the column `city`: the link of the plan's name, and a tag where its period
    has ended.
    """
    return {
        "city_href": plan_page(plan_id, page.lang),
        "city_tag": ended_word(page.ds, plan_id, page.lang),
    }


def cards(items: Iterable[Card]) -> Html:
    """Numbers in a row."""
    shown = "".join(
        f"<li><b>{escaped(item.number)}</b> <span>{link(item.words, item.href)}</span></li>"
        for item in items
    )
    return Html(f'<ul class="ps-cards">{shown}</ul>')


def listing(title: str, items: Iterable[Entry], more: str = "", href: str = "") -> Html:
    """A short list under a small heading; `more` links to the rest of it. Nothing for an empty
    list.
    """
    lines = "".join(_line(item) for item in items)
    if not lines:
        return Html("")
    rest = f'<p class="ps-more-link">{link(more, href)}</p>' if more else ""
    head = f'<p class="ps-block-title" role="heading" aria-level="2">{unbroken(title)}</p>'
    return Html(f'<section class="ps-block">{head}<ul>{lines}</ul>{rest}</section>')


def _line(item: Entry) -> str:
    said = item.words.text if isinstance(item.words, Html) else unbroken(item.words)
    words = f" <span>{said}</span>" if said else ""
    sign = f' <abbr class="ps-doubt">{escaped(item.sign)}</abbr>' if item.sign else ""
    return f"<li>{link(item.name, item.href)}{words}{sign}</li>"


def columns(*blocks: Html) -> Html:
    """Blocks beside each other where there is room; those without content are left out."""
    shown = "".join(block.text for block in blocks if block.text)
    return Html(f'<div class="ps-blocks">{shown}</div>' if shown else "")


def folded(
    title: str, anchor: str, content: Shown, *, shown: bool = False, long: bool = False
) -> Html:
    """A section that a reader can close and open, closed unless `shown`; a link into it opens it.
    Nothing without content.

    A long one that is shown is closed on a phone at first.
    """
    html = content._repr_html_()
    if not html.strip():
        return Html("")
    state = f"{' open' if shown else ''}{' data-long' if shown and long else ''}"
    return Html(
        f'<details class="ps-fold"{state}><summary><h2 id="{escaped(anchor)}">{unbroken(title)}'
        "</h2></summary>\n"
        f"{html}\n</details>"
    )
