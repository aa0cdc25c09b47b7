"""Pledges in words: of no set kind, the document's own."""

from __future__ import annotations

import pandas as pd

import psanalysis as ps

DS = ps.load()


def test_pledges_of_no_set_kind_are_as_printed_wherever_they_are_told():
    rows = DS.statements[DS.statements["pledge"].eq("other") & DS.statements["role"].eq("target")]
    written = rows.set_index("statement_id")["value_as_written"]
    gaps = ps.gaps(DS)
    own = gaps[gaps["statement_id"].isin(written.index)]
    for lang in ("zh", "en"):
        shown = ps.table(own, lang, columns=["target"]).to_frame().squeeze()
        expected = [f"“{written[one]}”" for one in own["statement_id"]]
        assert [text.split(" ")[0] for text in shown] == [text.split(" ")[0] for text in expected]
    followed = pd.concat([ps.succession(DS, area) for area in ("nanjing", "china")])
    told = followed[followed["new_pledge"].eq("other") & ~followed["change"].eq("cannot_tell")]
    assert len(told)
    for row in told.itertuples():
        assert f"“{written[row.new_statement_id]}”" in row.reason_zh
        assert f"“{written[row.new_statement_id]}”" in row.reason_en
    kinds = DS.pledges.set_index("pledge_id").loc["other"]
    words = " ".join([*followed["reason_zh"], *followed["reason_en"]])
    assert kinds["name_zh"] not in words
    assert kinds["name_en"] not in words
