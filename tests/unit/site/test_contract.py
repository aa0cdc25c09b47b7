"""What a published page may hold."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psanalysis.site.contract import HTML, SVG, inner, require
from psanalysis.site.errors import ContractError


@pytest.mark.parametrize(
    "html",
    [
        "<p class='ps-answer'>58 % &lt;p style='x'&gt;</p>",
        "<a href='https://example.org/plan'>plan</a> <a href='#row-1'>row</a>",
        "<a href='../01_city_gap/mianyang-14fyp.zh.html' rel='next'>next</a>",
        "<svg viewBox='0 0 1 1'><use xlink:href='#m1'/><path fill='var(--ps-ink, #111)' "
        "clip-path='url(#c)'/></svg>",
        "<svg><g transform='matrix(1 0 0 1 2 3) rotate(9)'><path fill='rgb(1,2,3)' mask='url( "
        '"#m")\'/></g></svg>',
        "<p title='see image-set(x)'>x</p>",
        "<svg><a xlink:href='#row-1' aria-label='x'><title>x</title><text "
        "textLength='9'>9</text></a></svg>",
        "<img alt='' src='data:image/png;base64,AA=='>",
        "<p title='a > b'>1 < 2</p>",
        "<table><tr><th scope=col>a<td colspan=2>b</table>",
        "<details open><summary>more</summary><ul><li>1<li>2</ul></details>",
        "<button type='button' data-ps-toggle='x' hidden>x</button>",
        "<p>&copy; &amp;unknown; a&nbsp;b</p><br/><hr>",
    ],
)
def test_harmless(html: str) -> None:
    require(html, "cell 1")


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("<p style='color:red'>", "style attribute"),
        ("<td STYLE = x>", "style attribute"),
        ("<style>p{}</style>", "element style"),
        ("<script>1</script>", "element script"),
        ("<SCRIPT src=x>", "element script"),
        ("<link rel=stylesheet href=x>", "element link"),
        ("<iframe src='x'></iframe>", "element iframe"),
        ("<p onclick='go()'>", "event handler"),
        ("<p\nonclick\n=go()>", "event handler"),
        ("<img src='https://example.org/a.png'>", "outside the page"),
        ("<img src='a.png'>", "outside the page"),
        ("<img/src='a.png'>", "outside the page"),
        ("<img\x0csrc=a.png>", "outside the page"),
        ("<img srcset='a.png 2x'>", "outside the page"),
        ("<img src='data:text/html,x'>", "outside the page"),
        ("<use href='other.svg#m'/>", "outside the page"),
        ("<svg><image href='x.png'/></svg>", "outside the page"),
        ("<path fill='url(other.svg#g)'/>", "outside the page"),
        ("<path fill='URL( \"other.svg\")'/>", "outside the page"),
        ("<path mask=\"image-set('https://x.example/1.png' 1x)\"/>", "outside the page"),
        ('<path mask="url(#a), url(https://x.example)"/>', "outside the page"),
        (r"<path fill='\75rl(https://x.example/a.svg#g)'/>", "outside the page"),
        (r"<path marker-end='UR\4c (https://x.example/a.svg#g)'/>", "outside the page"),
        ("<path clip-path='url/**/(https://x.example/a.svg#c)'/>", "outside the page"),
        ("<a href='javascript:go()'>x</a>", "runs a script"),
        ("<a href='JaVaScRiPt:go()'>x</a>", "runs a script"),
        ("<a href='java\tscript:go()'>x</a>", "runs a script"),
        ("<a href='java&#x0A;script&colon;go()'>x</a>", "runs a script"),
        ("<a href='&#1;javascript:go()'>x</a>", "runs a script"),
        ("<svg><a xlink:href='javascript:go()'>x</a></svg>", "runs a script"),
        ("<a href='data:text/html,x'>x</a>", "link by data"),
        ("<a href='vbscript:x'>x</a>", "runs a script"),
        ("<svg><a><animate attributeName=href to='javascript:1'/></a></svg>", "element animate"),
        ("<svg><set attributeName=href to=x></set></svg>", "element set"),
        ("<xmp><b></xmp>", "element xmp"),
        ("<noembed></noembed>", "element noembed"),
        ("<noscript><p title='</noscript>'></noscript>", "element noscript"),
        ("<math><mtext></mtext></math>", "element math"),
        ("<template></template>", "element template"),
        ("<title>x</title>", "element title"),
        ("<form action=x></form>", "element form"),
        ("<input type=image src=x>", "outside the page|input of type"),
        ("<button formaction=x>", "attribute formaction"),
        ("</main>", "Unexpected end tag : main"),
        ("</div>", "Unexpected end tag : div"),
        ("</html>", "Unexpected end tag"),
        ("<p>a</body></html><b>c", "Unexpected end tag"),
        ("<plaintext>", "ends within|element plaintext"),
        ("<textarea>", "element textarea|ends within"),
        ("<p title='open", "ends within a tag"),
        ("<a href='java", "ends within a tag"),
        ("<!-- open", "ends within"),
        ("<p <b>", "attribute <b"),
        ("<!--ps:notice--><!--/ps:notice-->", "its own links"),
        ("<svg><foreignObject></foreignObject></svg>", "element foreignobject"),
    ],
)
def test_forbidden(html: str, word: str) -> None:
    with pytest.raises(ContractError, match=word):
        require(f"<p>before</p>{html}", "cell 7")
    with pytest.raises(ContractError, match="cell 7"):
        require(html, "cell 7")


def test_what_is_written_anew_is_whole() -> None:
    """A link that one output opens ends with this output, whatever the next one begins with."""
    written = inner(require("<p>a <a href='#x'>b", "cell 1"))
    assert written == '<p>a <a href="#x">b</a></p>'


def test_a_slot_in_text_is_no_slot() -> None:
    written = inner(require("<p title='&lt;!--x--&gt;'>&lt;!--ps:home--&gt;</p>", "cell 1"))
    assert "<!--ps" not in written
    with pytest.raises(ContractError, match="its own links"):
        require("<p title='<!--ps:home--><!--/ps:home-->'>", "cell 1")


def test_deep_nesting_is_a_fault_of_the_cell() -> None:
    with pytest.raises(ContractError, match="cell 1"):
        require("<b>" * 50_000, "cell 1")


PARTS = st.sampled_from(
    ["<p", "<use", "<image", "<a", "<svg", "</main", "<style", "<scripts", "<title", "</title",
     " href=", " xlink:href=", " src=", "/src=", " style", "=", "'", '"', "#a", "x.svg", "<!--",
     "-->", "</html>", "<xmp", "<math", "<table", "<select", "<option", "</p>", "<![CDATA[", "]]>",
     "url(", "data:", "javascript:", "java\tscript:", " onclick=", ">", "/>", " ", "é", "\0",
     "&lt;"]
)  # fmt: skip


@given(html=st.lists(PARTS, max_size=16).map("".join))
@settings(max_examples=1500, deadline=None)
def test_what_passes_once_passes_again_as_the_same(html: str) -> None:
    """What is written is read as it was checked, also by another parser."""
    try:
        written = inner(require(html, "cell 1"))
    except ContractError:
        return
    assert inner(require(written, "cell 1")) == written
    for element in lxml.html.fragment_fromstring(written, create_parent=True).iter():
        if isinstance(element.tag, str):
            assert element.tag in HTML | SVG
            assert not [key for key, _ in element.items() if key.startswith("on") or key == "style"]
