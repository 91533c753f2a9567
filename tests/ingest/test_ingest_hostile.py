"""Bad input: an Issue that helps, never a traceback, never without end, never more memory for more rows."""

import io
import json
import os
import stat
import sys
import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.core import Document, Issue
from warledger.ingest import ReadOptions, read
from warledger.ingest.stream import Stream
from warledger.ingest.tables import MAX_ROW_LINES

TEXT = "Shells fell on the market of Azaz on Thursday morning. Two people died, the mayor said."
DAY = date(2024, 12, 5)


def items(path: object, **options: object) -> tuple[list[Document], list[Issue]]:
    found = list(read([str(path)], ReadOptions(**options)))  # type: ignore[arg-type]
    return [i for i in found if isinstance(i, Document)], [i for i in found if isinstance(i, Issue)]


def put(folder: Path, content: str | bytes, name: str = "in.dat") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("\n \n", "no-text"),
        ("date 2024-12-05\n", "no-text"),
        ("date 2024-12-05 12 34 56", "no-text"),
        (b"\x00\x01\x02" * 100, "binary"),
        (b"%PDF-1.7 ...", "broken"),
        (TEXT, "no-date"),
        ("date 9999-99-99 " + TEXT, "bad-date"),
        ("date 1066-10-14 " + TEXT, "bad-date"),
        ("Date: soon\n\n" + TEXT, "bad-date"),
        ("<?xml version='1.0'?><rss><item>x</item></rss>", "no-text"),
        ("<?xml version='1.0'?><kml><Placemark>x</Placemark></kml>", "unknown-format"),
        ("[]", "empty"),
        ("[1, 2]", "no-text"),
        ('[{"text": 5}]', "no-text"),
        ('["a", [2]]', "no-date"),
        ('[{"text": "x"}, 5, null, "s", 1.5, true, []]', "bad-row"),
        ('{"text": "Shells fell."', "bad-json"),
        ('{"a": ' * 100_000, "bad-json"),
        ("[{" * 100_000, "bad-json"),
        ('{\n"text": "' + "[" * 99 + '",}\n', "bad-json"),
        ('{"foo": "bar"}', "no-text"),
        ('{"text": ["a", 5]}', "no-text"),
        (json.dumps({"text": TEXT, "date": 10**400}), "bad-date"),
        (f'{{"text": "{TEXT}", "date": 1e400}}', "bad-date"),
        (f'{{"text": "{TEXT}", "date": NaN}}', "bad-date"),
        (f'{{"text": "{TEXT}", "date": {"9" * 5_000}}}', "bad-date"),
        (json.dumps({"text": TEXT, "date": "9999-99-99"}), "bad-date"),
        (json.dumps({"text": TEXT, "date": " "}), "no-date"),
        ("id,foo,bar\n1,2,3\n4,5,6\n7,8,9\n", "no-text-column"),
        (f"text,date\n{'x' * 50},05/12/2024\n", "bad-date"),
        ("event_id_cnty,event_date,year,sub_event_type,notes\nSYR1,2024-12-05,2024,Armed clash,Shells fell.\n", "reference"),
        ("#,EVENT_ID_CNTY,EVENT_DATE,SUB_EVENT_TYPE\n#a,#b,#c,#d\n", "reference"),
        ("id;type_of_violence;dyad_name;where_prec;best\n1;1;A - B;1;2\n", "reference"),
        ("\t".join(["1200000001", "20241205", *["x"] * 59]), "reference"),
    ],
)  # fmt: skip
def test_every_fault_is_an_issue_that_helps(tmp_path: Path, content: str | bytes, code: str) -> None:
    documents, issues = items(put(tmp_path, content))
    assert documents == []
    assert code in [i.code for i in issues]
    for issue in issues:
        assert issue.where.startswith(str(tmp_path))
        assert issue.found
        assert issue.expected
        assert issue.todo
        assert len(issue.found) < 700


def test_a_table_that_looks_like_coded_events_is_read_where_its_columns_are_named(tmp_path: Path) -> None:
    path = put(tmp_path, f'event_id_cnty,event_date,sub_event_type,notes\nX1,2024-12-05,a,"{TEXT}"\n')
    assert [i.code for i in items(path)[1]] == ["reference"]
    documents, issues = items(path, fields={"text": "notes", "date": "event_date"})
    assert ([d.text for d in documents], issues) == ([TEXT], [])


def test_long_numbers_in_fields_that_do_not_matter_do_no_harm(tmp_path: Path) -> None:
    line = f'{{"text": "{TEXT}", "date": "2024-12-05", "n": {"9" * 6_000}, "x": 1e400, "y": NaN, "doc": {"7" * 400}}}'
    documents, issues = items(put(tmp_path, line))
    assert issues == []
    assert (documents[0].name, documents[0].published) == ("7" * 400, DAY)


def test_dates_that_are_given_or_found(tmp_path: Path) -> None:
    path = put(tmp_path, "AZAZ, 5 December 2024 – " + TEXT)
    os.utime(path, (0, 0))
    assert items(path)[1][0].code == "no-date"
    (given_day,), _ = items(path, published=DAY)
    assert (given_day.published, given_day.assumed) == (DAY, ("date 2024-12-05, as given for documents without one",))
    (found,), _ = items(path, date_from_text=True)
    assert (found.published, found.assumed) == (DAY, ("date 2024-12-05, from the words “5 December 2024” in the text",))
    (undated,), issues = items(put(tmp_path, TEXT), undated=True)
    assert (undated.published, issues) == (None, [])
    assert "none in its first lines" in items(path.with_name("in.dat"), date_from_text=True)[1][0].found


def test_other_languages_are_kept_and_said(tmp_path: Path) -> None:
    (document,), (issue,) = items(put(tmp_path, "date 2024-12-05 قال الجيش إن قواته انسحبت من المدينة يوم الخميس."))
    assert document.language == "ar"
    assert (issue.code, issue.severity, issue.document) == ("language", "note", document.id)
    (short,), issues = items(put(tmp_path, "date 2024-12-05 Azaz, Idlib"))
    assert (short.language, short.assumed, issues) == ("en", ("language en: the text is too short to tell",), [])
    (said,), _ = items(put(tmp_path, "date 2024-12-05\nlanguage: tr\n\nAzaz, Idlib"))
    assert said.language == "tr"


def test_a_bad_line_of_json_lines_does_not_stop_the_rest(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT, "date": "2024-12-05"})
    deep = "[" * 200_000
    lines = [
        good,
        "{broken",
        "",
        "null",
        deep,
        '"x"',
        good.replace("Two", "Six"),
        '{"text": "half \\ud83d pair", "date": "2024-12-05"}',
    ]
    documents, issues = items(put(tmp_path, "\n".join(lines)))
    assert [d.name for d in documents] == ["in.dat:1", "in.dat:7", "in.dat:8"]
    assert documents[2].text == "half \ufffd pair"
    assert [(i.code, i.where.rsplit(":", 1)[1]) for i in issues] == [
        ("bad-json", "2"),
        ("bad-row", "4"),
        ("bad-json", "5"),
        ("bad-row", "6"),
    ]


def test_a_json_file_that_breaks_gives_what_stands_before(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT, "date": "2024-12-05"}, indent=1)
    for broken in (
        f"[{good}, {good}\n {good}]",
        f"[{good}, {{]",
        f"{good}\n{good.replace('Two', 'Six')}\n{{",
        f"[{good}, " + "[" * 200_000,
    ):
        documents, issues = items(put(tmp_path, broken))
        assert documents[0].text == TEXT
        assert [i.code for i in issues] == ["bad-json"]
        assert "item" in issues[0].where
        assert "before" in issues[0].todo or "flat" in issues[0].todo
    assert [d.name for d in items(put(tmp_path, f"[{good}, {good}]"))[0]] == ["in.dat:1", "in.dat:2"]


def test_lines_and_texts_have_limits(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT, "date": "2024-12-05"})
    path = put(
        tmp_path,
        "\n".join(
            [
                good,
                '{"text": "' + "x" * 5_000,
                json.dumps({"text": "word " * 100, "date": "2024-12-05"}),
                good.replace("Two", "Six"),
            ]
        ),
    )
    documents, issues = items(path, max_text_chars=300)
    assert len(documents) == 2
    assert [i.code for i in issues] == ["too-long", "too-long"]


def test_bytes_out_of_the_encoding_are_read_and_said(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT, "date": "2024-12-05"}).encode()
    bad = '{"text": "The army’s men left.", "date": "2024-12-05"}'.encode("cp1252")
    filler = b"\n".join([good.replace(b"Two", b"%d" % n) for n in range(800)])
    documents, issues = items(put(tmp_path, filler + b"\n" + bad))
    assert (issues, len(documents)) == ([], 801)
    assert documents[-1].text == "The army’s men left."
    assert documents[-1].assumed == ("bytes out of the file's encoding were read as windows-1252",)
    rows = (
        b"text,date\n"
        + b"".join(b"Shell %d fell.,2024-12-05\n" % n for n in range(4_000))
        + "The army’s men,2024-12-05\n".encode("cp1252")
    )
    documents, issues = items(put(tmp_path, rows))
    assert (documents[-1].text, issues) == ("The army’s men", [])
    wide = ("\ufeff" + "\n".join([good.decode()] * 3)).encode("utf-16-le")
    assert items(put(tmp_path, wide))[0][0].text == TEXT


def test_a_table_with_broken_rows_gives_the_rest(tmp_path: Path) -> None:
    count = 50_000
    rows = ["id,date,text"]
    for n in range(count):
        if n % 10 == 3:
            rows.append(f'{n},2024-12-05,"never closed {n}' if n % 20 == 3 else f"{n},2024-12-05")
        elif n % 10 == 7:
            rows.append(f"{n},2024-99-05,Shells fell on Azaz again")
        else:
            rows.append(f'{n},2024-12-05,"Shells fell, they said, on Azaz, the {n}th time"' if n % 2 else "")
    codes: Counter[str] = Counter()
    for item in read([str(put(tmp_path, "\n".join(rows)))]):
        codes[item.code if isinstance(item, Issue) else "document"] += 1
    assert codes == {"document": 15_000, "bad-date": 5_000, "bad-row": 5_000}


def test_a_quotation_mark_never_closed_costs_one_row(tmp_path: Path) -> None:
    rows = [
        "text,date",
        '"no end,2024-12-05',
        *[f"Shell number {n} fell on Azaz,2024-12-05" for n in range(MAX_ROW_LINES + 100)],
    ]
    documents, issues = items(put(tmp_path, "\n".join(rows)))
    assert (len(documents), [i.where[-2:] for i in issues]) == (MAX_ROW_LINES + 100, [":2"])
    assert issues[0].found == "a quotation mark that is not closed"


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.write(b"date 2024-12-05 word " * 10_000)
        file.truncate(200_000_000)
    tracemalloc.start()
    (issue,) = items(path, max_bytes=1_000_000)[1]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert issue.code == "too-large"
    assert peak < 10e6


def test_rows_do_not_add_up_in_memory(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = put(
            tmp_path,
            "".join(json.dumps({"text": f"Shell {n} fell. {TEXT}", "date": "2024-12-05"}) + "\n" for n in range(count)),
        )
        tracemalloc.start()
        for _ in read([str(path)]):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(1_000) < peak(200) + 200_000


def test_folders_globs_and_what_is_no_file(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", "sub/deeper/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        put(tmp_path, f"date 2024-12-05 Shells fell near {name.upper()}.", name)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    documents, issues = items(tmp_path)
    assert [d.name for d in documents] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [(i.code, Path(i.where).name) for i in issues] == [("missing", "gone.txt"), ("not-a-file", "pipe")]
    assert [d.name for d in items(tmp_path / "**" / "*.txt")[0]] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [d.name for d in items(tmp_path / "[ab].txt")[0]] == ["a.txt", "b.txt"]
    for missing in (tmp_path / "none.txt", tmp_path / "*.pdf", "a\0b"):
        assert [i.code for i in items(missing)[1]] == ["missing"]
    for address in ("https://wire.example/feed", "http://wire.example/?a=1"):
        (issue,) = items(address)[1]
        assert (issue.code, "warledger watch" in issue.todo) == ("missing", True)
    assert [i.code for i in items("/dev/null")[1]] == ["not-a-file"]
    put(tmp_path, f"date 2024-12-05 {TEXT}", "odd[1].txt")
    assert items(tmp_path / "odd[1].txt")[0][0].text == TEXT
    raw = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(raw)).write_text(f"date 2024-12-05 {TEXT}")
    (document,) = (i for i in read([os.fsdecode(raw)]) if isinstance(i, Document))
    document.origin.encode("utf-8")


def test_what_may_not_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    put(tmp_path, TEXT, "locked.txt")
    iterdir, open_file = Path.iterdir, Path.open

    def refuse_folder(self: Path) -> object:
        if self.name == "locked":
            raise PermissionError(13, "Permission denied")
        return iterdir(self)

    def refuse_file(self: Path, mode: str = "r") -> object:
        if self.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return open_file(self, mode)

    monkeypatch.setattr(Path, "iterdir", refuse_folder)
    monkeypatch.setattr(Path, "open", refuse_file)
    documents, issues = items(tmp_path)
    assert documents == []
    assert [(i.code, i.found) for i in issues] == [("unreadable", "permission denied")] * 2


def test_a_disk_that_fails_in_the_middle_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 100_000:
                raise OSError(5, "Input/output error")
            return super().read(size)

    line = json.dumps({"text": TEXT, "date": "2024-12-05"}).encode() + b"\n"
    put(tmp_path, line, "f.jsonl")
    monkeypatch.setattr(Path, "open", lambda self, mode: Failing(line * 5_000))
    documents, issues = items(tmp_path / "f.jsonl")
    assert len(documents) > 500
    assert [i.code for i in issues] == ["unreadable"]


def test_folders_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warledger.ingest.reader.MAX_DEPTH", 3)
    deep = tmp_path / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    assert [i.code for i in items(tmp_path)[1]] == ["too-deep"]


def test_standard_input_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 7) if size != -1 else 7)

    content = "\n".join(json.dumps({"text": f"Shell {n} fell. {TEXT}", "date": "2024-12-05"}) for n in range(600)).encode()

    class Stdin:
        buffer = Trickle(content)

    monkeypatch.setattr(sys, "stdin", Stdin)
    documents, issues = items("-")
    assert (len(documents), issues) == (600, [])
    assert documents[-1].origin == "standard input:600"


def test_stream_all_keeps_to_its_limit() -> None:
    assert Stream(io.BytesIO(b"x" * 100_000), "p", "n").all(99_999) is None
    assert Stream(io.BytesIO(b"x" * 100_000), "p", "n").all(100_000) == b"x" * 100_000


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(st.sampled_from('{}[]",:\n\t; abtexdate0123456789<>-/&'), max_size=200).map(str.encode),
        st.lists(
            st.sampled_from(["text", "date", '"', ",", "\n", ";", "2024-12-05", "words here", "\r", '""', "\t"]), max_size=40
        ).map(lambda p: "".join(p).encode()),
    )
)
def test_any_bytes_give_documents_or_issues(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = put(tmp_path_factory.getbasetemp(), raw, "any.dat")
    assert stat.S_ISREG(path.stat().st_mode)
    for format_ in (None, "csv", "jsonl", "html"):
        documents, issues = items(path, format=format_, published=DAY)
        assert all(d.text.strip() for d in documents)
        assert documents or issues or not raw.strip()


def test_a_wide_encoding_that_breaks_off_is_read_to_its_end(tmp_path: Path) -> None:
    row = json.dumps({"text": TEXT, "date": "2024-12-05"}) + "\n"
    documents, _ = items(put(tmp_path, (row * 2).encode("utf-16-be")[:-3]), encoding="utf_16_be")
    assert [d.text for d in documents][:1] == [TEXT]
