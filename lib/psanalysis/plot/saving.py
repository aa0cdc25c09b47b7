"""A figure as a file: PDF with its fonts, SVG with its letters as outlines, PNG for print."""

from __future__ import annotations

import io
import warnings
from contextlib import nullcontext
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from psanalysis.errors import GlyphError, choose
from psanalysis.plot.outlines import true_type
from psanalysis.style import HASH_SALT
from psanalysis.wholefile import write_whole

DPI = 300
# Metadata left out, because they name the time or the version of matplotlib
UNDATED: dict[str, dict[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}
# Settings that change the bytes of a file: fixed, whatever a user has set
FIXED = {
    "svg.hashsalt": HASH_SALT,
    "svg.image_inline": True,
    "svg.id": None,
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "pdf.inheritcolor": False,
    "pdf.use14corefonts": False,
    "savefig.bbox": None,
    "savefig.transparent": False,
    "savefig.facecolor": "auto",
    "savefig.edgecolor": "auto",
    "savefig.orientation": "portrait",
    "path.simplify": True,
    "path.snap": True,
    "path.sketch": None,
    "path.effects": [],
}


def save(figure: Figure, path: str | Path) -> Path:
    """Write a figure to a file, the same bytes each time.

    Parameters
    ----------
    figure
        What a function of `psanalysis.plot` returned, or any other.
    path
        Its ending says what is written: .pdf (fonts embedded), .svg (letters as outlines), .png
        (300 dpi).

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    ParameterError
        If the ending is another one.
    GlyphError
        If a character has no glyph.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import psanalysis as ps
    >>> frame = pd.DataFrame({"label": ["a"], "column": ["b"], "count": [1]})
    >>> figure = ps.plot.findings(frame, width_cm=8.5)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ps.plot.save(figure, f"{folder}/a.pdf").name
    'a.pdf'
    """
    path = Path(path)
    content = rendered(figure, path.suffix.removeprefix(".").lower())
    return write_whole(path, content)


def rendered(figure: Figure, kind: str, letters: bool = False) -> bytes:
    """A figure as a file of a kind, the same bytes each time.

    Parameters
    ----------
    kind
        pdf, svg or png.
    letters
        Whether the texts of an SVG stay text, for a page that brings the font.
    """
    choose("kind", kind, UNDATED)
    out = io.BytesIO()
    fixed = FIXED | {"svg.fonttype": "none" if letters else "path"}
    fonts = true_type() if kind == "pdf" else nullcontext()
    with mpl.rc_context(fixed), fonts, warnings.catch_warnings():  # type: ignore[arg-type]
        warnings.filterwarnings("error", message=r"Glyph .* missing from", category=UserWarning)
        try:
            figure.savefig(out, format=kind, metadata=UNDATED[kind], dpi=DPI)
        except UserWarning as missing:
            raise GlyphError(
                f"{missing} -> replace the character, or add a font that has it to "
                "psanalysis.style.FACES"
            ) from None
    return out.getvalue()
