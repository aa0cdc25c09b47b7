"""The lexicon: every entry is read by a rule, and every pattern of it compiles."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from psanalysis.draft.lexicon import lexicon

# sections that a rule goes through as a whole
WHOLE = ("units", "unit_alias", "pledges", "implied_unit", "domains", "before", "after")


def entries(table: dict[str, Any], path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [
        found
        for key, value in table.items()
        for found in (entries(value, (*path, key)) if isinstance(value, dict) else [(*path, key)])
    ]


def source() -> str:
    folder = files("psanalysis.draft")
    return "".join(
        f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".py")
    )


def test_every_entry_is_read() -> None:
    code = source()
    dead = [
        path
        for path in entries(lexicon())
        if not set(path[:-1]) & set(WHOLE)
        and not all(re.search(rf"[\"']{re.escape(part)}[\"']", code) for part in path)
    ]
    assert dead == []


def test_sections_that_are_read_as_a_whole_are_read() -> None:
    code = source()
    assert [name for name in WHOLE if not re.search(rf"[\"']{name}[\"']", code)] == []


def test_every_pattern_compiles() -> None:
    for path in entries(lexicon()):
        value: Any = lexicon()
        for part in path:
            value = value[part]
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and set(text) & set("|[(\\"):
                re.compile(re.sub(r"\\\\1", "", text) if "\\1" in text else text)
