"""What is said once for all figures of a page: glyph outlines, and the words around each chart."""

from __future__ import annotations

import re

CHART = re.compile(r' data-chart="([^"]+)"')
VIEW = re.compile(r'viewBox="[^"]+"')
DRAWN_WORDS = re.compile(
    r'<g class="ps-ground"><path [^>]*/></g>|<g class="ps-words">(?:<g [^>]*>(?:<use [^>]*/>)*</g>|<use [^>]*/>)*</g>'
)


def words_as_text(page: str) -> str:
    """A page whose figures have their words as text instead of drawings: it wraps at any width, can be selected, and takes less room."""
    page = re.sub(r'(<figcaption|<p class="ps-source") hidden=""', r"\1", DRAWN_WORDS.sub("", page))
    return re.sub(r'<svg [^>]*data-chart="[^>]*>', lambda tag: _cropped(tag[0]), page)


def _cropped(tag: str) -> str:
    part = CHART.search(tag)
    return VIEW.sub(f'viewBox="{part[1]}"', CHART.sub("", tag)) if part else tag


def without_repeated_glyphs(page: str) -> str:
    """A page that holds several figures with each glyph in use defined once, under a short id, and placed to a tenth of a font unit."""
    short: dict[str, str] = {}
    defined: set[str] = set()
    used = set(re.findall(r'<use [^>]*?href="#(glyph-[^"]+)"', page))

    def keep_first(match: re.Match[str]) -> str:
        known = match[1] in defined or match[1] not in used
        defined.add(match[1])
        return "" if known else match[0]

    def rename(match: re.Match[str]) -> str:
        return f'{match[1]}{short.setdefault(match[2], f"g{len(short)}")}"'

    page = re.sub(r'<path id="(glyph-[^"]+)"[^>]*/>', keep_first, page)
    page = re.sub(
        r'(<use [^>]*?href="#)(glyph-[^"]+)"',
        rename,
        re.sub(r'(<path id=")(glyph-[^"]+)"', rename, page),
    )
    return re.sub(
        r'(transform="translate\()(-?[0-9.]+) 0\)',
        lambda match: f"{match[1]}{round(float(match[2]), 1):g} 0)",
        page,
    )
