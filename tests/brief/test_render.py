import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from warledger.brief import compose, render
from warledger.brief.page import isolated
from warledger.core import View
from warledger.errors import UsageError

EVIL = '<script>alert("1")</script>'


class Page(HTMLParser):
    """Tags with their attributes, ids, and whether they were closed in order."""

    VOID = frozenset("meta link line rect circle br".split())

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def test_another_format_is_refused(dossier):
    with pytest.raises(UsageError, match="md, html, txt"):
        render(compose(dossier.view()), "pdf")


def test_text_fits_its_columns_and_has_no_markup(dossier):
    text = render(compose(dossier.view()), "txt")
    assert max(map(len, text.splitlines())) <= 88
    assert "WHO HOLDS WHAT" in text
    assert (
        "  - Syrian rebels captured Hama from the Syrian army. [2][3] The Syrian army, the losing\n    side, confirms it. [4]"
        in text
    )
    assert "      * The War Monitor says that 23 people were killed. [6]" in text
    assert "[2] Example Wire, “Hama falls”, 5 December 2024 (w1)" in text
    assert "**" not in text
    assert "<" not in text


@pytest.mark.parametrize("length", range(55, 90))
def test_no_line_begins_with_a_reference_number(desk, length):
    name = "x" * length
    paper = desk.paper("a", "Agency", "2024-12-05", f"The army overran the town of Hama from {name}.")
    claim = paper.claim("seize", "overran", by=["Syrian Armed Forces"], on=[name], at="Hama", when="2024-12-05")
    desk.event(claim, grade="corroborated")
    lines = render(compose(desk.view()), "txt").split("REFERENCES")[0].splitlines()
    assert any("[1]" in line for line in lines)
    assert not any(line.lstrip().startswith("[") for line in lines)
    assert not any("\N{NO-BREAK SPACE}" in line for line in lines)


def test_markdown_has_a_footnote_for_every_number(dossier):
    text = render(compose(dossier.view()), "md")
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    told = set(re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE))
    assert used == told != set()
    assert "Syrian rebels captured Hama from the Syrian army.[^2][^3]" in text
    assert "“On Thursday rebels **captured** the city of Hama from the army.”" in text


def test_markdown_and_text_take_nothing_for_markup(desk):
    paper = desk.paper(
        "w_1", "Wire *bold* [x](http://e)", "2024-12-05", f"Rebels seized Hama {EVIL} and `code`.", title="# A | b"
    )
    desk.event(paper.claim("found", "seized", when="2024-12-05"))
    text = render(compose(desk.view(), title="*T*"), "md")
    assert "<script>" not in text
    assert "[x](" not in text
    assert "# \\*T\\*" in text
    assert "Wire \\*bold\\*" in text


@pytest.mark.parametrize("form", ["md", "html", "txt"])
def test_an_empty_briefing_says_so(form):
    assert "Nothing to report for this place and period." in render(compose(View({}, {})), form)


def test_as_of_and_the_period_stand_on_top(dossier):
    view = dossier.view(as_of=date(2024, 12, 6))
    briefing = compose(view, since=date(2024, 11, 27), until=date(2024, 12, 6))
    for form in ("md", "html", "txt"):
        flat = " ".join(render(briefing, form).split())
        assert "As of 6 December 2024 · 2 documents · 2 sources" in flat
        assert "27 November 2024 to 6 December 2024" in flat


class TestPage:
    def test_every_number_opens_its_sentence(self, dossier):
        briefing = compose(dossier.view())
        page = Page(render(briefing, "html"))
        assert page.open == []
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        buttons = [b for b in page.all("button") if b.get("class") == "n"]
        assert {b["popovertarget"] for b in buttons} == {f"p{r.number}" for r in briefing.references} <= set(ids)
        assert all(b["aria-label"] for b in buttons)
        assert {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")} <= set(ids)
        assert "Accounts that differ" in [d.get("aria-label") for d in page.all("div")]

    def test_nothing_is_fetched_and_only_our_style_runs(self, dossier):
        text = render(compose(dossier.view()), "html")
        page = Page(text)
        assert not {tag for tag, _ in page.tags} & {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "form",
            "audio",
            "video",
        }
        assert not [attrs for _, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)]
        policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
        style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
        assert policy.startswith("default-src 'none'; ")
        assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy
        assert not re.search(r"url\(|@import|@font-face", style)
        assert [a["href"] for a in page.all("a") if not a["href"].startswith("#")] != []
        assert all(a["rel"].startswith("noopener") for a in page.all("a") if not a["href"].startswith("#"))

    def test_every_value_is_escaped(self, desk):
        paper = desk.paper(f"label{EVIL}", f"Wire{EVIL}", "2024-12-05", f"{EVIL} fighters took Hama{EVIL} from guards.",
                           title=f"Title{EVIL}", url='javascript:alert("1")')  # fmt: skip
        paper.actor(f"fighters{EVIL}", "militia", ("fighters",))
        other = desk.paper("w2", f'"onload="x{EVIL}', "2024-12-05", "Guards hold it.", url='https://e.org/?a="><script>')
        claim = paper.claim("seize", "took", by=[f"fighters{EVIL}"], on=[f"guards{EVIL}"], at=f"Hama{EVIL}", when="2024-12-05")
        told = other.claim(
            "seize", "hold", by=[f"fighters{EVIL}"], at=f"Hama{EVIL}", voice=[(f"Speaker{EVIL}", "said", "Telegram")]
        )
        event = desk.event(claim, told, grade="contested")
        desk.spell(event, f"fighters{EVIL}", since="2024-12-05")
        text = render(compose(desk.view(), title=f"T{EVIL}", place=""), "html")
        page = Page(text)
        assert "<script" not in text.lower()
        assert "javascript:" not in text.lower()
        assert page.open == []
        assert not page.all("script")
        assert "&lt;script&gt;" in text
        assert not [attrs for _, attrs in page.tags if any(name.startswith("on") for name in attrs)]

    def test_right_to_left_words_stand_apart(self, desk):
        paper = desk.paper("w", "وكالة الأنباء", "2024-12-05", "سيطر الثوار على حماة today.", title="سقوط حماة")
        desk.event(paper.claim("found", "today"))
        text = render(compose(desk.view()), "html")
        assert "<bdi>وكالة الأنباء</bdi>" in text
        assert '<blockquote dir="auto">' in text

    def test_hidden_marks_cannot_turn_the_line_around(self):
        assert isolated("a\u202eb\u2066c\x00") == "abc"
        assert isolated("<b> שלום עולם 3") == "&lt;b&gt; <bdi>שלום עולם 3</bdi>"

    def test_the_map_and_the_lanes_are_drawn(self, dossier):
        text = render(compose(dossier.view()), "html")
        page = Page(text)
        assert len(page.all("svg")) >= 2
        assert "Hama: 2 events; held by Syrian rebels" in "".join(page.words)
        assert "Who held which place when" in text

    def test_two_renderings_are_equal(self, dossier):
        assert render(compose(dossier.view()), "html") == render(compose(dossier.view()), "html")
