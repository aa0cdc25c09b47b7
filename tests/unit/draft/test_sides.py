"""What was reached, what is to come, and what is the figure of another area."""

from __future__ import annotations

from passages import AHEAD, BEFORE, found, roles


def test_reference_values() -> None:
    own, other = found(BEFORE + "每千名老年人拥有床位36.5张,高于全省33张的平均水平。")
    assert (own.role, other.role, other.area) == ("baseline", "reference", "province")
    assert other.name_spans == own.name_spans


def test_a_speech_tells_what_was_reached_where_a_paragraph_begins_so() -> None:
    text = (
        "五年来,我市新建医院11家。三甲医院增加到6家。下一步,再建成医院3家。\n到2025年,建成5家。\n"
    )
    assert [role for _, role, *_ in roles(text)] == ["baseline", "baseline", "target", "target"]


def test_waiting_times_are_values_and_what_grew_already_is_a_baseline() -> None:
    text = f"{AHEAD}截至今年9月底,平均轮候时间较去年多了约一年,达到5.5年。"
    (row,) = found(text)
    assert (row.role, str(row.value), row.unit) == ("baseline", "5.5", "年")


def test_what_will_be_raised_from_the_present_value_is_a_target() -> None:
    rows = found(f"{AHEAD}社区券总数将由目前的12000张增至16000张。")
    assert [row.role for row in rows] == ["baseline", "target"]
