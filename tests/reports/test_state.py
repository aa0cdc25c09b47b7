"""What lies in the store is not trusted because it is there: another kind, another user, another's
file behind a link.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path

import pytest

from psanalysis.site import lock
from psanalysis.site.manifest import read_manifest

SOMEBODY = 12345
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)


def change(site, edit) -> None:  # type: ignore[no-untyped-def]
    """Write another manifest in the place of the published one."""
    path = site.out / "manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    found = edit(document)
    path.unlink()
    path.write_text(json.dumps(document if found is None else found), encoding="utf-8")


def first(document: dict) -> dict:
    return document["reports"]["01_city_gap/mianyang-14fyp.zh"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda m: [],
        lambda m: 3,
        lambda m: m.update(build="many"),
        lambda m: m.update(seconds=None),
        lambda m: m.update(inputs=[]),
        lambda m: m.update(inputs={"data": 3}),
        lambda m: m.update(history=[3]),
        lambda m: m.update(history={"a": 1}),
        lambda m: m.update(read={"package:statements.csv": 1}),
        lambda m: m.update(reports=[]),
        lambda m: m["reports"].update({"x": 3}),
        lambda m: first(m).update(seconds="long"),
        lambda m: first(m).update(seconds=True),
        lambda m: first(m).update(hashes=[]),
        lambda m: first(m).update(hashes={"data": []}),
        lambda m: first(m).update(failure="yes"),
        lambda m: first(m).update(title={}),
        lambda m: first(m).update(parameters="lang"),
        lambda m: first(m).update(status="good"),
        lambda m: first(m).update(path="../../../etc/passwd"),
        lambda m: first(m).update(path="/etc/passwd.html"),
        lambda m: first(m).update(more=1),
        lambda m: first(m).update(title="\ud800"),
    ],
)
def test_a_manifest_of_other_types_counts_as_none(site, edit) -> None:  # type: ignore[no-untyped-def]
    change(site, edit)
    assert read_manifest(site.out.resolve()) is None


def test_a_manifest_that_cannot_be_understood_is_said_and_made_anew(site) -> None:
    change(site, lambda m: m.update(history=[3]))
    done = site.cli("build")
    assert done.exit_code == 0
    assert "manifest.json: is no manifest of a build -> this counts as the first" in done.stdout
    assert site.check_whole()["build"] == 1


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format": 1', "\x00", "", '{"format": 1e999}'])
def test_a_manifest_that_is_no_json_counts_as_none(site, text: str) -> None:
    path = site.out / "manifest.json"
    path.unlink()
    path.write_text(text, encoding="utf-8")
    assert read_manifest(site.out.resolve()) is None


@pytest.mark.parametrize("made", ["folder", "pipe", "link"])
def test_what_stands_where_a_page_is_kept_is_built_anew(site, made: str, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.txt"
    theirs.write_text("kept", encoding="utf-8")
    entry = sorted((site.store / "cache").rglob("*.page"))[0]
    entry.unlink()
    if made == "folder":
        (entry / "inside").mkdir(parents=True)
    elif made == "pipe":
        os.mkfifo(entry)
    else:
        entry.symlink_to(theirs)
    site.edit("reports/catalog.yml", "reports:", "# edited\nreports:")
    assert list(site.due().values()) == ["cache entry missing or damaged"]
    assert site.build().built == 1
    assert not site.due()
    assert theirs.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("name", ["cache", "data", "000002", "lock"])
@pytest.mark.parametrize("made", ["file", "link to a folder", "link to a file", "pipe", "folder"])
def test_parts_of_the_store_of_another_kind_are_removed_and_said(
    site, name: str, made: str, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    (theirs / "deep").mkdir(parents=True)
    (theirs / "deep" / "notes").write_text("kept", encoding="utf-8")
    part = site.store / name
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)
    if made == "file":
        part.write_text("x", encoding="utf-8")
    elif made == "pipe":
        os.mkfifo(part)
    elif made == "folder":
        part.mkdir()
    else:
        part.symlink_to(theirs if made == "link to a folder" else theirs / "deep" / "notes")
    done = site.cli("build", "--force")
    assert (done.exit_code, done.stderr) == (0, "")
    like = ("file" if name == "lock" else "folder") == made
    assert (f"warning: {part}: was not what a build makes" in done.stdout) is not like
    assert (theirs / "deep" / "notes").read_text(encoding="utf-8") == "kept"
    assert len(site.check_whole()["reports"]) == 6
    assert not part.is_symlink()


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_locks_is_said(
    site, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuses)
    done = site.cli("build", "--force")
    assert done.exit_code == 2
    assert "this file system has no locks" in done.stderr
    assert "--output on a local disk" in done.stderr


@as_root
@pytest.mark.parametrize("name", ["", "cache", "lock"])
def test_a_store_of_another_user_is_not_trusted(site, name: str) -> None:
    os.chown(site.store / name, SOMEBODY, SOMEBODY)
    for arguments in ((), ("--force",)):
        done = site.cli("build", *arguments)
        assert done.exit_code == 2
        assert (
            f"{site.store / name}: belongs to user {SOMEBODY}, and this build runs as root"
            in done.stderr
        )
        assert f"chown -R root {site.store}" in done.stderr
    assert site.check_whole()["build"] == 1


@as_root
@pytest.mark.parametrize("name", ["", "reports", "reports/catalog.yml", "notebooks"])
def test_a_project_of_another_user_is_not_run_from_below(site, name: str) -> None:
    below = site.root / "work" / "here"
    below.mkdir(parents=True)
    assert site.run("list", "reports").returncode == 0
    os.chown(site.root / name, SOMEBODY, SOMEBODY)
    own, here = site.root, site.run("list", "reports")
    assert here.returncode == 0  # who stands in it has named it
    site.root = below
    done = site.run("build")
    site.root = own
    assert done.returncode == 2
    assert f"belongs to user {SOMEBODY}, and its notebooks would run as root" in done.stderr
    assert f"run this in {own} itself" in done.stderr


def test_the_lock_names_its_holder_and_is_let_go(tmp_path: Path) -> None:
    with lock.locked(tmp_path / "lock"):
        assert lock._holder(tmp_path / "lock") == f"process {os.getpid()}"
    with lock.locked(tmp_path / "lock"):
        pass
