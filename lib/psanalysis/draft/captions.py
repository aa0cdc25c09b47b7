"""The short lines above a table."""

from __future__ import annotations

from collections.abc import Sequence

from psanalysis.draft.layout import Line, lines_of

CAPTION_LINES = 3
CAPTION_LENGTH = 60


def caption_above(text: str, start: int) -> str:
    """The caption of the table that begins at an offset of the text."""
    begin = max(0, start - CAPTION_LINES * CAPTION_LENGTH)
    lines = [Line(a.start + begin, a.end + begin, a.kind) for a in lines_of(text[begin:start])]
    return caption_at(text, lines, len(lines))


def caption_at(text: str, lines: Sequence[Line], index: int) -> str:
    """The short lines above a table, the nearest last."""
    found: list[str] = []
    for line in reversed(lines[max(0, index - 8) : index]):
        written = text[line.start : line.end].strip()
        if line.kind == "none":
            continue
        if (
            len(written) > CAPTION_LENGTH
            or written.endswith(("。", ";", ","))
            or line.kind == "pipe"
        ):
            break
        found.append(written)
        if len(found) == CAPTION_LINES:
            break
    return "\n".join(reversed(found))
