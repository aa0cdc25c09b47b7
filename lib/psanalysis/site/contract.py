"""What a page may hold: no style attributes, scripts, or anything that leaves the page."""

from __future__ import annotations

import re

from psanalysis.site.errors import ContractError

ATTRIBUTES = r"(?:[^>\"']|\"[^\"]*\"|'[^']*')*"
TAG = re.compile(rf"</?([A-Za-z][A-Za-z0-9:-]*)({ATTRIBUTES})>")
FRAME_ELEMENTS = {"html", "head", "body", "main", "template", "textarea", "noscript", "plaintext"}
SLOT = "<!--ps:"
FORBIDDEN_ELEMENTS = {
    "script",
    "style",
    "link",
    "iframe",
    "object",
    "embed",
    "base",
    "meta",
    "form",
    "frame",
    "applet",
}
STYLE = re.compile(r"\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
SOURCE = re.compile(
    r"\s(?:src|srcset|poster|data|background)\s*=\s*[\"']?\s*(?!data:)[^\"'\s>]", re.IGNORECASE
)
USED = re.compile(r"\s(?:xlink:)?href\s*=\s*[\"']?\s*(?![#\"'])", re.IGNORECASE)
URL = re.compile(r"url\(\s*[\"']?(?!#|data:)", re.IGNORECASE)
SCRIPT_LINK = re.compile(r"\shref\s*=\s*[\"']?\s*javascript:", re.IGNORECASE)
# what no sound output holds anywhere; looking at each tag of a page takes several times as long
SUSPECTS = (
    re.compile(
        rf"</?(?:{'|'.join(sorted(FORBIDDEN_ELEMENTS | FRAME_ELEMENTS))})(?![A-Za-z0-9:-])",
        re.IGNORECASE,
    ),
    re.compile(rf"<(?:use|image)(?![A-Za-z0-9:-]){ATTRIBUTES}?{USED.pattern}", re.IGNORECASE),
    re.compile(
        "|".join(one.pattern for one in (STYLE, HANDLER, SOURCE, SCRIPT_LINK)), re.IGNORECASE
    ),
    URL,
)


def require(html: str, place: str) -> None:
    """Raise ContractError, naming place and tag, if the HTML holds what the policy of the pages would block.

    Examples
    --------
    >>> require('<p class="ps-answer">58 %</p>', "cell 3")
    >>> require('<p style="color:red">58 %</p>', "cell 3")
    Traceback (most recent call last):
    psanalysis.site.errors.ContractError: cell 3: <p style="color:red">: style attribute -> use a class of the page's style sheet
    """
    if SLOT in html:
        raise ContractError(
            f"{place}: {SLOT}: is where the site puts its own links -> leave it out"
        )
    if not any(suspect.search(html) for suspect in SUSPECTS):
        return
    for tag in TAG.finditer(html):
        name, attributes = tag[1].lower(), tag[2]
        fault = _fault(name, attributes)
        if fault:
            raise ContractError(f"{place}: {tag[0][:80]}: {fault}")


def _fault(name: str, attributes: str) -> str:
    if name in FORBIDDEN_ELEMENTS:
        return f"element {name} -> pages have one style sheet and one script, and load nothing"
    if name in FRAME_ELEMENTS:
        return f"element {name} -> the page around the outputs is the site's"
    if STYLE.search(attributes):
        return "style attribute -> use a class of the page's style sheet"
    if HANDLER.search(attributes):
        return "event handler attribute -> the page's script does what is needed"
    if (
        SOURCE.search(attributes)
        or URL.search(attributes)
        or (name in ("use", "image") and USED.search(attributes))
    ):
        return "loads something from outside the page -> embed it"
    return "link that runs a script -> link to a place" if SCRIPT_LINK.search(attributes) else ""
