"""Every sentence that a reader sees, in Chinese and English, from wording.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from psanalysis.errors import ParameterError, choose

LANGUAGES = ("zh", "en")


@cache
def vocabulary(path: str) -> dict[str, Any]:
    """The sections of a vocabulary file of the package: `vocabulary("formats/lexicon.toml")`."""
    return tomllib.loads(files("psanalysis").joinpath(path).read_text(encoding="utf-8"))


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return {
        f"{section}.{key}": entry
        for section, entries in vocabulary("wording.toml").items()
        for key, entry in entries.items()
    }


def say(key: str, lang: str, **values: Any) -> str:
    """The sentence for a key, for example `say("status.hold", "zh")` is 保持.

    Parameters
    ----------
    key
        `section.name` in wording.toml.
    lang
        zh or en.
    values
        Values of the sentence's placeholders.

    Raises
    ------
    ParameterError
        If the language or the key is not known, or a placeholder has no value.
    """
    choose("lang", lang, LANGUAGES)
    try:
        return _catalogue()[key][lang].format(**values)
    except KeyError as missing:
        raise ParameterError(
            f"wording {key!r} ({lang}) lacks {missing} -> add it to wording.toml or name the value"
        ) from None


def template(key: str, lang: str) -> str:
    """The sentence for a key with its placeholders."""
    return _catalogue()[key][lang]


def keys(section: str) -> list[str]:
    """Names of all entries of a section, in the order of the file."""
    return [key.split(".", 1)[1] for key in _catalogue() if key.startswith(f"{section}.")]
