"""Rules that divide one figure of a plan by another and compare the result with a third one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psanalysis.curation.notes_evidence import Evidence, Note, both, note
from psanalysis.formatting import quantity
from psanalysis.wording import LANGUAGES


@dataclass(frozen=True)
class Whole:
    """A part, how many it is of `per` of a whole, and a count that the whole cannot exceed."""

    part: str
    share: str
    most: str
    per: int = 100


WHOLES = (
    Whole(
        "medical_insurance_insured",
        "medical_insurance_participation",
        "social_security_card_holders",
    ),
    Whole(
        "eldercare_beds_total",
        "eldercare_beds_per_1000_older",
        "social_security_card_holders",
        per=1000,
    ),
)
SAME = ["plan_id", "area_id", "role", "year"]


def more_than_there_are(seen: Evidence) -> Iterator[Note]:
    """Notes where a part divided by its share is more than a count that should include all of it.

    People insured over participation, or older people by the beds and the beds per 1,000 of them,
    are more than there are holders of cards.
    """
    factor = seen.ds.units.set_index("unit_id")["factor"]
    for whole in WHOLES:
        told = {
            name: seen.rows[(seen.rows["indicator_id"] == name) & (seen.rows["value"] > 0)]
            for name in (whole.part, whole.share, whole.most)
        }
        rows = told[whole.part].merge(told[whole.share], on=SAME, suffixes=("", "_share"))
        rows = rows.merge(told[whole.most], on=SAME, suffixes=("", "_most"))
        for row in rows.itertuples():
            implied = whole.per * row.value / row.value_share
            implied *= factor[row.unit_id] / factor[row.unit_id_most]
            if implied > row.value_most:
                ids = [row.statement_id, row.statement_id_share, row.statement_id_most]
                group = seen.rows[seen.rows["statement_id"].isin(ids)]
                yield note(
                    "conflicting_figures",
                    "more_than_there_are",
                    group,
                    **both(group, **_words(seen, row, implied)),
                )


def _words(seen: Evidence, row: object, implied: float) -> dict[str, tuple[str, ...]]:
    unit = seen.ds.units.set_index("unit_id").loc[row.unit_id_most]  # type: ignore[attr-defined]
    cells: dict[str, tuple[str, ...]] = {
        key: tuple(str(getattr(row, f"{column}_{lang}{suffix}")) for lang in LANGUAGES)
        for suffix, part in (("", "part"), ("_share", "share"), ("_most", "most"))
        for column, key in (("name", f"{part}_name"), ("shown", part))
    }
    rounded = float(f"{implied:.4g}")
    whole = tuple(quantity(rounded, unit[f"name_{lang}"], lang) for lang in LANGUAGES)
    return {**cells, "whole": whole}


RULES = (more_than_there_are,)
