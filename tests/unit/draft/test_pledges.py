"""Promises without a number."""

from __future__ import annotations

import pytest

from passages import AHEAD, found, shown


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全面取消药品加成。", "other"),
        ("城镇登记失业率控制在省控线以下。", "other"),
        ("居民收入增速高于全国、全省,生活改善。", "other"),
        ("高质量通过全国学前教育普及普惠县评估。", "other"),
        ("确保脱贫群众不因病致贫返贫。", "other"),
        ("公办高中全部被评为示范高中。", "all"),
    ],
)
def test_states_that_are_promised_without_a_number(text: str, kind: str) -> None:
    assert kind in [p.pledge for p in found(AHEAD + text)]


def test_pledges_to_whom_they_are_due() -> None:
    text = "困难家庭应保尽保,安置应建尽建,社区设施全覆盖,零就业家庭动态清零。"
    assert shown(AHEAD + text) == [
        ("all_eligible", "%", "none"),
        ("all_eligible", "%", "none"),
        ("full_coverage", "%", "none"),
        ("dynamic_zero", "%", "none"),
    ]
