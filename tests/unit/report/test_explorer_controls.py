"""The controls of the explorer follow what is chosen."""

from __future__ import annotations

from psanalysis.report import (
    Explorer,
)


def test_explorer_controls_follow_language_and_domain(ds):
    explorer = Explorer("zh", ds)
    controls = {control.description: control for control in explorer.widget().children[0].children}
    controls["领域"].value = "eldercare"
    assert (
        ds.indicators.set_index("indicator_id").loc[explorer.choice["indicator_id"], "domain_id"]
        == "eldercare"
    )
    controls["语言"].value = "en"
    assert controls["语言"].description == "language"
    assert explorer.choice["lang"] == "en"
    assert dict(controls["领域"].options)["Old-age care"] == "eldercare"
