"""HTML of cells as a Word document: what shows is there, in its order and as what it is."""

from __future__ import annotations

import base64
import io

from docx import Document
from lxml import html
from PIL import Image

from psanalysis.site.word_of_html import CSS_PIXELS, HIGH_CM, WIDE_CM, add_html
from psanalysis.tables.word import base_document

EMU = 360000


def png(wide: int, high: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (wide, high), "white").save(made, "png")
    return made.getvalue()


def written(text: str, drawn: list[tuple[str, int, int]] | None = None):
    """The document of a piece of HTML, read again."""

    def picture(svg: str, wide: int, high: int) -> bytes:
        if drawn is not None:
            drawn.append((svg, wide, high))
        return png(2 * wide, 2 * high)

    made = base_document()
    add_html(made, html.fromstring(f"<div>{text}</div>"), picture)
    file = io.BytesIO()
    made.save(file)
    return Document(io.BytesIO(file.getvalue()))


def lines(made) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in made.paragraphs]


def test_headings_words_and_lists_in_their_order() -> None:
    made = written(
        "<h1>Beds</h1><div>Plain <b>words</b></div><ul><li>one</li><li>two</li></ul><ol><li>first"
        "</li></ol>"
        "<details><summary><h2>More</h2></summary><p>inside</p></details><pre>a\n  b</pre>"
    )
    assert lines(made) == [
        ("Heading 1", "Beds"),
        ("Normal", "Plain words"),
        ("List Bullet", "one"),
        ("List Bullet", "two"),
        ("List Number", "first"),
        ("Heading 2", "More"),
        ("Normal", "inside"),
        ("No Spacing", "a\n  b"),
    ]


def test_words_are_bold_and_slanted_where_the_page_has_them_so() -> None:
    made = written(
        "<p> Beds <b>rise\n <i>fast</i></b>  here </p><ul><li><strong>Nurses</strong> 3.6</li></ul>"
    )
    runs = [[(run.text, run.bold, run.italic) for run in one.runs] for one in made.paragraphs]
    assert runs == [
        [("Beds ", None, None), ("rise ", True, None), ("fast", True, True), (" here", None, None)],
        [("Nurses", True, None), (" 3.6", None, None)],
    ]


def test_what_does_not_show_is_left_out() -> None:
    made = written(
        "<script>x</script><style>x</style><button>x</button><p hidden>x</p><div "
        "hidden><p>x</p></div>"
        '<!-- x --><p class="ps-more-link"><a href="#a">All 8</a></p><p>shown</p><p> </p>'
    )
    assert lines(made) == [("Normal", "shown")]


def test_a_table_is_a_table_without_hidden_columns() -> None:
    made = written(
        "<table><caption>Beds by place</caption><thead><tr><th>Place</th><th hidden>id</th>"
        '<th class="ps-number">Beds</th></tr></thead><tbody><tr><th>A</th><td '
        "hidden>7</td><td>1,200</td></tr>"
        "<tr hidden><th>B</th><td>8</td><td>2</td></tr></tbody></table><p>after</p>"
    )
    [table] = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Place", "Beds"],
        ["A", "1,200"],
    ]
    beds = dict(zip([cell.text for cell in table.rows[0].cells], table.rows[1].cells, strict=True))
    assert beds["Beds"].paragraphs[0].alignment == 2, "numbers stand on the right"
    assert [text for _, text in lines(made)] == ["Beds by place", "after"]


def test_a_table_without_heads_or_with_short_rows_keeps_every_cell() -> None:
    made = written("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table><table></table>")
    [table] = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", ""],
        ["a", "b"],
        ["c", ""],
    ]


def test_the_form_of_a_chart_that_shows_is_a_picture_within_the_page() -> None:
    drawn: list[tuple[str, int, int]] = []
    picture = base64.b64encode(png(40, 4000)).decode()
    made = written(
        '<figure><figcaption>Why</figcaption><div class="ps-wide"><svg viewBox="0 0 900 '
        '300"><text>58</text></svg></div>'
        '<div class="ps-narrow" hidden=""><svg viewBox="0 0 300 900"></svg></div></figure>'
        f'<img src="data:image/png;base64,{picture}"><img src="https://example.org/a.png">',
        drawn,
    )
    assert [(wide, high) for _, wide, high in drawn] == [(900, 300)]
    assert "58" in drawn[0][0]
    first, second = made.inline_shapes
    assert abs(first.width / EMU - WIDE_CM) < 0.01
    assert abs(first.width / first.height - 3) < 0.01
    assert second.height / EMU <= HIGH_CM + 0.01
    assert second.width / EMU < 40 / CSS_PIXELS
    assert [text for _, text in lines(made) if text] == ["Why"]
