"""`warledger extract`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from warledger.cli.options import globals_of, jobs_option, ledger_options
from warledger.cli.reading import Tally, reading_options

if TYPE_CHECKING:
    from warledger.core import Document, Record
    from warledger.ingest import ReadOptions

NOTHING_READ = 3


@click.command()
@reading_options
@click.option("--format", "form", type=click.Choice(("records", "table")), help="JSON records, or a table.")
@jobs_option
@ledger_options
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], options: ReadOptions, form: str | None, jobs: int | None) -> int:
    """Print what documents say as extraction records; keeps nothing.

    One JSON object a document, in the form of docs/reference/records.md, as each is read. PATH is a file, a folder, a pattern,
    or - for standard input. Exit status 3 if no document could be read.

    \b
    Example: warledger extract reports/ --format records > records.jsonl
    """
    from warledger.cli.output import json_line
    from warledger.cli.progress import progress
    from warledger.core.codec import to_json

    quiet = globals_of(ctx).quiet
    table = (form or globals_of(ctx).format) == "table"
    issues = Tally()
    count = 0
    with progress("documents", quiet=quiet) as advance:
        for document, record in _records(paths, replace(options, undated=True), jobs, issues):
            if table:
                _show(document, record, first=count == 0)
            else:
                click.echo(json_line(to_json(record, document.label)))
            count += 1
            if advance is not None:
                advance(count, None)
    if not quiet:
        issues.tell()
    return NOTHING_READ if count == 0 and issues.counts else 0


def _records(
    paths: tuple[str, ...], options: ReadOptions, jobs: int | None, issues: Tally
) -> Iterator[tuple[Document, Record]]:
    """Documents with their records, in the order of reading; what could not be read is put into `issues`."""
    from warledger.config import load
    from warledger.model import prepare

    settings = load({"jobs": jobs}).settings
    prepare()  # while everything else is imported
    from warledger.core import Document
    from warledger.extract import Extractor
    from warledger.geo import Gazetteer
    from warledger.ingest import read
    from warledger.ledger.extracting import extract_all

    def documents() -> Iterator[Document]:
        for found in read(paths, options):
            if isinstance(found, Document):
                yield found
            else:
                issues.add(found)

    with Gazetteer.open(cache_dir=settings.cache_dir) as gazetteer:
        extractor = Extractor.load(gazetteer)
        for document, record, failures in extract_all(extractor, documents(), settings.processes):
            for failure in failures:
                issues.add(failure)
            yield document, record


def _show(document: Document, record: Record, *, first: bool) -> None:
    from warledger.cli import words
    from warledger.cli.output import Sheet
    from warledger.cli.rows import CLAIM_COLUMNS, claim_rows
    from warledger.core import View

    sheet = Sheet()
    if not first:
        sheet.line(" ")
    sheet.title(words.document(document))
    columns = [column for column in CLAIM_COLUMNS if column not in ("source|wide", "id=_id|nowrap")]
    sheet.table(claim_rows(record.claims, View({document.id: document}, {document.id: record})), ["trigger", *columns])
    sheet.show()
