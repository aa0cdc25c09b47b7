"""Imports without what is never used, and without looking for garbage among it."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import pytest

from psanalysis.lean import imports, without


def test_what_is_left_out_cannot_be_imported_within_and_can_be_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    with without("this"), pytest.raises(ImportError):
        import_module("this")
    assert "this" not in sys.modules


def test_what_is_imported_already_stays() -> None:
    with without("json"):
        import json
    assert sys.modules["json"] is json


def test_no_collection_looks_at_what_was_imported() -> None:
    made: list[object] = []
    with imports():
        assert not gc.isenabled()
        made.append({"module": made})
    try:
        assert gc.isenabled()
        assert gc.is_tracked(made[0])
        assert not any(one is made[0] for one in gc.get_objects())
    finally:
        gc.unfreeze()


def test_garbage_is_looked_for_again_after_an_import_that_failed() -> None:
    with pytest.raises(ImportError), imports():
        raise ImportError
    gc.unfreeze()
    assert gc.isenabled()
