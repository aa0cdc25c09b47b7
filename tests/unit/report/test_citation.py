"""A page is cited with what it was made of, and with no clock."""

from __future__ import annotations

import re

from psanalysis.report import (
    IndicatorProfile,
)


def test_a_page_is_cited_with_version_hash_and_day_and_no_clock(ds):
    page = IndicatorProfile("nursing_bed_share", "en", ds)
    box = page.sources()._repr_html_()
    box = re.sub(r"<[^>]+>", "", box[box.index('id="cite"') :])
    for part in (
        ds.package.descriptor["version"],
        ds.content_hash[:16],
        ds.package.descriptor["created"][:10],
        "03_indicator_profile/nursing_bed_share.en.html",
        "@misc{psanalysis-03-indicator-profile-nursing-bed-share-en",
    ):
        assert part in box
