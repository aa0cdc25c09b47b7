"""What cells show becomes HTML that a page may hold."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from nbformat.v4 import new_output

from psanalysis.site.contract import inner, require
from psanalysis.site.outputs import as_html, plain, prepare

FRAME = pd.DataFrame({"city": ["Mianyang", "Panjin"], "beds": [3.5, -4.0], "share": ["5 %", "—"]})


def shown(**data: str) -> str:
    bundle = {key.replace("_", "/", 1).replace("_", "+"): value for key, value in data.items()}
    return inner(require(as_html(new_output("display_data", bundle)), "cell 1", prepare))


def test_a_frame_is_a_table_of_the_site() -> None:
    html = shown(text_html=FRAME._repr_html_(), text_plain="x")
    assert "style" not in html
    assert "border" not in html
    assert 'class="ps-table-wrap" tabindex="0"' in html
    assert '<table class="ps-table">' in html
    assert '<td class="ps-number">3.5</td>' in html
    assert '<td class="ps-number">5 %</td>' in html
    assert "<td>Mianyang</td>" in html
    assert '<th scope="col">beds</th>' in html


def test_a_styled_frame_keeps_no_style_and_no_random_names() -> None:
    pytest.importorskip("jinja2")
    styled = [FRAME.style.set_caption("beds").highlight_max("beds").to_html() for _ in "ab"]
    assert styled[0] != styled[1]
    html = [shown(text_html=one) for one in styled]
    assert html[0] == html[1]
    assert "T_" not in html[0]
    assert 'role="region" aria-label="beds"' in html[0]


def test_a_table_of_markdown_is_a_table_of_the_site() -> None:
    html = shown(text_markdown="# A\n\n|a|b|\n|:--|--:|\n|x|1|\n")
    assert "<h1>A</h1>" in html
    assert '<td class="ps-number">1</td>' in html


def test_a_table_of_the_site_stays_as_it_is() -> None:
    table = '<table class="ps-table" data-csv-name="t"><tr><td class="own">1</td></tr></table>'
    assert shown(text_html=table) == table


def test_the_svg_of_ones_own_figure_is_an_image() -> None:
    import io

    out = io.StringIO()
    FigureCanvasSVG(Figure()).print_svg(out, metadata={"Date": None})
    html = shown(image_svg_xml=out.getvalue(), text_plain="<Figure>")
    assert re.fullmatch(r'<img alt="" src="data:image/svg\+xml;base64,[\w+/=]+">', html)


def test_an_image_is_kept() -> None:
    assert shown(image_png="AA==\n") == '<img alt="" src="data:image/png;base64,AA==">'


def test_text_is_shown_as_text() -> None:
    assert shown(text_plain="a < b") == '<pre class="ps-stream">a &lt; b</pre>'
    assert shown(application_json="{}") == ""


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("/tmp/ipykernel_4711/1234567.py:3: UserWarning: short", "UserWarning: short"),
        (r"C:\Users\a b\ipykernel_1\2.py:3: UserWarning: short", "UserWarning: short"),
        ("<ipython-input-3-abc>:1: DeprecationWarning: old", "DeprecationWarning: old"),
        ("/home/x y/lib/pandas/frame.py:9: FutureWarning: later",
            "frame.py:9: FutureWarning: later"),
        ("[<matplotlib.lines.Line2D at 0x7f3a1b>]", "[<matplotlib.lines.Line2D>]"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("a/b: 3 of 4", "a/b: 3 of 4"),
    ],
)  # fmt: skip
def test_warnings_say_nothing_of_machine_and_process(told: str, words: str) -> None:
    assert plain(f"before\n{told}\n  code()") == f"before\n{words}\n  code()"
    stream = new_output("stream", name="stderr", text=told)
    assert "ipykernel" not in as_html(stream)
    assert "0x" not in as_html(stream)
