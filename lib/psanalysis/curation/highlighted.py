"""The text of a draft with its proposed spans highlighted."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from psanalysis.curation.decisions import NO, OPEN, YES, Curation
from psanalysis.report.html import Html

SIGNS = {YES: "✓", NO: "✗", OPEN: "·"}


def highlighted(curation: Curation, begin: int, end: int, current: int) -> Html:
    """The paragraphs of the text begin:end, each proposed span with the numbers and decisions of
    its rows.

    Parameters
    ----------
    curation
        The draft and its text.
    begin, end
        Offsets in the text.
    current
        Number of the current row, whose span is bold.
    """
    text = "".join(_pieces(curation, begin, end, current))
    return Html(
        "<div>" + "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip()) + "</div>"
    )


def _pieces(curation: Curation, begin: int, end: int, current: int) -> Iterator[str]:
    """The text begin:end, proposed spans as marks; of spans that overlap the first is shown."""
    rows_of: dict[tuple[int, int], list[int]] = {}
    for number, (start, stop) in enumerate(
        zip(curation.rows["char_start"], curation.rows["char_end"], strict=True)
    ):
        if start.isdecimal() and stop.isdecimal():
            rows_of.setdefault((int(start), int(stop)), []).append(number)
    done = begin
    for (start, stop), numbers in sorted(rows_of.items()):
        if start < done or stop > end or start >= stop:
            continue
        yield escape(curation.text[done:start])
        signs = " ".join(
            f"{SIGNS.get(curation.resolved['accepted'].iloc[n], SIGNS[OPEN])}{n + 1}"
            for n in numbers
        )
        words = f"<mark>{escape(curation.text[start:stop])}</mark><sup>{signs}</sup>"
        yield f"<strong>{words}</strong>" if current in numbers else words
        done = stop
    yield escape(curation.text[done:end])
