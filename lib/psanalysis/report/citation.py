"""How to cite a page, as plain text and BibTeX: with version, data hash and the as-of date of the
data, never the current time.
"""

from __future__ import annotations

import re

from psanalysis.datapackage.dataset import Dataset
from psanalysis.markup import escaped, unbroken
from psanalysis.report.blocks import folded
from psanalysis.report.html import Html
from psanalysis.report.periods import as_of
from psanalysis.wording import say

HASH = 16
SPECIAL = re.compile(r"([&%$#_{}])")


def citation(ds: Dataset, lang: str, title: str, path: str) -> Html:
    """The box that a reader copies a citation from; the script of the page adds the address that it
    was read at.

    Parameters
    ----------
    ds
        The data set.
    lang
        zh or en.
    title, path
        Of the page, the path within the site.
    """
    day = as_of(ds)
    known = {
        "title": title, "version": ds.package.descriptor["version"], "hash": ds.content_hash[:HASH],
        "day": day.isoformat() if day else "", "year": day.year if day else "", "page": path,
    }  # fmt: skip
    words = say("citation.plain" if day else "citation.undated", lang, **known)
    return folded(
        say("citation.title", lang),
        "cite",
        Html(
            f'<p class="ps-copy" data-page="{escaped(path)}" data-day="{known["day"]}">'
            f'{unbroken(words)}</p>\n<pre class="ps-copy '
            f'ps-bibtex">{escaped(bibtex(lang, known))}</pre>'
        ),
    )


def bibtex(lang: str, known: dict[str, object]) -> str:
    """The entry for a list of literature.

    Examples
    --------
    >>> known = dict(title="A & B", version="1", hash="ab", day="2026-11-28", year=2026,
    ...     page="03/x.en.html")
    >>> print(bibtex("en", known))
    @misc{psanalysis-03-x-en,
      author = {{The psanalysis contributors}},
      title = {A \\& B},
      year = {2026},
      howpublished = {psanalysis, 03/x.en.html},
      note = {Version 1, data hash ab, data as of 2026-11-28},
    }
    """
    stem = str(known["page"]).removesuffix(".html")
    name = "psanalysis-" + re.sub(r"[^A-Za-z0-9]+", "-", stem)
    fields = {
        "author": f"{{{say('citation.author', lang)}}}",
        "title": SPECIAL.sub(r"\\\1", str(known["title"])),
        "year": known["year"],
        "howpublished": "psanalysis, " + SPECIAL.sub(r"\\\1", str(known["page"])),
        "note": say("citation.note", lang, **known),
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@misc{{{name},\n{lines}}}"
