"""pyproject.toml, requirements.lock and environment.yml say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
BUILD_ONLY = {"python", "pip"}


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def runtime() -> dict[str, Requirement]:
    wanted = [Requirement(text) for text in project()["project"]["dependencies"]]  # type: ignore[index]
    return {canonicalize_name(one.name): one for one in wanted}


def lock() -> str:
    return (ROOT / "requirements.lock").read_text("utf-8")


def environment() -> tuple[list[str], list[str]]:
    """Conda specs and pip requirements."""
    entries = YAML(typ="safe").load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    return [entry for entry in entries if isinstance(entry, str)], next(entry["pip"] for entry in entries if isinstance(entry, dict))


def test_every_dependency_is_locked_inside_its_range() -> None:
    locked = {canonicalize_name(name): version for name, version in PINNED.findall(lock())}
    groups = project()["dependency-groups"]["dev"]  # type: ignore[index]
    for wanted in [*runtime().values(), *map(Requirement, groups)]:
        version = locked.get(canonicalize_name(wanted.name))
        assert version, f"{wanted.name} is not in requirements.lock -> make lock"
        assert wanted.specifier.contains(version, prereleases=True), f"{wanted} but locked {version} -> make lock"


def test_every_pin_has_hashes_and_no_host_is_named() -> None:
    blocks = re.split(r"\n(?=\S)", lock())
    pins = [block for block in blocks if PINNED.match(block)]
    assert len(pins) > 100
    assert [block.split("\n")[0] for block in pins if "--hash=sha256:" not in block] == []
    for name in ("requirements.lock", "environment.yml"):
        assert not re.search(r"https?://|--index-url|--extra-index|--find-links", (ROOT / name).read_text("utf-8")), name


def test_environment_lists_every_runtime_dependency_with_its_range() -> None:
    specs, pip = environment()
    conda = {canonicalize_name(re.split(r"[ <>=]", spec)[0]): spec for spec in specs}
    by_pip = {canonicalize_name(Requirement(text).name): Requirement(text) for text in pip if not text.startswith("-")}
    assert "-e ." in pip
    assert set(conda) - BUILD_ONLY | set(by_pip) == set(runtime())
    for name, wanted in runtime().items():
        given = by_pip[name].specifier if name in by_pip else Requirement(conda[name].replace(" ", "", 1)).specifier
        assert given == wanted.specifier, name
    assert conda["python"] == f"python {project()['project']['requires-python']}"  # type: ignore[index]


@pytest.mark.parametrize("spec", environment()[0])
def test_conda_understands_every_spec(spec: str) -> None:
    assert MatchSpec(spec, strict=True).name is not None
