"""The parts that all pages share: style sheet, script, and the policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from psanalysis.palette import custom_properties
from psanalysis.site.font import font_face

# in the order in which they run; later scripts need earlier ones
SCRIPTS = ("site.js", "carry.js", "tables.js", "evidence.js")
# texts of the scripts: keys after `script_` in section `site` of wording.toml
SCRIPT_WORDS = (
    "csv", "xlsx", "sort", "copy", "copied", "about", "row", "official", "close", "more", "printed",
    "shown",
)  # fmt: skip
# Scripts that an output may ask for (`data-ps-script`), and how large a page with it may be, in KB
FURTHER = {"matrix.js": 1000}
PAGE_KB = 600
LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def templates() -> Path:
    """Folder of the templates."""
    return Path(str(files("psanalysis").joinpath("site", "templates")))


@cache
def asset(name: str) -> str:
    """Text of the style sheet (which begins with the colours of the charts), or of a script."""
    text = (templates() / name).read_text(encoding="utf-8")
    return custom_properties() + text if name == "site.css" else text


@cache
def style(up: str) -> str:
    """The style sheet of a page of the site; `up` leads from the page to the site's folder, where
    the font is.
    """
    return f"{asset('site.css')}{font_face(up)}\n"


@cache
def script(*further: str) -> str:
    """The script of a page: the common one, and those of `FURTHER` that it asks for."""
    return "".join(asset(name) for name in (*SCRIPTS, *further))


@cache
def policy(up: str, *further: str) -> str:
    """Content-Security-Policy of a page of the site.

    It allows the page's own style sheet and script (see `script`) by hash, embedded images and the
    site's font, and nothing else.
    """
    sheet, own = _csp_hash(style(up)), _csp_hash(script(*further))
    return (
        f"default-src 'none'; style-src '{sheet}'; script-src '{own}'; img-src data:;"
        " font-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
