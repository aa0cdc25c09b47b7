"""Filters for the rows of a table. They are hidden until the script of the page has started:
without it all rows are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from psanalysis.markup import escaped
from psanalysis.report.html import Html
from psanalysis.wording import say


@dataclass(frozen=True)
class Choice:
    """A value by which rows can be filtered.

    Attributes
    ----------
    name
        Name of the value in the rows, and of the choice in the address.
    title
        What a reader sees.
    options
        Code to words.
    """

    name: str
    title: str
    options: Mapping[str, str]


def choices(items: Iterable[Choice], count: int, lang: str) -> Html:
    """Filters for the rows of the table that follows, a search field, and how many rows
    are shown.
    """
    fields = "".join(_field(item, lang) for item in items)
    words = escaped(say("choice.words", lang))
    shown = escaped(say("choice.shown", lang, all=count))
    return Html(
        f'<div class="ps-choices" role="search" hidden=""><label>{words}'
        f'<input type="search" name="q" autocomplete="off"></label>{fields}'
        f'<output class="ps-muted" data-shown="{shown}"></output></div>'
    )


def _field(item: Choice, lang: str) -> str:
    options = "".join(
        f'<option value="{escaped(code)}">{escaped(words)}</option>'
        for code, words in item.options.items()
    )
    every = escaped(say("site.any", lang))
    return (
        f'<label>{escaped(item.title)}<select name="{escaped(item.name)}"><option '
        f'value="">{every}</option>{options}</select></label>'
    )


def ticks(name: str, title: str, options: Mapping[str, str], count: int, lang: str) -> Html:
    """Boxes to tick for the rows of the table that follows, all ticked at first; hidden until there
    is a script.

    Parameters
    ----------
    name
        Name of the value in the rows, and of the choice in the address.
    title
        What is chosen.
    options
        Code to words.
    count
        Number of rows.
    lang
        zh or en.
    """
    boxes = "".join(
        f'<label><input type="checkbox" name="{escaped(name)}" value="{escaped(code)}" '
        f"checked>{escaped(words)}</label>"
        for code, words in options.items()
    )
    every, shown = (
        escaped(say(f"choice.{key}", lang, **values))
        for key, values in (("all", {}), ("shown", {"all": count}))
    )
    return Html(
        f'<div class="ps-choices ps-ticks" data-ticks="{escaped(name)}" '
        f'hidden=""><fieldset><legend>{escaped(title)}</legend>{boxes}</fieldset>'
        f'<button type="button" class="ps-button" data-every="">{every}</button>'
        f'<output class="ps-muted" data-shown="{shown}"></output></div>'
    )
