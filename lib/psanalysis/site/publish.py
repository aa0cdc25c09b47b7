"""Publishes a site atomically: writes a complete new folder to disk, then renames one link."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from psanalysis.site.errors import SiteError
from psanalysis.site.file_owners import foreign, own_name, owner_name

KEPT_BUILDS = 7
PART = ".part"
LOCK = "lock"
FOLDERS = ("cache", "data", "derived")
# the comment that `psanalysis.site.local` puts into every page that shows the plans' sentences
LOCAL = "psanalysis:local"
NUMBER = re.compile(r"[0-9]{6,18}")
FOREIGN = "is not a link made by a build -> move it away, or name another --output"


class Site:
    """A published site: the link that readers open, and the store beside it.

    Parameters
    ----------
    output
        The link that readers open, to the newest build.

    Attributes
    ----------
    store
        Folder with builds, cache, data of earlier builds and the lock.
    """

    def __init__(self, output: Path):
        self.output = Path.cwd() / output
        name = self.output.name
        self.store = self.output.parent / (".builds" if name == "site" else f".{name}.builds")

    def prepare(self) -> list[str]:
        """Make the store, and remove entries that no build put there; returns a line for each of
        them.

        Raises
        ------
        SiteError
            If the output was not made by a build, or the store belongs to another user or is not
            writable.
        """
        if self.output.is_symlink():
            if (self.output.parent / self.output.readlink()).parent != self.store:
                raise SiteError(f"{self.output}: {FOREIGN}")
        elif self.output.exists():
            if not self.output.is_dir() or any(self.output.iterdir()):
                raise SiteError(f"{self.output}: {FOREIGN}")
            self.output.rmdir()
        theirs = self._foreign()
        if theirs:
            raise SiteError(
                f"{theirs}: belongs to {owner_name(theirs)}, and this build runs as {own_name()}, "
                "which does not trust "
                f"the pages of another user -> chown -R {own_name()} {self.store} {self.output}, "
                "or remove them"
            )
        try:
            self.store.mkdir(parents=True, exist_ok=True)
            told = [remove(path) for path in self._unlike()]
            probe = self.store / f"probe.{os.getpid()}{PART}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise SiteError(
                f"{self.output}: cannot be written to: {error.strerror} -> name another --output, "
                "or make room"
            ) from None
        return [
            f"warning: {path}: was not what a build makes -> removed, and made anew"
            for path in told
        ]

    def current(self) -> Path | None:
        """Folder of the published build; None if there is none, or it belongs to another user."""
        try:
            folder = self.output.resolve(strict=True)
        except (OSError, RuntimeError):  # missing, or a circular link
            return None
        mine = self.output.is_symlink() and folder.parent == self.store.resolve()
        return folder if mine and folder.is_dir() and not self._foreign() else None

    def builds(self) -> list[Path]:
        """Folders of finished builds, oldest first."""
        return sorted(path for path in self._numbered() if path.is_dir() and not path.is_symlink())

    def _numbered(self) -> list[Path]:
        return [path for path in self.store.iterdir() if NUMBER.fullmatch(path.name)]

    def _foreign(self) -> Path | None:
        """The store, or a part of it, if it belongs to another user."""
        parts = (self.store / name for name in (*FOLDERS, LOCK))
        return foreign([self.store, *parts, self.output])

    def _unlike(self) -> list[Path]:
        """Parts of the store of another kind than a build makes, above all links, which lead
        elsewhere.
        """
        folders = [
            path
            for path in self.store.iterdir()
            if path.name in FOLDERS or NUMBER.fullmatch(path.name)
        ]
        lock = self.store / LOCK
        found = [path for path in folders if path.is_symlink() or not path.is_dir()]
        return found + [lock] * (lock.is_symlink() or (lock.exists() and not lock.is_file()))

    def publish(self, files: Iterable[tuple[str, bytes]]) -> Path:
        """Publish files, given as path and content; readers see the old site until the new one is
        complete.

        Raises
        ------
        SiteError
            If the disk is full or cannot be written to; the published site is as it was.
        """
        number = 1 + max((int(path.name) for path in self._numbered()), default=0)
        folder, part = self.store / f"{number:06d}", self.store / f"{number:06d}{PART}"
        try:
            _write(files, part, self.current())
            part.rename(folder)
            _sync(self.store)
            link = self.store / f"link{PART}"
            link.unlink(missing_ok=True)
            link.symlink_to(os.path.relpath(folder, self.output.parent), target_is_directory=True)
            link.replace(self.output)
            _sync(self.output.parent)
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise SiteError(
                f"{self.output}: {_words(error)}; the published site is as it was"
            ) from None
        return folder

    def prune(self) -> None:
        """Remove leftovers of killed builds, and all but the newest builds."""
        current = self.current()
        for path in self.store.glob(f"*{PART}"):
            remove(path)
        for path in self.builds()[:-KEPT_BUILDS]:
            if path.resolve() != current:
                shutil.rmtree(path)


def remove(path: Path) -> Path:
    """Remove a folder, a file or a link, but never the target of a link; returns the path."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    return path


def _words(error: OSError) -> str:
    if (
        error.errno in (errno.EPERM, errno.ENOSYS, errno.ENOTSUP)
        or getattr(error, "winerror", None) == 1314
    ):
        return (
            f"links cannot be made here ({error.strerror}) -> publish to a file system with "
            "symbolic links"
        )
    return f"cannot be published: {error.strerror} -> make room or check the permissions"


def _write(files: Iterable[tuple[str, bytes]], folder: Path, previous: Path | None) -> None:
    """Write all files to the disk; a file that the published build has already is shared with
    it.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folders = {folder}
    for name, content in files:
        if is_local(content):
            raise SiteError(f"{name}: shows texts that are for local use alone -> build it anew")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.add(path.parent)
        if previous is None or not _shared(previous / name, path, content):
            with path.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    for made in folders:
        _sync(made)


def _shared(old: Path, new: Path, content: bytes) -> bool:
    try:
        if old.stat().st_size != len(content) or old.read_bytes() != content:
            return False
        os.link(old, new)
    except OSError:
        return False
    return True


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_local(content: bytes) -> bool:
    """Whether a page shows the plans' sentences, which are not for publication."""
    return f"<!--{LOCAL}-->".encode() in content
