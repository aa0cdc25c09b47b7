"""Whatever the text, the rules hold: nothing breaks them, and spans lie inside."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from passages import PLAN
from psanalysis.draft.extract import extract
from psanalysis.draft.folding import fold
from psanalysis.draft.marked import read_marked
from psanalysis.draft.numerals import plain
from psanalysis.draft.quantities import quantities


@given(st.text(alphabet="到2025年由从提高达95%、,。|(\uff0c)“”个所一半\n《》", max_size=200))
def test_no_text_breaks_the_rules_and_spans_lie_inside(text: str) -> None:
    read = extract(text, PLAN)
    rows, left = list(read.statements), list(read.left_out)
    assert all(0 <= p.start < p.end <= len(text) for p in [*rows, *left])


TEXTS = sorted((Path(__file__).parent / "marked").rglob("*.txt"))


def check(text: str) -> None:
    """What holds for any text: spans lie inside, are not empty, and hold the number that they are
    read as.
    """
    read = extract(text, PLAN)
    rows, left = list(read.statements), list(read.left_out)
    for p in rows:
        assert 0 <= p.start < p.end <= len(text)
        assert all(0 <= a <= b <= len(text) for a, b in p.name_spans)
        written = fold(text[p.start : p.end]).replace("\n", "")
        if p.value is not None:
            assert any(q.value == p.value for q in quantities(f"为{written}。")) or plain(
                p.value
            ) in written.replace(",", "").replace(" ", "")
    assert all(0 <= q.start < q.end <= len(text) for q in left)


@settings(max_examples=25)
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False), st.integers(200, 900))
def test_texts_in_pieces_break_nothing(path: Path, chance: random.Random, length: int) -> None:
    text = read_marked(path)[0].text
    start = chance.randrange(len(text))
    pieces = [text[i : i + 40] for i in range(start, min(len(text), start + length), 40)]
    check("".join(pieces))
    chance.shuffle(pieces)
    check("".join(pieces))


@given(
    st.text(
        alphabet=st.one_of(
            st.characters(codec="utf-8"),
            st.sampled_from("到2025年由从提高达95%、,。|成翻番零个亿〔〕\n\t 一"),
        ),
        max_size=160,
    )
)
def test_no_characters_break_the_rules(text: str) -> None:
    check(text)
