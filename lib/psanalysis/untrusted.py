"""What a cell shows only in a notebook, and no page: how it looks there, and a sentence where
nobody has trusted it yet.

JupyterLab takes the elements of an SVG out of the outputs of such a notebook and leaves all their
words, one after the other. Words outside HTML elements have no size here, so that nothing of them
shows; a sentence that has one stands where no trusted notebook draws it.
"""

from __future__ import annotations

from functools import cache
from html import escape

from psanalysis.wording import LANGUAGES, say

# Jupyter sets every cell of a table to the right; a page has its own style sheet
ALIGNED = (
    "<style>.ps-table-wrap .ps-table :is(th,td){text-align:left;vertical-align:top}"
    ".ps-table-wrap .ps-table .ps-number{text-align:right}</style>"
)
# The texts of a chart have sizes of their own, which this one does not change
WORDLESS = ' style="font-size:0px"'


def forms(wide: str, narrow: str, lang: str) -> str:
    """The two forms of a chart, of which a trusted notebook shows the wide one, others a sentence.

    Parameters
    ----------
    wide, narrow
        An SVG each, whose texts have sizes of their own.
    lang
        zh or en.

    Examples
    --------
    >>> forms("<svg><text font-size='9'>58 %</text></svg>", "<svg/>", "en")[:42]
    '<div class="ps-wide" style="font-size:0px"'
    """
    start, rest = wide.split(">", 1)
    return (
        f'<div class="ps-wide"{WORDLESS}>{start}>{_note(lang)}{rest}</div>'
        f'<div class="ps-narrow" hidden=""{WORDLESS}>{narrow}</div>'
    )


def for_page(html: str) -> str:
    """HTML of a cell as a page holds it, where every chart shows and nothing has a style.

    Examples
    --------
    >>> for_page(forms("<svg><g/></svg>", "<svg></svg>", "zh"))
    '<div class="ps-wide"><svg><g/></svg></div><div class="ps-narrow" hidden=""><svg></svg></div>'
    """
    html = html.replace(ALIGNED, "")
    if WORDLESS not in html:
        return html
    for lang in LANGUAGES:
        html = html.replace(_note(lang), "")
    html = html.replace(f'<div class="ps-wide"{WORDLESS}>', '<div class="ps-wide">')
    return html.replace(f'hidden=""{WORDLESS}>', 'hidden="">')


@cache
def _note(lang: str) -> str:
    # HTML in a description is never drawn, and all that is left of it without the SVG
    return f'<desc><p style="font-size:14px">{escape(say("chart.not_trusted", lang))}</p></desc>'
