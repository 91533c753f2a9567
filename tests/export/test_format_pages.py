"""Each format's page has its columns and every rule by which its exporter leaves something out or its check finds a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warledger.export import FILE_FORMATS, FORMATS
from warledger.export.acled import COLUMNS as ACLED
from warledger.export.plover import COLUMNS as POLECAT
from warledger.export.ucdp import COLUMNS as UCDP

ROOT = Path(__file__).parents[2]
EXPORT = ROOT / "src" / "warledger" / "export"
SKIPPED = re.compile(r"(?:Skipped\(\s*[\w.]+,|Refused\()\s*\"([\w-]+)\"")
FAULT = re.compile(r"(?:row\.(?:error|warning)\(\s*\"[\w ]*\",|yield \"\w+\",)\s*\"([\w-]+)\"")


PAGES = {
    "jsonl": "jsonl", "csv": "csv", "geojson": "geojson", "kml": "kml", "parquet": "parquet", "acled": "acled", "ucdp": "ucdp",
    "plover": "plover", "polecat": "polecat", "hxl": "hxl", "hxl-ucdp": "hxl", "ftm": "ftm", "clusters": "clusters",
    "package": "package",
}  # fmt: skip
"""Format, without -claims and -spells → its page; extraction records have one outside the formats."""


def page(name: str) -> str:
    return (ROOT / "docs" / "reference" / "formats" / f"{name}.md").read_text("utf-8")


def test_every_format_has_a_page():
    formats = {name.removesuffix("-claims").removesuffix("-spells") for name in (*FORMATS, *FILE_FORMATS)}
    assert formats == {*PAGES, "records"}


@pytest.mark.parametrize("form", PAGES)
def test_a_page_shows_an_example_what_is_lost_left_out_and_checked(form):
    text = page(PAGES[form])
    assert f"`warledger export {form}`" in text or f"`{form}`" in text
    example = re.search(r"^## Worked example\n(.+?)^## ", text, re.MULTILINE | re.DOTALL)
    assert example is not None
    assert "```" in example[1] or "\n|" in example[1]
    assert "## What it cannot carry" in text
    assert "## What is checked" in text
    assert "eft out" in text or "leaves out" in text
    overview = page("README").partition("## What each cannot carry")[2]
    assert f"]({PAGES[form]}.md)" in page("README")
    assert f"]({PAGES[form]}.md)" in overview or form == "clusters"


@pytest.mark.parametrize("form", ["jsonl", "csv", "geojson", "kml"])
def test_every_rule_of_a_format_of_our_own_is_on_its_page(form):
    files = {"jsonl": ["jsonchecking"], "geojson": ["jsonchecking"], "csv": ["csvchecking", "checking"], "kml": ["kml"]}[form]
    code = "\n".join((EXPORT / f"{name}.py").read_text("utf-8") for name in files)
    left_out = set(re.findall(r"Skipped\(\s*[\w.]+, \"([\w-]+)\"", (EXPORT / "entries" / "claims.py").read_text("utf-8")))
    rules = set(re.findall(r"(?:Fault\(\w+, [\w\"]+|row\.error\([\w\"]+|_fault\(\w+), \"([\w-]+)\"", code)) | left_out
    assert len(rules) > 4
    told = page(form) + (page("jsonl") if form == "geojson" else "")
    others = {"jsonl": {"collection", "crs", "feature", "geometry", "point", "properties", "claim-type", "claim-place"}}
    others["geojson"] = {"claim-type", "claim-place"}
    assert sorted(rule for rule in rules - others.get(form, set()) if f"`{rule}`" not in told) == []


@pytest.mark.parametrize(("name", "columns"), [("acled", ACLED), ("ucdp", UCDP), ("polecat", POLECAT)])
def test_every_column_is_on_the_page(name, columns):
    assert [column for column in columns if f"`{column}`" not in page(name)] == []


@pytest.mark.parametrize("name", ["acled", "ucdp", "plover"])
@pytest.mark.parametrize("pattern", [SKIPPED, FAULT], ids=["left out", "faults"])
def test_every_rule_is_on_the_page(name, pattern):
    code = "\n".join(path.read_text("utf-8") for path in sorted((EXPORT / name).glob("*.py")))
    told = page(name) + (page("polecat") if name == "plover" else "")
    rules = set(pattern.findall(code))
    assert rules
    assert sorted(rule for rule in rules if f"`{rule}`" not in told) == []


def test_every_fault_of_a_package_is_on_its_page():
    code = "\n".join(path.read_text("utf-8") for path in sorted((EXPORT / "package").glob("*.py")))
    rules = set(re.findall(r"_fault\(\s*\w+, \"([\w-]+)\"", code)) | set(SKIPPED.findall(code))
    assert len(rules) > 10
    assert sorted(rule for rule in rules if f"`{rule}`" not in page("package")) == []


def test_every_column_and_fault_of_parquet_is_on_its_page():
    from warledger.export.entries import CLAIMS, EVENTS, SPELLS

    code = (EXPORT / "parquetchecking.py").read_text("utf-8")
    rules = set(re.findall(r"Fault\([\w+ ]+, [\w.\"]+, \"([\w-]+)\"", code))
    assert len(rules) == 8
    assert (
        sorted(word for word in rules | {*EVENTS.typed, *CLAIMS.typed, *SPELLS.typed} if f"`{word}`" not in page("parquet"))
        == []
    )


def test_every_fault_of_followthemoney_is_on_its_page():
    rules = set(re.findall(r"Fault\(number, [\w\"]+, \"([\w-]+)\"", (EXPORT / "ftm.py").read_text("utf-8")))
    assert len(rules) > 4
    assert sorted(rule for rule in rules if f"`{rule}`" not in page("ftm")) == []
