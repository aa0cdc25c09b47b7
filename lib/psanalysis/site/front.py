"""The parts of the overview page that the first page shows."""

from __future__ import annotations

from collections.abc import Container

from lxml import html as lxml_html
from markupsafe import Markup

from psanalysis.report.overview import Overview


def front_of(page: bytes | None, there: Container[str]) -> Markup:
    """The findings and cards of a built overview page, for a page one folder up; empty without one.

    A link to a page that is not in `there` becomes plain text.
    """
    if page is None:
        return Markup("")
    found = lxml_html.fromstring(page.decode()).find_class("ps-front")
    if not found:
        return Markup("")
    part = found[0]
    part.tail = None
    for about in part.find_class("ps-period"):  # the first page has its own words for it
        about.drop_tree()
    for link in part.iter("a"):
        path = link.get("href", "").removeprefix("../")
        if path.partition("#")[0] in there:
            link.set("href", path)
        else:
            link.attrib.pop("href", None)
    return Markup(lxml_html.tostring(part, encoding="unicode"))


def overview_path(lang: str) -> str:
    """Path of the overview page in a language."""
    return Overview.address(lang).removeprefix("../")
