"""Finds invisible characters: they make equal words differ, reverse the order of others, or end a
line.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

# control characters, soft hyphen, joiners and fillers, zero width, marks of direction, separators
# of lines and paragraphs, blank braille, byte-order mark, signs of a lost character, no characters,
# tags
INVISIBLE = (
    r"[\x00-\x1f\x7f-\x9f\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180f}"
    r"\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{2800}\x{3164}\x{fdd0}-\x{fdef}\x{feff}"
    r"\x{ffa0}\x{fff0}-\x{ffff}\x{1d173}-\x{1d17a}\x{e0000}-\x{e007f}]"
)
RULE = "must hold no control character and no invisible mark"


def visible(texts: pa.Array) -> pa.Array:
    """For each text whether every character of it is visible; missing for missing texts.

    Examples
    --------
    >>> visible(pa.array(["入园率", "入\\u200b园率", "9\\u202e6%", None])).to_pylist()
    [True, False, False, None]
    """
    return pc.invert(pc.match_substring_regex(texts, INVISIBLE))
