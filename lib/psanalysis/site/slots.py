"""The parts of a page that depend on the other reports: language switch, neighbours, stale notice.

They are filled in last.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.builder import E

from psanalysis.report.kinds import kind_of
from psanalysis.site.model import Report
from psanalysis.wording import say

DOCTYPE = "<!DOCTYPE html>"
UP = "../"
# a slot is between two comments, which no output of a cell can contain: see site/contract.py
BEGIN, END = "ps:", "/ps:"
OTHER_LANGUAGE = {"zh": "en", "en": "zh"}


@dataclass(frozen=True)
class Neighbours:
    """The neighbours of a page: id and title of the previous and next one, id of the same report in
    the other language.
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
    """A page with its slots filled; their earlier contents are replaced.

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
    tree = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if there is not None:
        _without_dead_links(tree, there)
    parts = {
        "languages": _languages(report, around),
        "neighbours": _neighbours(report, around),
        "notice": _notice(report, stale),
        "home": _home(report, way),
    }
    marks = {mark.text: mark for mark in tree.iter(etree.Comment)}
    for name, part in parts.items():
        if BEGIN + name in marks:
            _put(marks[BEGIN + name], part, marks[END + name])
    filled: bytes = etree.tostring(tree, encoding="utf-8", method="html", doctype=DOCTYPE)
    return filled + b"\n"


def _without_dead_links(tree: etree._Element, there: Container[str]) -> None:
    """Turn every link to a page (one folder deep) that the site does not have into plain text."""
    for link in tree.iter("a"):
        match link.get("href", "").partition("#")[0].partition("?")[0].split("/"):
            case ["..", folder, page] if folder != ".." and page.endswith(".html"):
                if f"{folder}/{page}" not in there:
                    del link.attrib["href"]


def _put(begin: etree._Element, part: etree._Element | None, end: etree._Element) -> None:
    """Replace everything between two comments by a part."""
    around = begin.getparent()
    while (old := begin.getnext()) is not end:
        around.remove(old)
    begin.tail = None
    if part is not None:
        end.addprevious(part)


def index_name(lang: str) -> str:
    """File name of the index in a language."""
    return "index.html" if lang == "zh" else f"index.{lang}.html"


def changes_name(lang: str) -> str:
    """File name of the page of changes in a language."""
    return "changes.html" if lang == "zh" else f"changes.{lang}.html"


def feed_name(lang: str) -> str:
    """File name of the feed in a language."""
    return "feed.xml" if lang == "zh" else f"feed.{lang}.xml"


def _home(report: Report, way: Sequence[tuple[str, str]]) -> etree._Element:
    """The links from the first page to the pages of this kind, and to the pages above this one."""
    home, kind = UP + index_name(report.lang), kind_of(report.notebook).kind_title(report.lang)
    return E.nav(
        {"class": "ps-way", "aria-label": say("site.way", report.lang)},
        E.a({"class": "ps-home", "href": home}, say("site.home", report.lang)),
        E.a({"href": f"{home}#{report.notebook}"}, kind or report.notebook),
        *(E.a({"href": UP + path}, name) for path, name in way),
    )


def _languages(report: Report, around: Neighbours) -> etree._Element | None:
    if around.translation is None:
        return None
    lang = OTHER_LANGUAGE[report.lang]
    link = {"href": UP + around.translation.path, "hreflang": lang, "lang": lang}
    return E.a({"class": "ps-language"} | link, say(f"explore.language_{lang}", lang))


def _neighbours(report: Report, around: Neighbours) -> etree._Element | None:
    links = [
        E.a(
            {"rel": rel, "href": UP + other[0].path},
            E.span(say(f"site.{rel}", report.lang)),
            f" {other[1]}",
        )
        for rel, other in (("prev", around.previous), ("next", around.following))
        if other
    ]
    if not links:
        return None
    about = {"class": "ps-neighbours", "aria-label": say("site.neighbours", report.lang)}
    return E.nav(about, *links)


def _notice(report: Report, stale: str) -> etree._Element | None:
    if not stale:
        return None
    return E.p(
        {"class": "ps-stale", "role": "status"},
        say("site.stale_notice", report.lang, date=stale) + " ",
        E.a({"href": UP + report.failure_path}, say("site.why", report.lang)),
    )
