"""Traditional script read as simplified: one table, OpenCC's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psanalysis import simplified as module
from psanalysis.draft.folding import fold
from psanalysis.simplified import is_traditional, simplified, table, written_by_opencc


def test_the_table_is_opencc_s() -> None:
    pytest.importorskip("opencc", reason="OpenCC writes the table and is not needed to read it")
    kept = Path(module.__file__).with_name(module.TABLE).read_text(encoding="utf-8")
    assert kept == written_by_opencc()


def test_names_of_units_in_traditional_script() -> None:
    assert simplified("塊屆態數時狀裏鍾萬張個戶億") == "块届态数时状里钟万张个户亿"
    assert is_traditional("荊門市推進基本公共服務均等化規劃")
    assert not is_traditional("")
    assert not is_traditional("绵阳市公共服务规划萬" + "人" * 4)


@given(st.text())
def test_folding_keeps_length_and_is_done_once(text: str) -> None:
    assert len(simplified(text)) == len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_every_entry_changes_one_character_for_another() -> None:
    assert len(table()) > 4000
    assert all(len(plain) == 1 and ord(plain) != code for code, plain in table().items())
