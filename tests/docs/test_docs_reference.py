"""The reference says what the code has: settings, errors, issues, records, exports, vocabulary, API."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests_docs import HERE, ROOT, anchor, code, markdown_files, rows, sections

import warledger
from warledger import errors
from warledger.core import vocabulary as v

SRC = ROOT / "src" / "warledger"


def first_cells(section: str) -> list[str]:
    """All that stands in code in the first column of a section's tables."""
    return [word for row in rows(section) for word in code(row[0])]


# Settings


def test_every_setting_is_documented_with_default_unit_and_variable() -> None:
    from warledger.config import SETTINGS

    table = {code(row[0])[0]: row for row in rows(sections("reference/settings.md")["settings"])}
    assert list(table) == [s.name for s in SETTINGS]
    for setting in SETTINGS:
        _, default, unit, variable, meaning = table[setting.name]
        assert default.strip("`") == str(setting.default), setting.name
        assert unit == setting.unit, setting.name
        assert variable == f"`{setting.variable}`", setting.name
        assert meaning, setting.name
        if 0 < setting.high < float("inf") and setting.type in (int, float):
            assert str(int(setting.high)) in meaning, setting.name


def test_every_environment_variable_of_the_code_is_documented() -> None:
    from warledger.config import SETTINGS

    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    used = {name for path in SRC.rglob("*.py") for name in re.findall(r"\"(WARLEDGER_[A-Z_]+)\"", path.read_text("utf-8"))}
    assert used, "the code reads no variable"
    missing = {name for name in used | {s.variable for s in SETTINGS} if f"`{name}`" not in page}
    assert missing == set()


# Errors


def tree(root: type[errors.WarledgerError]) -> Iterator[type[errors.WarledgerError]]:
    """A class and all that is derived from it in the package."""
    yield root
    for child in root.__subclasses__():
        if child.__module__.startswith("warledger"):
            yield from tree(child)


def test_every_error_has_a_row_and_a_section() -> None:
    page = sections("reference/errors.md")
    table = {code(row[0])[0]: row for row in rows(page["errors"])}
    classes = {found.code: found for found in tree(errors.WarledgerError)}
    assert set(table) == set(classes)
    assert set(page) - {"errors"} == set(classes)
    for name, found in classes.items():
        _, shown, status, also = table[name]
        assert (shown, status) == (f"`{found.__name__}`", str(found.exit_status)), name
        assert set(code(also)) == {b.__name__ for b in found.__bases__ if b.__name__ not in ("WarledgerError", "Exception")}
        assert len(page[name].split()) > 8, name


# Issues


def issue_codes() -> set[str]:
    """Every code that an Issue of the package can have, by reading its source: literals given to Issue itself, and literals
    given to a function in the place of the parameter that it passes on as the code.
    """
    found: set[str] = set()
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text("utf-8")
        if "Issue(" not in text:
            continue
        module = ast.parse(text)
        passing: dict[str, int] = {}
        for function in (n for n in ast.walk(module) if isinstance(n, ast.FunctionDef)):
            names = [a.arg for a in function.args.args if a.arg != "self"]
            for call in calls(function, "Issue"):
                given = code_of(call, 0)
                if isinstance(given, ast.Name) and given.id in names:
                    passing[function.name] = names.index(given.id)
        for name, at in {"Issue": 0, **passing}.items():
            for call in calls(module, name):
                given = code_of(call, at)
                if isinstance(given, ast.Constant):
                    found.add(str(given.value))
                else:
                    known = isinstance(given, ast.Name) and name == "Issue"
                    stored = isinstance(given, ast.Call)  # read back from the ledger
                    assert known or stored, f"{path.name}:{call.lineno}: a code that cannot be read off"
    return found


def calls(tree_: ast.AST, name: str) -> Iterator[ast.Call]:
    """Calls of a function or method of that name."""
    for node in ast.walk(tree_):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == name:
                yield node


def code_of(call: ast.Call, at: int) -> ast.expr | None:
    """What is given as the code of an issue."""
    named = [k.value for k in call.keywords if k.arg == "code"]
    return named[0] if named else call.args[at] if len(call.args) > at else None


def test_every_issue_code_has_a_section() -> None:
    page = sections("reference/issues.md")
    parts = {
        "issues", "reading-documents", "extraction-and-records", "gazetteer", "judgements", "faults-that-verify-finds",
        "no-record-in-the-ledger",
    }  # fmt: skip
    codes = issue_codes()
    assert {"no-date", "binary", "record-twice", "text-changed", "judgement"} <= codes
    assert set(page) - parts == codes
    assert all(len(page[code_].split()) > 6 for code_ in codes)


# Extraction records


def full_record() -> dict[str, list[str]]:
    """The fields that a record can have, by part, from one that has them all."""
    from warledger.core import (
        Actor,
        Claim,
        Evidence,
        Figure,
        Mention,
        Place,
        Record,
        Relation,
        Span,
        Voice,
        When,
    )
    from warledger.core.codec import to_json

    day, span = When.parse("2024-12-05"), Span(0, 1)
    words = Evidence("d", span, "x")
    mention = (Mention(span, "x"),)
    figure = Figure("killed", "people", 1, 2, words, True, "a1", "cumulative", day)
    claim = Claim(
        "c", "d", 0, "e1", "attack", words, ("a1",), ("a1",), "p1", ("p1",), day, words, (figure,),
        (Voice("a1", "said", "TV"),), "planned", "background", 0.5,
    )  # fmt: skip
    place = Place("p1", "X", "city", "SY", 1.0, 2.0, mention, "exact", "gn1", "01", (("X", 1.0, 2.0, 0.5),), "Y", "Z")
    record = Record(
        "d", (Actor("a1", "X", "militia", mention, "SY"),), (place,), (claim,), (Relation(0, "leads", "a1", "a1", ended=True),)
    )
    row = to_json(record, "d")
    told = row["claims"][0]
    return {
        "record": [*row, "extractor"],
        "actor": list(row["actors"][0]),
        "place": list(row["places"][0]),
        "claim": list(told),
        "figure": list(told["figures"][0]),
        "voice": list(told["voice"][0]),
        "relation": list(row["relations"][0]),
    }


@pytest.mark.parametrize("part", sorted(full_record()))
def test_every_field_of_the_record_is_documented(part: str) -> None:
    assert sorted(first_cells(sections("reference/records.md")[part])) == sorted(full_record()[part])


def test_the_record_that_is_shown_fits_its_text() -> None:
    import json
    from datetime import date

    from warledger.core import Document
    from warledger.core.codec import from_json, to_json

    page = (ROOT / "docs" / "reference" / "records.md").read_text("utf-8")
    shown = re.search(r"```json\n(.+?)```", page, re.DOTALL)
    text = re.search(r"record of the text `([^`]+)`", page)
    assert shown is not None
    assert text is not None
    row = json.loads(shown[1])
    document = Document("d1", text[1], "Example Wire", date(2024, 12, 5), name="first.txt")
    assert to_json(from_json(row, document), "first.txt") == row


# Exports


def test_every_export_format_has_a_section() -> None:
    from warledger.cli.commands.export import FILES
    from warledger.cli.commands.export import FORMATS as NAMED
    from warledger.export import FILE_CHECKERS, FILE_FORMATS, FORMATS

    assert set(sections("reference/exports.md")) - {"export-formats"} == {*FORMATS, *FILE_FORMATS} == set(NAMED)
    assert set(FILES) == set(FILE_FORMATS) == set(FILE_CHECKERS)


@pytest.mark.parametrize(("section", "kind"), [("csv", "EVENTS"), ("csv-claims", "CLAIMS"), ("csv-spells", "SPELLS")])
def test_every_csv_column_is_documented_in_order(section: str, kind: str) -> None:
    from warledger.export import entries

    assert first_cells(sections("reference/exports.md")[section]) == list(getattr(entries, kind).columns)


def test_every_field_of_the_json_export_is_documented(hama: Path) -> None:
    from warledger import Ledger
    from warledger.export.rows import event_row

    section = sections("reference/exports.md")["jsonl"]
    told = {field: set(code(row[1])) for row in rows(section) for field in code(row[0])}
    with Ledger.open("warledger.db") as ledger:
        view = ledger.view()
        events = [event_row(event, view) for event in view.events]
    assert {key for row in events for key in row} == set(told)
    for key in ("place", "figures", "origins", "documents", "claims", "related", "grade"):
        inner = [one for row in events for one in (row[key] if isinstance(row.get(key), list) else [row.get(key) or {}])]
        assert {name for one in inner for name in one} <= told[key], key


def test_every_reason_to_leave_something_out_is_documented() -> None:
    text = "\n".join(path.read_text("utf-8") for path in sorted((SRC / "export").glob("*.py")))
    rules = set(re.findall(r"Skipped\(\s*[\w.]+, \"([\w-]+)\"", text))
    page = sections("reference/exports.md")
    assert rules
    assert {rule for rule in rules if not any(f"`{rule}`" in part for part in page.values())} == set()


# Vocabulary


def words_of(part: str) -> list[str]:
    """The words that a section of the vocabulary lists: first column of its table, else its first paragraph."""
    section = sections("reference/vocabulary.md")[part]
    return first_cells(section) or code(section)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("claim-types", v.CLAIM_TYPES), ("statuses", v.STATUSES), ("frames", v.FRAMES), ("grades", v.GRADES),
        ("measures", v.MEASURES), ("groups", v.GROUPS), ("bases", v.BASES), ("actor-kinds", v.ACTOR_KINDS),
        ("source-kinds", v.SOURCE_KINDS), ("place-kinds", v.PLACE_KINDS), ("relation-types", v.RELATION_TYPES),
    ],
)  # fmt: skip
def test_every_word_of_the_vocabulary_is_documented_in_order(part: str, words: tuple[str, ...]) -> None:
    assert words_of(part) == list(words)


def test_precisions_and_relations_of_events_are_documented() -> None:
    from warledger.geo import PRECISIONS
    from warledger.reconcile.relating import INVERSE

    assert words_of("precisions") == list(PRECISIONS)
    table = {code(row[0])[0]: code(row[1])[0] for row in rows(sections("reference/vocabulary.md")["relations-of-events"])}
    assert table == INVERSE


def test_times_that_are_documented_are_read() -> None:
    from warledger import When

    forms = words_of("times")
    assert {When.parse(form).precision for form in forms} == {"day", "days", "month", "year", "open"}


# Python API


def test_every_public_name_has_a_section() -> None:
    page = set(sections("reference/python-api.md"))
    names = {anchor(n) for n in warledger.__all__ if n != "__version__"}
    assert page - {"python-api"} == names | {"version"}


def methods() -> dict[str, inspect.Signature]:
    """The public methods of Ledger."""
    found: dict[str, Callable[..., object]] = dict(inspect.getmembers(warledger.Ledger, callable))
    return {name: inspect.signature(method) for name, method in found.items() if not name.startswith("_")}


def test_every_method_of_the_ledger_is_documented_with_its_parameters() -> None:
    told = {
        call.partition("(")[0]: call for row in rows(sections("reference/python-api.md")["ledger"]) for call in code(row[0])
    }
    assert set(told) == set(methods())
    for name, signature in methods().items():
        wanted = []
        for p in signature.parameters.values():
            if p.name == "self":
                continue
            if p.kind is p.KEYWORD_ONLY and "*" not in wanted:
                wanted.append("*")
            default = "" if p.default is p.empty else "=" + repr(p.default).replace("'", '"')
            wanted.append(("**" if p.kind is p.VAR_KEYWORD else "") + p.name + default)
        assert told[name] == f"{name}({', '.join(wanted)})"


def test_every_field_of_a_public_type_is_documented() -> None:
    page = sections("reference/python-api.md")
    for name in warledger.__all__:
        kind = getattr(warledger, name)
        if dataclasses.is_dataclass(kind):
            told = {word for text in code(page[anchor(name)]) for word in re.findall(r"\w+", text)}
            assert {f.name for f in dataclasses.fields(kind)} <= told, name


# Data beside this test


def test_the_small_dossier_has_no_fault() -> None:
    lines = (HERE / "hama.records.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 3
    assert len(markdown_files()) > 10
