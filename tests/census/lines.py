"""Cards, lines of lists, and what is no sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from tests.census.checks import listed, plan_of, same
from tests.census.of_plan import (
    VERDICTS,
    binding,
    doubtful,
    ends,
    held,
    known,
    numeric,
    paired,
    standings,
    targets,
)
from tests.census.of_whole import all_changes, place_of
from tests.census.pages import Piece
from tests.census.sentences import DIGIT, WORDING, Census, CensusError, numbers, wording
from tests.census.tables import Row


def card(census: Census, piece: Piece) -> bool:
    """A number and what it counts."""
    shown, words = piece.parts[0], piece.parts[-1]
    number = piece.report.notebook[:2]
    if number in ("04", "09"):
        plans = [plan_of(piece)] if number == "04" else list(census.count.plans)
        ended = sum((ends(census, plan, piece) for plan in plans), Counter())
        code = next(
            name
            for name in (*VERDICTS, "no_value")
            if wording(f"ends.{name}", census.lang) == words
        )
        same(shown, ended[code])
    elif number == "07":
        code = next(
            name for name, label in census.count.severities(census.lang).items() if label == words
        )
        same(shown, sum(row["severity"] == code for row in census.count.findings))
    elif number in ("08",) or "succession" in piece.section:
        area = place_of(piece) if number == "08" else census.count.place(plan_of(piece))
        code = next(
            name
            for name in WORDING["succession"]
            if wording(f"succession.{name}", census.lang) == words
        )
        same(shown, all_changes(census, area)[code])
    else:
        _brief_card(census, piece, shown, words)
    return True


def ways(key: str, lang: str) -> list[str]:
    """The words of a key, and those for a plan whose period has ended."""
    section, _, name = key.partition(".")
    return [
        wording(f"{section}.{one}", lang)
        for one in (name, f"{name}_was")
        if one in WORDING[section]
    ]


def _brief_card(census: Census, piece: Piece, shown: str, words: str) -> None:
    plan = plan_of(piece)
    ended, stood = ends(census, plan), standings(census, plan)
    expected: dict[str, list[float]] = {
        "binding": [len(binding(census, plan))], "baselines": [len(paired(census, plan))],
        "above": [stood["above"], stood.total()], "doubted": [len(doubtful(census, plan))],
        "known": [known(ended), ended.total()],
        "held": [held(census, plan)["above"], held(census, plan).total()],
    }  # fmt: skip
    for name, wanted in expected.items():
        if words in ways(f"brief.card_{name}", census.lang):
            if numbers(shown) != wanted:
                raise CensusError(f"{shown} is not {wanted}")
            return
    part = census.count.plans[plan]["coverage"] != "full"
    if words == wording("brief.card_baselines_unknown", census.lang) and part:
        if paired(census, plan) or numbers(shown):
            raise CensusError(f"{shown} baselines are known")
        return
    found = census.pattern(f"brief.card_targets{'_part' if part else ''}").fullmatch(words)
    if not found:
        raise CensusError(f"no card is known that counts {words!r}")
    same(shown, len(targets(census, plan)))
    same(found["numeric"], len(numeric(census, plan)))


def line(census: Census, piece: Piece) -> bool:
    """A line of a list of the brief: targets that ask for more or less than the nation's, that
    bind, and findings.
    """
    if not piece.under:
        return False
    plan = plan_of(piece)
    lists = {
        words: name
        for name in ("more", "less", "same_number", "binding", "doubts")
        for words in ways(f"brief.list_{name}", census.lang)
    }
    name = lists[piece.under]
    own = [row for (of, _), row in census.count.headlines.items() if of == plan]
    if name == "doubts":
        _finding(census, piece, plan)
        return True
    codes = census.called(census.sign(piece.parts[0]))
    if name == "binding":
        rows = [row for row in binding(census, plan) if row["indicator_id"] in codes]
        row = rows[0]
        census.value(piece.parts[1], row)
        sign = (
            ""
            if not census.count.in_doubt(row)
            else "doubt"
            if row["statement_id"] in census.count.doubted
            else "baseline"
        )
        if (wording(f"brief.{sign}_sign", census.lang) if sign else "") != "".join(piece.parts[2:]):
            raise CensusError(f"its mark is {piece.parts[2:]}")
        return True
    row = next(row for row in own if row["indicator_id"] in codes)
    side = {"more": "above", "less": "below"}.get(name, name)
    if census.count.judged(plan).get(row["statement_id"]) != side:
        raise CensusError(f"it is not {side}")
    found = census.pattern("brief.against").fullmatch(piece.parts[1])
    reference = census.count.reference(row)
    if not found or reference is None:
        raise CensusError("the nation has no such target")
    census.value(found["own"], row)
    census.value(found["nation"], reference[0])
    return True


def _finding(census: Census, piece: Piece, plan: str) -> None:
    """A finding that doubts figures of the plan: its figures, each with its year."""
    name, words = census.sign(piece.parts[0]), piece.parts[1]
    several = census.pattern("brief.several").fullmatch(name)
    written = census.pattern("brief.as_written").fullmatch(name)
    name = written["name"] if written else name
    codes = census.called(several["name"] if several else name)
    found = census.pattern("brief.doubted").fullmatch(words)
    for row in census.count.findings:
        if row["plan_id"] != plan or row["severity"] == "note":
            continue
        ids = [census.count.by_id[one] for one in row["statement_ids"].split()]
        about = list(dict.fromkeys(one["indicator_id"] for one in ids))
        if about[0] not in codes or (several and len(about) != numbers(several["count"])[0]):
            continue
        if found is None:
            return
        figures = listed(census, found["figures"], "clause")
        years = {numbers(one)[-1] for one in figures if re.search(r"[（(]\d{4}", one)}
        values = [re.sub(r"\s*[（(]\d{4}年?[)）]$", "", one) for one in figures]
        fits = [any(prints(census, value, one) for one in ids) for value in values]
        if all(fits) and years <= {float(one["year"]) for one in ids if one["year"]}:
            return
    raise CensusError("no finding doubts such figures")


def prints(census: Census, words: str, row: Row) -> bool:
    if not row["value"]:
        return not DIGIT.search(words)
    own = census.count.units[row["unit_id"]]["name_en"]
    factor = 1.0
    if census.lang == "en" and own[0].isdigit():
        factor = 1e8 if "million" in own else 1e4
    expected = [float(row[name]) * factor for name in ("value", "value_high") if row[name]]
    found = numbers(re.sub(r"(?<=\d)[–-](?=\d)", " ", words))[: len(expected)]
    return len(found) == len(expected) and all(
        abs(a - b) < 1e-6 * max(1, b) for a, b in zip(found, expected, strict=True)
    )


def more(census: Census, piece: Piece) -> bool:
    """All of a list of which the first are shown."""
    plan = plan_of(piece)
    grave = [
        row for row in census.count.findings if row["plan_id"] == plan and row["severity"] != "note"
    ]
    stood = standings(census, plan)
    every = {"more": stood["above"], "less": stood["below"], "same_number": stood["same_number"],
             "binding": len(binding(census, plan)), "doubts": len(grave)}  # fmt: skip
    name = next(name for name in every if piece.under in ways(f"brief.list_{name}", census.lang))
    same((numbers(piece.text) and piece.text) or "", every[name])
    return True


def heading(census: Census, piece: Piece) -> bool:
    """A title whose numbers are those of a name."""
    return False


def technical(census: Census, piece: Piece) -> bool:
    """Fingerprint, versions and licence; the source lines of charts name plans alone."""
    return "sources" in piece.section and piece.kind.startswith("p.")


def defined(census: Census, piece: Piece) -> bool:
    """A definition as indicators.csv has it."""
    about = census.count.indicators.get(str(dict(piece.report.parameters).get("indicator_id", "")))
    return bool(about) and piece.text == " ".join(about[f"definition_{census.lang}"].split())


def headline(census: Census, piece: Piece) -> bool:
    """The title of an indicator's page: its name, and the finding."""
    own = census.sign(piece.text)
    if str(dict(piece.report.parameters)["indicator_id"]) not in census.called(own[0]):
        raise CensusError("it does not begin with the name of the indicator")
    census.finish(piece, own[1:].lstrip())
    return True


SPECIAL: dict[tuple[str, str], Callable[[Census, Piece], bool]] = {
    ("", "li.ps-cards"): card, ("", "p.ps-more-link"): more, ("01", "li."): line,
    ("03", "li."): defined, ("03", "h1."): headline, ("", "p."): technical,
}  # fmt: skip
