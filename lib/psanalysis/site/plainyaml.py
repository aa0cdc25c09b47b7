"""Parses YAML that is limited to what JSON can represent; other content is a fault with its line.
Time and memory are limited for any file.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedOrderedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarbool import ScalarBoolean

from psanalysis.errors import CatalogError, Fault

MOST_BYTES = 2**18
# ruamel parses some 3,000 values a second
MOST_VALUES = 15_000
MOST_LEVELS = 12
MOST_CHARACTERS = 2_000
LARGEST = 2**53
LONG_NUMBER = re.compile(r"[0-9_]{40,}")
SURROGATE = re.compile(r"[\ud800-\udfff]")
# brackets in comments and strings are counted too
MOST_OPEN = 100
VALUE_MARK = re.compile(r"[:?-](?=\s|$)|,")
NESTED_MARK = re.compile(r"[?-](?=[ \t])")
PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
SHOWN = 80


def parse(content: bytes, file: str) -> Any:
    """The document of a YAML file as parsed by ruamel: mappings and lists that know their lines.

    Parameters
    ----------
    content, file
        The file, and its name in faults.

    Raises
    ------
    CatalogError
        If it is not YAML, or has content that JSON lacks or no catalogue needs: dates, bytes, sets,
        tags, merge keys, numbers beyond 2**53, anchors that multiply, very deep nesting.
    """
    if len(content) > MOST_BYTES:
        raise _error(
            file, 0, f"has more than {MOST_BYTES // 1024} KB", "split it, or name sets of values"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _error(file, line, "is not UTF-8", "save it as UTF-8") from None
    _require_small(text, file)
    try:
        document = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _error(
            file, line, f"is not YAML: {_first(error.problem)}", "check the indentation"
        ) from None
    except ReaderError as error:  # a character that YAML forbids
        line = text.count("\n", 0, error.position) + 1
        raise _error(file, line, f"is not YAML: {_first(error)}", "take it out") from None
    except YAMLError as error:
        raise _error(file, 0, f"is not YAML: {_first(error)}", "check the indentation") from None
    except RecursionError:
        raise _error(file, 0, NESTED, FLATTER) from None
    except (ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise _error(file, 0, f"holds what is no value: {_first(error)[:SHOWN]}", QUOTED) from None
    faults = list(_faults(document, file))
    if faults:
        raise CatalogError(faults)
    return document


NESTED, FLATTER = f"is nested more than {MOST_LEVELS} levels deep", "write it flatter"
TOO_MANY = f"holds more than {MOST_VALUES} values"
QUOTED = "put it in quotation marks"


def _require_small(text: str, file: str) -> None:
    """Raise CatalogError for a text that would take the parser too long; its time grows with the
    square of nested brackets.
    """
    values = depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if LONG_NUMBER.search(line):
            raise _error(file, number, "has a number of too many digits", QUOTED)
        values += len(VALUE_MARK.findall(line))
        depth = max(
            0, depth + line.count("[") + line.count("{") - line.count("]") - line.count("}")
        )
        if values > MOST_VALUES:
            raise _error(file, number, TOO_MANY, "list less, or name sets of values")
        if depth > MOST_OPEN or len(NESTED_MARK.findall(line)) > MOST_LEVELS:
            raise _error(file, number, NESTED, FLATTER)


def _error(file: str, line: int, rule: str, remedy: str) -> CatalogError:
    return CatalogError([Fault(file, line, "", "", rule, remedy)])


def _first(words: object) -> str:
    return (str(words).splitlines() or [""])[0]


def _faults(document: Any, file: str) -> Iterator[Fault]:
    """The faults of content that JSON lacks; stops once the document is too large."""
    waiting: list[tuple[Any, int, str, int]] = [(document, 1, "", 0)]
    seen = 0
    while waiting:
        value, line, name, level = waiting.pop()
        seen += 1
        if seen > MOST_VALUES:
            yield Fault(
                file, line, "", "", f"{TOO_MANY}, with what its anchors repeat", "list less"
            )
            return
        if level > MOST_LEVELS:
            yield Fault(file, line, "", "", NESTED, FLATTER)
            return
        if _is_mapping(value):
            if value.merge:
                yield Fault(file, line, name, "<<", "is a merge key", "write the keys out")
                return
            for key in value:
                at = _line(value.lc.data.get(key), line)
                if not isinstance(key, str):
                    yield Fault(file, at, "", str(key)[:SHOWN], "is a key that is no text", QUOTED)
                    return
                waiting.append((value[key], at, key, level + 1))
        elif type(value) is CommentedSeq and not _tagged(value):
            waiting.extend(
                (item, _line(value.lc.data.get(number), line), name, level + 1)
                for number, item in enumerate(value)
            )
        else:
            rule, remedy = _scalar_fault(value)
            if rule:
                yield Fault(file, line, name, str(value)[:SHOWN], rule, remedy)


def _is_mapping(value: Any) -> bool:
    plain = isinstance(value, CommentedMap) and not isinstance(value, CommentedOrderedMap)
    return plain and not _tagged(value)


def _tagged(value: Any) -> bool:
    """True for a mapping or list with a tag of another type."""
    tag = getattr(value, "tag", None)
    return bool(tag is not None and tag.value and str(tag.value) not in PLAIN_TAGS)


def _line(position: Any, otherwise: int) -> int:
    return int(position[0]) + 1 if position else otherwise


def _scalar_fault(value: Any) -> tuple[str, str]:
    """Rule and remedy for a scalar that is not a JSON value; empty if it is one."""
    if value is None or isinstance(value, (bool, ScalarBoolean)):
        return "", ""
    if isinstance(value, str):
        if SURROGATE.search(value):
            return "holds half of a character (a lone surrogate)", "write the character"
        long = len(value) > MOST_CHARACTERS
        return (f"has more than {MOST_CHARACTERS} characters", "shorten it") if long else ("", "")
    if isinstance(value, (int, float)):
        small = math.isfinite(value) and abs(value) <= LARGEST
        return ("", "") if small else ("is no number that every program can hold", QUOTED)
    return f"is a {type(value).__name__}, which JSON lacks", QUOTED


def plain(value: Any) -> Any:
    """A value of a parsed document without the parser's own types."""
    if isinstance(value, CommentedMap):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, ScalarBoolean):
        return bool(value)
    for kind in (bool, int, float, str):
        if isinstance(value, kind):
            return kind(value)
    return value
