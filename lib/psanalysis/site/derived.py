"""Files that a site makes of its data or pages as a whole (font, forms, workbook, Parquet), kept
for the next build.

Each is stored with its checksum under the hash of all that it is made of; a damaged one counts as
missing.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from psanalysis.report.form_files import Make
from psanalysis.site.cache import store
from psanalysis.site.publish import remove
from psanalysis.site.sources import read_file

MAGIC = "psanalysis-derived-1"


class Derived:
    """A folder of such files.

    Parameters
    ----------
    folder
        Made when the first file is stored.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     derived = Derived(Path(folder) / "derived")
    ...     derived.get("of this", lambda: b"made"), derived.get("of this", lambda: b"again")
    (b'made', b'made')
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._used: set[Path] = set()

    def get(self, of: str, make: Make) -> bytes:
        """The file that is made of something, taken from the folder or made and stored there; a
        folder that is not writable is not an error.

        Parameters
        ----------
        of
            All that decides the content, as text.
        make
            Makes the content.
        """
        path = self.folder / hashlib.sha256(f"{MAGIC}\n{of}".encode()).hexdigest()
        self._used.add(path)
        try:
            digest, _, content = read_file(path).partition(b"\n")
            if digest.decode() == hashlib.sha256(content).hexdigest():
                return content
        except (OSError, UnicodeDecodeError):
            pass
        content = make()
        with suppress(OSError):
            store(path, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        return content

    def prune(self) -> None:
        """Remove all that nobody asked for since this object was made."""
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path not in self._used:
                    remove(path)
