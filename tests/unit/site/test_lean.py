"""Imports without what is never used."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from psanalysis.site.lean import without


def test_what_is_left_out_cannot_be_imported_within_and_can_be_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    with without("this"), pytest.raises(ImportError):
        import_module("this")
    assert "this" not in sys.modules


def test_what_is_imported_already_stays() -> None:
    with without("json"):
        import json
    assert sys.modules["json"] is json
