"""Prepares a folded text for the rules: its sentences, headings, years and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from psanalysis.draft.clauses import Boundaries
from psanalysis.draft.headings import run_in
from psanalysis.draft.lexicon import listed, pattern, rule
from psanalysis.draft.period import Plan
from psanalysis.draft.rejects import quotations
from psanalysis.draft.structure import Section, section_at, sections
from psanalysis.draft.years import YearWords, governing, year_words

# a line of a list, and the line that introduces a list
ITEM = rule("reading", "item")
LEAD = rule("reading", "lead")
GOAL = rule("reading", "goal")
TITLES = re.compile(r"《[^》\n]{0,120}》")


@dataclass(frozen=True)
class Reading:
    """A plan's text, and for each offset in it the section, the sentence and the year.

    Attributes
    ----------
    text
        Folded text with titles of documents blanked out; offsets are those of the document.
    plan
        Its plan.
    """

    text: str
    plan: Plan
    boundaries: Boundaries
    headings: list[Section]
    heading_starts: list[int]
    words: list[YearWords]
    word_starts: list[int]
    quotes: list[tuple[int, int]]
    written: str

    def path(self, offset: int) -> str:
        """The headings above an offset as they are printed; last the one that begins its
        paragraph.
        """
        section = self.section(offset)
        if self.text.rfind("\n", 0, offset) < section.start and not section.lead:
            return section.path
        own = run_in(self.text, self.written, offset)
        return " / ".join(part for part in (section.path, own) if part)

    def table_path(self, start: int, caption: str) -> str:
        """The headings of a table; its caption is the last unless they include a heading of the
        table itself.
        """
        section = self.section(start)
        title = caption.rsplit("\n", 1)[-1].strip()
        known = not title or pattern("layout", "titled").search(section.title)
        offset = -1 if known else self.text.rfind(title, 0, start)
        if offset < 0 or pattern("layout", "no_title").search(title) or title in section.title:
            return section.path
        own = " ".join(self.written[offset : offset + len(title)].split())
        return " / ".join(part for part in (section.path, own) if part)

    def section(self, offset: int) -> Section:
        """The section that an offset lies in."""
        return section_at(self.headings, self.heading_starts, offset)

    def sentence_start(self, offset: int) -> int:
        """Start of the sentence, or of the section if that is later."""
        return max(self.boundaries.sentence(offset)[0], self.section(offset).start)

    def year(self, offset: int) -> YearWords | None:
        """The year expression that holds at an offset."""
        own = governing(self.words, self.word_starts, self.sentence_start(offset), offset)
        return own or self._lead(offset) or self._interim(offset)

    def goal(self, offset: int) -> YearWords | None:
        """The period whose goals the paragraph lists (“十五五”时期…的主要目标是); it holds for all
        its sentences.
        """
        start = max(self.text.rfind("\n", 0, offset) + 1, self.section(offset).start)
        index = bisect_left(self.word_starts, start)
        if index == len(self.words) or self.words[index].start > start + 12:
            return None
        words = self.words[index]
        if words.end > offset or words.year < self.plan.start:
            return None
        return words if GOAL.search(self.text, words.end, words.end + 40) else None

    def _lead(self, offset: int) -> YearWords | None:
        """The year of the line that introduces a list (到2025年:), for lines that begin with a dash
        or a number.
        """
        line = self.text.rfind("\n", 0, offset) + 1
        while line > 0 and ITEM.match(self.text, line):
            above = self.text.rfind("\n", 0, line - 1) + 1
            if LEAD.search(self.text, above, line):
                return governing(
                    self.words,
                    self.word_starts,
                    max(above, self.boundaries.sentence(line - 2)[0]),
                    line - 1,
                )
            line = above
        return None

    def _interim(self, offset: int) -> YearWords | None:
        """The year between baseline and target that begins the paragraph; it holds throughout."""
        section = self.section(offset)
        start = max(self.text.rfind("\n", 0, offset) + 1, section.start)
        index = bisect_left(self.word_starts, start)
        if (
            index == len(self.words)
            or not start <= self.words[index].start <= start + len(section.title) + 8
            or self.words[index].end > offset
        ):
            return None
        words = self.words[index]
        another = index + 1 < len(self.words) and self.words[index + 1].start < offset
        if another or self.text[words.start - 1 : words.start] not in listed("cues", "until"):
            return None
        return (
            words
            if words.kind == "point" and self.plan.start <= words.year < self.plan.horizon
            else None
        )


def read(folded: str, plan: Plan, written: str = "") -> Reading:
    """Prepare a folded text for the rules; `written` is the same text as it is printed."""
    text = TITLES.sub(lambda match: "《" + "□" * (len(match[0]) - 2) + "》", folded)
    headings = sections(text, plan, written or folded)
    found = year_words(text, plan)
    return Reading(
        text,
        plan,
        Boundaries(text),
        headings,
        [s.start for s in headings],
        found,
        [w.start for w in found],
        quotations(text),
        written or folded,
    )
