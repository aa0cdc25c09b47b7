"""Glyph outlines of a page's figures: each defined once, however many figures use it."""

from __future__ import annotations

import re


def without_repeated_glyphs(page: str) -> str:
    """A page that holds several figures with each glyph defined once, under a short id, and placed to a tenth of a font unit."""
    short: dict[str, str] = {}
    defined: set[str] = set()

    def keep_first(match: re.Match[str]) -> str:
        known = match[1] in defined
        defined.add(match[1])
        return "" if known else match[0]

    def rename(match: re.Match[str]) -> str:
        return f'{match[1]}{short.setdefault(match[2], f"g{len(short)}")}"'

    page = re.sub(r'<path id="(glyph-[^"]+)"[^>]*/>', keep_first, page)
    page = re.sub(r'(<use [^>]*?href="#)(glyph-[^"]+)"', rename, re.sub(r'(<path id=")(glyph-[^"]+)"', rename, page))
    page = re.sub(r'(?<=transform="translate\()(-?[0-9.]+) 0\)', lambda match: f"{round(float(match[1]), 1):g} 0)", page)
    return page.replace('" />', '"/>')
