"""Equations of Word files on one line: a fraction is a/b, a power is raised."""

from __future__ import annotations

from lxml import etree

from psanalysis.formats.assembly import SUPERSCRIPTS
from psanalysis.formats.word_runs import local


def linear(element: etree._Element) -> str:
    """The text of an equation.

    Examples
    --------
    >>> m = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    >>> part = lambda tag, text: f"<m:{tag}><m:r><m:t>{text}</m:t></m:r></m:{tag}>"
    >>> xml = f'<m:oMath xmlns:m="{m}"><m:f>{part("num", 3)}{part("den", 4)}</m:f></m:oMath>'
    >>> linear(etree.fromstring(xml))
    '3/4'
    """
    name = local(element)
    if name == "t":
        return element.text or ""
    if name == "f":
        return "/".join(linear(one) for one in element if local(one) in ("num", "den"))
    if name == "sup":
        return "".join(map(linear, element)).translate(SUPERSCRIPTS)
    if name == "chr":
        return next((value for key, value in element.attrib.items() if key.endswith("val")), "")
    if name in ("rPr", "ctrlPr", "del", "delText"):
        return ""
    return "".join(map(linear, element))
