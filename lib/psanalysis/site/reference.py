"""Makes the API reference with pdoc, one page per module, and stores it in an archive for the next
build.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from psanalysis.about import __version__
from psanalysis.archives import undated
from psanalysis.extras import require
from psanalysis.palette import custom_properties
from psanalysis.site.assets import templates
from psanalysis.site.fingerprint import read_library
from psanalysis.site.project import find_project

ARCHIVE = Path("reports") / "reference.zip"
FOLDER = "reference"
FIRST_PAGE = f"{FOLDER}/psanalysis.html"
MODULES = (
    "psanalysis",
    "psanalysis.datapackage",
    "psanalysis.measures",
    "psanalysis.tables",
    "psanalysis.errors",
)


def pages() -> dict[str, bytes]:
    """Path and content of each page; the same bytes for the same library.

    Raises
    ------
    MissingExtraError
        If pdoc is not installed.
    """
    require("docs")
    import pdoc
    from pdoc import render

    render.configure(
        docformat="numpy",
        include_undocumented=False,
        show_source=False,
        search=False,
        footer_text=f"psanalysis {__version__}",
        template_directory=templates() / "reference",
    )
    render.env.globals["palette"] = custom_properties()
    with tempfile.TemporaryDirectory() as folder:
        pdoc.pdoc(*MODULES, output_directory=Path(folder))
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(Path(folder).rglob("*.html"))
        }


def packed(made: Mapping[str, bytes], library: str) -> bytes:
    """The pages in an archive that records the library which they describe."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.comment = library.encode()
        for name, content in sorted(made.items()):
            archive.writestr(undated(name), content)
    return written.getvalue()


def unpacked(content: bytes, library: str) -> Iterator[tuple[str, bytes]]:
    """Path in the site and content of each page; none if the pages describe another library, or the
    archive is invalid.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.comment.decode() == library:
                for name in archive.namelist():
                    yield f"{FOLDER}/{name}", archive.read(name)
    except zipfile.BadZipFile:
        return


def main() -> None:
    """Write the archive of the project around the working folder."""
    archive = find_project().root / ARCHIVE
    archive.write_bytes(packed(pages(), read_library().hash))
    print(f"{archive}: API reference written; the next build publishes it")


if __name__ == "__main__":
    main()
