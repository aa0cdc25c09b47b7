"""Headings as a document prints them, also over two lines; without the table of contents."""

from __future__ import annotations

import re

from psanalysis.draft.lexicon import pattern

# a line of a table of contents: dots or dashes, then a page number
CONTENTS = re.compile(r"(?:\.{3,}|…{1,}|·{3,}|—{4,})\s*\d{0,4}\s*$")
STOPS = re.compile(r"[。;:!?|]")
ENDS = re.compile(r"[,、]\s*$")
DIGIT = re.compile(r"\d")
# 养老服务。…, 基本社会服务方面:…: the first words of a paragraph that say what it is about
RUN_IN = re.compile(r"[ \t]*([^。;:!?|\n\d]{2,26})[。:](?=[^\n]{8})")
COLONS = ":\uff1a"
LONGEST_LINE = 42
LONGEST_MORE = 30


def line_at(text: str, offset: int) -> str:
    """The rest of the line from an offset on."""
    end = text.find("\n", offset)
    return text[offset : end if end >= 0 else len(text)]


def printed_heading(text: str, written: str, begin: int, mark: str, title: str) -> str:
    """A heading as it is printed.

    Parameters
    ----------
    text
        Folded text.
    written
        The text as it is printed, of the same length.
    begin, mark, title
        Offset of the heading, its number (empty where it has none), and its first words.

    Examples
    --------
    >>> text = "第一篇 聚焦走在前,\\n推进新实践\\n第一章 发展基础\\n五年来,成绩显著。"
    >>> printed_heading(text, text, 0, "第一篇", "聚焦走在前")
    '第一篇 聚焦走在前,推进新实践'
    >>> printed_heading(text, text, 17, "第一章", "发展基础")
    '第一章 发展基础'
    """
    line = line_at(text, begin)
    inner = pattern("chapters", "inner").search(line, len(mark))
    line = line[: inner.start()] if inner else line
    whole = len(line) <= LONGEST_LINE and not STOPS.search(line.rstrip(" ")[:-1])
    if not whole or line.endswith("。"):
        said = STOPS.search(line)
        if (
            said
            and said.start() <= LONGEST_LINE
            and not DIGIT.search(line, len(mark), said.start())
        ):
            return _plain(written[begin : begin + said.start()])
        offset = text.find(title, begin + len(mark)) if title else -1
        end = offset + len(title) if offset >= 0 else begin + len(mark) + len(title)
        return _plain(written[begin:end])
    head = _plain(written[begin : begin + len(line)].rstrip(COLONS))
    more = ""
    if not inner and pattern("chapters", "chapter").match(mark):
        more = _more(text, begin + len(line) + 1)
    if not more:
        return head
    below = begin + len(line) + 1
    joint = "" if ENDS.search(line) else " "
    return f"{head}{joint}{_plain(written[below : below + len(more)])}"


def run_in(text: str, written: str, offset: int) -> str:
    """The heading that a paragraph without a number begins with; empty where there is none.

    Examples
    --------
    >>> text = "养老服务。床位达到35.1张,新增3所。"
    >>> run_in(text, text, 8)
    '养老服务'
    """
    begin = text.rfind("\n", 0, offset) + 1
    found = RUN_IN.match(text, begin)
    if found is None or found.end() > offset or pattern("chapters", "sentence").search(found[1]):
        return ""
    return _plain(written[found.start(1) : found.end(1)])


def _more(text: str, begin: int) -> str:
    """The second line of the title of a chapter, empty where there is none."""
    line = line_at(text, begin)
    plain = line.strip()
    if not 2 <= len(plain) <= LONGEST_MORE or STOPS.search(plain) or re.search(r"[\d,]", plain):
        return ""
    if pattern("chapters", "heading_begin").match(plain):
        return ""
    return line


def _plain(words: str) -> str:
    return " ".join(words.split())
