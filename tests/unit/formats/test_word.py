"""What a Word file shows: the text of a made-up plan with each of the things that Word can do to
it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from psanalysis.formats.document import Document, DocumentError
from psanalysis.formats.reader import read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{W} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
TITLE = "云河市“十四五”公共服务规划,本文为测试而编写,云河市并不存在"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: list[str]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(row) + '</w:tr>' for row in rows)}</w:tbl>"


def word_file(body: str, parts: dict[str, str] | None = None) -> bytes:
    """A Word file whose body is replaced; parts are added with their relations."""
    stream = io.BytesIO()
    docx.Document().save(stream)
    made = io.BytesIO()
    with ZipFile(stream) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = f"<w:document {SPACES}><w:body>{paragraph(run(TITLE))}{body}</w:body></w:document>".encode()
            elif entry.filename == "word/styles.xml" and parts and "styles" in parts:
                content = content.replace(b"</w:styles>", parts["styles"].encode() + b"</w:styles>")
            elif (
                entry.filename == "word/_rels/document.xml.rels" and parts and "footnotes" in parts
            ):
                kind = (
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
                )
                own = (
                    f'<Relationship Id="rF" Type="{kind}" Target="footnotes.xml"/></Relationships>'
                )
                content = content.replace(b"</Relationships>", own.encode())
            elif entry.filename == "[Content_Types].xml" and parts and "footnotes" in parts:
                kind = (
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                )
                own = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                content = content.replace(b"</Types>", own.encode())
            new.writestr(entry, content)
        if parts and "footnotes" in parts:
            new.writestr(
                "word/footnotes.xml", f"<w:footnotes {W}>{parts['footnotes']}</w:footnotes>"
            )
    return made.getvalue()


def read(folder: Path, body: str, parts: dict[str, str] | None = None) -> Document:
    path = folder / "plan.docx"
    path.write_bytes(word_file(body, parts))
    return read_document(path)


def lines(folder: Path, body: str, parts: dict[str, str] | None = None) -> list[str]:
    return read(folder, body, parts).text.splitlines()[1:]


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
HIDDEN_STYLE = (
    '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Own"><w:basedOn w:val="Base"/></w:style>'
)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (paragraph(run("9"), f"<w:ins>{run('8')}</w:ins>", f"<w:del>{run('5')}</w:del>", run("%")),
            ["98%"]),
        (f"<w:p><w:moveFrom>{run('26个')}</w:moveFrom></w:p>" + paragraph("<w:moveTo>"
            f"{run('26个')}</w:moveTo>"), ["26个"]),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr>"
            "</w:pPr>" + run("到2025年") + "</w:p>" + paragraph(run("达到5%")), ["到2025年达到5%"]),
        (paragraph(run("5"), f"<w:sdt><w:sdtPr/><w:sdtContent>{run('9')}</w:sdtContent></w:sdt>",
            run("%")), ["59%"]),
        (paragraph(f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('9')}"
            "</w:sdtContent></w:sdt>", run("5%")), ["5%"]),
        (f"<w:sdt><w:sdtContent>{paragraph(run('托位2300个'))}</w:sdtContent>"
            "</w:sdt>", ["托位2300个"]),
        (paragraph(run("6", "<w:vanish/>"), run("7张")), ["7张"]),
        (paragraph(run("6", '<w:vanish w:val="0"/>'), run("7张")), ["67张"]),
        (paragraph(run("6", '<w:rStyle w:val="Own"/>'), run("7张")), ["7张"]),
        (paragraph(run("6", "<w:strike/>"), run("6", "<w:dstrike/>"), run("7张")), ["7张"]),
        (paragraph(run("6", '<w:color w:val="FFFFFF"/>'), run("7张")), ["7张"]),
        (paragraph(run("6", '<w:color w:val="FFFFFF"/><w:shd w:fill="112233"/>'), run("7张")),
            ["67张"]),
        (paragraph(run("74"), run("2", '<w:vertAlign w:val="superscript"/>'), run("%")), ["74%"]),
        (paragraph(run("36km"), run("2", '<w:vertAlign w:val="superscript"/>')), ["36km²"]),
        (paragraph(run("率"), "<m:oMath><m:r><m:t>≥94</m:t></m:r>"
            "</m:oMath>", run("%")), ["率≥94%"]),
        (paragraph("<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t>"
            "</m:r></m:den></m:f></m:oMath>"), ["3/4"]),
        (paragraph(f'<w:fldSimple w:instr=" REF a ">{run("79.8")}</w:fldSimple>', run("岁")),
            ["79.8岁"]),
        (paragraph(FIELD.format("begin"), CODE.format("REF 9"), FIELD.format("separate"),
            run("79.8"), FIELD.format("end"), run("岁")),
         ["79.8岁"]),
        (paragraph(FIELD.format("begin"), CODE.format("TOC"), FIELD.format("separate"),
            run("目录9")) + paragraph(run("12"), FIELD.format("end"))
         + paragraph(run("正文")), ["正文"]),
        (paragraph(run("率"), '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run("94%")),
            ["率≥94%"]),
        (paragraph(run("31个"),
            f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run('6所'))}"
            "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"),
         ["31个", "6所"]),
        (paragraph("<w:r><mc:AlternateContent><mc:Choice><wps:txbx>"
            "<w:txbxContent>" + paragraph(run("6所")) + "</w:txbxContent></wps:txbx></mc:Choice>"
                   "<mc:Fallback><w:txbxContent>" + paragraph(run("6所")) + "</w:txbxContent>"
                       "</mc:Fallback></mc:AlternateContent></w:r>"), ["6所"]),
        (table([cell(paragraph(run("专栏一")) + paragraph(run("新建6所")))]), ["专栏一", "新建6所"]),
    ],
)  # fmt: skip
def test_what_is_shown_counts_and_nothing_else(tmp_path: Path, body: str, shown: list[str]) -> None:
    assert lines(tmp_path, body, {"styles": HIDDEN_STYLE}) == shown


def test_paragraphs_of_a_cell_stay_apart(tmp_path: Path) -> None:
    two = cell(paragraph(run("3.5")) + paragraph(run("3.1")))
    document = read(tmp_path, table([cell(paragraph(run("婴儿死亡率"))), two]))
    assert document.text.splitlines()[1] == "婴儿死亡率 | 3.5 3.1 |"
    assert document.grids[0].rows[0][1].text == "3.5\n3.1"
    pieces = document.grids[0].rows[0][1].pieces
    assert [document.text[a:b] for a, b in pieces] == ["3.5", "3.1"]


def test_cells_merged_both_ways_and_a_deleted_row(tmp_path: Path) -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell(paragraph(run("旧"))) + "</w:tr>"
    body = table(
        [cell(paragraph(run("类")), start), cell(paragraph(run("甲")), '<w:gridSpan w:val="2"/>')],
        [cell(paragraph(), on), cell(paragraph(run("乙"))), cell(paragraph(run("丙")))],
    ).replace("</w:tbl>", gone + "</w:tbl>")
    grid = read(tmp_path, body).grids[0]
    assert [[c.text for c in row] for row in grid.rows] == [["类", "甲", "甲"], ["类", "乙", "丙"]]
    assert [[c.covered for c in row] for row in grid.rows] == [
        [False, False, True],
        [True, False, False],
    ]


def test_a_table_in_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    inner = table([cell(paragraph(run("托位"))), cell(paragraph(run("4.5")))])
    body = table([cell(paragraph(run("甲")) + inner), cell(paragraph(run("乙")))])
    assert lines(tmp_path, body) == ["甲 | 乙 |", "托位 | 4.5 |"]
    assert len(read(tmp_path, body).grids) == 2


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    notes = (
        f'<w:footnote w:type="separator">{paragraph(run("x"))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("按常住人口计算"))}</w:footnote>'
    )
    body = paragraph(run("达到74"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("%"))
    assert lines(tmp_path, body, {"footnotes": notes}) == ["达到74%", "〔1〕按常住人口计算"]


def test_pictures_and_formulas_as_objects_are_said(tmp_path: Path) -> None:
    formula = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    picture = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
    document = read(tmp_path, paragraph(run("主要指标"), picture) + paragraph(formula))
    assert [(one.kind, one.after) for one in document.unread] == [
        ("picture", "主要指标"),
        ("formula", "主要指标"),
    ]


def test_deep_nesting_is_read_or_named(tmp_path: Path) -> None:
    def nested(depth: int) -> str:
        inner = paragraph(run("到2025年托位达到4.5个"))
        return "<w:sdt><w:sdtContent>" * depth + inner + "</w:sdtContent></w:sdt>" * depth

    assert "4.5个" in read(tmp_path, nested(100)).text
    for depth in (2_000, 100_000):
        with pytest.raises(DocumentError, match="not a Word document"):
            read(tmp_path, nested(depth))


def test_a_file_that_unpacks_to_more_than_it_may_is_named(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with (
        ZipFile(stream, "w", ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as entry,
    ):
        for _ in range(450):
            entry.write(b" " * 1_000_000)
    (tmp_path / "plan.docx").write_bytes(stream.getvalue())
    with pytest.raises(DocumentError, match=re.escape("unpacks to more than 400 MB")):
        read_document(tmp_path / "plan.docx")
