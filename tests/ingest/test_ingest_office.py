"""PDF, spreadsheets and Parquet, made by pypdf, openpyxl and pyarrow; and broken ones."""

from __future__ import annotations

import sys
import time
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from ingest_samples import PARAGRAPHS, Items
from openpyxl import Workbook
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from warledger.ingest.pdf import joined

DAY = date(2024, 12, 5)


def pdf(*pages: str, password: str = "") -> bytes:
    writer = PdfWriter()
    name = NameObject
    font = DictionaryObject(
        {name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"), name("/BaseFont"): name("/Helvetica")}
    )
    for text in pages:
        page = writer.add_blank_page(595, 842)
        page[name("/Resources")] = DictionaryObject({name("/Font"): DictionaryObject({name("/F1"): font})})
        shown = " ".join(f"({line.replace('(', '')}) Tj T*" for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode("latin-1"))
        page[name("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "Weekly Report", "/Author": "Jana Doe", "/CreationDate": "D:20190101000000Z"})
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


PAGE = (
    "Weekly Report {0}\nShells fell on the market of {1} on Thursday morning, the gov-\n"
    "ernor said, and {0} people died in {1}.\n{0} / 3"
)
TOWNS = ((1, "Azaz"), (2, "Hama"), (3, "Manbij"))


def test_a_pdf_gives_its_text_in_paragraphs(items: Items) -> None:
    (document,), issues = items(pdf(*(PAGE.format(*town) for town in TOWNS)), published=DAY)
    assert issues == []
    assert document.text.split("\n") == [
        f"Shells fell on the market of {town} on Thursday morning, the governor said, and {n} people died in {town}."
        for n, town in TOWNS
    ]
    assert (document.title, document.author, document.published) == ("Weekly Report", "Jana Doe", DAY)


def test_the_day_a_pdf_was_made_is_not_its_date(items: Items) -> None:
    documents, issues = items(pdf(PAGE))
    assert (documents, [i.code for i in issues]) == ([], ["no-date"])


def test_a_scanned_or_locked_pdf_is_an_issue(items: Items) -> None:
    assert [i.code for i in items(pdf("", "", ""), published=DAY)[1]] == ["no-text-layer"]
    issues = items(pdf(PAGE, password="x" * 6), published=DAY)[1]
    assert [i.code for i in issues] in (["locked"], ["broken"])  # broken where no library for its cipher is there
    documents, issues = items(pdf(*(PAGE.format(*town) for town in TOWNS)), published=DAY, max_pages=2)
    assert (len(documents), [i.code for i in issues]) == (1, ["too-many-pages"])


LOOP = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
    b"trailer<</Root 1 0 R>>"
)


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n",
        pdf(PAGE)[:-300],
        pdf(PAGE).replace(b"/Kids", b"/Kidz"),
        pdf(PAGE).replace(b"/Count 1", b"/Count 99999999"),
        LOOP,
        b"%PDF-1.4\n" + b"[" * 50_000,
    ],
    ids=["head", "cut", "no pages", "count", "loop", "brackets"],
)
def test_a_broken_pdf_ends_in_time(items: Items, raw: bytes) -> None:
    began = time.process_time()
    documents, issues = items(raw, published=DAY)
    assert time.process_time() - began < 10
    assert documents or [i.severity for i in issues] == ["error"]


def test_pages_that_take_too_much_work_are_cut(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = pdf(*(PAGE.format(*town) for town in TOWNS))
    monkeypatch.setattr("warledger.ingest.pdf.MOST_OPERATIONS", 20)
    documents, issues = items(raw, published=DAY)
    assert (len(documents), [i.code for i in issues]) == (1, ["too-many-pages"])
    assert issues[0].found == "3 pages; the first 1 were read"
    monkeypatch.setattr("warledger.ingest.pdf.MOST_CONTENT_BYTES", 10)
    assert [i.code for i in items(raw, published=DAY)[1]] == ["no-text-layer"]
    monkeypatch.undo()
    began = time.process_time()
    map_page = "\n".join(["x"] * 300_000)
    (document,), issues = items(pdf(PAGE.format(*TOWNS[0]), map_page), published=DAY)
    assert "market of Azaz" in document.text
    assert time.process_time() - began < 10


def test_lines_are_joined_where_they_run_on() -> None:
    page = "Summary\nShells fell on the town for the whole\nday. Two people died in the mar-\nket.\n\nThe mayor spoke.\n2"
    assert joined([page]) == (
        "Summary\nShells fell on the town for the whole day. Two people died in the market.\nThe mayor spoke."
    )
    assert joined([]) == ""


# Spreadsheets


def workbook(*rows: tuple[object, ...], more: tuple[tuple[object, ...], ...] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if more:
        sheet = book.create_sheet("Second")
        for row in more:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


HEAD = ("Body", "Published", "Outlet", "ID")


def test_a_spreadsheet_is_read_row_by_row(items: Items) -> None:
    rows = [
        (PARAGRAPHS[0], datetime(2024, 12, 5, 10, tzinfo=UTC).replace(tzinfo=None), "Example Wire", 7),
        (PARAGRAPHS[1], "2024-12-05", "Another", None),
        (),
    ]
    documents, issues = items(workbook((), HEAD, *rows, more=(HEAD, (PARAGRAPHS[2], DAY, "Third", 1.0))))
    assert issues == []
    assert [(d.text, d.published, d.source) for d in documents] == [
        (PARAGRAPHS[0], DAY, "Example Wire"), (PARAGRAPHS[1], DAY, "Another"), (PARAGRAPHS[2], DAY, "Third"),
    ]  # fmt: skip
    assert [d.name for d in documents] == ["7", "in.dat:Sheet:4", "1"]
    assert documents[0].origin.endswith("sheet Sheet:3")


def test_a_map_names_the_columns_of_a_spreadsheet(items: Items) -> None:
    raw = workbook(("a", "b"), (PARAGRAPHS[0], "2024-12-05"))
    (document,), _ = items(raw, fields={"text": "a", "date": "b"})
    assert (document.text, document.published) == (PARAGRAPHS[0], DAY)
    assert [i.code for i in items(raw)[1]] == ["no-text-column"]
    (issue,) = items(raw, fields={"text": "c"})[1]
    assert (issue.code, issue.found) == ("no-text-column", "no column “c”; the columns are: a, b")


def rewritten(raw: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.namelist():
            content = before.read(member)
            after.writestr(member, content.replace(old, new) if member == name else content)
    return out.getvalue()


def test_a_hostile_spreadsheet_ends_in_an_issue(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = workbook(HEAD, (PARAGRAPHS[0], "2024-12-05", "Example Wire", 1))
    sheet = "xl/worksheets/sheet1.xml"
    huge = rewritten(raw, sheet, b'<dimension ref="A1:D2"', b'<dimension ref="A1:XFD1048576"')
    began = time.process_time()
    assert len(items(huge)[0]) == 1
    assert [i.code for i in items(rewritten(raw, sheet, b"<row", b"<rwo"))[1]] != []
    entities = rewritten(raw, sheet, b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><worksheet')
    documents, issues = items(entities)
    assert len(documents) + len(issues) == 1
    bomb = rewritten(raw, sheet, b"</sheetData>", b" " * 30_000_000 + b"</sheetData>")
    assert [i.code for i in items(bomb, max_archive_bytes=1_000_000)[1]] == ["archive-limit"]
    assert [i.code for i in items(raw[:-100])[1]] == ["broken"]
    monkeypatch.setattr("warledger.ingest.sheets.LARGEST_PART_BYTES", 20_000_000)
    assert [i.code for i in items(bomb)[1]] == ["too-large"]
    assert time.process_time() - began < 10


# Parquet


def test_parquet_is_read_with_a_map_or_usual_names(items: Items) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pa.table({"body": PARAGRAPHS[:2], "day": [DAY, DAY], "outlet": ["Example Wire", None], "views": [1, 2]})
    out = BytesIO()
    parquet.write_table(table, out)
    documents, issues = items(out.getvalue(), fields={"date": "day"})
    assert issues == []
    assert [(d.text, d.published, d.source) for d in documents] == [
        (PARAGRAPHS[0], DAY, "Example Wire"), (PARAGRAPHS[1], DAY, ""),
    ]  # fmt: skip
    assert [i.code for i in items(out.getvalue(), fields={"text": "nowhere"})[1]] == ["no-text-column"]
    assert [i.code for i in items(out.getvalue()[:-50])[1]] == ["broken"]
    damaged = out.getvalue()[:40] + b"\xff" * 60 + out.getvalue()[100:]
    assert {i.code for i in items(damaged, fields={"date": "day"})[1]} <= {"broken", "no-text"}


def test_a_parquet_file_of_endless_rows_or_values_ends(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")

    def written(**columns: object) -> bytes:
        out = BytesIO()
        parquet.write_table(pa.table(columns), out)
        return out.getvalue()

    long, count = f"{PARAGRAPHS[0]} " * 100, 100_000
    text = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([long]))
    raw = written(text=text, date=["2024-12-05"] * count)
    assert len(raw) < 10_000
    documents, issues = items(raw, max_archive_bytes=50_000)
    assert 1 <= len(documents) <= 4
    assert [i.code for i in issues] == ["archive-limit"]
    paragraphs = written(text=pa.array([["x"] * 300], pa.list_(pa.string())), date=["2024-12-05"])
    assert len(items(paragraphs)[0]) == 1
    monkeypatch.setattr("warledger.ingest.sheets.MOST_VALUES_A_ROW", 200)
    assert [i.code for i in items(paragraphs)[1]] == ["too-large"]
    monkeypatch.setattr("warledger.ingest.sheets.BATCH_BYTES", 1)
    assert len(items(written(text=PARAGRAPHS, date=["2024-12-05"] * 4))[0]) == 4


def test_without_its_library_an_issue_names_the_extra(items: Items, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    documents, (issue,) = items(b"PAR1" + b"\0" * 20)
    assert (documents, issue.code) == ([], "extra-missing")
    assert "warledger[parquet]" in issue.todo
