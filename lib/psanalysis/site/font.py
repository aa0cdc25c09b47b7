"""Makes the Chinese font of a site: the characters that its pages use, from the font of the charts,
for readers without a Chinese font.

A page loads it only if the reader's machine has no font of the names in `LOCAL`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from psanalysis.site.derived import Derived

NAME = "assets/han.woff2"
FAMILY = "psanalysis-han"
FACE = "Noto Sans CJK SC"
# Chinese characters and punctuation, full-width forms, numbers in circles; Western text keeps its
# own font
RANGES = ((0x2460, 0x24FF), (0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))
LOCAL = (
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimSun",
)
ASCII = bytes(range(0x80))
MADE_BY = "psanalysis-font-1"


def font_face(up: str) -> str:
    """The style rule that loads the font in a page; `up` leads from the page to the site's folder.

    Examples
    --------
    >>> "url('../assets/han.woff2')" in font_face("../")
    True
    """
    local = ", ".join(f"local('{name}')" for name in LOCAL)
    ranges = ", ".join(f"U+{first:X}-{last:X}" for first, last in RANGES)
    return (
        f"@font-face {{ font-family: '{FAMILY}'; font-display: swap; unicode-range: {ranges};"
        f" src: {local}, url('{up}{NAME}') format('woff2'); }}"
    )


def characters(content: bytes) -> set[str]:
    """The characters of a UTF-8 text that the font must have.

    Examples
    --------
    >>> sorted(characters("≥ 3.2 万张, 约".encode()))
    ['万', '张', '约']
    """
    beyond = _beyond_ascii(content)
    return {one for one in beyond if any(low <= ord(one) <= high for low, high in RANGES)}


def _beyond_ascii(content: bytes) -> set[str]:
    return set(content.translate(None, ASCII).decode())


def with_font(files: Iterable[tuple[str, bytes]], derived: Derived) -> Iterator[tuple[str, bytes]]:
    """The files of a site; before the last one (the manifest) comes the font that its pages need.

    Parameters
    ----------
    files
        Path and content of each file.
    derived
        Keeps the font for the next build, which mostly needs the same characters.
    """
    used: set[str] = set()
    before: tuple[str, bytes] | None = None
    for name, content in files:
        if before is not None:
            yield before
        before = name, content
        if name.endswith(".html"):
            used |= _beyond_ascii(content)
    wanted = "".join(sorted(characters("".join(used).encode())))
    yield NAME, derived.get(MADE_BY + wanted, lambda: subset(wanted))
    if before is not None:
        yield before


def subset(wanted: Iterable[str]) -> bytes:
    """The font with some characters only, as WOFF2; the same characters give the same bytes."""
    from fontTools import subset as tools
    from noto_cjk_sans_otc import FONT_PATH

    options = tools.Options()
    options.flavor = "woff2"
    options.font_number = _face_number(FONT_PATH)
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = tools.load_font(str(FONT_PATH), options, lazy=True)
    subsetter = tools.Subsetter(options)
    subsetter.populate(text="".join(sorted(wanted)))
    subsetter.subset(font)
    made = BytesIO()
    tools.save_font(font, made, options)
    return made.getvalue()


def _face_number(path: Path) -> int:
    from fontTools.ttLib import TTCollection

    with TTCollection(str(path), lazy=True) as faces:
        names = [font["name"].getDebugName(1) for font in faces.fonts]
    return names.index(FACE)
