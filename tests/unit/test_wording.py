"""wording.toml: both languages, the same placeholders, Chinese punctuation, and no entry too many
or too few.
"""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

import psanalysis as ps
from psanalysis import wording

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lib" / "psanalysis"
CATALOGUE = tomllib.loads((PACKAGE / "wording.toml").read_text(encoding="utf-8"))
ENTRIES = {
    f"{section}.{name}": entry
    for section, entries in CATALOGUE.items()
    for name, entry in entries.items()
}
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder, patterns in (
        (PACKAGE, ("*.py", "*.j2", "*.toml")),
        (ROOT / "notebooks", ("*.ipynb",)),
    )
    for pattern in patterns
    for path in sorted(folder.rglob(pattern))
    if path.name != "wording.toml"
)
PYTHON = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
NOTEBOOKS = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
HAN = "\u3400-\u9fff"
FILE_ENDINGS = {
    "csv",
    "json",
    "html",
    "py",
    "toml",
    "yml",
    "css",
    "js",
    "svg",
    "md",
    "txt",
    "ipynb",
    "png",
    "lock",
    "xlsx",
    "docx",
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_say_the_same() -> None:
    for key, entry in ENTRIES.items():
        assert set(entry) == {"zh", "en"}, key
        assert bool(entry["zh"].strip()) == bool(entry["en"].strip()), key
        assert placeholders(entry["zh"]) == placeholders(entry["en"]), key


def test_chinese_has_chinese_punctuation() -> None:
    texts = {key: re.sub(r"\{\w*\}", "某", entry["zh"]) for key, entry in ENTRIES.items()}
    halfwidth = re.compile(rf"[{HAN}][,;:()?!]|[,;:()?!][{HAN}]|[{HAN}]\.(?:\s|$)")
    assert {key: text for key, text in texts.items() if halfwidth.search(text)} == {}


def test_the_readme_has_chinese_punctuation() -> None:
    prose = re.sub(
        r"```.*?```", "", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert (
        re.findall(rf"[{HAN}`][,;?!][{HAN}]|[{HAN}][,;?!][{HAN}`]|[{HAN}]\.(?:\s|$)", prose) == []
    )


def test_english_has_english_punctuation() -> None:
    assert {
        key: entry["en"]
        for key, entry in ENTRIES.items()
        if re.search("[，。；：（）？！、]", entry["en"])
    } == {}


def test_every_key_that_the_code_names_exists() -> None:
    said = set(re.findall(r"""\bsay\(\s*["']([a-z_]+\.[a-z0-9_]+)["']""", CODE))
    named = {
        f"{section}.{name}"
        for section, name in re.findall(r"""["']([a-z_]+)\.([a-z0-9_]+)["']""", CODE)
        if section in CATALOGUE and name not in FILE_ENDINGS
    }
    assert said
    assert sorted((said | named) - set(ENTRIES)) == []


def test_every_entry_is_used() -> None:
    literals = set(re.findall(r"""["']([A-Za-z0-9_.]+)["']""", CODE))
    formatted = re.findall(r'f"([^"\n]*)"', CODE) + re.findall(r"f'([^'\n]*)'", CODE)
    texts = {*formatted, *(f"{word}{{}}" for word in literals if word.endswith("_"))}
    plain = {re.sub(r"\{[^{}]*\}", "{}", text) for text in texts}
    templates = {
        text
        for text in plain
        if re.fullmatch(r"[a-z0-9_.{}]+", text) and "{}" in text and re.search("[a-z]{2}", text)
    }
    codes = {
        code
        for resource in ps.load().package.resources
        for field in resource.fields
        for code in field.constraints.get("enum", [])
    }
    words = set(re.findall(r"[A-Za-z0-9_]+", CODE)) | codes | set(CATALOGUE) | NOTEBOOKS

    def made(text: str) -> bool:
        for template in templates:
            found = re.fullmatch(re.escape(template).replace(r"\{\}", "(.+?)"), text)
            if found and all(part in words or made(part) for part in found.groups()):
                return True
        return False

    unused = [
        key
        for section, names in CATALOGUE.items()
        for name in names
        if (key := f"{section}.{name}") not in literals
        and not made(key)
        and not (section in literals and (name in literals or made(name)))
    ]
    assert unused == []


def test_say() -> None:
    assert wording.say("status.hold", "zh") == "保持"
    assert (
        wording.say("reason.already_met", "en", apart="3 pp")
        == "The baseline is already better than the target, by 3 pp."
    )
    with pytest.raises(ps.ParameterError, match=r"'status\.nothing'"):
        wording.say("status.nothing", "zh")
    with pytest.raises(ps.ParameterError, match="lacks 'apart'"):
        wording.say("reason.already_met", "en")
    with pytest.raises(ps.ParameterError, match="lang='de' is not valid"):
        wording.say("status.hold", "de")


def test_keys_come_in_the_order_of_the_file() -> None:
    assert wording.keys("status") == list(CATALOGUE["status"])
    assert wording.keys("nothing") == []


# file to the sections of which all is read at once: their keys are words, columns or kinds
VOCABULARIES: dict[str, set[str]] = {
    "typesetting.toml": set(),
    "curation/words.toml": set(),
    "curation/reported.toml": set(),
    "formats/lexicon.toml": set(),
    "datapackage/printed.toml": {"digits", "powers", "magnitudes", "worth", "units"},
    "tables/columns.toml": {"stated", "evidence", "names", "labels", "kinds"},
}
# these have tests of their own
TESTED_ELSEWHERE = {"wording.toml", "comparators.toml", "draft/lexicon.toml", "draft/rules.toml"}


def test_every_vocabulary_is_looked_at() -> None:
    files = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.toml")}
    assert files == {*VOCABULARIES, *TESTED_ELSEWHERE}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_entry_of_a_vocabulary_is_read(name: str) -> None:
    """Each entry stands by its name in the code, as does its section."""
    named = set(re.findall(r"[\"'](\w+)[\"']", PYTHON))
    entries = {
        (section, *([entry] if section not in VOCABULARIES[name] else []))
        for section, found in wording.vocabulary(name).items()
        for entry in (found if isinstance(found, dict) else [section])
    }
    assert [".".join(path) for path in sorted(entries) if not set(path) <= named] == []


# a range of characters in a pattern, and its ends where code compares with them, are no words
RANGE_OF_HAN = re.compile(r"\\u3400-\\u9fff|[\u3400\u9fff]-?(?![\u3400-\u9ffe])")


def words_in_code(path: Path) -> list[str]:
    """Strings of a module that hold Chinese characters, as such or as escapes; docstrings are for
    readers.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and re.search(f"[{HAN}]", RANGE_OF_HAN.sub("", node.value))
    ]


def test_words_are_data_and_stand_in_no_module() -> None:
    modules = sorted(PACKAGE.rglob("*.py"))
    assert [word for path in modules for word in words_in_code(path)] == []
