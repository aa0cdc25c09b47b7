"""The API reference: complete, the same each time, and at rest in itself."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest

import psanalysis as ps
from psanalysis.site import beside, reference
from psanalysis.site.reference import FIRST_PAGE, FOLDER, packed, unpacked
from psanalysis.site.watcher import Watcher

LINK = re.compile(r'\shref="([^"#]*)(?:#([^"]*))?"')


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    pytest.importorskip("pdoc", reason="pip install 'psanalysis[docs]'")
    return reference.pages()


def test_every_public_name_is_described(made: dict[str, bytes]) -> None:
    page = made["psanalysis.html"].decode()
    for name in set(ps.__all__) - {"__version__", "plot", "report", "style"}:
        assert f'id="{name}"' in page, name
    for module in ("plot", "report", "style", "errors", "tables/build", "measures/gaps"):
        assert f"psanalysis/{module}.html" in made


def test_docstrings_are_pages_not_source(made: dict[str, bytes]) -> None:
    page = made["psanalysis.html"].decode()
    assert "required_cagr" in page
    assert "from __future__" not in page


def test_nothing_is_asked_from_outside(made: dict[str, bytes]) -> None:
    for name, content in made.items():
        page = content.decode()
        assert not re.search(r"<(?:script|link|iframe|object|embed)\b", page), name
        assert not re.search(r"""(?:src|data)=["'](?!data:)""", page), name
        assert not re.search(r"url\(\s*['\"]?https?:|@import", page), name
        if "refresh" not in page:
            assert "default-src 'none'" in page, name


def test_every_link_leads_somewhere(made: dict[str, bytes]) -> None:
    known = {f"{FOLDER}/{name}" for name in made} | {"index.en.html"}
    for name, content in made.items():
        for target, place in LINK.findall(content.decode()):
            if target.startswith(("http:", "https:", "data:")):
                continue
            parts: list[str] = []
            for part in (PurePosixPath(FOLDER, name).parent / target).parts if target else ():
                parts = parts[:-1] if part == ".." else [*parts, part]
            path = "/".join(parts) if target else f"{FOLDER}/{name}"
            assert path in known, f"{name}: {target}"
            if place and path.startswith(FOLDER):
                page = made[path.removeprefix(f"{FOLDER}/")].decode()
                assert f'id="{place}"' in page, f"{name}: {target}#{place}"


def test_no_path_of_this_machine(made: dict[str, bytes]) -> None:
    for name, content in made.items():
        assert str(Path(ps.__file__).parents[2]).encode() not in content, name
        assert not re.search(rb"0x[0-9a-f]{8}", content), name


def test_an_archive_is_the_same_bytes_and_gives_back_its_pages() -> None:
    pages = {"psanalysis.html": b"<p>1", "psanalysis/plot.html": b"<p>2"}
    assert packed(pages, "abc") == packed(dict(reversed(pages.items())), "abc")
    assert dict(unpacked(packed(pages, "abc"), "abc")) == {
        FIRST_PAGE: b"<p>1",
        "reference/psanalysis/plot.html": b"<p>2",
    }


@pytest.mark.parametrize("content", [b"", b"no archive", packed({"a.html": b""}, "older")])
def test_what_does_not_describe_this_library_is_not_published(content: bytes) -> None:
    assert list(unpacked(content, "abc")) == []


def workshop(archive: bytes | None) -> Any:
    def read(path: Path) -> bytes:
        assert path.name == "reference.zip"
        if archive is None:
            raise FileNotFoundError
        return archive

    return SimpleNamespace(
        project=SimpleNamespace(root=Path("project")),
        sources=SimpleNamespace(read=read),
        library=SimpleNamespace(hash="abc"),
    )


@pytest.mark.parametrize(
    ("archive", "published", "told"),
    [
        (None, [], []),
        (packed({"psanalysis.html": b"p"}, "abc"), [(FIRST_PAGE, b"p")], []),
        (packed({"psanalysis.html": b"p"}, "older"), [], ["make docs"]),
    ],
)
def test_a_build_takes_the_reference_of_its_own_library(
    archive: bytes | None, published: list[tuple[str, bytes]], told: list[str]
) -> None:
    lines: list[str] = []
    watcher = Watcher(lines.append, lambda *_: None)
    assert beside.api_reference(workshop(archive), watcher) == published
    assert len(lines) == len(told)
    assert all(part in line for part, line in zip(told, lines, strict=True))
