"""Each format's page has its columns and every rule by which its exporter leaves something out or its check finds a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warledger.export.acled import COLUMNS as ACLED
from warledger.export.plover import COLUMNS as POLECAT
from warledger.export.ucdp import COLUMNS as UCDP

ROOT = Path(__file__).parents[2]
EXPORT = ROOT / "src" / "warledger" / "export"
SKIPPED = re.compile(r"(?:Skipped\(\s*[\w.]+,|Refused\()\s*\"([\w-]+)\"")
FAULT = re.compile(r"(?:row\.(?:error|warning)\(\s*\"[\w ]*\",|yield \"\w+\",)\s*\"([\w-]+)\"")


def page(name: str) -> str:
    return (ROOT / "docs" / "reference" / "formats" / f"{name}.md").read_text("utf-8")


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
    from warledger.export.parquet import CLAIM_COLUMNS, EVENT_COLUMNS

    code = (EXPORT / "parquetchecking.py").read_text("utf-8")
    rules = set(re.findall(r"Fault\([\w+ ]+, [\w.\"]+, \"([\w-]+)\"", code))
    assert len(rules) > 8
    assert sorted(word for word in rules | {*EVENT_COLUMNS, *CLAIM_COLUMNS} if f"`{word}`" not in page("parquet")) == []


def test_every_fault_of_followthemoney_is_on_its_page():
    rules = set(re.findall(r"Fault\(number, [\w\"]+, \"([\w-]+)\"", (EXPORT / "ftm.py").read_text("utf-8")))
    assert len(rules) > 4
    assert sorted(rule for rule in rules if f"`{rule}`" not in page("ftm")) == []
