"""Exports of a view, and checks of such files. Each format streams to a text stream and returns what it left out.

A format's module, with its codebook's tables, is loaded when the format is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from warledger.core import EventFilter, View
from warledger.errors import InputError, UsageError
from warledger.export.form import Exporter, FileExporter, whole_file
from warledger.export.leftout import LeftOut, Skipped, write_skipped
from warledger.export.rowids import event_of_row

if TYPE_CHECKING:
    from warledger.export.checking import Fault
    from warledger.export.entries import Kind

Checker = Callable[[TextIO], Iterator["Fault"]]
"""Finds the faults of a file in a format, in the order of its lines."""
FileChecker = Callable[[Path], Iterator["Fault"]]
"""The same for a format that is no text."""


def _found(module: str, name: str) -> Any:  # noqa: ANN401 - a function that its caller knows
    return getattr(import_module(f"warledger.export.{module}"), name)


def _kinds(kind: str) -> tuple[Kind, ...]:
    """The kind of entries that a function is told, where it takes one."""
    return (_found("entries", kind),) if kind else ()


def _writer(module: str, name: str, kind: str = "") -> Exporter:
    def write(view: View, out: TextIO, filters: EventFilter) -> LeftOut:
        skipped: LeftOut = _found(module, name)(view, out, filters, *_kinds(kind))
        return skipped

    return write


def _checker(module: str, name: str, kind: str = "") -> Checker:
    def check(stream: TextIO) -> Iterator[Fault]:
        faults: Iterator[Fault] = _found(module, name)(stream, *_kinds(kind))
        return faults

    return check


def _file_writer(module: str, name: str, kind: str = "") -> FileExporter:
    def write(view: View, goal: Path, filters: EventFilter) -> LeftOut:
        skipped: LeftOut = _found(module, name)(view, goal, filters, *_kinds(kind))
        return skipped

    return write


def _file_checker(module: str, name: str, kind: str = "") -> FileChecker:
    def check(path: Path) -> Iterator[Fault]:
        faults: Iterator[Fault] = _found(module, name)(path, *_kinds(kind))
        return faults

    return check


_OF_ENTRIES: Final = {
    f"{form}{suffix}": (form, kind)
    for form in ("jsonl", "csv", "geojson", "kml")
    for suffix, kind in (("", "EVENTS"), ("-claims", "CLAIMS"), ("-spells", "SPELLS"))
}
"""Format → how it is written, and the kind of entries that it has."""

FORMATS: Final[Mapping[str, Exporter]] = {
    **{
        name: _writer({"jsonl": "lines", "csv": "tables"}.get(form, form), f"write_{form}", kind)
        for name, (form, kind) in _OF_ENTRIES.items()
    },
    "acled": _writer("acled", "write_acled"),
    "ucdp": _writer("ucdp", "write_ucdp"),
    "plover": _writer("plover", "write_plover"),
    "polecat": _writer("plover", "write_polecat"),
    "hxl": _writer("hxl", "write_hxl"),
    "hxl-ucdp": _writer("hxl", "write_hxl_ucdp"),
    "ftm": _writer("ftm", "write_ftm"),
    "records": _writer("lines", "write_records"),
    "clusters": _writer("lines", "write_clusters"),
}
"""Format → exporter."""

CHECKERS: Final[Mapping[str, Checker]] = {
    **{
        name: _checker(
            {"csv": "csvchecking", "kml": "kml"}.get(form, "jsonchecking"), f"check_{form}", "" if form == "kml" else kind
        )
        for name, (form, kind) in _OF_ENTRIES.items()
    },
    "acled": _checker("acled", "check_acled"),
    "ucdp": _checker("ucdp", "check_ucdp"),
    "plover": _checker("plover", "check_plover"),
    "polecat": _checker("plover", "check_polecat"),
    "hxl": _checker("hxl", "check_hxl"),
    "hxl-ucdp": _checker("hxl", "check_hxl_ucdp"),
    "ftm": _checker("ftm", "check_ftm"),
    "records": _checker("jsonchecking", "check_records"),
    "clusters": _checker("jsonchecking", "check_clusters"),
}
"""Format → what finds the faults of a file in it."""


FILE_FORMATS: Final[Mapping[str, FileExporter]] = {
    "package": _file_writer("package", "write_package"),
    "parquet": _file_writer("parquet", "write_parquet", "EVENTS"),
    "parquet-claims": _file_writer("parquet", "write_parquet", "CLAIMS"),
    "parquet-spells": _file_writer("parquet", "write_parquet", "SPELLS"),
}
"""Format → exporter, for formats that are no text: a path is asked for."""

FILE_CHECKERS: Final[Mapping[str, FileChecker]] = {
    "package": _file_checker("package", "check_package"),
    "parquet": _file_checker("parquetchecking", "check_parquet", "EVENTS"),
    "parquet-claims": _file_checker("parquetchecking", "check_parquet", "CLAIMS"),
    "parquet-spells": _file_checker("parquetchecking", "check_parquet", "SPELLS"),
}
"""Format → what finds the faults of a file in it, for formats that are no text."""


def export(
    view: View, form: str, out: TextIO | str | Path, filters: EventFilter | None = None, *, with_texts: bool = False
) -> LeftOut:
    """Write a view in a format, to a text stream or to a path; what is at the path is there only when it is whole.

    Formats of FILE_FORMATS need a path; `with_texts` puts the documents' texts into a package. Raises UsageError for an unknown
    format, one whose extra is not installed, and texts in another format than a package. Open a stream with newline="" for CSV.
    """
    admitted = filters or EventFilter()
    if form not in FORMATS and form not in FILE_FORMATS:
        raise UsageError(f"{form!r} is no export format; there are {', '.join((*FORMATS, *FILE_FORMATS))}")
    if with_texts and form != "package":
        raise UsageError(f"texts go into a package only, not into {form}")
    if form in FILE_FORMATS:
        if not isinstance(out, str | Path):
            raise UsageError(f"{form} is no text and goes to a file; name its path")
        if form == "package":
            from warledger.export.package import write_package

            return write_package(view, Path(out), admitted, with_texts=with_texts)
        return FILE_FORMATS[form](view, Path(out), admitted)
    if isinstance(out, str | Path):
        with whole_file(Path(out)) as part, part.open("w", encoding="utf-8", newline="") as stream:
            return FORMATS[form](view, stream, admitted)
    return FORMATS[form](view, out, admitted)


def validate(form: str, path: str | Path) -> Iterator[Fault]:
    """Every fault of a file in a format, in the order of its lines; it need not be one of ours.

    Bytes that are not UTF-8 are a fault of the row that they stand in. Raises UsageError for an unknown format, InputError for
    a file that cannot be opened.
    """
    if form in FILE_CHECKERS:
        return FILE_CHECKERS[form](Path(path))
    if form not in CHECKERS:
        raise UsageError(f"{form!r} is no format that can be checked; there are {', '.join((*CHECKERS, *FILE_CHECKERS))}")
    try:
        stream = Path(path).open(encoding="utf-8-sig", errors="surrogateescape", newline="")  # noqa: SIM115 - closed by _faults
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    return _faults(CHECKERS[form], stream)


def _faults(check: Checker, stream: TextIO) -> Iterator[Fault]:
    with stream:
        yield from check(stream)


__all__ = [
    "CHECKERS", "FILE_CHECKERS", "FILE_FORMATS", "FORMATS", "Checker", "Exporter", "FileChecker", "FileExporter",
    "LeftOut", "Skipped", "event_of_row", "export", "validate", "write_skipped",
]  # fmt: skip
