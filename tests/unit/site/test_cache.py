"""Cache entries: whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from psanalysis.site.cache import Cache, Label
from psanalysis.site.model import Built

PAGE = Built("页面".encode(), {"title": "x", "figures": [], "tables": []}, 1.5)


KEY = "ab" * 32


def test_cache_gives_back_what_it_got(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.get(KEY) is None
    cache.put(KEY, PAGE)
    assert cache.get(KEY) == PAGE


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[:-1],
        lambda b: b + b"x",
        lambda b: b"",
        lambda b: b[:-5] + b"12345",
        lambda b: b"\x00" * 50,
    ],
)
def test_cache_trusts_nothing_damaged(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    cache = Cache(tmp_path)
    cache.put(KEY, PAGE)
    cache.path(KEY).write_bytes(damage(cache.path(KEY).read_bytes()))
    assert cache.get(KEY) is None


def test_cache_trusts_no_entry_under_a_foreign_name(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, PAGE)
    other = "ac" * 32
    cache.path(other).parent.mkdir()
    cache.path(KEY).rename(cache.path(other))
    assert cache.get(other) is None


def test_cache_prunes_what_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, PAGE)
    cache.put("cd" * 32, PAGE)
    assert cache.prune([KEY]) == 1
    assert cache.get(KEY) == PAGE


def test_the_label_of_an_entry_is_what_is_in_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, Built(b"<p>", {"title": "绵阳", "shown": "x"}, 1.5))
    assert cache.label(KEY) == Label("绵阳", 1.5)
    assert cache.label("cd" * 32) is None
    damaged = cache.path(KEY)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert cache.label(KEY) is None
