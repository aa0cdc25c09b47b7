"""pyproject.toml, requirements.lock and environment.yml agree."""

from __future__ import annotations

import re
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
RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEVELOPMENT = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]
OPTIONAL = [
    Requirement(text)
    for texts in PROJECT["project"]["optional-dependencies"].values()
    for text in texts
]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENVIRONMENT_TEXT = (ROOT / "environment.yml").read_text(encoding="utf-8")
ENVIRONMENT = YAML(typ="safe").load(ENVIRONMENT_TEXT)
CONDA = [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]
PIP = [
    text for item in ENVIRONMENT["dependencies"] if isinstance(item, dict) for text in item["pip"]
]


def locked() -> dict[str, list[str]]:
    """Name to the versions that the lock pins (several where a marker tells platforms apart)."""
    pins: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK, re.MULTILINE):
        pins.setdefault(canonicalize_name(name), []).append(version)
    return pins


def conda_specs() -> dict[str, str]:
    """Name as on the Python index to the version range of environment.yml."""
    return {canonicalize_name(text.split()[0]): "".join(text.split()[1:]) for text in CONDA}


@pytest.mark.parametrize("requirement", [*RUNTIME, *DEVELOPMENT], ids=lambda r: r.name)
def test_the_lock_pins_every_dependency_inside_its_range(requirement: Requirement) -> None:
    versions = locked().get(canonicalize_name(requirement.name), [])
    assert versions, f"{requirement.name} is not in requirements.lock: run make lock"
    assert all(requirement.specifier.contains(Version(version)) for version in versions)


def test_every_line_of_the_lock_is_pinned_and_hashed() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    for block in blocks:
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+( ; [^\\]+)? \\\n", block), block[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:60]
    assert len(blocks) == sum(len(versions) for versions in locked().values())


@pytest.mark.parametrize(
    ("name", "text"), [("requirements.lock", LOCK), ("environment.yml", ENVIRONMENT_TEXT)]
)
def test_no_host_and_no_address(name: str, text: str) -> None:
    assert not re.search(
        r"://|index-url|find-links|trusted-host|@\s*(?:git|file)|/simple\b|\.(?:com|org|net|io|cn)\b",
        text,
    ), name


@pytest.mark.parametrize("spec", CONDA)
def test_conda_can_read_every_spec(spec: str) -> None:
    assert MatchSpec(spec, strict=True).name is not None


def test_conda_has_the_ranges_of_the_project() -> None:
    conda = conda_specs()
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert (
        Requirement(f"python{conda.pop('python')}").specifier
        == Requirement(f"python{PROJECT['project']['requires-python']}").specifier
    )
    assert conda.pop("pip") == ""
    by_pip = {canonicalize_name(r.name): r.specifier for r in map(Requirement, PIP[:-1])}
    assert not set(by_pip) & set(conda)
    listed = by_pip | {name: Requirement(f"{name}{spec}").specifier for name, spec in conda.items()}
    assert listed == {
        canonicalize_name(requirement.name): requirement.specifier for requirement in RUNTIME
    }


def test_the_package_itself_comes_by_pip() -> None:
    assert PIP[-1] == "-e ."


def test_versions_agree() -> None:
    assert PROJECT["project"]["version"] == psanalysis.__version__


def test_optional_dependencies_are_tested_with_the_range_that_users_get() -> None:
    assert OPTIONAL
    assert {str(requirement) for requirement in OPTIONAL} <= {
        str(requirement) for requirement in DEVELOPMENT
    }


def test_no_dependency_is_named_twice() -> None:
    names = [canonicalize_name(requirement.name) for requirement in [*RUNTIME, *DEVELOPMENT]]
    assert sorted(set(names)) == sorted(names)
    assert [r.name for r in RUNTIME] == sorted((r.name for r in RUNTIME), key=str.lower)
