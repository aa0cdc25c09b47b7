"""What the fingerprint of the library covers."""

from __future__ import annotations

from pathlib import Path

from psanalysis.site.fingerprint import library_hash


def test_library_hash_sees_sources_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "a.py").write_text("1")
    before = library_hash(tmp_path)
    (tmp_path / "data" / "x.json").write_text("1")
    (tmp_path / "a.pyc").write_text("1")
    assert library_hash(tmp_path) == before
    (tmp_path / "b.css").write_text("1")
    assert library_hash(tmp_path) != before
