"""The lexicon: every entry is read by a rule, and every pattern of it compiles."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest

from psanalysis.draft.lexicon import MACRO, expanded, lexicon, rules

# sections that a rule goes through as a whole
WHOLE = ("units", "unit_alias", "pledges", "implied_unit", "domains", "before", "after")
# tables whose keys are words themselves
TABLES = ("magnitudes", "bare_numbers", "shares", "ends_of_words", "levels")


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
    named = set(MACRO.findall(str(rules())))
    dead = [
        path
        for path in entries(lexicon())
        if not {*path[:-1]} & {*WHOLE, *TABLES}
        and ".".join(path) not in named
        and not all(re.search(rf"[\"']{re.escape(part)}[\"']", code) for part in path)
    ]
    assert dead == []


def test_sections_that_are_read_as_a_whole_are_read() -> None:
    code = source()
    assert [name for name in (*WHOLE, *TABLES) if not re.search(rf"[\"']{name}[\"']", code)] == []


def test_every_pattern_compiles() -> None:
    for path in entries(lexicon()):
        if path[0] == "word":
            continue  # single words, no patterns
        value: Any = lexicon()
        for part in path:
            value = value[part]
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and set(text) & set("|[(\\"):
                re.compile(re.sub(r"\\\\1", "", text) if "\\1" in text else text)


RULES = [(module, name) for module, own in rules().items() if module != "macros" for name in own]


@pytest.mark.parametrize(("module", "name"), RULES)
def test_a_rule_finds_its_examples_and_spares_the_others(module: str, name: str) -> None:
    rule = rules()[module][name]
    found = re.compile(expanded(rule["pattern"]))
    assert rule["finds"]
    assert [text for text in rule["finds"] if not found.search(text)] == []
    assert [text for text in rule.get("spares", ()) if found.search(text)] == []


def test_every_rule_is_read_by_its_module_and_every_macro_by_a_rule() -> None:
    folder = files("psanalysis.draft")
    unread = [
        (module, name)
        for module, name in RULES
        if not re.search(
            rf'rule\(\s*"{module}",\s*"{name}"\s*\)',
            folder.joinpath(f"{module}.py").read_text(encoding="utf-8"),
        )
    ]
    assert unread == []
    named = {*MACRO.findall(str(rules())), *re.findall(r'macro\("(\w+)"\)', source())}
    assert set(rules()["macros"]) - named == set()


def test_a_new_wording_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    before = expanded("<<change.verbs>>")
    monkeypatch.setitem(lexicon()["change"], "verbs", [*lexicon()["change"]["verbs"], "蹿升"])
    assert expanded("<<change.verbs>>") != before
    assert re.search(expanded("<<change.verbs>>"), "蹿升")
