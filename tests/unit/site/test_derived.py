"""What is kept for the next build: under what it is made of, checked when it is read, and removed
when nobody asks for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from psanalysis.report.form_files import Make
from psanalysis.site.derived import Derived


def never() -> bytes:
    pytest.fail("made again")


def made(content: bytes) -> Make:
    return lambda: content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "derived"


def test_what_is_made_of_the_same_is_taken_from_the_folder(folder: Path) -> None:
    assert Derived(folder).get("a", made(b"one")) == b"one"
    assert Derived(folder).get("b", made(b"two")) == b"two"
    assert Derived(folder).get("a", never) == b"one"
    assert Derived(folder).get("b", never) == b"two"


@pytest.mark.parametrize(
    "damage", [lambda kept: kept[:-1], lambda kept: b"", lambda kept: b"\xff\n"]
)
def test_a_damaged_one_is_made_again(folder: Path, damage) -> None:
    Derived(folder).get("a", made(b"one"))
    (kept,) = folder.iterdir()
    kept.write_bytes(damage(kept.read_bytes()))
    assert Derived(folder).get("a", made(b"anew")) == b"anew"
    assert Derived(folder).get("a", never) == b"anew"


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_what_stands_in_its_place_is_replaced_and_no_link_is_followed(
    folder: Path, tmp_path: Path, kind: str
) -> None:
    Derived(folder).get("a", made(b"one"))
    (kept,) = folder.iterdir()
    kept.unlink()
    other = tmp_path / "other"
    other.write_bytes(b"of somebody else")
    kept.mkdir() if kind == "folder" else kept.symlink_to(other)
    assert Derived(folder).get("a", made(b"anew")) == b"anew"
    assert Derived(folder).get("a", never) == b"anew"
    assert kept.is_file()
    assert not kept.is_symlink()
    assert other.read_bytes() == b"of somebody else"


def test_what_nobody_asked_for_is_removed(folder: Path) -> None:
    Derived(folder).get("a", made(b"one"))
    (folder / "left.part").write_bytes(b"of a killed build")
    derived = Derived(folder)
    derived.get("b", made(b"two"))
    derived.prune()
    assert len(list(folder.iterdir())) == 1
    assert Derived(folder).get("b", never) == b"two"


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    derived = Derived(tmp_path / "file" / "derived")
    assert derived.get("a", made(b"one")) == b"one"
    derived.prune()
