"""Translates the reasons of a draft, which are stored in the language in which it was made."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from psanalysis.wording import LANGUAGES, keys, say, template

SECTION = "draft_reason"


def in_language(reason: str, lang: str) -> str:
    """A reason in a language; a text that matches no entry of wording.toml is not changed.

    Examples
    --------
    >>> in_language(say("draft_reason.none", "zh"), "en")
    'not a target'
    """
    for key, pattern in _patterns():
        found = pattern.fullmatch(reason)
        if found:
            return say(f"{SECTION}.{key}", lang, **found.groupdict())
    return reason


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Entry and its pattern in each language, those with the most fixed text first."""
    made = []
    for key in keys(SECTION):
        for lang in LANGUAGES:
            text, seen = "", set()
            for words, name, _, _ in Formatter().parse(template(f"{SECTION}.{key}", lang)):
                text += re.escape(words)
                if name is not None:
                    text += f"(?P={name})" if name in seen else f"(?P<{name}>.*?)"
                    seen.add(name)
            made.append((key, re.compile(text, re.DOTALL)))
    return sorted(made, key=lambda one: -len(re.sub(r"\(\?P.*?\)", "", one[1].pattern)))
