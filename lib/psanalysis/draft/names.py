"""Finds the words that name the quantity of a number."""

from __future__ import annotations

import re

from psanalysis.draft.lexicon import change, lexicon, listed, longest_first, pattern, rule, word

Span = tuple[int, int]
LEAD = rule("names", "lead")
TAIL = rule("names", "tail")
NOUN = rule("names", "noun")
# after the first number of a pair (由100张增至300张) there is no name
STEP = re.compile(rf"\s?{change()}")
NOUN_END = rule("names", "noun_end")
# the first number that is not an age
FIRST = rule("names", "first")
# 人均期望寿命提高1岁左右: the step is not part of the name
STEP_SAID = rule("names", "step_said")
# a mark that ends the clause before; not the comma in 315,000
BEFORE = re.compile(r"[。;\n|]|(?<!\d),|,(?!\d{3}(?!\d))")
JOINS = rule("names", "joins")
SHARE_NOUN = rule("names", "share_noun")
CONTINUED = rule("names", "continued")
# 比上年减少: only the verb is part of the name
COMPARED_WITH = rule("names", "compared_with")
RATIO = re.compile(rf"(?:{longest_first(lexicon()['cues']['ratio_name'])})$")
GENERIC = rule("names", "generic")
# a year or a list of norms among the words before a number: the name begins after it
WHEN = rule("names", "when")
LISTED = rule("names", "listed")
# 按不变价格计算 is not a name
ASIDE = rule("names", "aside")
GOES_ON = rule("names", "goes_on")
LARGE = "".join(lexicon()["unit_sets"]["large"])
LONGEST_NAME, SHORTEST_NAME = 120, 2
ADJECTIVAL = str(lexicon()["names"]["adjectival"])
SHARE_END = rule("names", "share_end")
ATTRIBUTES = rule("names", "attributes")
CIRCLE = listed("unit_sets", "circles")


def name_spans(
    text: str, clause: Span, start: int, end: int, earlier: list[Span], unit: str
) -> tuple[Span, ...]:
    """The pieces of a (folded) text that name the quantity at start:end.

    Parameters
    ----------
    text
        Folded text.
    clause
        Beginning and end of its clause.
    start, end
        Span of the value.
    earlier
        Spans of the numbers before it in the clause, in order.
    unit
        Unit as written.

    Examples
    --------
    >>> text = "公办园占比由33%提高到52%"
    >>> [text[a:b] for a, b in name_spans(text, (0, len(text)), 12, 15, [(6, 9)], "%")]
    ['公办园占比']
    """
    left = _trim(text, max(clause[0], earlier[-1][1] if earlier else clause[0]), start)
    if earlier and JOINS.fullmatch(text, earlier[-1][1], start):
        left = (start, start)  # 11个地级市和19个县级市: the noun before belongs to the other number
    if unit in CIRCLE and text[end : end + 1] == "”":
        end += 1
    after = text[end : clause[1]]
    following = None
    if (
        NOUN.match(after)
        and not STEP.match(after)
        and (
            unit.lstrip(LARGE) in lexicon()["names"]["counters"]
            or (
                unit in CIRCLE
                and (
                    text[max(0, start - 1) : start] in listed("names", "before_circle")
                    or pattern("names", "circle").match(after)
                )
            )
        )
    ):
        following = (end, _cut(text, end, clause[1]))
    elif unit.endswith(word("yuan")) and (given := pattern("names", "allowance").match(after)):
        following = given.start("noun") + end, given.end("noun") + end
    elif unit in ("%", "‰") and (share := SHARE_NOUN.match(after)):
        following = (end + share.end(), _cut(text, end + share.end(), clause[1], SHARE_END))
    elif unit in ("%", "‰") and left[1] - left[0] < SHORTEST_NAME and _begins_name(after):
        following = (end, _cut(text, end, clause[1]))  # 令九成以上长者获得服务
    if following is not None and left[1] - left[0] >= 4:
        noun = text[slice(*following)].split()
        if noun and pattern("names", "generic").fullmatch(noun[0]):
            return (left,)  # 供应目标定为45万个单位: the noun is only a counter
    if following is not None:
        verb = text[left[0] : left[1]].strip("“ ")
        keep = len(verb) <= 10 or rule("names", "each").search(verb)
        return (left, following) if verb and keep and left[1] - left[0] >= 2 else (following,)
    words = text[left[0] : left[1]]
    if several := pattern("names", "actions").fullmatch(words):
        return (
            (left[0] + several.start("subject"), left[0] + several.end("subject")),
            (left[0] + several.start("last"), left[1]),
        )
    within = text[max(0, left[0] - 2) : left[0]] in lexicon()["names"]["within"]
    if (unit in ("%", "‰") or within) and pattern("names", "part").fullmatch(words):
        whole = _before(text, clause[0], earlier) or _clause_before(text, clause[0])
        if whole and (within or RATIO.search(text[slice(*whole)])):
            return left, whole  # 覆盖率100%,农村达到80%以上
    if len(words) >= 2 and not CONTINUED.match(words) and not GENERIC.match(words):
        return (left,)
    before = _before(text, clause[0], earlier) or _clause_before(
        text, clause[0], ",;" if not words else ","
    )
    if before and words and (words in text[slice(*before)] or GOES_ON.match(words)):
        left = (start, start)  # 2024年新增托位1200个、2025年新增1500个
    base = COMPARED_WITH.match(text, left[0], left[1]) if before else None
    left = (base.end(), left[1]) if base else left
    pieces = tuple(span for span in (before, left) if span and span[1] > span[0])
    return pieces or ((start, start),)


def _begins_name(after: str) -> bool:
    """True where a name follows a share immediately, without a verb or a mark between them."""
    return bool(NOUN.match(after)) and not STEP.match(after) and not CONTINUED.match(after[:2])


def _before(text: str, begin: int, earlier: list[Span]) -> Span | None:
    """The name of the nearest earlier number of the clause that has a name."""
    for index in range(len(earlier) - 1, -1, -1):
        name = _trim(text, earlier[index - 1][1] if index else begin, earlier[index][0])
        if name[1] - name[0] >= 2 and not CONTINUED.match(text[slice(*name)]):
            return name
    return None


def _clause_before(text: str, clause_start: int, marks_before: str = ",") -> Span | None:
    """The name in the preceding clause: 城镇新增就业45万人,年均9万人."""
    if ";" in marks_before:
        clause_start = (
            len(text[:clause_start].rstrip())
            if text[clause_start - 1 : clause_start] == "\n"
            else clause_start
        )
    if clause_start == 0 or text[clause_start - 1] not in marks_before:
        return None
    marks = BEFORE.finditer(text, max(0, clause_start - 60), clause_start - 1)
    begin = max((mark.end() for mark in marks), default=max(0, clause_start - 60))
    if ASIDE.fullmatch(text, begin, clause_start - 1):
        return _clause_before(text, begin, marks_before)
    begin += len(re.match(r"\s*(?:\(?\d{1,2}[、.)])?", text[begin : clause_start - 1])[0])  # type: ignore[index]
    number = FIRST.search(text[begin : clause_start - 1])
    end = begin + number.start() if number else clause_start - 1
    step = STEP_SAID.search(text, begin, end + 1)
    end = step.start() if step else end
    compared = pattern("names", "compared").search(text, begin, end)
    name = _trim(text, begin, compared.start() if compared else end)
    return name if name[1] - name[0] >= 3 else None


def _trim(text: str, begin: int, end: int) -> Span:
    begin = max(begin, end - LONGEST_NAME)
    tail = TAIL.search(text[begin:end])
    named = begin + tail.start() if tail else end
    for mark in (WHEN, LISTED):
        found = max((match.end() for match in mark.finditer(text, begin, end)), default=begin)
        if named - found >= SHORTEST_NAME and end - found > SHORTEST_NAME:
            begin = found
    lead = LEAD.match(text[begin:end])
    begin += lead.end() if lead else 0
    if text[begin : begin + 1] == "(" and ")" not in text[begin:end]:
        begin += 1
    tail = TAIL.search(text[begin:end])
    end = begin + tail.start() if tail else end
    while end > begin and text[end - 1] in " ,、:;":
        end -= 1
    return begin, max(begin, end)


def _cut(text: str, begin: int, limit: int, ends: re.Pattern[str] = NOUN_END) -> int:
    """The end of the noun phrase: a mark outside brackets."""
    depth = 0
    for index in range(begin, min(limit, begin + LONGEST_NAME)):
        sign = text[index]
        depth += (sign in "(“《") - (sign in ")”》")
        if depth < 0:
            return index
        if (
            depth == 0
            and ends.match(text, index)
            and not (text[index] == "、" and text[index - 1] in ADJECTIVAL)
        ):
            more = ATTRIBUTES.match(text, index, limit)
            return more.end() if more else index
    return min(limit, begin + LONGEST_NAME)
