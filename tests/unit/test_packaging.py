"""pyproject.toml, the locks and environment.yml agree."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec
from ruamel.yaml import YAML

import psanalysis

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]


def requirements(texts: list[object]) -> list[Requirement]:
    return [Requirement(text) for text in texts if isinstance(text, str)]


CORE = requirements(PROJECT["project"]["dependencies"])
EXTRA = {name: requirements(texts) for name, texts in EXTRAS.items() if name != "all"}
EVERY_EXTRA = [one for extra in EXTRA.values() for one in extra]
BUILD, DEVELOPMENT = requirements(GROUPS["build"]), requirements(GROUPS["dev"])
# what each lock is made of, as the Makefile resolves it
LOCKED = {
    "requirements.lock": [*CORE, *EXTRA["reports"], *BUILD],
    "requirements-lab.lock": [
        *CORE,
        *EXTRA["reports"],
        *EXTRA["draft"],
        *EXTRA["lab"],
        *EXTRA["tables"],
        *BUILD,
    ],
    "requirements-dev.lock": [*CORE, *EVERY_EXTRA, *BUILD, *DEVELOPMENT],
}
LOCKS = {name: (ROOT / name).read_text(encoding="utf-8") for name in LOCKED}
ENVIRONMENT_TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
ENVIRONMENT = YAML(typ="safe").load(ENVIRONMENT_TEXT)
CONDA = [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]
PIP = [
    text for item in ENVIRONMENT["dependencies"] if isinstance(item, dict) for text in item["pip"]
]
# the same package under its name at conda-forge
CONDA_NAMES = {"brotli-python": "brotli"}


def pins(text: str) -> dict[str, list[str]]:
    """Name to the versions that a lock pins (several where a marker tells platforms apart)."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(canonicalize_name(name), []).append(version)
    return found


@pytest.mark.parametrize(
    ("lock", "requirement"),
    [(lock, one) for lock, asked in LOCKED.items() for one in asked],
    ids=str,
)
def test_a_lock_pins_every_dependency_inside_its_range(lock: str, requirement: Requirement) -> None:
    versions = pins(LOCKS[lock]).get(canonicalize_name(requirement.name), [])
    assert versions, f"{requirement.name} is not in {lock}: run make lock"
    assert all(requirement.specifier.contains(Version(version)) for version in versions)


@pytest.mark.parametrize("smaller", ["requirements.lock", "requirements-lab.lock"])
def test_the_smaller_locks_are_parts_of_the_largest(smaller: str) -> None:
    largest = pins(LOCKS["requirements-dev.lock"])
    own = pins(LOCKS[smaller])
    assert {name: largest.get(name) for name in own} == own


def test_building_the_site_needs_at_most_half_of_all_packages() -> None:
    assert len(pins(LOCKS["requirements.lock"])) <= 100
    heavy = {"jupyterlab", "distributed", "mypy", "pytest", "playwright", "opencc"}
    assert not heavy & set(pins(LOCKS["requirements.lock"]))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", LOCKS[lock].strip())
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+( ; [^\\]+)? \\\n", block), block[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:60]
    assert len(blocks) == sum(len(versions) for versions in pins(LOCKS[lock]).values())


@pytest.mark.parametrize("name", [*LOCKS, "environment.yml"])
def test_no_host_and_no_address(name: str) -> None:
    text = LOCKS.get(name, ENVIRONMENT_TEXT)
    address = (
        r"://|index-url|find-links|trusted-host|@\s*(?:git|file)|/simple\b|\.(?:com|org|net|io"
        r"|cn)\b"
    )
    assert not re.search(address, text), name


@pytest.mark.parametrize("spec", CONDA)
def test_conda_can_read_every_spec(spec: str) -> None:
    assert MatchSpec(spec, strict=True).name is not None


def test_conda_has_the_ranges_of_the_project_and_of_its_tests() -> None:
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    conda = {text.split()[0]: "".join(text.split()[1:]) for text in CONDA}
    python = Requirement(f"python{conda.pop('python')}").specifier
    assert python == Requirement(f"python{PROJECT['project']['requires-python']}").specifier
    assert conda.pop("pip") == ""
    by_conda = {
        canonicalize_name(CONDA_NAMES.get(name, name)): Requirement(f"{name}{spec}").specifier
        for name, spec in conda.items()
    }
    by_pip = {canonicalize_name(r.name): r.specifier for r in requirements(PIP[:-1])}
    assert not set(by_pip) & set(by_conda)
    assert by_pip | by_conda == {
        canonicalize_name(requirement.name): requirement.specifier
        for requirement in LOCKED["requirements-dev.lock"]
    }


def test_the_package_itself_comes_by_pip() -> None:
    assert PIP[-1] == "-e ."


def test_versions_agree() -> None:
    assert PROJECT["project"]["version"] == psanalysis.__version__


def test_a_dependency_has_one_range_wherever_it_is_named() -> None:
    ranges: dict[str, set[str]] = {}
    for one in LOCKED["requirements-dev.lock"]:
        ranges.setdefault(canonicalize_name(one.name), set()).add(str(one.specifier))
    assert {name: found for name, found in ranges.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", ["core", *EXTRA])
def test_a_list_is_sorted_and_names_nothing_twice(name: str) -> None:
    names = [canonicalize_name(one.name) for one in EXTRA.get(name, CORE)]
    assert names == sorted(set(names))


def test_the_extra_all_is_all_of_them() -> None:
    (everything,) = requirements(EXTRAS["all"])
    assert everything.extras == set(EXTRA)


# what is used by private interfaces
@pytest.mark.parametrize(
    "name", ["ipykernel", "jupyter-client", "nbclient", "nbconvert", "papermill", "matplotlib"]
)
def test_what_is_used_by_private_interfaces_has_an_upper_bound(name: str) -> None:
    for one in LOCKED["requirements-dev.lock"]:
        if canonicalize_name(one.name) == name:
            assert any(part.operator == "<" for part in one.specifier), one


def git(*arguments: str) -> str:
    # the clone may belong to somebody else, as where tests run as root
    command = ["git", "-C", str(ROOT), "-c", "safe.directory=*", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.needs("repository")
def test_no_link_is_committed_and_no_environment_can_be() -> None:
    modes = [line.split(maxsplit=1) for line in git("ls-files", "--stage").splitlines()]
    assert [path for mode, path in modes if mode == "120000"] == [], "it leads out of the clone"
    # a pattern that ends in a slash does not fit a link to an environment elsewhere
    environments = [".venv", ".venv-lowest", ".venv.log"]
    assert git("check-ignore", "--no-index", *environments).split() == environments
