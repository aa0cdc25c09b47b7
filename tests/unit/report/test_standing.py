"""How demanding the targets of a plan are: counts add up, and a group of one is none."""

from __future__ import annotations

import re

import pytest

from psanalysis.report import (
    CityGap,
)
from psanalysis.report.standing import judged, nation_words


def test_no_sentence_about_a_group_of_one(ds):
    frame = CityGap("mianyang-14fyp", "en", ds).standing
    few = frame[frame["peer_count"].between(1, 2)]
    assert len(few) > 5
    assert not few["peers_text"].str.contains("median").any()
    assert few["peers"].isna().all()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_how_demanding_a_plan_is_adds_up_without_noughts(ds, lang):
    page = CityGap("panjin-14fyp", lang, ds)
    words = nation_words(page, page.standing)
    total, *parts = [
        int(number) for number in re.findall(r"\d+", words.split("（")[0].split(" (")[0])
    ]
    assert 0 not in parts
    assert total == sum(parts) == len(judged(page.standing))
    assert not judged(page.standing)["doubted"].any()
