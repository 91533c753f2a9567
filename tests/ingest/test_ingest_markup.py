"""HTML to text: what is dropped, what stays, and hostile input in bounded time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warledger.ingest.markup import has_entities, has_tags, strip, unescape


def test_a_page() -> None:
    page = strip(
        """<!DOCTYPE html><html><head><title>Troops leave &amp; return</title><style>p {color: red}</style>
        <meta property="article:published_time" content="2024-12-05T10:00:00Z"><meta name='og:site_name' content="Example Wire">
        <meta content="no key"><script>if (1 < 2) { alert("x") }</script></head>
        <body><!-- a <b>note</b> --><h1>Troops leave</h1><p>The army
        left&nbsp;the <a title="a > b" href=x>town</a>.<br/>Nobody was hurt.</p><ul><li>one<li>two</ul>
        <SCRIPT type=module>bad()</SCRIPT><svg><text>no</text></svg></body></html>"""
    )
    assert page.title == "Troops leave & return"
    assert page.meta == {"date": "2024-12-05T10:00:00Z", "source": "Example Wire"}
    assert page.text == "Troops leave\nThe army left the town.\nNobody was hurt.\none\ntwo"


def test_words_marked_up_keep_their_lines() -> None:
    assert strip("The <b>army</b> left.\nNobody <i>stayed</i>.").text == "The army left.\nNobody stayed."


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("x <- y", "x <- y"),
        ("an <unclosed tag", "an <unclosed tag"),
        ("an <!-- unclosed comment", "an unclosed comment"),
        ("a <script>never closed", "a never closed"),
        ("a &lt;script&gt; b", "a <script> b"),
        ("<![CDATA[x]]>y", "y"),
        ('<img alt="never closed>seen', "seen"),
        ("<img src='data:" + "A" * 9_000 + "'>seen", "seen"),
        ("", ""),
    ],
)
def test_broken_markup(given_text: str, expected: str) -> None:
    assert strip(given_text).text == expected


def test_a_tag_that_never_ends_stays_as_text() -> None:
    found = strip("<a " + "b<c " * 2_000 + ">x").text
    assert found.startswith("<a b<c b<c")
    assert found.endswith("x")


def test_what_looks_like_html() -> None:
    assert has_tags("a<br>b")
    assert has_tags('x <a href="y">z</a>')
    assert not has_tags("if a < b and c > d")
    assert not has_tags("the <unnamed> man")
    assert has_entities("AT&amp;T")
    assert not has_entities("AT&T; and R&D;")
    assert unescape("caf&eacute; &#8211; &quot;x&quot; &amp;lt;") == 'café – "x" &lt;'


@pytest.mark.parametrize(
    "unit", ["<!--", "<!", "<![", "<a ", '<a "', "<script", "<script>", "</", "<", "<title>", "<p>", "&lt;", "<a b='"]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    strip(text)
    has_tags(text)
    assert time.process_time() - began < 3


@given(st.text(st.sampled_from("<>!-/ab\"'= &;\nscriptp"), max_size=200))
def test_nothing_raises(text: str) -> None:
    strip(text)
