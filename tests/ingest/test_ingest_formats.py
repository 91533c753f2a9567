"""Every format: fields found by map or by usual names, and told apart by content."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from warledger.core import Document, Issue, document_id
from warledger.errors import UsageError
from warledger.ingest import ReadOptions, read

SHARED = Path(__file__).parents[2].parent / "shared"
TEXT = "Shells fell on the market of Azaz on Thursday morning. Two people died, the mayor said."
DAY = date(2024, 12, 5)
Put = Callable[..., str]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(content: str | bytes, name: str = "in.dat") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


def items(path: str, **options: object) -> tuple[list[Document], list[Issue]]:
    found = list(read([path], ReadOptions(**options)))  # type: ignore[arg-type]
    return [i for i in found if isinstance(i, Document)], [i for i in found if isinstance(i, Issue)]


def one(path: str, **options: object) -> Document:
    documents, issues = items(path, **options)
    assert issues == []
    (document,) = documents
    return document


@pytest.mark.parametrize(
    "head", [" date 2024-12-05 ", "date 2024-12-05\n", "\ufeff\n date 2024-12-05\r\n\r\n", "Date 2024-12-05  "]
)
def test_text_that_begins_with_its_date(put: Put, head: str) -> None:
    document = one(put(head + TEXT + "\n", "000.txt"), source="Example Wire")
    assert (document.text, document.published, document.source, document.name) == (TEXT, DAY, "Example Wire", "000.txt")
    assert document.id == document_id(TEXT, "Example Wire")
    assert len(document.raw_sha256) == 64
    assert [document.text[a:b] for a, b in document.sentences] == [TEXT[:54], TEXT[55:]]


@pytest.mark.parametrize(
    "content",
    [
        f"Title: Shells on Azaz\nsource: Example Wire\nDATE: 5 December 2024\nurl: https://example.org/1\nBy: A. N.\n\n{TEXT}",
        f"headline: Shells on Azaz\nOutlet: Example Wire\nPublished: 2024-12-05\nLink: https://example.org/1\n{TEXT}",
        f" date 2024-12-05\ntitle: Shells on Azaz\nsource: Example Wire\nurl: https://example.org/1\n\n{TEXT}",
    ],
)
def test_text_with_header_lines(put: Put, content: str) -> None:
    document = one(put(content), source="Another")
    assert (document.title, document.source, document.published) == ("Shells on Azaz", "Example Wire", DAY)
    assert (document.url, document.text) == ("https://example.org/1", TEXT)


def test_words_with_a_colon_in_the_report_are_no_header(put: Put) -> None:
    text = "Note: this is how it began.\nSource: unknown."
    assert one(put(text), published=DAY).text == text
    document = one(put(f"date: 2024-12-05\n\nSource: the mayor told us. {TEXT}"))
    assert document.text.startswith("Source: the mayor")


TITLE = "Shells on Azaz"
META = "<meta name=date content=2024-12-05><meta property='og:site_name' content='Example Wire'>"
NESTED = {"source": {"id": None, "name": "Example Wire"}}
ROW = {"text": TEXT, "date": "2024-12-05", "source": "Example Wire", "title": "Shells on Azaz"}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROW),
        json.dumps(ROW, indent=2),
        json.dumps([ROW]),
        "\n" + json.dumps(ROW) + "\n\n",
        json.dumps({"articles": [ROW], "total": 1}, indent=1),
        json.dumps({"articles": [ROW], "total": 1}),
        json.dumps({"Headline": TITLE, "Body": TEXT, "Pub_Date": "5 Dec 2024", "Publisher": {"name": "Example Wire"}}),
        json.dumps({"title": {"rendered": TITLE}, "content": {"rendered": f"<p>{TEXT}</p>"}, "date": 1733356800} | NESTED),
        json.dumps({"article": [TEXT[:54], TEXT[55:]], "published_at": "2024-12-05T10:00Z", "heading": TITLE} | NESTED),
        "text,date,source,title\n" + f'"{TEXT}",2024-12-05,Example Wire,Shells on Azaz\n',
        "Title;Body;Date;Outlet\r\n" + f"Shells on Azaz;{TEXT};2024-12-05;Example Wire\r\n",
        "content\tpublished\tpublisher\theadline\n" + f"{TEXT}\t2024-12-05\tExample Wire\tShells on Azaz\n",
        '\ufeff"text","date","source","title"\n' + f'"{TEXT}","2024-12-05","Example Wire","Shells on Azaz"\n',
        f"<html><head><title>{TITLE}</title>{META}</head><p>{TEXT}</html>",
    ],
)  # fmt: skip
def test_formats_are_told_by_content_and_fields_by_usual_names(put: Put, content: str) -> None:
    document = one(put(content))
    assert (document.text.replace("\n", " "), document.published) == (TEXT, DAY)
    assert (document.source, document.title) == ("Example Wire", "Shells on Azaz")


@pytest.mark.parametrize(
    ("content", "author"),
    [
        (f"date: 2024-12-05\nBy: Jana Doe\n\n{TEXT}", "Jana Doe"),
        (f"date,author,text\n2024-12-05,Jana Doe,{TEXT.replace(',', '')}\n", "Jana Doe"),
        (json.dumps(ROW | {"byline": "Jana Doe"}), "Jana Doe"),
        (json.dumps(ROW | {"author": {"name": "Jana Doe", "id": 5}}), "Jana Doe"),
        (json.dumps(ROW | {"authors": ["Jana Doe", {"name": "Rami Roe"}, 5.5, [["x"]], "Jana Doe"]}), "Jana Doe; Rami Roe"),
        (json.dumps(ROW | {"authors": [{"name": [["x"]]}, {}, None]}), ""),
        (json.dumps(ROW), ""),
    ],
)
def test_who_wrote_it_is_kept(put: Put, content: str, author: str) -> None:
    assert one(put(content)).author == author


def test_what_was_guessed_is_said(put: Put) -> None:
    document = one(put(json.dumps({"Body": f"<p>{TEXT}</p>", "created_at": "2024-12-05"})))
    assert document.assumed == ("text from “Body”", "date from “created_at”", "HTML: tags and scripts were taken out")
    assert one(put("date 2024-12-05 R&eacute;my &amp; Co. left.")).text == "Rémy & Co. left."
    cp1252 = one(put(f"date 2024-12-05 The café’s {TEXT}".encode("cp1252")))
    assert cp1252.assumed == ("encoding cp1252, as detected",)


def test_a_map_goes_before_guesses(put: Put) -> None:
    row = {"text": "no", "story": {"body": TEXT, "when": ["x", "2024-12-05"]}, "key": "k1", "date": "bad"}
    document = one(put(json.dumps(row)), fields={"text": "story.body", "date": "story.when.1", "name": "key"})
    assert (document.text, document.published, document.name, document.assumed) == (TEXT, DAY, "k1", ())
    table = put(f"when,words,text\n2024-12-05,{TEXT.replace(',', '')},no\n")
    assert one(table, fields={"text": "words", "date": "when"}).text == TEXT.replace(",", "")
    documents, issues = items(table, fields={"text": "nowhere"})
    assert (documents, issues[0].code) == ([], "no-text-column")
    assert "when, words, text" in issues[0].found


def test_format_overrides_content(put: Put) -> None:
    path = put(json.dumps(ROW))
    assert one(path, format="text", published=DAY).text == json.dumps(ROW)
    table = put(f"text|date\n{TEXT}|2024-12-05\n")
    assert one(table, format="csv").published == DAY
    assert one(put(f"text\tdate\n{TEXT}\t2024-12-05\n"), format="tsv").published == DAY


@pytest.mark.parametrize("bad", [{"fields": {"words": "x"}}, {"format": "docx"}, {"encoding": "martian"}])
def test_options_that_mean_nothing_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        ReadOptions(**bad)  # type: ignore[arg-type]


def test_corpus_documents_need_no_map(put: Put) -> None:
    row = {
        "doc": "d1",
        "corpus": "c",
        "source": "",
        "date": "2024-12-05",
        "title": "T",
        "text": f"A &amp; <b>B</b>. {TEXT}",
        "sentences": [[0, 17], [18, 105]],
    }
    document = one(put(json.dumps(row)), source="Example Wire")
    assert (document.name, document.text, document.sentences) == ("d1", row["text"], ((0, 17), (18, 105)))
    assert (document.source, document.title, document.assumed) == ("Example Wire", "T", ())


@pytest.mark.parametrize(
    "bounds", ["x", [[0]], [[5, 2]], [[0, 999]], [["a", 3]], [[0, 9], [4, 12]], [[True, 3]], [], None, [5]]
)
def test_unsound_sentence_bounds_are_made_anew(put: Put, bounds: object) -> None:
    document = one(put(json.dumps(ROW | {"sentences": bounds})))
    assert document.sentences == ((0, 54), (55, 87))


def test_the_title_never_enters_the_text(put: Put) -> None:
    document = one(put(json.dumps(ROW | {"title": "<b>Shells</b> on\n &quot;Azaz&quot;"})))
    assert (document.title, document.text) == ('Shells on "Azaz"', TEXT)


@pytest.mark.shared
def test_the_two_reports_and_the_corpora() -> None:
    if not SHARED.exists():
        pytest.skip("the shared folder is not here")
    reports = [i for i in read([str(SHARED / "reports" / "*.txt")]) if isinstance(i, Document)]
    assert [(r.name, str(r.published)) for r in reports] == [("000.txt", "2024-12-05"), ("004.txt", "2024-12-06")]
    assert all(r.text[0].isupper() and "date" not in r.text[:12] for r in reports)
    for name in ("dev", "agreement"):
        path = SHARED / "corpus" / f"{name}.docs.jsonl"
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        documents = [i for i in read([str(path)]) if isinstance(i, Document)]
        assert [(d.name, d.text, [list(s) for s in d.sentences]) for d in documents] == [
            (r["doc"], r["text"], r["sentences"]) for r in rows
        ]
