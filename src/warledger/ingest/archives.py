"""ZIP and gzip: each file inside is read as one outside would be. Nothing is ever unpacked to disk under a name of its own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final

from warledger.core import Issue
from warledger.ingest.draft import Draft
from warledger.ingest.limits import Metered, Task, Unzipped
from warledger.ingest.sheets import from_workbook
from warledger.ingest.stream import Stream

_ENCRYPTED: Final = 0x1
_HIDDEN: Final = re.compile(r"\.(?!\.?$)|__MACOSX$")
_OFFICE: Final = {"word/document.xml": "a word processor's document", "ppt/presentation.xml": "a presentation"}


def from_zip(file: IO[bytes], stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """The drafts of each file in a ZIP archive, in the order of names. Raises zipfile.BadZipFile and what zlib raises.

    A spreadsheet and a WACZ are ZIP archives too: the first is read as a table, of the second only the WARC files.
    """
    with zipfile.ZipFile(file) as archive:
        members = sorted((m for m in archive.infolist() if not m.is_dir()), key=lambda m: m.filename)
        names = {member.filename for member in members}
        is_workbook = "xl/workbook.xml" in names
        if not is_workbook:
            yield from _from_members(archive, members, names, stream, task)
    if is_workbook:
        file.seek(0)
        yield from from_workbook(file, stream, task)


def _from_members(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], names: set[str], stream: Stream, task: Task
) -> Iterator[Draft | Issue]:
    office = next((what for name, what in sorted(_OFFICE.items()) if name in names), "")
    if office:
        yield Issue(
            "unknown-format",
            stream.path,
            found=office,
            expected="a text, a page, a PDF or a table",
            todo="save it as text or PDF",
        )
        return
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        members = [m for m in members if m.filename.startswith("archive/") and ".warc" in m.filename]
    for member in members:
        path = member.filename.encode("utf-8", "replace").decode("utf-8")
        if any(_HIDDEN.match(part) for part in path.split("/")):
            continue
        where = f"{stream.path}/{path}"
        if member.flag_bits & _ENCRYPTED:
            yield Issue(
                "locked",
                where,
                found="a file behind a password",
                expected="one that opens without",
                todo="unpack it and add it",
            )
            continue
        try:
            with archive.open(member) as raw:
                inner = Stream(io.BufferedReader(Metered(raw, task.budget)), where, path.rpartition("/")[2])
                yield from task.inside(inner)
        except (zipfile.BadZipFile, NotImplementedError) as error:
            yield Issue(
                "broken",
                where,
                found=f"a file that cannot be unpacked ({' '.join(str(error).split())[:160]})",
                expected="an undamaged archive",
                todo="fetch or make the archive anew; the other files were read",
            )


def from_gzip(stream: Stream, task: Task) -> Iterator[Draft | Issue]:
    """The drafts of what a gzip file holds; for a damaged one of what stands before the fault, and an Issue."""
    with stream.reader() as packed:
        unzipped = Unzipped(packed)
        inner = Metered(io.BufferedReader(unzipped), task.budget)
        name = stream.name.removesuffix(".gz")
        yield from task.inside(Stream(io.BufferedReader(inner), stream.path, name))
    if unzipped.fault:
        yield Issue(
            "broken",
            stream.path,
            found=f"a gzip file that cannot be unpacked to its end ({unzipped.fault})",
            expected="an undamaged file",
            todo="fetch or make it anew; what stands before the fault was read",
        )
