"""How demanding targets are: against the nation's and the other cities'."""

from __future__ import annotations

import pandas as pd

from psanalysis.datapackage.identity import shared_indicators
from psanalysis.formatting import MISSING, difference, plain, stated
from psanalysis.measures.ambition import ambition
from psanalysis.measures.verdicts import SCALE_FREE
from psanalysis.report.frames import document, marks_words, named, names, narrowed
from psanalysis.report.html import Chart, Html, heading, paragraph, table
from psanalysis.report.page import Page, cell
from psanalysis.wording import say


def standing_frame(page: Page, plan_id: str) -> pd.DataFrame:
    """`psanalysis.ambition` of a plan: rows that can be judged, with distances in percent of what they are compared with."""
    frame = ambition(narrowed(page.ds, shared_indicators(page.ds)), plan_id)
    frame = frame[
        frame["measure"].isin(SCALE_FREE)
        & frame["value"].notna()
        & (frame["verdict"] != "not_comparable")
    ]
    nation = (
        100
        * frame["national_difference"]
        / frame["national_value"].abs().where(frame["national_value"] != 0)
    )
    peers = (
        100 * frame["peer_difference"] / frame["peer_median"].abs().where(frame["peer_median"] != 0)
    )
    frame = frame.assign(nation=nation, peer_count=frame["peers"], peers=peers)
    frame = named(page.ds, frame[frame["nation"].notna() | frame["peers"].notna()], page.lang)
    units = frame["unit_id"].map(names(page.ds, "units", "unit_id", page.lang))
    nan = float("nan")
    frame["unit"] = units
    frame["target_text"] = [
        stated(row.value_low, row.value_high, row.comparator, row.unit, page.lang)
        for row in frame.itertuples()
    ]
    frame["nation_text"] = [
        stated(row.national_value, nan, row.national_comparator, row.unit, page.lang)
        if pd.notna(row.nation)
        else MISSING
        for row in frame.itertuples()
    ]
    frame["peers_text"] = [
        stated(row.peer_median, nan, "eq", row.unit, page.lang) for row in frame.itertuples()
    ]
    for name, key in (("nation", "national_difference"), ("peers", "peer_difference")):
        frame[f"{name}_difference_text"] = [
            difference(value, unit, page.lang)
            for value, unit in zip(frame[key], frame["unit"], strict=True)
        ]
    frame["mark_text"] = [
        say(
            "mark_words.ambition",
            page.lang,
            name=row.name,
            target=row.target_text,
            nation=row.nation_text,
            peers=row.peers_text,
        )
        for row in frame.itertuples()
    ]
    return frame


def _finding(page: Page, frame: pd.DataFrame) -> str:
    """How many targets stand above, at and below the nation's and the other cities'; what is nought is not said."""
    peers = (
        frame["peers"]
        .dropna()
        .map(lambda distance: "above" if distance > 0 else "below" if distance < 0 else "equal")
    )
    clauses = []
    for name, sides in (
        ("nation", frame.loc[frame["nation"].notna(), "standing"]),
        ("peers", peers),
    ):
        counts = sides.value_counts()
        parts = page.listed(
            say(f"ambition.{name}_{side}", page.lang, count=counts[side])
            for side in ("above", "equal", "below")
            if side in counts
        )
        if parts:
            clauses.append(
                say(f"ambition.against_{name}", page.lang, count=len(sides), parts=parts)
            )
    sentence = page.listed(clauses, "clause")
    return say("ambition.finding", page.lang, clauses=sentence[:1].upper() + sentence[1:])


def ambition_section(page: Page, plan_id: str) -> Html:
    """Heading, finding, chart and table of a plan's ambition."""
    frame = standing_frame(page, plan_id)
    top = heading(2, say("ambition.title", page.lang))
    if frame.empty:
        return top + paragraph(say("ambition.none", page.lang))
    from psanalysis.plot.ambition import differing

    finding = _finding(page, frame)
    # a chart of differences without any would be empty
    chart: Html | Chart = paragraph(finding)
    if len(differing(frame)):
        source = document(page.ds, plan_id, page.lang)
        chart = page.drawn("ambition", frame, "ambition", finding=finding, source=source)
    rows = [
        {
            "name": row.name, "name_href": row.url, "target": cell(row.target_text, row.value),
            "nation": cell(row.nation_text, row.national_value if pd.notna(row.nation) else None),
            "against_nation": cell(difference(row.national_difference, row.unit, page.lang), row.national_difference),
            "peers": cell(row.peers_text, row.peer_median), "peer_count": cell(plain(row.peer_count), row.peer_count),
            "against_peers": cell(difference(row.peer_difference, row.unit, page.lang), row.peer_difference),
            "step": cell(difference(row.required_step, row.unit, page.lang), row.required_step),
            "peer_step": cell(difference(row.peer_step, row.unit, page.lang), row.peer_step),
            "standing": say(f"standing.{row.standing}", page.lang) + marks_words(row.marks, page.lang),
        }
        for row in frame.itertuples()
    ]  # fmt: skip
    numeric = "target nation against_nation peers peer_count against_peers step peer_step"
    shown = table(
        rows,
        page.columns(f"name {numeric} standing", numeric),
        caption=say("ambition.caption", page.lang),
        name=f"{page.name}-ambition",
    )
    return top + chart + shown
