"""The pages at the top of the project: their links lead somewhere, and the files that they name are
there.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in ROOT.glob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(r"`((?:lib|tests|data|reports|notebooks|plot|formats)/[\w./-]+)`")
MAKE = re.compile(r"make ([a-z]+)\b")
# made by a command, not stored
MADE = {"reports/site", "reports/site-briefs", "reports/site-local", "notebooks/20_my_page.ipynb"}


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def anchors(page: str) -> set[str]:
    """Places of a page that a link can lead to, as GitHub names them."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text(page), flags=re.DOTALL), re.M)
    named = {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}
    return named | set(re.findall(r'<a id="([^"]+)"', text(page)))


def test_the_pages_are_there() -> None:
    assert {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for target in LINK.findall(text(page)):
        if target.startswith("http"):
            continue
        path, _, place = target.partition("#")
        assert (ROOT / (path or page)).exists(), target
        if place:
            assert place in anchors(path or page), target


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    for name in FILE.findall(text(page)):
        path = name.rstrip("/")
        within = [ROOT / path, ROOT / "lib" / "psanalysis" / path]
        assert path in MADE or any(one.exists() for one in within), name


def test_every_module_that_architecture_names_is_there() -> None:
    library = ROOT / "lib" / "psanalysis"
    named = re.findall(r"`(\w+)\.(\w+)", text("ARCHITECTURE.md"))
    named = [(room, module) for room, module in named if (library / room).is_dir()]
    assert len(named) > 9
    for room, module in named:
        assert (library / room / f"{module}.py").exists(), f"{room}.{module}"


@pytest.mark.parametrize("page", PAGES)
def test_every_make_command_is_one(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    inside = re.findall(r"`([^`\n]*)`|^(make .*)$", text(page), re.MULTILINE)
    for command in ("".join(parts) for parts in inside):
        for name in MAKE.findall(command):
            assert name in targets, command


@pytest.mark.parametrize("half", [0, 1], ids=["zh", "en"])
def test_the_readme_names_every_set_of_values_and_calls_what_there_is(half: int) -> None:
    import psanalysis
    from psanalysis.report.parameters import PARAMETERS

    words = text("README.md").split('<a id="english"></a>')[half]
    listed = re.search(r"((?:\w+(?:,|、)\s*)*compared_domains(?:(?:,|、)\s*\w+)*)", words)
    assert listed
    assert set(re.split(r"(?:,|、)\s*", listed[1])) == {
        name for one in PARAMETERS.values() for name in one.sets
    }
    called = set(re.findall(r"\bps\.(\w+)\(", words))
    assert {"load", "outcomes", "succession"} <= called <= set(psanalysis.__all__)


def test_the_versions_agree() -> None:
    import psanalysis

    assert f"## {psanalysis.__version__} (" in text("CHANGELOG.md")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {psanalysis.__version__}\n" in citation
    released = re.search(r"date-released: (\S+)", citation)
    assert released
    assert f"## {psanalysis.__version__} ({released[1]})" in text("CHANGELOG.md")


def test_no_notebook_says_when_it_ran() -> None:
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        timed = [cell["id"] for cell in cells if "execution" in cell["metadata"]]
        assert timed == [], (
            f"{path.name}: execute it with --ExecutePreprocessor.record_timing=False"
        )
