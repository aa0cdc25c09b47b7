"""Sentences of pages, recognised by their entries in wording.toml, with what their placeholders
stand for.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tests.census.pages import Piece
from tests.census.recount import Recount
from tests.census.tables import Row

WORDS = Path(__file__).parents[2] / "lib" / "psanalysis" / "wording.toml"
LANGUAGES = ("zh", "en")
COUNTED = {
    "all", "anchored", "numbers", "binding", "binding_plans", "compared", "count", "due", "end",
    "every", "figures", "findings", "grave", "high_year",
    "implied", "indicators", "known", "met", "missed", "most", "numeric", "paired", "pairs",
    "pledges", "services", "start", "statements",
    "targets", "without", "year",
}  # fmt: skip
# characters of numbers of documents in traditional script, which pages print in the simplified one
SIMPLIFIED = str.maketrans("荊發號", "荆发号")
DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
FIRST, LAST = (
    0xE000,
    0xF8FF,
    # names stand as one character each, so that numbers in them are not taken for numbers of the
    # sentence
)
NAME = f"[{chr(FIRST)}-{chr(LAST)}]"
OVER = "ended|已结束"  # behind the name of a plan
SIDES = ("above", "equal", "same_number", "below")
WORDING: dict[str, dict[str, dict[str, str]]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))


def wording(key: str, lang: str) -> str:
    section, _, name = key.partition(".")
    return WORDING[section][name][lang]


def numbers(words: str) -> list[float]:
    return [float(one.replace(",", "")) for one in NUMBER.findall(words.replace("−", "-"))]


def _rounding(number: float) -> float:
    """By how much a printed number may be off: from a thousand on two decimals are printed."""
    return 0.0051 if abs(number) >= 1000 else 1e-6 * max(1, abs(number))


class CensusError(Exception):
    """A sentence does not say what the CSVs say."""


class Census:
    """The sentences of all pages in one language against the recount."""

    def __init__(self, count: Recount, lang: str, sentences: Any, special: Any):
        self.count, self.lang = count, lang
        self.sentences, self.special = sentences, special
        self.checked = 0
        self.wrong: list[str] = []
        self.names = self._names()
        every = sorted((name for name in self.names if name), key=len, reverse=True)
        self.known = {name: chr(FIRST + n) for n, name in enumerate(every)}
        self.back = {sign: name for name, sign in self.known.items()}
        self.find = re.compile("|".join(map(re.escape, every)))
        fixed = {
            re.sub(r"\s+", " ", entry[lang]).strip()
            for section in WORDING.values() for entry in section.values() if "{" not in entry[lang]
        }  # fmt: skip
        self.fixed = sorted(fixed - {""}, key=len, reverse=True)
        self.cities = [row[f"name_{lang}"] for row in count.areas.values()]

    @cache  # noqa: B019 - a census lives as long as its module's test
    def pattern(self, key: str) -> re.Pattern[str]:
        """The sentence of a key with a group for each placeholder."""
        template = re.sub(r"\s+", " ", wording(key, self.lang)).strip()
        parts, seen = [r"\s*"], set()
        for literal, name in re.findall(r"([^{}]*)(?:\{(\w+)\})?", template):
            parts.append(re.escape(literal).replace(r"\.", r"\.(?!\d)"))
            if name:
                parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>{self.filled(name)})")
                seen.add(name)
        return re.compile("".join(parts) + ("$" if template.endswith("}") else ""))

    def filled(self, name: str) -> str:
        """What may stand for a placeholder."""
        city = f"(?:{'|'.join(self.cities)}|[{chr(FIRST)}-{chr(LAST)}])"
        if name in ("cities", "high_city", "low_city"):
            return f"{city}(?:{wording('punctuation.item', self.lang)}{city})*"
        if name == "city":
            return city
        if name == "name":  # an indicator; of a form a place, or all of them
            return f"(?:{city}|{re.escape(wording('missing_page.form_all', self.lang))})"
        return city if name == "plan" else r"[−\d,.]+" if name in COUNTED else ".*?"

    def _names(self) -> dict[str, tuple[str, list[str]]]:
        """Names as pages print them, with what they name: indicators, plans with their period,
        documents.
        """
        found: dict[str, tuple[str, list[str]]] = {}
        for kind, table in (("indicator", self.count.indicators), ("plan", self.count.plans)):
            for code, row in table.items():
                name = row[f"name_{self.lang}"] if kind == "indicator" else self.title(code)
                found.setdefault(" ".join(name.split()), (kind, []))[1].append(code)
        for row in self.count.plans.values():
            for name in (row[f"title_{self.lang}"], row["document_no"].translate(SIMPLIFIED)):
                if name and name not in found:
                    found[name] = ("document", [row["plan_id"]])
        for row in [*self.count.rows("services"), *self.count.rows("service_codes")]:
            name = row.get(f"name_{self.lang}", "")
            if DIGIT.search(name) and name not in found:
                found[name] = ("service", [row["service_id"]])
        return found

    def title(self, plan: str) -> str:
        """A plan by place and period."""
        row = self.count.plans[plan]
        place = self.count.areas[row["city_id"]][f"name_{self.lang}"]
        return wording("plan.name", self.lang).format(
            city=place, start=row["period_start"], end=row["period_end"]
        )

    def place_name(self, plan: str) -> str:
        return self.count.areas[self.count.place(plan)][f"name_{self.lang}"]

    def plan_called(self, words: str) -> str:
        """The plan that a name on a page stands for: its place, or place and period where the place
        has several.
        """
        words = words.strip()
        if words in self.back:
            return self.names[self.back[words]][1][0]
        own = [
            plan for plan in self.count.plans
            if self.place_name(plan) == words
        ]  # fmt: skip
        if len(own) != 1:
            raise CensusError(f"{words!r} names {len(own)} plans")
        return own[0]

    def called(self, sign: str) -> list[str]:
        """Codes of what a name stands for."""
        sign = sign.strip()
        if sign not in self.back:
            raise CensusError(f"{sign!r} is no known name")
        return self.names[self.back[sign]][1]

    # sentences

    def take(self, piece: Piece) -> None:
        text = piece.text
        if not DIGIT.search(text) or text in self.fixed:
            return
        try:
            self._take(piece)
        except (CensusError, ValueError, KeyError, IndexError) as wrong:
            self.wrong.append(f"{piece.report.id} {piece.section}: {text!r}: {wrong!r}")

    def _take(self, piece: Piece) -> None:
        signed = self.sign(piece.text)
        if not DIGIT.search(signed):
            return
        number = piece.report.notebook[:2]
        special = self.special.get((number, piece.kind)) or self.special.get(("", piece.kind))
        if special is not None and special(self, piece):
            self.checked += len(numbers(signed))
            return
        self.finish(piece, signed)

    def finish(self, piece: Piece, rest: str) -> None:
        """Check the sentences of a text, one after the other."""
        while DIGIT.search(rest):
            rest = self._one(piece, rest)

    def sign(self, text: str) -> str:
        return self.find.sub(lambda found: self.known[found[0]], text)

    def _one(self, piece: Piece, rest: str) -> str:
        """What is left of a text when its first sentence is checked."""
        known = self.sentences[piece.report.notebook[:2]] + self.sentences[""]
        failed = []
        for key, check in known:
            found = self.pattern(key).match(rest)
            if not found:
                continue
            try:
                checked = check(self, piece, found.groupdict())
            except (CensusError, ValueError, KeyError, IndexError) as wrong:
                failed.append(f"{key}: {wrong}")
                continue
            unchecked = {
                name: words for name, words in found.groupdict().items()
                if words and DIGIT.search(words) and name not in checked
            }  # fmt: skip
            if unchecked:
                failed.append(f"{key}: not checked {unchecked}")
                continue
            self.checked += len(numbers(found[0]))
            return rest[found.end() :]
        named = re.match(rf"(?:\s|·|{NAME}|{OVER})+", rest)
        if named and not failed:  # places and periods alone
            return rest[named.end() :]
        for words in self.fixed:  # a sentence without numbers of its own
            if rest.lstrip().startswith(words) and not failed:
                return rest.lstrip()[len(words) :]
        raise CensusError("; ".join(failed) or f"no sentence is known that reads {rest!r}")

    # values

    def value(self, words: str, row: Row) -> None:
        """Refuse a value that is not printed as its statement has it; a pledge has no number."""
        sign, expected = self.count.printed(row, self.lang)
        if not expected:
            if DIGIT.search(words):
                raise CensusError(f"{words!r} of a pledge")
            return
        body = words.strip()
        shown = next((one for one in "≥>≤<≈" if body.startswith(one)), "")
        found = numbers(re.sub(r"(?<=\d)[–-](?=\d)", " ", body))[: len(expected)]
        if (
            shown != sign
            or len(found) != len(expected)
            or any(abs(a - b) > _rounding(b) for a, b in zip(found, expected, strict=True))
        ):
            raise CensusError(f"{words!r} is not {sign}{expected} of {row['statement_id']}")
