"""The parts of a page that depend on the other reports: language switch, neighbours, stale notice.

They are filled in last.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from html import escape

from psanalysis.report.kinds import kind_of
from psanalysis.site.model import Report
from psanalysis.wording import say

LINK = re.compile(rb'<a href="\.\./(\w+/[a-z0-9._-]+\.html)(?:[?#][^"]*)?"')
SLOT = re.compile(rb"<!--ps:(\w+)-->.*?<!--/ps:\1-->", re.DOTALL)
OTHER_LANGUAGE = {"zh": "en", "en": "zh"}


@dataclass(frozen=True)
class Neighbours:
    """Pages that a page links to: id and title of the previous and next one, id of the same report
    in the other language.
    """

    previous: tuple[Report, str] | None = None
    following: tuple[Report, str] | None = None
    translation: Report | None = None


def fill(
    page: bytes,
    report: Report,
    around: Neighbours,
    stale: str = "",
    there: Container[str] | None = None,
    way: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A page with its slots filled, whatever they held before.

    Parameters
    ----------
    page, report, around, stale
        The page, whose it is, what stands around it, and since when it is out of date.
    there
        Paths of the pages that the site has: a link to another one becomes plain words. All by
        default.
    way
        Path and name of the pages between the first page and this one.
    """
    if there is not None:
        page = LINK.sub(lambda link: link[0] if link[1].decode() in there else b"<a", page)
    parts = {
        b"languages": _languages(report, around).encode(),
        b"neighbours": _neighbours(report, around).encode(),
        b"notice": _notice(report, stale).encode(),
        b"home": _home(report, way).encode(),
    }
    return SLOT.sub(
        lambda slot: (
            b"<!--ps:" + slot[1] + b"-->" + parts.get(slot[1], b"") + b"<!--/ps:" + slot[1] + b"-->"
        ),
        page,
    )


def slot(name: str) -> str:
    """An empty slot."""
    return f"<!--ps:{name}--><!--/ps:{name}-->"


def index_name(lang: str) -> str:
    """File name of the index in a language."""
    return "index.html" if lang == "zh" else f"index.{lang}.html"


def changes_name(lang: str) -> str:
    """File name of the page of changes in a language."""
    return "changes.html" if lang == "zh" else f"changes.{lang}.html"


def feed_name(lang: str) -> str:
    """File name of the feed in a language."""
    return "feed.xml" if lang == "zh" else f"feed.{lang}.xml"


def _home(report: Report, way: Sequence[tuple[str, str]]) -> str:
    """The way from the first page to the pages of this kind, and to what the page belongs to."""
    between = "".join(f'<a href="../{escape(path)}">{escape(name)}</a>' for path, name in way)
    home, kind = f"../{index_name(report.lang)}", kind_of(report.notebook).kind_title(report.lang)
    return (
        f'<nav class="ps-way" aria-label="{escape(say("site.way", report.lang))}">'
        f'<a class="ps-home" href="{home}">{escape(say("site.home", report.lang))}</a>'
        f'<a href="{home}#{escape(report.notebook)}">{escape(kind or report.notebook)}</a>'
        f"{between}</nav>"
    )


def _languages(report: Report, around: Neighbours) -> str:
    if around.translation is None:
        return ""
    lang = OTHER_LANGUAGE[report.lang]
    name = say(f"explore.language_{lang}", lang)
    href = escape(f"../{around.translation.path}")
    return f'<a class="ps-language" href="{href}" hreflang="{lang}" lang="{lang}">{name}</a>'


def _neighbours(report: Report, around: Neighbours) -> str:
    links = [
        f'<a rel="{rel}" href="../{escape(other[0].path)}"><span>'
        f"{escape(say(f'site.{rel}', report.lang))}</span> {escape(other[1])}</a>"
        for rel, other in (("prev", around.previous), ("next", around.following))
        if other
    ]
    if not links:
        return ""
    return (
        f'<nav class="ps-neighbours" aria-label="{escape(say("site.neighbours", report.lang))}">'
        f"{''.join(links)}</nav>"
    )


def _notice(report: Report, stale: str) -> str:
    if not stale:
        return ""
    href = escape(f"../{report.failure_path}")
    words, link = say("site.stale_notice", report.lang, date=stale), say("site.why", report.lang)
    return (
        f'<p class="ps-stale" role="status">{escape(words)} <a href="{href}">{escape(link)}</a></p>'
    )
