"""Hostile outputs: a page holds no script, no address and no tag that the site did not put there,
or is refused.
"""

from __future__ import annotations

from random import Random

import lxml.html
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from psanalysis.site.errors import ContractError
from psanalysis.site.export import export
from psanalysis.site.model import Inputs

PARTS = [
    "<script>go()</script>", "<script ", "</script>", "<img src=x onerror=go()>",
    "<img/src=x/onerror=go()>", "<svg/onload=go()>",
    "<svg><animate onbegin=go() attributeName=x>", "<svg><set href=#x to=javascript:go()>",
    "<a href='javascript:go()'>",
    "<a href='java\tscript:go()'>", "<a href=' &#106;avascript&colon;go()'>",
    "<iframe srcdoc='<script>go()</script>'>", "<xmp>", "</xmp>",
    "<noembed>", "<noscript><p title='</noscript><img src=x onerror=go()>'>", "<template>",
    "<math><mtext><table><mglyph><style><img>",
    "<style>@import 'https://x.example/a.css'</style>",
    "<p style='background:url(https://x.example)'>", "<link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=https://x.example'>",
    "<base href='https://x.example/'>", "<form action=x><button>", "<object data=x>",
    "<embed src=x>", "<video poster=x><source src=x>", "<body onload=go()>", "</body></html>",
    "</main>", "</div></div></div>", "<!--", "-->",
    "<!--ps:home-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<p title=\"a > b\">",
    "<p title='", "\" onclick=\"go()", "'", '"', ">", "<",
    "<textarea>", "<title>", "<plaintext>", "<select><option>", "<table><tr><td>", "</table>",
    "<h1>title</h1>", "<figure class='ps-figure' id='x'>",
    "&lt;script&gt;", "&#x3c;script>", "\x00", "\u2028", "<a href='#row'>row</a>", "58 %",
    "<use href='https://x.example/#a'/>",
    "<image xlink:href='https://x.example/a.png'/>",
    "<animate attributeName=href values=javascript:go() />",
    "<p onfocus=go() autofocus tabindex=0>",
]  # fmt: skip
KINDS = ["text/html", "text/markdown", "image/svg+xml", "text/plain", "stream", "markdown cell"]
EMPTY = Inputs("n", "", '{"lang":"en"}', {}, {}, "", "")
LOADING = ("src", "srcset", "poster", "data", "background", "action", "formaction", "srcdoc")


def page(kind: str, content: str) -> bytes:
    """The page of a notebook that shows something."""
    if kind == "stream":
        outputs = [new_output("stream", name="stdout", text=content)]
    elif kind == "markdown cell":
        outputs = []
    else:
        outputs = [new_output("display_data", {kind: content})]
    cells = [new_code_cell("1", outputs=outputs)]
    if kind == "markdown cell":
        cells.append(new_markdown_cell(content))
    return export(nbformat.from_dict(new_notebook(cells=cells)), EMPTY)[0]


def frame(content: bytes) -> tuple[int, ...]:
    """What surrounds the outputs: counts of elements that only the site makes."""
    document = lxml.html.document_fromstring(content.decode())
    return tuple(
        len(document.xpath(f"//{name}"))
        for name in (
            "script",
            "style",
            "meta",
            "link",
            "base",
            "iframe",
            "main",
            "body",
            "footer",
            "form",
            "object",
            "embed",
        )
    )


def test_hostile_outputs(attacks) -> None:  # type: ignore[no-untyped-def]
    usual = {kind: frame(page(kind, "58 %")) for kind in KINDS}

    def attack(random: Random) -> str:
        kind = random.choice(KINDS)
        content = "".join(random.choice(PARTS) for _ in range(random.randint(1, 6)))
        try:
            made = page(kind, content)
        except ContractError:
            return "refused"
        assert frame(made) == usual[kind], f"{kind}: {content!r}: {frame(made)} for {usual[kind]}"
        for element in lxml.html.document_fromstring(made.decode()).iter():
            if not isinstance(element.tag, str) or element.tag in ("script", "style", "link"):
                continue
            for name, value in element.attrib.items():
                words = "".join(value.split()).lower()
                assert not name.lower().startswith("on"), f"{kind}: {content!r}"
                assert not words.startswith("javascript:"), f"{kind}: {content!r}"
                loads = name in LOADING or (
                    name.endswith("href") and element.tag in ("use", "image")
                )
                assert not loads or words.startswith(("data:image/", "#")), f"{kind}: {content!r}"
        return "shown, and harmless"

    attacks(
        "hostile outputs",
        "refused, or a page with nothing that runs, loads or breaks its frame",
        150,
        10_000,
        attack,
    )
